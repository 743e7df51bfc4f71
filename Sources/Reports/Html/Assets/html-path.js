// Draws a path: a chain of functions, each with the lines around its call, and between them how one leads to the next.

/** How a step leads on, in words. */
function edgeWords(step) {
  const words = page.edgeKinds[step.edge];
  if (!words) return "";
  return step.candidates > 1 ? words.several.replace("{n}", step.candidates) : words.one;
}

/** The element of a path. `steps` as in the JSON report; `sink` has name, detail, authority, capabilities. */
async function drawPath(steps, sink) {
  const chain = make("ol", { class: "chain" });
  for (let index = 0; index < steps.length;) {
    const end = endOfStandard(steps, index);
    if (end - index < 3) {
      chain.append(await drawStep(steps[index], index), drawEdge(steps[index]));
      index += 1;
      continue;
    }
    chain.append(await drawStandard(steps, index, end), drawEdge(steps[end - 1]));
    index = end;
  }
  chain.append(drawSink(sink));
  return chain;
}

/** Where the steps inside of std that begin at a place end. */
function endOfStandard(steps, start) {
  let end = start;
  while (end < steps.length && steps[end].file.startsWith("library/")) end += 1;
  return end;
}

/** Several steps inside of std, folded: they are rarely what a reader looks for. */
async function drawStandard(steps, start, end) {
  const inner = make("ol", { class: "chain" });
  for (let index = start; index < end; index += 1) {
    inner.append(await drawStep(steps[index], index));
    if (index + 1 < end) inner.append(drawEdge(steps[index]));
  }
  const may = steps.slice(start, end - 1).some((step) => step.candidates > 1 || step.constantFalse);
  return make("li", { class: "step" }, make("details", null,
    make("summary", null, `${end - start} functions of std${may ? " (may)" : ""}, from `, code(steps[start].function), " to ", code(steps[end - 1].function)), inner));
}

async function drawStep(step, index) {
  const excerpt = step.file && step.line > 0 ? await excerptOf(step.file, step.line) : null;
  return make("li", { class: "step" },
    make("div", null, code(step.function, "function")),
    step.instance && step.instance !== step.function
      ? make("div", { class: "instance" }, "as ", code(step.instance)) : null,
    make("div", { class: "where" },
      make("span", null, index === 0 ? `entry point, crate ${step.crate}` : `crate ${step.crate}`),
      position(step.file, step.line) ?? make("span", null, "position not known")),
    excerpt ? drawExcerpt(excerpt, step) : null);
}

function drawEdge(step) {
  const may = step.candidates > 1 || step.constantFalse;
  return make("li", { class: `edge${may ? " may" : ""}` },
    make("span", { class: "kind" }, step.edge), edgeWords(step),
    step.constantFalse ? make("div", { class: "warn" }, "behind a condition that is never true in this build") : null);
}

function drawSink(sink) {
  return make("li", { class: "sink" },
    make("div", null, code(sink.name, "function"), sink.detail ? ` (${sink.detail})` : null),
    make("div", { class: "where" }, "sink: ", chips(sink.capabilities ?? []),
      sink.authority === "ambient" ? " acquires by path, address or name"
        : sink.authority === "handle" ? " uses a value that was handed over" : null));
}

function drawExcerpt({ first, lines }, step) {
  const tokens = new RustTokens();
  return make("pre", { class: "excerpt", tabindex: 0, "aria-label": `source of ${step.file}, line ${step.line}` },
    lines.map((line, offset) => {
      const here = first + offset === step.line;
      return make("span", { class: here ? "row here" : "row", "aria-current": here },
        make("span", { class: "number" }, String(first + offset)), tokens.colour(line));
    }));
}

const rustKeywords = new Set(("as async await break const continue crate dyn else enum extern false fn for if impl in let loop "
  + "match mod move mut pub ref return self Self static struct super trait true type unsafe use where while").split(" "));

/** Colours lines of Rust one after the other; good enough for excerpts, which may begin inside of a comment or text. */
class RustTokens {
  constructor() { this.inComment = false; }

  colour(line) {
    const pieces = [];
    let rest = line;
    while (rest) {
      if (this.inComment) {
        const end = rest.indexOf("*/");
        const length = end < 0 ? rest.length : end + 2;
        pieces.push(make("span", { class: "c" }, rest.slice(0, length)));
        this.inComment = end < 0;
        rest = rest.slice(length);
        continue;
      }
      const [text, kind] = RustTokens.next(rest);
      if (kind === "open") { this.inComment = true; continue; }
      pieces.push(kind ? make("span", { class: kind }, text) : text);
      rest = rest.slice(text.length);
    }
    return pieces;
  }

  /** The first token and its class; `open` for a comment that begins. */
  static next(text) {
    if (text.startsWith("/*")) return ["", "open"];
    const rules = [
      [/^\/\/.*/, "c"], [/^b?"(?:[^"\\]|\\.)*"?/, "s"], [/^b?'(?:[^'\\]|\\.[^']*)'/, "s"], [/^'\w+/, "t"],
      [/^\d[\w.]*/, "n"], [/^[A-Za-z_]\w*/, "word"], [/^\s+/, ""], [/^[^\w\s"'\/]+/, ""],
    ];
    for (const [rule, kind] of rules) {
      const found = rule.exec(text);
      if (!found) continue;
      if (kind !== "word") return [found[0], kind];
      if (rustKeywords.has(found[0])) return [found[0], "k"];
      return [found[0], /^[A-Z]/.test(found[0]) ? "t" : ""];
    }
    return [text[0], ""];
  }
}
