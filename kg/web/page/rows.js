// The table of an answer, a page of rows at a time, to be filtered and sorted: a view for YASGUI's results.
//
// YASGUI has a table of its own, which makes cells by way of HTML, and writes a style sheet into the page, which the
// page's policy forbids.

import { cell, compare, text } from "./cells.js";
import { element } from "./elements.js";
import { grouped } from "./words.js";

const PAGE = 100;

export class Rows {
  label = "Table";
  priority = 10;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return (this.yasr.results?.getVariables() ?? []).length > 0;
  }

  draw() {
    const { results } = this.yasr;
    this.names = results.getVariables();
    this.rows = results.getBindings();
    this.shown = this.rows;
    this.page = 0;
    this.order = null;
    this.body = element("tbody");
    this.heads = this.names.map((name) => this.head(name));
    const head = element("thead", {}, element("tr", {}, element("th", { className: "count", scope: "col", title: "Row" }), ...this.heads));
    const scroll = element("div", { className: "scroll", tabIndex: 0 }, element("table", {}, head, this.body));
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Rows of the answer");
    this.yasr.resultsEl.append(scroll);
    if (this.rows.length > 1) this.drawControls();
    this.fill();
  }

  destroy() {
    this.controls?.remove();
  }

  head(name) {
    const button = element("button", { type: "button", className: "sort", title: `Sort by ${name}` }, name);
    button.addEventListener("click", () => this.sort(name));
    return element("th", { scope: "col" }, button);
  }

  drawControls() {
    this.filter = element("input", { type: "search", placeholder: "Filter the rows" });
    this.filter.setAttribute("aria-label", "Filter the rows");
    this.filter.addEventListener("input", () => this.choose());
    this.back = element("button", { type: "button", className: "second" }, "Previous");
    this.next = element("button", { type: "button", className: "second" }, "Next");
    this.where = element("span", { className: "where" });
    this.back.addEventListener("click", () => this.turn(-1));
    this.next.addEventListener("click", () => this.turn(1));
    this.controls = element("div", { className: "rows-controls" }, this.filter, this.where, this.back, this.next);
    this.yasr.pluginControls.replaceChildren(this.controls);
  }

  sort(name) {
    const down = this.order?.name === name && !this.order.down;
    this.order = { name, down };
    for (const [index, head] of this.heads.entries()) {
      if (this.names[index] === name) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.choose();
  }

  choose() {
    const sought = this.filter?.value.toLowerCase() ?? "";
    const found = sought
      ? this.rows.filter((row) => this.names.some((name) => text(row[name]).toLowerCase().includes(sought)))
      : [...this.rows];
    if (this.order) {
      const { name, down } = this.order;
      found.sort((one, other) => (down ? -1 : 1) * compare(one[name], other[name]));
    }
    this.shown = found;
    this.page = 0;
    this.fill();
  }

  turn(by) {
    this.page += by;
    this.fill();
  }

  fill() {
    const from = this.page * PAGE;
    const some = this.shown.slice(from, from + PAGE);
    this.body.replaceChildren(...some.map((row, index) => this.line(row, from + index + 1)));
    if (!this.controls) return;
    this.where.textContent =
      some.length > 0 ? `${grouped(from + 1)}–${grouped(from + some.length)} of ${grouped(this.shown.length)}` : "none";
    this.back.disabled = this.page === 0;
    this.next.disabled = from + PAGE >= this.shown.length;
    this.back.hidden = this.next.hidden = this.shown.length <= PAGE;
  }

  line(row, number) {
    const cells = this.names.map((name) => element("td", {}, cell(row[name], this.yasr.config.graph)));
    return element("tr", {}, element("td", { className: "count" }, grouped(number)), ...cells);
  }
}
