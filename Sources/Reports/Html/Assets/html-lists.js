// Lists: what one crate has beside its capabilities, and the views of risk lines, gaps and code that was left out.

/** What a crate has beside its capabilities; nothing is said of what it does not have. */
function crateLists(crate) {
  const section = (title, entries, row) => entries?.length
    ? [make("h3", null, `${title} (${entries.length.toLocaleString("en")})`), longList(entries, row)] : null;
  return [
    section("Not analysed", crate.notAnalysed, (gap) => make("li", null, make("b", null, gap.kind), " ", code(gap.what), ` – ${gap.why} `, position(gap.file, gap.line))),
    section("Runs without a call", crate.hooks, (hook) => make("li", null, hook.kind, " ", code(hook.name), ` ${hook.detail} `, position(hook.file, hook.line))),
    section("Linking", crate.linkDirectives, (directive) => make("li", null, `${directive.kind} `, code(directive.value), ` by ${directive.source}`)),
    section("Symbols it defines", crate.symbols.defined, (symbol) => make("li", null, code(symbol.name), symbol.overrides ? ` in place of ${symbol.overrides}` : null)),
    section("Foreign functions it calls", crate.symbols.foreign, (symbol) => make("li", null, code(symbol))),
    section("Its callers supply", crate.callerSupplied, (call) => make("li", null, code(call))),
    section("Unstable features", crate.unstableFeatures, (feature) => make("li", null, code(feature))),
    section("Uses of unsafe", crate.unsafe.uses, (use) => make("li", null, `${use.kind} `, use.kind === "operation" ? code(use.operation) : null,
      use.what ? [" ", code(use.what)] : null, " in ", code(use.function), " ", position(use.file, use.line), use.label ? ` [${(use.labels ?? [use.label]).join(", ")}]` : null)),
    section("Left out of this build", crate.notCompiled, (left) => make("li", null, code(left.what), " ", position(left.file, left.line),
      " unless ", code(left.cfg), " ", chips(left.mayContain))),
  ];
}

/** Risk lines with their paths. */
async function drawRisks() {
  const { risks } = await load("details");
  if (!risks.length) return make("p", null, "No rule points out a combination of capabilities.");
  const cards = risks.map((risk) => {
    const holder = make("div");
    const details = make("details", {
      ontoggle: async () => {
        if (!details.open || holder.hasChildNodes()) return;
        for (const path of risk.paths) {
          const sink = { name: path.sink, capabilities: path.capabilities };
          holder.append(make("h3", null, `${path.need}${path.certainty === "may" ? " (may)" : ""}`), await drawPath(path.steps, sink));
        }
      },
    }, make("summary", null, counted(risk.paths.length, "path"), " meet in ", code(risk.meeting.function)), holder);
    return make("article", { class: "card" },
      make("h3", null, risk.rule, " ", make("span", { class: "quiet" }, `${risk.crate} ${risk.version}, ${Panel.phaseWords(risk.phase)}`)),
      make("p", null, `${risk.why}.`), make("p", null, chips(risk.capabilities), " from ", code(risk.entry),
        risk.entryPoints > 1 ? make("span", { class: "quiet" }, ` and ${counted(risk.entryPoints - 1, "more entry point")}`) : null), details);
  });
  return [make("p", { class: "quiet" }, "Combinations that rules point out. They say what is possible, not that anything is wrong."), cards];
}

const gapWords = {
  "unreadable": "a dump or an item of it could not be read", "unlinked": "a function was named and not found",
  "unknown-std": "a path of std that the tables do not know", "native-code": "native code, which is not analysed",
  "limit": "a documented limit of the analysis",
};

/** What was not analysed, of all crates. */
async function drawGaps() {
  const { crates, silenced } = await load("details");
  const gaps = unlike(crates.flatMap((crate, unit) => crate.notAnalysed.map((gap) => ({ ...gap, crate: page.units[unit].label }))));
  const kinds = Object.keys(gapWords).filter((kind) => gaps.some((gap) => gap.kind === kind));
  return [
    gaps.length ? null : make("p", null, "No gaps are known."),
    kinds.map((kind) => [make("h3", null, `${kind}: ${gapWords[kind]}`), table(["crate", "what", "why", "where"],
      gaps.filter((gap) => gap.kind === kind).map((gap) => [gap.crate, code(gap.what), gap.why, position(gap.file, gap.line)]))]),
    silenced?.length ? [make("h3", null, "Silenced by the user's rules"), table(["rule", "names", "capability", "crate", "places", "reason"],
      silenced.map((entry) => [entry.rule, code(entry.names), entry.capability, entry.crate, String(entry.places), entry.reason ?? ""]))] : null,
  ];
}

/** Code that cfgs left out, of all crates; what shows no capability only on demand. */
async function drawLeftOut() {
  const { crates } = await load("details");
  const all = unlike(crates.flatMap((crate, unit) => crate.notCompiled.map((left) => ({ ...left, crate: page.units[unit].label }))));
  const telling = all.filter((left) => left.mayContain.length);
  return [
    make("p", { class: "quiet" }, "Code for other systems or of features that are off is in no dump. What its text shows is no proof: it says both too much and too little."),
    make("p", null, `${counted(all.length, "place")} left out, ${telling.length.toLocaleString("en")} of them with a capability in the text.`),
    table(["crate", "what", "unless", "may contain", "where"], telling.map((left) => [left.crate, code(left.what), code(left.cfg),
      chips(left.mayContain), position(left.file, left.line)])),
  ];
}

/** Acquiring uses by module, of a report made with --ambient. */
async function drawAmbient() {
  const { ambient } = await load("details");
  return [make("p", { class: "quiet" }, "Each use of what acquires by path, address or name."), table(["crate", "module", "capabilities", "sink", "in", "where"],
    ambient.map((use) => [use.crate, code(use.module), chips(use.capabilities), code(use.sink),
      [code(use.function), use.reached ? null : make("span", { class: "quiet" }, " (no path found)")], position(use.file, use.line)]))];
}

/** What sets of features bring. */
async function drawFeatures() {
  const { featureMatrix } = await load("details");
  return [make("p", { class: "quiet" }, `Compared with the set ${featureMatrix.baseline}.`), table(["features", "brings", "brings the packages"],
    featureMatrix.sets.map((set) => [code(set.name), set.failure ?? chips(set.brings), (set.bringsPackages ?? []).join(", ")]))];
}

/** A table whose rows beyond the first five hundred are shown when asked. */
function table(heads, rows, limit = 500) {
  const body = make("tbody");
  const add = (from) => append(body, rows.slice(from, from + limit).map((row) => make("tr", null, row.map((cell) => make("td", null, cell)))));
  add(0);
  const element = make("table", { class: "list" }, make("thead", null, make("tr", null, heads.map((head) => make("th", { scope: "col" }, head)))), body);
  if (rows.length <= limit) return element;
  const more = make("button", {
    type: "button",
    onclick: () => { add(body.rows.length); if (body.rows.length >= rows.length) more.remove(); },
  }, `show ${limit} more of ${rows.length.toLocaleString("en")}`);
  return [element, more];
}
