// The terms of an answer as elements: text is text whatever it looks like, and only web addresses become links.

import { element } from "./elements.js";
import { shortened } from "./terms.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long"].map((name) => XSD + name));
// What is plain to see needs no datatype beside it.
const PLAIN = new Set([`${XSD}string`, `${XSD}date`, `${XSD}dateTime`, `${XSD}boolean`, ...NUMBERS]);
// Dates and numbers, which are not to be broken at a hyphen: 2009-02-04
const SHORT = /^\S{1,25}$/;
const WEB = /^https?:/i;
const PARTS = ["subject", "predicate", "object"];

export function cell(term, graph) {
  if (term === undefined) return "";
  return DRAWN[term.type]?.(term, graph) ?? element("code", {}, text(term));
}

// A term as one string, to search and to sort by.
export function text(term) {
  if (term === undefined) return "";
  return term.type === "triple" ? PARTS.map((part) => text(term.value[part])).join(" ") : term.value;
}

export function compare(one, other) {
  if (NUMBERS.has(one?.datatype) && NUMBERS.has(other?.datatype)) return Number(one.value) - Number(other.value);
  return text(one).localeCompare(text(other), "en");
}

const DRAWN = {
  uri: link,
  literal,
  "typed-literal": literal,
  bnode: (term) => element("span", { className: "dim" }, `_:${term.value}`),
  triple: (term, graph) =>
    element("span", {}, "<<( ", ...PARTS.flatMap((part) => [cell(term.value[part], graph), " "]), ")>>"),
};

function literal(term, graph) {
  const shown = element("span", {}, term.value);
  shown.classList.toggle("number", NUMBERS.has(term.datatype));
  shown.classList.toggle("short", SHORT.test(term.value));
  const language = term["xml:lang"];
  if (language) shown.lang = language;
  const note = language ? `@${language}` : datatype(term, graph);
  return note ? element("span", {}, shown, " ", element("span", { className: "dim" }, note)) : shown;
}

function datatype(term, { prefixes }) {
  return term.datatype && !PLAIN.has(term.datatype) ? shortened(term.datatype, prefixes) : "";
}

function link({ value }, { base, root, prefixes }) {
  const isOwn = base !== null && value.startsWith(base);
  if (!isOwn && !WEB.test(value)) return element("span", {}, value);
  const prefixed = shortened(value, prefixes);
  const name = prefixed.startsWith("<") ? (isOwn && value.slice(base.length)) || value : prefixed;
  const made = element("a", { title: value }, name);
  made.setAttribute("href", isOwn ? root + value.slice(base.length) : value);
  if (!isOwn) Object.assign(made, { className: "outside", rel: "external" });
  return made;
}
