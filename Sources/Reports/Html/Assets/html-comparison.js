// The page of `mircap compare --format html`: how a scanner stands against the evidence, and each row with its reason.

const levelWords = {
  reach: "what a crate reaches when it runs", own: "what a crate's own code does", place: "where a crate's own code does it",
};
const verdictWords = { "true-positive": "both", "false-positive": "only the scanner", "false-negative": "only mircap" };

async function drawComparison() {
  const content = await load("comparison");
  return [content, ...(content.more ?? [])].map((comparison) => new ScannerPage(comparison).draw());
}

/** One scanner compared with the evidence. */
class ScannerPage {
  constructor(comparison) {
    this.comparison = comparison;
    this.level = "reach";
    this.filter = { crate: "", capability: "", verdict: "", why: "" };
    this.tables = make("div");
    this.rows = make("div");
  }

  draw() {
    const { scanner } = this.comparison;
    const level = make("select", {
      "aria-label": "What is compared", class: "level",
      onchange: (event) => { this.level = event.target.value; this.drawTables(); this.drawRows(); },
    }, Object.entries(levelWords).map(([value, words]) => make("option", { value }, words)));
    this.drawTables();
    this.drawRows();
    return make("article", { class: "card" },
      make("h3", null, scanner.name, make("span", { class: "quiet" }, ` ${scanner.form}, ${counted(scanner.findings, "finding")}`)),
      make("p", { class: "quiet" }, [
        scanner.ofOtherPackages ? `${scanner.ofOtherPackages} of packages that are not in the build. ` : null,
        scanner.withoutPlace ? `${scanner.withoutPlace} without a place that is known. ` : null,
        scanner.withoutCapability ? `${scanner.withoutCapability} of words that mean no capability. ` : null]),
      make("p", null, "Compared: ", chips(scanner.scope)),
      make("div", { class: "toolbar" }, make("label", null, "compare", level)), this.tables, this.rows);
  }

  drawTables() {
    const level = this.comparison.levels[this.level];
    const { referee } = this.comparison;
    replace(this.tables,
      figures("In all", { "": level.total }),
      referee ? figures(`mircap against the program ${referee.binary}`, Object.fromEntries(Object.entries(referee.mircap).map(([name, counts]) => [levelWords[name], counts]))) : null,
      causeTable("What only the scanner says", level.scannerOnly), causeTable("What only mircap says", level.mircapOnly),
      folded(figures("By capability", level.byCapability), "By capability"), folded(figures("By crate", level.byCrate), "By crate"));
  }

  drawRows() {
    const rows = this.comparison.rows.filter((row) => row.level === this.level);
    const choice = (name, values, words) => make("select", {
      "aria-label": words, class: `filter-${name}`, onchange: (event) => { this.filter[name] = event.target.value; show(); },
    }, make("option", { value: "" }, words), [...new Set(values)].sort().map((value) => make("option", { value }, verdictWords[value] ?? value)));
    this.filter = { crate: "", capability: "", verdict: "", why: "" };
    const list = make("div");
    const status = make("p", { class: "quiet", role: "status", "aria-live": "polite" });
    const show = () => {
      const { crate, capability, verdict, why } = this.filter;
      const shown = rows.filter((row) => row.crate.toLowerCase().includes(crate) && (!capability || row.capability === capability)
        && (!verdict || row.verdict === verdict) && (!why || row.why === why));
      status.textContent = `${shown.length} of ${counted(rows.length, "row")} shown`;
      replace(list, table(["crate", "capability", "verdict", "why", "claim", "where", "evidence"], shown.map(drawComparisonRow), 200));
    };
    const toolbar = make("form", { class: "toolbar", "aria-label": "Filters of the rows", onsubmit: (event) => event.preventDefault() },
      make("input", { type: "search", class: "filter-crate", placeholder: "crate", "aria-label": "Crates whose name contains", oninput: (event) => { this.filter.crate = event.target.value.trim().toLowerCase(); show(); } }),
      choice("capability", rows.map((row) => row.capability), "every capability"), choice("verdict", rows.map((row) => row.verdict), "every verdict"),
      choice("why", rows.map((row) => row.why).filter(Boolean), "every reason"));
    show();
    replace(this.rows, make("h3", null, "Row by row"), toolbar, status, list);
  }
}

function drawComparisonRow(row) {
  return [`${row.crate} ${row.version}${row.phase === "run" ? "" : ` (${row.phase})`}`, chips([row.capability]), verdictWords[row.verdict],
    row.why ? make("span", { title: page.causes[row.why] }, row.why) : null, [row.claim ? code(row.claim) : null, row.detail ? ` ${row.detail}` : null],
    foldedExcerpt(row), row.evidence ? drawEvidence({ ...row.evidence, entry: row.evidence.steps[0]?.function ?? "", capability: row.capability }) : null];
}

/** A place that opens to its lines. */
function foldedExcerpt(row) {
  const place = position(row.file, row.line);
  if (!place || row.line <= 0) return place;
  const holder = make("div");
  const details = make("details", {
    ontoggle: async () => {
      if (!details.open || holder.hasChildNodes()) return;
      const excerpt = await excerptOf(row.file, row.line);
      holder.append(excerpt ? drawExcerpt(excerpt, row) : make("p", { class: "quiet" }, "the source was not at hand"));
    },
  }, make("summary", null, place), holder);
  return details;
}

function figures(title, map) {
  const share = (value) => `${(value * 100).toFixed(1)} %`;
  const rows = Object.entries(map).map(([name, counts]) => [name, counts.truePositives, counts.falsePositives, counts.falseNegatives, share(counts.precision), share(counts.recall)]
    .map(String));
  return [make("h3", null, title), table(["", "both", "only the scanner", "only mircap", "precision", "recall"], rows)];
}

function causeTable(title, causes) {
  const rows = Object.entries(causes).sort((left, right) => right[1] - left[1]).map(([why, count]) => [why, String(count), page.causes[why] ?? ""]);
  return rows.length ? [make("h3", null, title), table(["why", "rows", "what that means"], rows)] : null;
}

function folded([, content], title) { return make("details", null, make("summary", null, title), content); }
