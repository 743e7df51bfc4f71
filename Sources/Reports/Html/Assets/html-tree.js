// The dependency tree. A crate that stands in several places is opened at the first; the others refer to it.

class DependencyTree {
  constructor(crates, go) {
    this.crates = crates;
    this.go = go;
    this.places = new Map(crates.map((crate, unit) => [crate.id, unit]));
    this.colour = "";
    this.list = make("ul", { class: "tree", role: "tree", "aria-label": "Dependencies" });
    this.list.addEventListener("keydown", (event) => this.onKey(event));
  }

  draw() {
    const choice = make("select", {
      "aria-label": "Colour by", id: "tree-colour",
      onchange: (event) => { this.colour = event.target.value; this.drawRoots(); },
    }, make("option", { value: "" }, "what its own code reaches"),
      page.columns.map((name) => make("option", { value: name }, name)));
    this.drawRoots();
    return [make("div", { class: "toolbar" }, make("label", null, "colour by", choice)),
      make("p", { class: "quiet" }, "Red: the crate's own code reaches files, network, processes or loads code. Amber: unsafe code, foreign functions or linking only. Arrow keys move and open."),
      this.list];
  }

  drawRoots() {
    this.shown = new Set();
    const members = this.crates.map((crate, unit) => unit).filter((unit) => this.crates[unit].workspaceMember);
    const used = new Set(members.flatMap((unit) => this.crates[unit].dependencies.map((id) => this.places.get(id))));
    const roots = members.filter((unit) => !used.has(unit));
    replace(this.list, (roots.length ? roots : members.length ? members : this.topmost()).map((unit) => this.node(unit, 1)));
    this.list.querySelector("[role=treeitem]")?.setAttribute("tabindex", "0");
  }

  /** Without a workspace: what nothing depends on. */
  topmost() {
    const used = new Set(this.crates.flatMap((crate) => crate.dependencies.map((id) => this.places.get(id))));
    return this.crates.map((crate, unit) => unit).filter((unit) => !used.has(unit));
  }

  node(unit, level) {
    const crate = this.crates[unit];
    const again = this.shown.has(unit);
    this.shown.add(unit);
    const children = again ? [] : crate.dependencies.map((id) => this.places.get(id)).filter((child) => child !== undefined);
    const reaches = new Set([...crate.capabilities.direct, ...crate.capabilities.transitive]);
    const dim = this.colour && !reaches.has(this.colour);
    const name = make("button", { type: "button", class: "cap", tabindex: -1, onclick: () => this.open(unit) }, page.units[unit].label);
    const line = make("div", { class: `node ${this.weight(crate)}${dim ? " dim" : ""}` },
      make("span", { class: "twist", "aria-hidden": "true" }, children.length ? "▸" : ""), name,
      make("span", { class: "quiet" }, crate.version, crate.target === "lib" ? "" : ` ${crate.target}`),
      this.colour ? this.standing(crate, reaches) : chips(groupsOf(crate.capabilities.direct)),
      again ? make("span", { class: "quiet" }, "(see above)") : null);
    const item = make("li", { role: "treeitem", tabindex: -1, "aria-level": level, "data-unit": unit }, line);
    if (!children.length) return item;
    const expand = (open) => this.expand(item, children, level, open);
    item.expand = expand;
    line.addEventListener("click", (event) => { if (event.target !== name) expand(item.getAttribute("aria-expanded") !== "true"); });
    expand(level <= 2 && this.shown.size < 400);
    return item;
  }

  expand(item, children, level, open) {
    item.setAttribute("aria-expanded", String(open));
    item.querySelector(".twist").textContent = open ? "▾" : "▸";
    const list = item.querySelector(":scope > ul");
    if (list) list.hidden = !open;
    else if (open) item.append(make("ul", { role: "group" }, children.map((child) => this.node(child, level + 1))));
  }

  weight(crate) {
    const own = groupsOf(crate.capabilities.direct);
    if (this.colour) return crate.capabilities.direct.includes(this.colour) ? "outside" : "";
    if (own.some((group) => ["fs", "net", "process", "dylib", "asm", "unknown"].includes(group))) return "outside";
    return own.some((group) => ["unsafe", "ffi", "link", "symbol"].includes(group)) ? "unchecked" : "";
  }

  standing(crate, reaches) {
    if (crate.capabilities.direct.includes(this.colour)) return chips([this.colour], "everything");
    return make("span", { class: "quiet" }, reaches.has(this.colour) ? "through others" : "");
  }

  open(unit) { this.go({ unit, phase: this.crates[unit].runsIn[0], capability: this.colour || null, entry: null, number: null }); }

  onKey(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    const items = [...this.list.querySelectorAll("[role=treeitem]")].filter((other) => other.offsetParent !== null);
    const at = items.indexOf(item);
    const actions = {
      ArrowDown: () => items[at + 1], ArrowUp: () => items[at - 1], Home: () => items[0], End: () => items.at(-1),
      ArrowRight: () => { if (item.getAttribute("aria-expanded") === "true") return items[at + 1]; item.expand?.(true); return item; },
      ArrowLeft: () => { if (item.getAttribute("aria-expanded") === "true") { item.expand(false); return item; } return item.parentElement.closest("[role=treeitem]"); },
      Enter: () => { this.open(Number(item.dataset.unit)); return item; },
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    const target = actions[event.key]();
    if (!target) return;
    item.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    if (event.key !== "Enter") target.focus();
  }
}

/** The groups of some capabilities: `fs.read` is of `fs`. */
function groupsOf(names) { return [...new Set(names.map((name) => name.split(".")[0]))]; }
