"""Explain a thing of the graph: what it is, what is said of it, and the words, rules and judgements behind that.

Works over any function that answers SPARQL: the command line gives it a snapshot, the server its query workers.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.cables import repair_id
from kg.errors import NotInGraph, UsageError
from kg.explanation import MOST, Explanation, Related, Section, Statement, Value, Words
from kg.identity.names import part_order
from kg.iris import CK, PREFIXES, Iris
from kg.store.folder import DataFolder
from kg.store.opening import open_store

Row = Mapping[str, str]
# Answers a SELECT query with the prefixes of the project; the second argument gives IRIs for variables of the query.
# A solution maps each bound variable to the text of its term. Oxigraph gives terms only to variables that are selected.
Ask = Callable[[str, Mapping[str, str]], Iterable[Row]]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_HINT: Final = (
    "A cable is given by its id, as 09BOGOTA335, its sixth paragraph as 09BOGOTA335#p6; other things as "
    "meeting/09BOGOTA335-1, official/k3v7mzq2ta, post/bogota, tag/PGOV, ck:Cable."
)

# Said elsewhere in an explanation, repeated for tools, or of use to tools alone.
_LEFT_OUT: Final = frozenset(
    CK + name
    for name in (
        "evidence",
        "hasAddressing",
        "hasParagraph",
        "hasPart",
        "hasReference",
        "inPart",
        "refersTo",
        "segments",
        "spans",
        "text",
    )
) | frozenset(
    PREFIXES[prefix] + name
    for prefix, name in (
        ("dcterms", "references"),
        ("dcterms", "subject"),
        ("dcterms", "title"),
        ("foaf", "name"),
        ("geo", "asWKT"),
        ("rdf", "type"),
        ("rdfs", "label"),
        ("schema", "attendee"),
        ("schema", "dateSent"),
        ("schema", "location"),
        ("schema", "name"),
        ("schema", "sender"),
        ("skos", "inScheme"),
        ("skos", "prefLabel"),
    )
)

# What properties of other vocabularies are called here.
_NAMES: Final = {
    PREFIXES["dcterms"] + "isReplacedBy": "replaced by",
    PREFIXES["skos"] + "altLabel": "also called",
}

_STATEMENTS: Final = """
SELECT ?this ?property ?value ?is_thing (MIN(?name_) AS ?name) (MIN(?label_) AS ?label) WHERE {
  ?this ?property ?value
  OPTIONAL { ?property rdfs:label ?name_ }
  OPTIONAL { ?value rdfs:label ?label_ }
  BIND(isIRI(?value) AS ?is_thing)
}
GROUP BY ?this ?property ?value ?is_thing ORDER BY ?property ?value
"""
_TYPES: Final = """
SELECT ?this ?type (MIN(?name_) AS ?name) WHERE { ?this a ?type OPTIONAL { ?type rdfs:label ?name_ } }
GROUP BY ?this ?type ORDER BY ?type
"""
_MENTION: Final = """
  ?mention ck:inPart ?part ; ck:spans ?spans .
  ?part ck:text ?text .
  ?cable ck:hasParagraph|ck:hasPart ?part .
  OPTIONAL { ?part rdfs:label ?part_label }
  OPTIONAL { ?cable ck:sentAt ?sent_at }
  OPTIONAL { ?mention ck:rule ?mention_rule }
  OPTIONAL { ?mention ck:confidence ?mention_confidence }
  # A meeting's words have no rule of their own, and an unbound ?rule would go with every rule there is.
  BIND(COALESCE(?own_rule, ?mention_rule, "") AS ?rule)
  OPTIONAL { ?extraction_rule a ck:ExtractionRule ; skos:notation ?rule ; ck:confidence ?rule_confidence
    OPTIONAL { ?extraction_rule skos:definition ?meaning } }
  BIND(COALESCE(?own_confidence, ?mention_confidence, ?rule_confidence) AS ?confidence)
"""
_COLUMNS: Final = "?mention ?part ?text ?cable ?part_label ?spans ?rule ?meaning ?confidence ?sent_at"
_ORDER: Final = f"ORDER BY ?sent_at ?cable ?part ?mention LIMIT {MOST}"
# A person is meant by its mentions, a fact has evidence, and its own rule and confidence; a tenure adds where its role
# stands in the same part.
_EVIDENCE: Final = f"""
SELECT DISTINCT ?this ?role_spans {_COLUMNS} WHERE {{
  ?this ck:evidence|^ck:refersTo ?mention
  OPTIONAL {{ ?this ck:spans ?role_spans }}
  OPTIONAL {{ ?this ck:rule ?own_rule }}
  OPTIONAL {{ ?this ck:confidence ?own_confidence }}
  {_MENTION}
}} {_ORDER}
"""
_IN_PART: Final = f"SELECT ?this {_COLUMNS} WHERE {{ ?mention ck:inPart ?this . {_MENTION} }} {_ORDER}"
_ITSELF: Final = f"SELECT {_COLUMNS} WHERE {{ {_MENTION} }}"
_COUNT: Final = """
SELECT ?this (COUNT(DISTINCT ?mention) AS ?total) WHERE { ?this ck:evidence|^ck:refersTo|^ck:inPart ?mention }
GROUP BY ?this
"""
_ABOUT: Final = """
SELECT DISTINCT ?this ?other ?label WHERE {
  ?this ck:refersTo|^ck:evidence ?other
  OPTIONAL { ?other rdfs:label ?label }
}
"""
_WHOLE_PART: Final = """
SELECT ?this ?text ?part_label ?cable ?sent_at WHERE {
  ?this ck:text ?text . ?cable ck:hasParagraph|ck:hasPart ?this
  OPTIONAL { ?this rdfs:label ?part_label }
  OPTIONAL { ?cable ck:sentAt ?sent_at }
}
"""


def _related(pattern: str, notes: str = "", order: str = "?label ?other") -> str:
    return f"SELECT DISTINCT ?this ?other ?label {notes} WHERE {{ {pattern} }} ORDER BY {order}"


_TENURE: Final = """
  OPTIONAL { ?other ck:tenureStatus/rdfs:label ?note1 }
  OPTIONAL {
    ?other ck:evidence/ck:inPart/^(ck:hasParagraph|ck:hasPart) ?cable . ?cable ck:canonicalId ?id
    OPTIONAL { ?cable ck:sentAt ?sent_at }
    BIND(CONCAT("in ", ?id, IF(BOUND(?sent_at), CONCAT(" of ", SUBSTR(STR(?sent_at), 1, 10)), "")) AS ?note2)
  }
"""
_FACT: Final = """
  OPTIONAL { ?other ck:edtf ?note1 }
  OPTIONAL { ?other ck:reportedIn/ck:canonicalId ?id BIND(CONCAT("in ", ?id) AS ?note2) }
"""
# Another cable's report, with the rule that put the two together.
_SAME_OCCASION: Final = """
  ?this ck:occasion ?occasion . ?occasion ck:rule ?by ; ck:confidence ?score .
  ?other ck:occasion ?occasion ; rdfs:label ?label ; ck:reportedIn/ck:canonicalId ?id
  FILTER(?other != ?this)
  BIND(CONCAT("by ", ?by, ", confidence ", STR(?score)) AS ?note1) BIND(CONCAT("in ", ?id) AS ?note2)
"""
# Tenures lead to their cable through their evidence, other facts at once.
_IN_CABLE: Final = "?this ^ck:reportedIn|(ck:hasParagraph|ck:hasPart)/^ck:inPart/^ck:evidence ?other"
_AS_SENT: Final = "OPTIONAL { ?other ck:asSent ?sent BIND(CONCAT('as sent: ', ?sent) AS ?note1) }"
_BY_CABLE: Final = ("?note1 ?note2 ?sent_at", "?sent_at ?other")
_BY_DAY: Final = "?note1 ?label ?other"
_NOTES: Final = "?note1 ?note2"

# What else belongs to a thing: heading and query; a query that finds nothing for a kind of thing leaves no section.
_SECTIONS: Final = (
    (
        "Tenures",
        _related(f"?other ck:holder|ck:position ?this ; rdfs:label ?label . {_TENURE}", _NOTES, "?sent_at ?other"),
    ),
    ("Meetings", _related(f"?other ck:participant ?this ; rdfs:label ?label . {_FACT}", _NOTES, _BY_DAY)),
    ("The same occasion", _related(_SAME_OCCASION, _NOTES)),
    ("Reports", _related(f"?other ck:occasion ?this ; rdfs:label ?label . {_FACT}", _NOTES, _BY_DAY)),
    ("Agreements concluded here", _related("?other ck:concludedAt ?this ; rdfs:label ?label .")),
    ("References", _related(f"?this ck:hasReference ?other . ?other rdfs:label ?label . {_AS_SENT}", "?note1")),
    ("Addressees", _related("?this ck:hasAddressing ?other . ?other rdfs:label ?label .")),
    ("Facts reported", _related(f"{_IN_CABLE} . ?other rdfs:label ?label .")),
    ("Parts", _related("?this ck:hasPart|ck:hasParagraph ?other . ?other rdfs:label ?label .", "", "?other")),
    ("Stands in", _related("?other ck:hasReference|ck:hasAddressing|ck:hasText ?this ; rdfs:label ?label .")),
    ("Cited by", _related("?other ck:cites ?this ; rdfs:label ?label .")),
    ("Replaces", _related("?other dcterms:isReplacedBy ?this ; rdfs:label ?label .")),
)
# Sections whose entries stand in the order of the text.
_IN_TEXT_ORDER: Final = frozenset({"Addressees", "Parts", "References"})
_BEHIND: Final = 1 << 60
_SEGMENTS: Final = "SELECT ?this ?segments WHERE { ?this ck:hasText/ck:segments ?segments }"
_JUDGEMENTS: Final = _related(
    """GRAPH ?graph {
      ?other a ck:Judgement ; ck:candidate ?this ; rdfs:label ?label
      OPTIONAL { ?other rdfs:comment ?note1 }
    }""",
    "?graph ?note1",
)
_CANDIDATES: Final = _related(
    """GRAPH ?graph {
      ?pair a ck:IdentityCandidate ; ck:candidate ?this, ?other ; rdfs:label ?label ; ck:score ?score
      FILTER(?other != ?this)
      BIND(CONCAT("score ", STR(?score)) AS ?note1)
    }""",
    "?graph ?note1",
)


_DOUBTFUL: Final = _related(
    'GRAPH ?graph { ?this ck:reportedIn ?other } BIND("below the threshold of confidence" AS ?label)', "?graph"
)


def explain(ask: Ask, text: str, base: str) -> Explanation:
    """Explain the thing with that IRI, given in full or in short; NotInGraph where the graph has no such thing.

    A cable may be given by any known way of writing its id (`09 BOGOTA 335`), a term with a prefix (`ck:Cable`).
    """
    iris = Iris(base)
    this = {"this": _meant(text, iris)}
    found = list(ask(_STATEMENTS, this))
    if not found:
        raise NotInGraph(f"The graph says nothing of {this['this']}. {_HINT}")
    words = _all_words(ask, this, iris)
    label = next((row["value"] for row in found if row["property"] == PREFIXES["rdfs"] + "label"), this["this"])
    return Explanation(
        iri=this["this"],
        short=iris.shorten(this["this"]),
        label=label,
        types=_types(list(ask(_TYPES, this))),
        statements=_statements(found, iris),
        words=words,
        total_words=max([len(words), *(int(row["total"]) for row in ask(_COUNT, this))]),
        sections=tuple(_sections(ask, this, iris)),
    )


def explain_in(data: Path, text: str) -> Explanation:
    """Explain a thing of the current snapshot of a data folder; NoSnapshot where there is none."""
    snapshot = DataFolder(data).snapshot()
    base = snapshot.manifest()["base"]
    store = open_store(snapshot.store)
    return explain(asking(store, Iris(base).graph("candidates")), text, base)


def asking(store: ox.Store, *beside: str) -> Ask:
    """A function that answers queries from a store: its default graph, and the named graphs given beside it."""
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.DefaultGraph(), *map(ox.NamedNode, beside)]

    def ask(query: str, iris: Mapping[str, str]) -> Iterable[Row]:
        terms: dict[ox.Variable, Term] = {ox.Variable(name): _node(iri) for name, iri in iris.items()}
        solutions = store.query(query, prefixes=PREFIXES, substitutions=terms, default_graph=graphs)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: term.value for name in names if (term := solution[name]) is not None}

    return ask


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"{iri!r} is no IRI: {error}") from error


def _meant(text: str, iris: Iris) -> str:
    """The IRI that a text means: in full, with a prefix, the id of a cable as people write it, or in short."""
    prefix, colon, name = text.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + name
    name, hash_sign, fragment = text.strip().removeprefix("cable/").partition("#")
    known = None if "/" in name else repair_id(name)
    return iris.expand(f"{known.id}{hash_sign}{fragment}" if known else text)


def _types(rows: list[Row]) -> tuple[str, ...]:
    # Types of other vocabularies stand beside those of the project for tools; a reader needs one of the two.
    own = [row for row in rows if row["type"].startswith(CK)]
    return tuple(row.get("name") or _local_name(row["type"]) for row in own or rows)


def _statements(rows: Iterable[Row], iris: Iris) -> tuple[Statement, ...]:
    values: dict[tuple[str, str], list[Value]] = {}
    for row in rows:
        if row["property"] not in _LEFT_OUT:
            name = _NAMES.get(row["property"]) or row.get("name") or _local_name(row["property"])
            values.setdefault((name, row["property"]), []).append(_value(row, iris))
    return tuple(
        Statement(name=name, property=property_, values=tuple(values[name, property_]))
        for name, property_ in sorted(values)
    )


def _value(row: Row, iris: Iris) -> Value:
    if row["is_thing"] != "true":
        return Value(text=row["value"])
    short = iris.shorten(row["value"])
    return Value(text=row.get("label", short), iri=short)


def _all_words(ask: Ask, this: Mapping[str, str], iris: Iris) -> tuple[Words, ...]:
    """The words behind a fact or a person; those of a mention itself; those found in a part, or the whole part."""
    behind = [_words(row, iris) for row in ask(_EVIDENCE, this)]
    itself = [_words(row, iris, _about(ask, this, iris)) for row in ask(_ITSELF, {"mention": this["this"]})]
    inside = [_words(row, iris, _about(ask, {"this": row["mention"]}, iris)) for row in ask(_IN_PART, this)]
    behind.sort(key=_place)
    inside.sort(key=_place)
    whole = [_words({**row, "mention": this["this"], "part": this["this"]}, iris) for row in ask(_WHOLE_PART, this)]
    return tuple(whole + itself + behind + inside)


def _words(row: Row, iris: Iris, about: tuple[str, ...] = ()) -> Words:
    spans = [span.split("-") for span in f"{row.get('spans', '')} {row.get('role_spans', '')}".split()]
    return Words(
        mention=row.get("mention", ""),
        cable=iris.shorten(row["cable"]),
        sent_on=row["sent_at"][:10] if "sent_at" in row else None,
        part=iris.shorten(row["part"]),
        part_label=row.get("part_label", iris.shorten(row["part"])),
        text=row["text"],
        spans=tuple((int(start), int(end)) for start, end in spans),
        rule=row.get("rule") or None,
        rule_meaning=row.get("meaning"),
        confidence=row.get("confidence"),
        about=about,
    )


def _place(words: Words) -> tuple[str, str, object, tuple[tuple[int, int], ...]]:
    return words.sent_on or "", words.cable, part_order(words.part.partition("#")[2]), words.spans


def _about(ask: Ask, this: Mapping[str, str], iris: Iris) -> tuple[str, ...]:
    rows = ask(_ABOUT, this)
    return tuple(sorted(f"{row.get('label', '')} ({iris.shorten(row['other'])})".strip() for row in rows))


def _sections(ask: Ask, this: Mapping[str, str], iris: Iris) -> Iterable[Section]:
    asked = [(heading, query, this) for heading, query in _SECTIONS]
    asked += [
        ("Kept apart from the facts", _DOUBTFUL, {**this, "graph": iris.graph("candidates")}),
        ("Judgements", _JUDGEMENTS, {**this, "graph": iris.graph("provenance")}),
        ("May be the same", _CANDIDATES, {**this, "graph": iris.graph("candidates")}),
    ]
    for heading, query, terms in asked:
        entries = [_entry(row, iris) for row in ask(query, terms)]
        if heading in _IN_TEXT_ORDER:
            entries = _in_text_order(entries, _places(ask, this))
        if entries:
            yield Section(heading=heading, entries=tuple(entries[:MOST]), total=len(entries))


def _places(ask: Ask, this: Mapping[str, str]) -> dict[str, int]:
    """Where each part of a cable begins in the text as found, by key, from its segments: `p1 0-812-61 61-874-40; …`."""
    parts = [part.split() for row in ask(_SEGMENTS, this) for part in row["segments"].split(";")]
    return {part[0]: int(part[1].split("-")[1]) for part in parts if len(part) > 1}


def _in_text_order(entries: list[Related], places: Mapping[str, int]) -> list[Related]:
    """Parts as they stand in the text; of addressees those of action first, then by number as a number."""

    def place(entry: Related) -> tuple[int, bool, tuple[tuple[bool, int, str], ...]]:
        key = entry.iri.partition("#")[2]
        return places.get(key, _BEHIND), not key.startswith("to"), part_order(key)

    return sorted(entries, key=place)


def _entry(row: Row, iris: Iris) -> Related:
    notes = ", ".join(row[f"note{number}"] for number in (1, 2) if f"note{number}" in row)
    return Related(iri=iris.shorten(row["other"]), label=row["label"], notes=(notes,) if notes else ())


def _local_name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
