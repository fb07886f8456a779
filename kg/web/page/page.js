// The query page: an editor in the place of the form's text area, examples beside it, and the answer below.

import { Answer } from "./answer.js";
import { makeEditor } from "./editor.js";
import { address, ask, LONGEST } from "./endpoint.js";
import { element } from "./elements.js";
import { inSeconds } from "./words.js";

const form = document.querySelector("form.query");
const area = form.querySelector("textarea");
const examples = document.querySelector("#examples");
const vocabulary = fetch(form.dataset.terms)
  .then((response) => response.json())
  // Without a graph there is nothing to complete; whatever is wrong is told by the query's own answer.
  .catch(() => ({ base: null, prefixes: {}, terms: [] }));

document.querySelector("#main").classList.add("scripted");
const editor = makeEditor(area, { vocabulary, run });
const runButton = form.querySelector("button");
const stopButton = element("button", { type: "button", className: "second", disabled: true }, "Stop");
const linkButton = element("button", { type: "button", className: "second" }, "Copy link");
const hint = element("p", { className: "keys" });
hint.append(
  ...[["Ctrl-Enter", " runs, "], ["Ctrl-Space", " completes, "], ["Esc", " leaves the editor"]].flatMap(([key, does]) => [
    element("kbd", {}, key),
    does,
  ]),
);
const told = element("p", { className: "told" });
told.setAttribute("role", "status");
runButton.parentElement.append(stopButton, linkButton, told);
form.append(hint);
for (const each of form.querySelectorAll("[for=format], #format")) each.remove();
if (examples) form.after(examples);
const answer = new Answer(examples ?? form, editor, form.action);
tellOfThePage();
// What is told of a fault in a query counts its lines as they came.
if (new URLSearchParams(location.search).has("query") && !document.querySelector("#fault")) declare();

let running = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
stopButton.addEventListener("click", () => running?.abort());
linkButton.addEventListener("click", copyLink);
examples?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  editor.setQuery(new URL(link.href).searchParams.get("query"));
  declare();
  told.textContent = "Example taken. Run it, or change it first.";
});

async function run() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  stopButton.disabled = false;
  const { base, prefixes } = await declare();
  editor.unmark();
  const query = editor.query();
  // The address of the page is the link to its query.
  const link = pageAddress(query);
  if (link.length <= LONGEST) history.replaceState(null, "", link);
  answer.clear();
  told.textContent = "";
  const stopClock = clock();
  const started = performance.now();
  try {
    const found = await ask(form.action, query, mine.signal);
    if (running === mine) answer.show(found, { query, base, prefixes, milliseconds: performance.now() - started });
  } catch (error) {
    if (running !== mine) return;
    if (error.name === "AbortError") told.textContent = `Stopped after ${inSeconds(performance.now() - started)}.`;
    else answer.broken(error);
  } finally {
    stopClock();
    if (running === mine) {
      running = null;
      stopButton.disabled = true;
    }
  }
}

// The server knows the project's prefixes; the editor marks a query that uses them undeclared as a fault.
async function declare() {
  const known = await vocabulary;
  editor.declare(known.prefixes);
  return known;
}

function clock() {
  const began = performance.now();
  const shown = element("span", { className: "clock" });
  // Read out at every turn, it would drown the rest.
  shown.setAttribute("aria-hidden", "true");
  told.before(shown);
  const turn = () => (shown.textContent = `Running: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const timer = setInterval(turn, 100);
  return () => {
    clearInterval(timer);
    shown.remove();
  };
}

function pageAddress(query) {
  return address(location.href.replace(/[?#].*$/, ""), { query });
}

async function copyLink() {
  const link = pageAddress(editor.query());
  if (link.length > LONGEST) {
    told.textContent = "The query is too long for a link.";
    return;
  }
  history.replaceState(null, "", link);
  try {
    await navigator.clipboard.writeText(link);
    told.textContent = "Link copied.";
  } catch {
    // Browsers give no clipboard to pages that came without TLS.
    told.textContent = "The address of this page is now the link.";
  }
}

// An answer that came with the page was run by the server; how long that took, the browser knows.
function tellOfThePage() {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit && document.querySelector("#answer")) {
    told.textContent = `Answered in ${inSeconds(visit.responseEnd - visit.requestStart)}.`;
  }
}
