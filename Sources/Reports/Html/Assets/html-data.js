// What the page holds. The matrix is in the markup; the rest is packed (zlib, base64) in parts that are unpacked when
// they are first needed, so that the first screen does not wait for them.

const page = JSON.parse(document.getElementById("page").textContent);
const capabilities = new Map(page.taxonomy.map((capability) => [capability.name, capability]));
const parts = new Map();

/** A part of the data, or null if this page has no such part. */
function load(name) {
  if (!parts.has(name)) parts.set(name, unpack(name));
  return parts.get(name);
}

async function unpack(name) {
  const element = document.getElementById(`chunk-${name}`);
  if (!element) return null;
  const text = atob(element.textContent.trim());
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** The paths of a unit: `{entry, kind, capability, sink, uncertain, absolved, own, steps}`. */
async function evidenceOf(unit) {
  const paths = await load("paths");
  paths.read ??= new Map();
  if (!paths.read.has(unit)) paths.read.set(unit, readEvidence(paths, paths.evidence[unit] ?? []));
  return paths.read.get(unit);
}

function readEvidence(paths, numbers) {
  const result = [];
  for (let at = 0; at < numbers.length;) {
    const [entry, kind, capability, sink, uncertain, flags, count] = numbers.slice(at, at + 7);
    result.push({
      entry: paths.strings[entry], kind: paths.strings[kind], capability: page.taxonomy[capability].name,
      sink: readSink(paths, sink), uncertain, absolved: (flags & 1) !== 0, own: (flags & 2) !== 0,
      steps: numbers.slice(at + 7, at + 7 + count),
    });
    at += 7 + count;
  }
  return result;
}

function readSink(paths, index) {
  const [name, detail, authority, ...granted] = paths.sinks[index];
  return {
    name: paths.strings[name], detail: paths.strings[detail], authority: paths.strings[authority],
    capabilities: granted.map((capability) => page.taxonomy[capability].name),
  };
}

/** The steps of a path of `evidenceOf`, in the form of the JSON report. */
async function stepsOf(evidence) {
  const paths = await load("paths");
  return evidence.steps.map((index) => {
    const [called, instance, crate, file, line, column, edge, candidates, flags] =
      paths.steps.slice(index * 9, index * 9 + 9);
    return {
      function: paths.strings[called], instance: paths.strings[instance], crate: paths.strings[crate],
      file: paths.strings[file], line, column, edge: paths.strings[edge], candidates, constantFalse: (flags & 1) !== 0,
    };
  });
}

/** The next best paths that were looked for from one entry point to one capability; the best one is the first. */
async function alternativesOf(unit, capability, entry) {
  const paths = await load("paths");
  for (const found of paths.alternatives[unit] ?? []) {
    if (page.taxonomy[found.capability].name !== capability || paths.strings[found.entry] !== entry) continue;
    return found.paths.map(([sink, uncertain, ...steps]) => ({ sink: readSink(paths, sink), uncertain, steps }));
  }
  return [];
}

/** The lines around a place, as `{first, lines}`, or null where the source was not at hand. */
async function excerptOf(file, line) {
  const sources = await load("sources");
  const excerpt = (sources?.[file] ?? []).find(([first, lines]) => first <= line && line < first + lines.length);
  if (!excerpt) return null;
  const [first, lines] = excerpt;
  const start = Math.max(first, line - page.context);
  const end = Math.min(first + lines.length, line + page.context + 1);
  return { first: start, lines: lines.slice(start - first, end - first) };
}
