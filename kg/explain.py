"""Explain a thing of the graph: what it is, what is said of it, and the words, rules and judgements behind that.

Works over any function that answers SPARQL: the command line gives it a snapshot, the server its query workers.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.cables import repair_id
from kg.errors import NotInGraph, UsageError
from kg.explain_queries import (
    ABOUT,
    APART,
    CANDIDATES,
    COUNT,
    DOUBTFUL,
    EVIDENCE,
    FIRST,
    IN_PART,
    IN_TEXT_ORDER,
    ITSELF,
    LEFT_OUT,
    LISTED,
    NAMES,
    ONE_PERSON,
    SECTIONS,
    SEGMENTS,
    STATEMENTS,
    TYPES,
    WHOLE_PART,
)
from kg.explanation import MOST, Explanation, Related, Section, Statement, Value, Words
from kg.identity.model import DIFFERENT, SAME
from kg.identity.names import part_order
from kg.iris import CK, PREFIXES, Iris
from kg.store.folder import DataFolder
from kg.store.opening import open_store
from kg.tables import date_bases

Row = Mapping[str, str]
# Answers a SELECT query with the prefixes of the project; the second argument gives IRIs for variables of the query.
# A solution maps each bound variable to the text of its term. Oxigraph gives terms only to variables that are selected.
Ask = Callable[[str, Mapping[str, str]], Iterable[Row]]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Where parts stand that no segment leads to.
_BEHIND: Final = 1 << 60

_HINT: Final = (
    "A cable is given by its id, as 09BOGOTA335, its sixth paragraph as 09BOGOTA335#p6; other things as "
    "meeting/09BOGOTA335-1, official/k3v7mzq2ta, post/bogota, tag/PGOV, ck:Cable."
)


def explain(ask: Ask, text: str, base: str) -> Explanation:
    """Explain the thing with that IRI, given in full or in short; NotInGraph where the graph has no such thing.

    A cable may be given by any known way of writing its id (`09 BOGOTA 335`), a term with a prefix (`ck:Cable`).
    """
    iris = Iris(base)
    this = {"this": _meant(text, iris)}
    found = list(ask(STATEMENTS, this))
    if not found:
        raise NotInGraph(f"The graph says nothing of {this['this']}. {_HINT}")
    words = _all_words(ask, this, iris)
    label = next((row["value"] for row in found if row["property"] == PREFIXES["rdfs"] + "label"), this["this"])
    return Explanation(
        iri=this["this"],
        short=iris.shorten(this["this"]),
        label=label,
        types=_types(list(ask(TYPES, this))),
        statements=_statements(found, iris),
        words=words,
        total_words=max([len(words), *(int(row["total"]) for row in ask(COUNT, this))]),
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
        if row["property"] not in LEFT_OUT:
            name = NAMES.get(row["property"]) or row.get("name") or _local_name(row["property"])
            values.setdefault((name, row["property"]), []).append(_value(row, iris))
    return tuple(
        Statement(name=name, property=property_, values=tuple(values[name, property_]))
        for name, property_ in sorted(values, key=_rank)
    )


def _rank(named: tuple[str, str]) -> tuple[int, str, str]:
    name, property_ = named
    return FIRST.index(property_) if property_ in FIRST else len(FIRST), name, property_


def _value(row: Row, iris: Iris) -> Value:
    if row["is_thing"] != "true":
        meaning = date_bases().get(row["value"]) if row["property"] == CK + "dateBasis" else None
        return Value(text=f"{row['value']}: {meaning}" if meaning is not None else row["value"])
    short = iris.shorten(row["value"])
    return Value(text=row.get("label", short), iri=short)


def _all_words(ask: Ask, this: Mapping[str, str], iris: Iris) -> tuple[Words, ...]:
    """The words behind a fact or a person; those of a mention itself; those found in a part, or the whole part."""
    behind = [_words(row, iris) for row in ask(EVIDENCE, this)]
    itself = [_words(row, iris, _about(ask, this, iris)) for row in ask(ITSELF, {"mention": this["this"]})]
    inside = [_words(row, iris, _about(ask, {"this": row["mention"]}, iris)) for row in ask(IN_PART, this)]
    behind.sort(key=_place)
    inside.sort(key=_place)
    whole = [_words({**row, "mention": this["this"], "part": this["this"]}, iris) for row in ask(WHOLE_PART, this)]
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
    rows = ask(ABOUT, this)
    return tuple(sorted(f"{row.get('label', '')} ({iris.shorten(row['other'])})".strip() for row in rows))


def _sections(ask: Ask, this: Mapping[str, str], iris: Iris) -> Iterable[Section]:
    judged = {**this, "graph": iris.graph("provenance")}
    asked = [(heading, query, this) for heading, query in SECTIONS]
    asked += [
        ("A candidate", DOUBTFUL, {**this, "graph": iris.graph("candidates")}),
        ("Why these mentions are one person", ONE_PERSON, {**judged, "same": iris.term(SAME)}),
        ("Kept apart from", APART, {**judged, "different": iris.term(DIFFERENT)}),
        ("May be the same", CANDIDATES, {**this, "graph": iris.graph("candidates")}),
        ("May be listed as", LISTED, {**this, "graph": iris.graph("candidates")}),
    ]
    for heading, query, terms in asked:
        entries = [_entry(row, iris) for row in ask(query, terms)]
        if heading in IN_TEXT_ORDER:
            entries = _in_text_order(entries, _places(ask, this))
        if entries:
            yield Section(heading=heading, entries=tuple(entries[:MOST]), total=len(entries))


def _places(ask: Ask, this: Mapping[str, str]) -> dict[str, int]:
    """Where each part of a cable begins in the text as found, by key, from its segments: `p1 0-812-61 61-874-40; …`."""
    parts = [part.split() for row in ask(SEGMENTS, this) for part in row["segments"].split(";")]
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
