// Completion from what the graph holds: its prefixes, classes and properties.

export const COMPLETERS = ["variables", "graph-prefixes", "graph-classes", "graph-properties"];
const MOST = 100;
const APART = 3;

export function addCompleters(Yasqe, vocabulary) {
  Yasqe.forkAutocompleter("prefixes", {
    name: "graph-prefixes",
    // Kept in the browser, the list would outlive the graph.
    persistenceId: null,
    get: async (yasqe) => {
      const bundled = await Yasqe.Autocompleters.prefixes.get(yasqe);
      const { prefixes } = await vocabulary;
      const others = bundled.filter((line) => !(line.split(":")[0] in prefixes));
      return [...Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`), ...others];
    },
  });
  for (const [from, kind, name] of [
    ["class", "class", "graph-classes"],
    ["property", "property", "graph-properties"],
  ]) {
    Yasqe.forkAutocompleter(from, { name, autoShow: true, persistenceId: null, ...completer(vocabulary, kind) });
  }
}

function completer(vocabulary, kind) {
  // A suggestion is text to the editor; what it stands for is looked up by it.
  const labels = new Map();
  let prefixes = {};
  return {
    get: async (_yasqe, token) => {
      const known = await vocabulary;
      prefixes = known.prefixes;
      const found = known.terms
        .filter((term) => term.kind === kind)
        .map((term) => ({ term, rank: rank(term, token.autocompletionString, prefixes) }))
        .filter(({ rank }) => rank < APART)
        .sort((one, other) => one.rank - other.rank)
        .slice(0, MOST);
      for (const { term } of found) labels.set(term.iri, term.label);
      return found.map(({ term }) => term.iri);
    },
    postProcessSuggestion: (yasqe, _token, iri) => shortened(iri, { ...prefixes, ...yasqe.getPrefixesFromQuery() }),
    postprocessHints: (yasqe, hints) => {
      const all = { ...prefixes, ...yasqe.getPrefixesFromQuery() };
      for (const hint of hints) {
        const label = labels.get(expanded(hint.text, all));
        if (label) hint.displayText = `${hint.text}  ${label}`;
      }
      return hints;
    },
  };
}

// How near a term is to what somebody types: the start of its IRI, of its name, of a word of its label; or apart. A term
// that is written out already needs no offer.
function rank({ iri, label }, sought, prefixes) {
  const whole = expanded(sought, prefixes);
  if (iri === whole) return APART;
  if (iri.startsWith(whole)) return 0;
  const word = sought.replace(/^.*[:#/]/, "").toLowerCase();
  const space = iri.slice(0, iri.search(/[^#/]*$/));
  const isElsewhere = whole.includes(":") && !whole.startsWith(space);
  if (!word || isElsewhere) return APART;
  if (iri.slice(space.length).toLowerCase().startsWith(word)) return 1;
  return ` ${label.toLowerCase()}`.includes(` ${word}`) ? 2 : APART;
}

function expanded(text, prefixes) {
  if (text.startsWith("<")) return text.replace(/^<|>$/g, "");
  const [name, ...rest] = text.split(":");
  return rest.length > 0 && name in prefixes ? prefixes[name] + rest.join(":") : text;
}

export function shortened(iri, prefixes) {
  let best = null;
  for (const [name, namespace] of Object.entries(prefixes)) {
    const isLonger = best === null || namespace.length > prefixes[best].length;
    if (iri.startsWith(namespace) && isLonger && /^[\w-]+$/.test(iri.slice(namespace.length))) best = name;
  }
  return best === null ? `<${iri}>` : `${best}:${iri.slice(prefixes[best].length)}`;
}
