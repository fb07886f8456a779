// The editor of queries: YASGUI's, with the prefixes and terms of this graph.

import { Yasgui } from "@zazuko/yasgui";
import { element } from "./elements.js";
import { addCompleters, COMPLETERS } from "./terms.js";

const { Yasqe } = Yasgui;

export function makeEditor(area, { vocabulary, run }) {
  addCompleters(Yasqe, vocabulary);
  // Merged by position with what an editor is given, so it has to be replaced.
  Yasqe.defaults.autocompleters = COMPLETERS;
  const place = element("div", { className: "editor" });
  area.before(place);
  area.hidden = true;
  const yasqe = new Yasqe(place, {
    value: area.value,
    screenReaderLabel: "Query in SPARQL",
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    editorHeight: "21rem",
    // Labels stand over fields; a click on this one goes to the editor.
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run },
  });
  document.querySelector("label[for=query]").addEventListener("click", () => yasqe.focus());
  // What browsers send without the script, and restore when one comes back.
  yasqe.on("change", () => (area.value = yasqe.getValue()));
  return new Editor(yasqe);
}

class Editor {
  constructor(yasqe) {
    this.yasqe = yasqe;
    this.marked = [];
  }

  query() {
    return this.yasqe.getValue();
  }

  setQuery(text) {
    this.unmark();
    this.yasqe.setValue(text);
    this.yasqe.focus();
  }

  // Add the declarations that a query lacks, so that other endpoints understand it too.
  declare(prefixes) {
    const declared = this.yasqe.getPrefixesFromQuery();
    const missing = [...this.used()].filter((name) => !(name in declared) && name in prefixes).sort();
    if (missing.length === 0) return;
    const lines = missing.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
    this.yasqe.getDoc().replaceRange(lines, { line: 0, ch: 0 });
  }

  // The prefixes of the names in the query; the editor's own lexer knows names from strings and comments.
  used() {
    const found = new Set();
    for (let line = 0; line <= this.yasqe.getDoc().lastLine(); line++) {
      for (const token of this.yasqe.getLineTokens(line)) {
        if (token.type === "string-2" && token.string.includes(":")) found.add(token.string.split(":")[0]);
      }
    }
    return found;
  }

  // Lines and columns count from 1; columns are code points, the editor counts UTF-16.
  mark(line, column) {
    const text = this.yasqe.getDoc().getLine(line - 1);
    if (text === undefined) return;
    const start = [...text].slice(0, column - 1).join("").length;
    const place = { line: line - 1, ch: start };
    const handle = this.yasqe.addLineClass(line - 1, "wrap", "fault");
    this.marked.push(() => this.yasqe.removeLineClass(handle, "wrap", "fault"));
    if (start < text.length) {
      const mark = this.yasqe.getDoc().markText(place, { line: line - 1, ch: text.length }, { className: "fault-text" });
      this.marked.push(() => mark.clear());
    }
    this.yasqe.scrollIntoView(place, 60);
    this.yasqe.getDoc().setCursor(place);
  }

  unmark() {
    for (const undo of this.marked) undo();
    this.marked = [];
  }
}
