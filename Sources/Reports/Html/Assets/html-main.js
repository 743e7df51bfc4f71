// Puts the page together. What is shown stands in the address behind `#`, so that a view can be linked to and the
// browser's back button works.

const views = [];
let matrix = null;
let place = {};
const panel = new Panel(document.getElementById("panel"), go);

function addView(name, title, build) { views.push({ name, title, build }); }

/** Changes where we are; fields that are null are taken out. */
function go(changes) {
  const next = { ...place, ...changes };
  if (changes.unit === null) Object.assign(next, { unit: null, phase: null, capability: null, entry: null, number: null });
  const words = new URLSearchParams();
  if (next.view && next.view !== views[0].name) words.set("view", next.view);
  if (next.unit !== null && next.unit !== undefined) words.set("crate", page.units[next.unit].id);
  for (const name of ["phase", "capability", "entry", "number"]) if (next[name]) words.set(name, next[name]);
  const hash = `#${words}`;
  if (location.hash === hash || (!location.hash && hash === "#")) return;
  place = { ...next, moved: true };
  location.hash = hash;
}

function readPlace() {
  const words = new URLSearchParams(location.hash.slice(1));
  const unit = page.units.findIndex((about) => about.id === words.get("crate"));
  const names = ["view", "phase", "capability", "entry", "number"];
  return { ...Object.fromEntries(names.map((name) => [name, words.get(name)])), unit: unit < 0 ? null : unit };
}

async function follow() {
  const moved = place.moved;
  place = readPlace();
  const view = views.find(({ name }) => name === place.view) ?? views[0];
  await showView(view);
  if (place.unit === null) panel.close();
  else if (capabilities.has(place.capability)) await panel.show(() => panel.capability(place), moved);
  else await panel.show(() => panel.crate(place), moved);
  matrix?.mark(place.unit, place.phase, place.capability);
}

async function showView(view) {
  for (const link of document.querySelectorAll("#views a")) {
    if (link.dataset.view === view.name) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== `view-${view.name}`;
  if (!view.build || view.section) return;
  view.section = make("section", { id: `view-${view.name}`, "aria-label": view.title }, make("p", { class: "quiet" }, "Unpacking …"));
  document.getElementById("main").append(view.section);
  replace(view.section, make("h2", null, view.title), await view.build());
}

function addTheme(button) {
  const words = { "": "automatic", light: "light", dark: "dark" };
  const order = ["", "light", "dark"];
  const show = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    button.textContent = `Theme: ${words[theme]}`;
  };
  let theme = "";
  // Some browsers keep nothing for pages that are opened from disk.
  try { theme = localStorage.getItem("mircap-theme") ?? ""; } catch { theme = ""; }
  show(order.includes(theme) ? theme : "");
  button.addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    try { localStorage.setItem("mircap-theme", theme); } catch { /* it holds for this page only */ }
    show(theme);
  });
}

function start() {
  addTheme(document.getElementById("theme"));
  if (typeof DecompressionStream === "undefined") {
    document.querySelector("header").after(make("p", { class: "note" }, "This browser is too old to unpack the paths: the matrix is all that can be shown."));
  }
  if (document.body.dataset.mode === "difference") addView("difference", "Changes", drawDifference);
  else if (document.body.dataset.mode === "comparison") addView("comparison", "Comparison", drawComparison);
  else {
    addView("matrix", "Matrix");
    addView("tree", "Dependencies", async () => new DependencyTree((await load("details")).crates, go).draw());
    addView("risks", `Risk lines (${page.risks})`, drawRisks);
    addView("gaps", `Not analysed (${page.gaps})`, drawGaps);
    addView("left-out", `Left out of this build (${page.leftOut})`, drawLeftOut);
    if (page.hasAmbient) addView("ambient", "Acquiring uses", drawAmbient);
    if (page.hasFeatures) addView("features", "Features", drawFeatures);
    matrix = new Matrix(document.getElementById("matrix"), document.getElementById("filters"), document.getElementById("shown"), go);
  }
  const nav = document.getElementById("views");
  replace(nav, views.map(({ name, title }) => make("a", { href: `#view=${name}`, "data-view": name, onclick: (event) => { event.preventDefault(); go({ view: name, unit: null }); } }, title)));
  nav.hidden = views.length < 2;
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && place.unit !== null) go({ unit: null }); });
  window.addEventListener("hashchange", follow);
  follow();
}

start();
