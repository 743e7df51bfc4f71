// Makes elements. Texts come from analysed crates, which are not trusted: they only ever become text nodes and attributes
// that name things, never markup.

/** An element with attributes, listeners (`onclick`) and children (elements, texts, lists of them, null). */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(9)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** A number of things in words. */
function counted(count, one, several) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several ?? one + "s"}`;
}

/** Chips that name capabilities. */
function chips(names, kind, onChoose) {
  return make("span", { class: "caps" }, names.map((name) => {
    const capability = capabilities.get(name);
    const classes = `cap ${kind ?? (capability?.everything ? "everything" : "")}`;
    const title = capability?.description;
    if (!onChoose) return make("span", { class: classes, title }, name);
    return make("button", { class: classes, title, type: "button", onclick: () => onChoose(name) }, name);
  }));
}

/** A path of names or of a file, which may break behind its separators only. */
function breakable(text) {
  return String(text).split(/(?<=::|[\/,])/).flatMap((piece, index) => (index > 0 ? [make("wbr"), piece] : [piece]));
}

/** Code in a line of text. */
function code(text, name) { return make("code", { class: name }, breakable(text)); }

/** Where something stands, as `file.rs:LINE`. */
function position(file, line) {
  if (!file) return null;
  return make("span", { class: "position" }, breakable(file), line > 0 ? `:${line}` : null);
}

/** Entries that differ: a crate that is compiled twice says the same twice. */
function unlike(entries) {
  const seen = new Set();
  return entries.filter((entry) => {
    const key = JSON.stringify(entry);
    return !seen.has(key) && seen.add(key);
  });
}

/** A list that shows its first entries and the rest when asked. */
function longList(entries, row, limit = 40) {
  const list = make("ul", null, entries.slice(0, limit).map(row));
  if (entries.length > limit) {
    const more = make("button", {
      type: "button",
      onclick: () => { more.parentElement.remove(); append(list, entries.slice(limit).map(row)); },
    }, `show ${counted(entries.length - limit, "more entry", "more entries")}`);
    list.append(make("li", null, more));
  }
  return list;
}

/** A command to copy. */
function command(text) {
  const copy = make("button", {
    type: "button",
    onclick: async () => {
      try { await navigator.clipboard.writeText(text); copy.textContent = "copied"; } catch { copy.textContent = "select it"; }
    },
  }, "copy");
  return make("p", { class: "command" }, code(text), copy);
}

/** A word as a shell takes it. */
function shellWord(text) {
  return /^[\w@%+=:,.\/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
