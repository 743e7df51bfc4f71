// The matrix of crates and capabilities: filters, order, keyboard. Its cells are in the markup; here they are only shown,
// hidden and put in order.

class Matrix {
  constructor(table, filters, status, open) {
    this.table = table;
    this.body = table.tBodies[0];
    this.status = status;
    this.open = open;
    this.heads = [...table.tHead.rows[0].cells];
    this.rows = [...this.body.rows].map((element, place) => this.readRow(element, place));
    this.filter = { text: "", phase: "", groups: new Set(), members: false, scope: "reached" };
    this.order = { column: null, descending: true };
    this.drawFilters(filters);
    this.listen();
    this.apply();
  }

  readRow(element, place) {
    const cells = [...element.cells];
    const marks = cells.map((cell) => {
      const mark = cell.querySelector(".mark");
      return !mark ? 0 : mark.classList.contains("direct") ? 3 : mark.classList.contains("through") ? 2 : 1;
    });
    return {
      element, cells, marks, place, name: cells[0].textContent.trim().toLowerCase(), phase: element.dataset.phase,
      member: element.classList.contains("member"),
    };
  }

  drawFilters(form) {
    const change = (update) => (event) => { update(event.target); this.apply(); };
    const search = make("input", {
      type: "search", placeholder: "crate", "aria-label": "Crates whose name contains", id: "filter-crate",
      oninput: change((input) => { this.filter.text = input.value.trim().toLowerCase(); }),
    });
    const phase = make("select", { id: "filter-phase", "aria-label": "Phase", onchange: change((input) => { this.filter.phase = input.value; }) },
      [["", "every phase"], ["run", "at run time"], ["build-script", "build scripts"], ["proc-macro", "proc macros"]]
        .map(([value, words]) => make("option", { value }, words)));
    const scope = make("select", { id: "filter-scope", "aria-label": "Which marks", onchange: change((input) => { this.filter.scope = input.value; }) },
      [["reached", "reached"], ["direct", "reached in own code"], ["held", "reached or contained"]]
        .map(([value, words]) => make("option", { value }, words)));
    const members = make("label", null, make("input", {
      type: "checkbox", id: "filter-members", onchange: change((input) => { this.filter.members = input.checked; }),
    }), "workspace only");
    const groups = [...new Set(this.heads.map((head) => head.dataset.group).filter(Boolean))];
    const chosen = make("fieldset", null, make("legend", { class: "quiet" }, "capabilities"), groups.map((group) =>
      make("button", {
        type: "button", class: "chip", "aria-pressed": "false", "data-group": group,
        onclick: change((button) => {
          const pressed = button.getAttribute("aria-pressed") !== "true";
          button.setAttribute("aria-pressed", pressed);
          if (pressed) this.filter.groups.add(group); else this.filter.groups.delete(group);
        }),
      }, group)));
    form.addEventListener("submit", (event) => event.preventDefault());
    replace(form, search, phase, scope, members, chosen);
  }

  /** Shows what the filters leave, in the order that was asked for. */
  apply() {
    const { groups, scope } = this.filter;
    const columns = this.heads.map((head) => !head.dataset.group || groups.size === 0 || groups.has(head.dataset.group));
    const least = { direct: 3, reached: 2, held: 1 }[scope];
    this.heads.forEach((head, column) => { head.hidden = !columns[column]; });
    let shown = 0;
    for (const row of this.rows) {
      const fits = this.fits(row, columns, least);
      row.element.hidden = !fits;
      if (!fits) continue;
      shown += 1;
      row.cells.forEach((cell, column) => {
        cell.hidden = !columns[column];
        const mark = cell.querySelector(".mark");
        if (mark) mark.hidden = row.marks[column] < least;
      });
    }
    this.sort(least);
    this.status.textContent = `${shown} of ${counted(this.rows.length, "row")} shown`;
    this.placeFocus();
  }

  fits(row, columns, least) {
    const { text, phase, members, groups } = this.filter;
    if (text && !row.name.includes(text)) return false;
    if (phase && row.phase !== phase) return false;
    if (members && !row.member) return false;
    return groups.size === 0 || row.marks.some((mark, column) => columns[column] && mark >= least);
  }

  sort(least) {
    const { column, descending } = this.order;
    const weight = (row) => row.marks.filter((mark) => mark >= least).length;
    const compare = (left, right) => {
      if (column === null) return left.place - right.place;
      const key = this.heads[column].dataset.sort;
      const by = key === "name" ? right.name.localeCompare(left.name)
        : key === "phase" ? right.phase.localeCompare(left.phase)
          : left.marks[column] - right.marks[column] || weight(left) - weight(right);
      return (descending ? -by : by) || left.place - right.place;
    };
    this.rows.sort(compare);
    const rows = this.rows.map((row) => row.element);
    if (rows.some((row, index) => this.body.rows[index] !== row)) this.body.append(...rows);
    this.heads.forEach((head, index) => {
      if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  /** A head that is chosen sorts, turns the order round, and ends it. Names begin at A, marks with the strongest. */
  sortBy(column) {
    const first = !["name", "phase"].includes(this.heads[column].dataset.sort);
    if (this.order.column !== column) this.order = { column, descending: first };
    else if (this.order.descending === first) this.order = { column, descending: !first };
    else this.order = { column: null, descending: true };
    this.apply();
  }

  listen() {
    this.table.tHead.addEventListener("click", (event) => {
      const head = event.target.closest("th");
      if (head?.dataset.sort) this.sortBy(head.cellIndex);
    });
    this.body.addEventListener("click", (event) => {
      const cell = event.target.closest("td, th");
      if (cell) this.choose(cell);
    });
    this.table.addEventListener("keydown", (event) => this.onKey(event));
  }

  choose(cell) {
    const row = cell.parentElement;
    const unit = Number(row.dataset.unit);
    if (cell.tagName === "TH") return this.open({ unit, phase: row.dataset.phase });
    if (!cell.querySelector(".mark:not([hidden])")) return;
    this.open({ unit, phase: row.dataset.phase, capability: page.columns[this.heads[cell.cellIndex].dataset.sort] });
  }

  /** Marks the cell whose details are open. */
  mark(unit, phase, capability) {
    this.table.querySelector("td.open")?.classList.remove("open");
    const row = this.rows.find(({ element }) => Number(element.dataset.unit) === unit && element.dataset.phase === phase);
    const column = this.heads.findIndex((head) => page.columns[head.dataset.sort] === capability);
    if (!row || !capability || column < 0) return;
    row.cells[column].classList.add("open");
    row.cells[column].scrollIntoView({ block: "nearest", inline: "center" });
  }

  // One cell of the grid takes part in the order of tabs; arrow keys move it.

  placeFocus() {
    const current = this.body.querySelector("[tabindex='0']");
    if (current && !current.closest("tr").hidden && !current.hidden) return;
    current?.setAttribute("tabindex", "-1");
    for (const button of this.body.querySelectorAll(".crate:not([tabindex])")) button.setAttribute("tabindex", "-1");
    const first = this.rows.find((row) => !row.element.hidden);
    if (first) this.stopAt(first.cells[0]).setAttribute("tabindex", "0");
  }

  /** What of a cell takes the focus. */
  stopAt(cell) { return cell.querySelector("button") ?? cell; }

  onKey(event) {
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell) return;
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -999], End: [0, 999], PageUp: [-15, 0], PageDown: [15, 0] };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return this.choose(cell);
    }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.focus(cell, move);
  }

  focus(cell, [down, right]) {
    const rows = this.rows.filter((row) => !row.element.hidden);
    const within = (value, count) => Math.max(0, Math.min(count - 1, value));
    const row = rows[within(rows.findIndex((row) => row.element === cell.parentElement) + down, rows.length)];
    const cells = row.cells.filter((other) => !other.hidden);
    const column = cells.findIndex((other) => other.cellIndex === cell.cellIndex);
    const target = this.stopAt(cells[within(column + right, cells.length)]);
    this.stopAt(cell).setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
