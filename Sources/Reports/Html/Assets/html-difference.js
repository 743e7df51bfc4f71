// The page of `mircap diff --format html`: what came and what went, crate by crate, with the paths of what came.

async function drawDifference() {
  const difference = await load("difference");
  const { added, removed } = difference.crates;
  const sections = new Map();
  for (const change of difference.changes) {
    const key = [change.crate, change.target, change.oldVersion, change.newVersion, change.phase].join("\n");
    if (!sections.has(key)) sections.set(key, []);
    sections.get(key).push(change);
  }
  const cards = [...sections.values()].map(drawSection);
  const status = make("p", { class: "quiet", role: "status", "aria-live": "polite" });
  const filter = { text: "", what: "", additions: false };
  const apply = () => {
    let shown = 0;
    for (const card of cards) {
      const fits = card.dataset.name.includes(filter.text) && (!filter.what || card.dataset.what.split(" ").includes(filter.what))
        && (!filter.additions || card.dataset.added === "true");
      card.hidden = !fits;
      if (fits) shown += 1;
    }
    status.textContent = `${shown} of ${counted(cards.length, "crate and phase", "crates and phases")} shown`;
  };
  const kinds = [...new Set(difference.changes.map((change) => change.what))];
  const toolbar = make("form", { class: "toolbar", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
    make("input", { type: "search", id: "filter-crate", placeholder: "crate", "aria-label": "Crates whose name contains", oninput: (event) => { filter.text = event.target.value.trim().toLowerCase(); apply(); } }),
    make("select", { id: "filter-what", "aria-label": "Kind of change", onchange: (event) => { filter.what = event.target.value; apply(); } },
      make("option", { value: "" }, "every change"), kinds.map((kind) => make("option", { value: kind }, kind))),
    make("label", null, make("input", { type: "checkbox", id: "filter-added", onchange: (event) => { filter.additions = event.target.checked; apply(); } }), "only what came"));
  apply();
  return [
    make("p", null, make("b", null, difference.old.name), " → ", make("b", null, difference.new.name)),
    [difference.old, difference.new].filter((side) => !side.complete).map((side) =>
      make("p", { class: "note" }, `${side.name} could not be analysed completely: what is missing there may be missing here.`)),
    added.length || removed.length ? make("dl", { class: "facts" },
      added.length ? fact("new crates", chips(added, "added")) : null, removed.length ? fact("crates gone", chips(removed, "removed")) : null) : null,
    difference.versions.length ? make("details", null, make("summary", null, counted(difference.versions.length, "crate has another version", "crates have other versions")),
      table(["crate", "before", "after"], difference.versions.map((change) => [change.crate, String(change.old), String(change.new)]))) : null,
    drawRiskChanges(difference.risks),
    cards.length ? [toolbar, status, cards] : make("p", null, "No crate can do more or less than before."),
  ];
}

function drawRiskChanges(risks) {
  const line = (risk, kind) => make("li", null, chips([risk.rule], kind), ` ${risk.crate} ${risk.version}, ${Panel.phaseWords(risk.phase)}`,
    risk.entry ? [", from ", code(risk.entry)] : null, `: ${risk.why}`);
  if (!risks.added.length && !risks.removed.length) return null;
  return [make("h3", null, "Risk lines"), longList([...risks.added.map((risk) => line(risk, "added")), ...risks.removed.map((risk) => line(risk, "removed"))], (item) => item)];
}

function drawSection(changes) {
  const [first] = changes;
  const versions = first.oldVersion === null ? `${first.newVersion}, new` : first.newVersion === null ? `${first.oldVersion}, gone`
    : first.oldVersion === first.newVersion ? first.newVersion : `${first.oldVersion} → ${first.newVersion}`;
  return make("article", {
    class: "card", "data-name": `${first.crate} ${first.package}`.toLowerCase(), "data-what": changes.map((change) => change.what).join(" "),
    "data-added": String(changes.some((change) => change.added.length > 0)),
  }, make("h3", null, first.crate, " ", make("span", { class: "quiet" }, `${versions} (${first.target}), ${Panel.phaseWords(first.phase)}`)),
    changes.map(drawChange));
}

const scopeWords = { "reachable": "not reached before", "direct": "now by the crate's own code", "entry": "now from more entry points", "contained": "contained, no path found" };

function drawChange(change) {
  const isCapability = change.what === "capability";
  const names = (list, kind) => list.length ? (isCapability ? chips(list, kind) : list.length > 12
    ? make("details", null, make("summary", { class: kind }, `${kind}: ${list.length}`), longList(list, (name) => make("li", null, code(name))))
    : chips(list, kind)) : null;
  const counts = Object.entries(change.counts ?? {}).map(([name, [before, after]]) => `${name} ${before} → ${after}`).join(", ");
  return make("div", { class: "change" },
    make("span", null, `${change.what}${change.scope ? ` (${scopeWords[change.scope] ?? change.scope})` : ""}: `),
    names(change.added, "added"), " ", names(change.removed, "removed"), counts ? make("span", { class: "quiet" }, ` ${counts}`) : null,
    change.evidence.map((evidence) => drawEvidence(evidence)),
    change.evidenceCount > change.evidence.length ? make("p", { class: "quiet" }, `${counted(change.evidenceCount - change.evidence.length, "more path")} in the full report`) : null);
}

function drawEvidence(evidence) {
  const holder = make("div");
  const details = make("details", {
    ontoggle: async () => {
      if (details.open && !holder.hasChildNodes()) holder.append(await drawPath(evidence.steps, { name: evidence.sink, authority: evidence.authority, capabilities: [evidence.capability] }));
    },
  }, make("summary", null, code(evidence.entry), " → ", code(evidence.sink), make("span", { class: "quiet" }, evidence.certainty === "may" ? " (may)" : "")), holder);
  return details;
}
