// The panel beside the views: one capability of one crate with its paths, or all about one crate.

class Panel {
  constructor(element, go) {
    this.element = element;
    this.go = go;
    this.request = 0;
    this.compact = false;
    element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.go({ unit: null }); });
  }

  close() {
    this.request += 1;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.before?.focus?.();
    this.before = null;
  }

  /** Shows what a request makes; an older request that ends later is dropped. */
  async show(build, takesFocus) {
    const request = this.request += 1;
    const content = await build();
    if (request !== this.request) return;
    if (this.element.hidden) this.before = document.activeElement;
    this.element.hidden = false;
    const close = make("button", { class: "close", type: "button", onclick: () => this.go({ unit: null }) }, "Close");
    replace(this.element, close, content);
    this.element.scrollTop = 0;
    if (takesFocus) this.element.focus({ preventScroll: true });
  }

  // One capability of one crate.

  async capability({ unit, phase, capability, entry, number }) {
    const about = page.units[unit];
    const meaning = capabilities.get(capability);
    const evidence = (await evidenceOf(unit)).filter((item) => item.capability === capability).sort(Panel.byRank);
    const content = [
      make("h2", null, `${about.label}: `, code(capability)),
      make("p", { class: "quiet" }, `${about.version}, ${Panel.phaseWords(phase)}`),
      make("p", null, `It ${meaning.description}.`),
      meaning.everything ? make("p", null, make("b", { class: "all" }, "Amounts to everything: "), `${meaning.why}.`) : null,
    ];
    if (evidence.length === 0) {
      return [...content, make("p", { class: "note" },
        "The crate's own code contains this, but no path leads there from its entry points.")];
    }
    const chosen = evidence.find((item) => item.entry === entry) ?? evidence[0];
    return [...content, this.entries(evidence, chosen, { unit, phase, capability }),
      await this.paths(chosen, { unit, phase, capability, number })];
  }

  static byRank(left, right) {
    return left.uncertain - right.uncertain || Number(right.own) - Number(left.own)
      || left.steps.length - right.steps.length || left.entry.localeCompare(right.entry);
  }

  static phaseWords(phase) {
    return { "run": "at run time", "build-script": "while building", "proc-macro": "while compiling" }[phase] ?? phase;
  }

  entries(evidence, chosen, place) {
    const list = make("ul", { class: "choices", "aria-label": "Entry points" });
    const rest = make("p", { class: "quiet" });
    const draw = (text) => {
      const fitting = evidence.filter((item) => item.entry.toLowerCase().includes(text));
      rest.textContent = fitting.length > 300 ? `${counted(fitting.length - 300, "more entry point")}: narrow the list by name` : "";
      drawEntries(fitting.slice(0, 300));
    };
    const drawEntries = (shown) => replace(list, shown
      .map((item) => make("li", null, make("button", {
        type: "button", "aria-current": item === chosen,
        onclick: () => this.go({ ...place, entry: item.entry, number: null }),
      }, code(item.entry), make("span", { class: "quiet" }, ` ${item.kind}, ${Panel.certainty(item)}, `
        + `${counted(item.steps.length, "function")} to `), code(item.sink.name)))));
    draw("");
    if (evidence.length === 1) return [make("h3", null, "Entry point"), list];
    const search = make("input", {
      type: "search", placeholder: "entry point", "aria-label": "Entry points whose name contains",
      oninput: (event) => draw(event.target.value.trim().toLowerCase()),
    });
    return [make("h3", null, counted(evidence.length, "entry point reaches it", "entry points reach it"), " "), search, list, rest];
  }

  static certainty(item) {
    if (item.absolved) return "absolved by the allowlist";
    return item.uncertain === 0 ? "certain" : `may: ${counted(item.uncertain, "uncertain step")}`;
  }

  async paths(chosen, { unit, phase, capability, number }) {
    const others = await alternativesOf(unit, capability, chosen.entry);
    const all = others.length > 1 ? others : [chosen];
    const index = Math.min(Math.max(Number(number ?? 1), 1), all.length) - 1;
    const path = all[index];
    const choices = make("div", { class: "paths" },
      all.length > 1 ? all.map((_, place) => make("button", {
        type: "button", class: "chip", "aria-pressed": String(place === index),
        onclick: () => this.go({ unit, phase, capability, entry: chosen.entry, number: place + 1 }),
      }, place === 0 ? "best path" : `path ${place + 1}`)) : null,
      make("button", {
        type: "button", class: "chip", "aria-pressed": String(!this.compact),
        onclick: (event) => {
          this.compact = !this.compact;
          event.currentTarget.setAttribute("aria-pressed", String(!this.compact));
          this.element.classList.toggle("compact", this.compact);
        },
      }, "sources"));
    const why = `mircap why ${shellWord(page.input)} --crate ${shellWord(page.units[unit].name)} --capability ${capability}`
      + ` --entry ${shellWord(chosen.entry)} --paths 5`;
    return [
      make("h3", null, path.uncertain === 0 ? "Evidence: a certain path"
        : `Evidence: a path with ${counted(path.uncertain, "step that could lead elsewhere", "steps that could lead elsewhere")}`),
      choices, await drawPath(await stepsOf(path), path.sink), make("h3", null, "In the terminal"), command(why),
    ];
  }

  // All about one crate.

  async crate({ unit, phase }) {
    const about = page.units[unit];
    const { crates } = await load("details");
    const crate = crates[unit];
    const open = (capability) => this.go({ unit, phase: phase ?? crate.runsIn[0], capability, entry: null, number: null });
    const users = crates.filter((other) => other.dependencies.includes(crate.id));
    const link = (other) => make("button", {
      type: "button", class: "cap", onclick: () => this.go({ unit: crates.indexOf(other), phase: other.runsIn[0], capability: null }),
    }, page.units[crates.indexOf(other)].label);
    const byId = new Map(crates.map((other) => [other.id, other]));
    return [
      make("h2", null, about.label), make("p", { class: "quiet" }, `${crate.package} ${crate.version}, ${crate.target}; its code runs ${crate.runsIn.map(Panel.phaseWords).join(" and ")}`),
      make("dl", { class: "facts" },
        fact("own code", chips(crate.capabilities.direct, null, open)),
        fact("through others", chips(crate.capabilities.transitive.filter((name) => !crate.capabilities.direct.includes(name)), null, open)),
        fact("contained only", chips(crate.capabilities.contained.filter((name) => ![...crate.capabilities.direct, ...crate.capabilities.transitive].includes(name)))),
        crate.capabilities.absolved ? fact("absolved", chips(crate.capabilities.absolved)) : null,
        fact("depends on", make("span", { class: "caps" }, crate.dependencies.map((id) => byId.get(id)).filter(Boolean).map(link))),
        fact("used by", make("span", { class: "caps" }, users.map(link)))),
      crateLists(crate),
    ];
  }
}

/** A term and what is said of it, if anything is. */
function fact(term, content) {
  const isEmpty = content === null || content === "" || (content instanceof Element && !content.hasChildNodes());
  return isEmpty ? null : [make("dt", null, term), make("dd", null, content)];
}
