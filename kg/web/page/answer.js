// What comes back: rows, triples, a yes or no, or the reason why there is nothing; and where it was cut off.

import { Yasgui } from "@zazuko/yasgui";
import { address, LONGEST } from "./endpoint.js";
import { element } from "./elements.js";
import { Results } from "./results.js";
import { Rows } from "./rows.js";
import { counted, grouped, inSeconds } from "./words.js";

const { Yasr } = Yasgui;
const FORMATS = {
  rows: { csv: "CSV", tsv: "TSV", json: "JSON", xml: "XML" },
  triples: { ttl: "Turtle", nt: "N-Triples", rdf: "RDF/XML", jsonld: "JSON-LD" },
};
const KINDS = { json: "rows", ttl: "triples" };
// KG-Cut-Off: rows=10000
const CUT = /^(rows|bytes)=(\d+)$/;

Yasr.registerPlugin("table", Rows);
// Links into the documentation of others; the header has no place for them here.
Yasr.plugins.response.prototype.helpReference = undefined;

export class Answer {
  constructor(before, editor, endpoint) {
    this.before = before;
    this.editor = editor;
    this.endpoint = endpoint;
    this.place = null;
  }

  clear() {
    this.place?.remove();
    this.place = null;
    for (const plain of document.querySelectorAll("#answer, #fault")) plain.remove();
  }

  show(found, { query, base, prefixes, milliseconds }) {
    if (!found.ok) {
      this.problem(found);
      return;
    }
    const results = new Results(found, milliseconds);
    const kind = KINDS[results.getType()];
    const place = this.open("answer");
    const id = found.headers.get("KG-Query-Id");
    const took = element("span", { className: "dim took" }, `in ${inSeconds(milliseconds)}${id ? `, query ${id}` : ""}`);
    const heading = place.appendChild(element("h2", { id: "answer-heading" }, said(results, kind), " ", took));
    place.setAttribute("aria-labelledby", heading.id);
    // Heard by those who cannot see it.
    heading.setAttribute("role", "status");
    const cut = CUT.exec(found.headers.get("KG-Cut-Off") ?? "");
    if (cut) place.append(notice(cut));
    // A yes or no has been said.
    if (results.getBoolean() !== undefined) return;
    place.append(this.downloads(query, kind));
    this.draw(place.appendChild(element("div")), results, { base, prefixes });
  }

  draw(place, results, { base, prefixes }) {
    const graph = {
      base,
      // The application's own address: that of its page, without the page.
      root: location.pathname.replace(/[^/]*$/, ""),
      prefixes: { ...prefixes, ...this.editor.yasqe.getPrefixesFromQuery() },
    };
    const yasr = new Yasr(place, { persistenceId: null, defaultPlugin: "table", graph });
    yasr.results = results;
    yasr.draw();
  }

  downloads(query, kind) {
    const line = element("p", { className: "downloads" });
    const links = Object.entries(FORMATS[kind]).map(([format, label]) =>
      element("a", { href: address(this.endpoint, { query, format }), download: `answer.${format}` }, label),
    );
    if (links[0].href.length > LONGEST) line.append("The query is too long for links to download its answer.");
    else line.append("Download: ", ...links.flatMap((link, index) => (index ? [" · ", link] : [link])));
    return line;
  }

  problem(found) {
    const problem = read(found);
    const place = this.open("fault", "problem");
    place.setAttribute("role", "alert");
    place.append(element("h2", {}, problem.title ?? "No answer"), element("p", {}, problem.detail ?? found.content));
    if (problem.excerpt !== undefined) {
      place.append(element("pre", {}, `${problem.excerpt}\n${problem.caret ?? ""}`));
    }
    if (problem.line) this.editor.mark(problem.line, problem.column);
    if (problem.query_id) place.append(element("p", { className: "dim" }, `Query ${problem.query_id}`));
  }

  // The connection failed, or the server broke the answer off because a limit was reached.
  broken(error) {
    const place = this.open("fault", "problem");
    place.setAttribute("role", "alert");
    const why = "The server could not be reached, or it broke the answer off because a limit was reached.";
    place.append(element("h2", {}, "No whole answer"), element("p", {}, why), element("p", { className: "dim" }, error.message));
  }

  open(id, className = "") {
    this.clear();
    this.place = element("section", { id, className });
    this.before.after(this.place);
    // On a narrow screen it may be out of sight.
    requestAnimationFrame(() => this.place?.firstElementChild?.scrollIntoView({ block: "nearest" }));
    return this.place;
  }
}

function said(results, kind) {
  const truth = results.getBoolean();
  if (truth !== undefined) return truth ? "Yes" : "No";
  const count = results.getBindings()?.length;
  if (count === undefined) return "Answer";
  return kind === "triples" ? counted(count, "triple", "triples") : counted(count, "row", "rows");
}

function notice([, unit, number]) {
  const text = `Cut off at ${grouped(number)} ${unit}: the answer has more. A download goes on to the server’s own limit.`;
  return element("p", { className: "notice" }, text);
}

function read(found) {
  try {
    return JSON.parse(found.content);
  } catch {
    // Something between the page and the server has answered.
    return { title: `${found.status} ${found.statusText}`, detail: found.content };
  }
}
