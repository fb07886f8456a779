// An answer as YASGUI's views want it: rows of an answer in JSON, or the triples of one in Turtle, as they were sent.
//
// YASGUI's own reader changes literals that hold `{{name}}`, and knows no triple terms.

import { Parser } from "n3";

const TYPES = { NamedNode: "uri", BlankNode: "bnode" };

export class Results {
  constructor({ content, headers }, milliseconds) {
    this.content = content;
    this.contentType = headers.get("Content-Type") ?? "";
    this.milliseconds = milliseconds;
    const isTable = this.contentType.startsWith("application/sparql-results+json");
    this.type = isTable ? "json" : "ttl";
    Object.assign(this, isTable ? fromJson(content) : fromTurtle(content));
  }

  getType() {
    return this.type;
  }

  getContentType() {
    return this.contentType;
  }

  getResponseTime() {
    return this.milliseconds;
  }

  getOriginalResponseAsString() {
    return this.content;
  }

  getError() {
    return undefined;
  }

  getBoolean() {
    return this.boolean;
  }

  getVariables() {
    return this.names;
  }

  getBindings() {
    return this.rows;
  }
}

function fromJson(content) {
  const { head, boolean, results } = JSON.parse(content);
  return { boolean, names: head.vars ?? [], rows: results?.bindings ?? null };
}

function fromTurtle(content) {
  try {
    const rows = new Parser().parse(content).map(triple);
    return { names: ["subject", "predicate", "object"], rows };
  } catch {
    // Turtle 1.2 may say more than this reader knows; the text as sent is there in any case.
    return { names: [], rows: null };
  }
}

function triple({ subject, predicate, object }) {
  return { subject: binding(subject), predicate: binding(predicate), object: binding(object) };
}

function binding(term) {
  if (term.termType === "Quad") return { type: "triple", value: triple(term) };
  if (term.termType !== "Literal") return { type: TYPES[term.termType], value: term.value };
  const language = term.language ? { "xml:lang": term.language } : { datatype: term.datatype.value };
  return { type: "literal", value: term.value, ...language };
}
