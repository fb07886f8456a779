"""The page of a cable: its header, its text with mentions as links, and beside it whom and what it speaks of."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from flask import Response, render_template

from kg.cables.fields.titles import title_case
from kg.iris import CK
from kg.web.negotiation import HTML
from kg.web.rows import Fact, Row, Term, bind, query
from kg.web.service import service

# Parts that the header table shows already.
HEADER_PARTS: Final = ("subject", "tags")
LAST: Final = 1 << 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a mention stands in the text of its part, in code points, end exclusive, and what it refers to."""

    start: int
    end: int
    key: str
    entity: str
    label: str
    why: str

    @property
    def kind(self) -> str:
        """`official`, `agreement`, `meeting` or `tenure`: the first segment of the entity's path."""
        return self.entity.removeprefix(service().iris().base).partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a part's text: the span that it links to, the ids that begin at it, and the kinds that cover it."""

    text: str
    link: Span | None
    ids: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the cable for the page."""

    key: str
    number: str | None
    marking: str | None
    heading: str | None
    pieces: tuple[Piece, ...]


def page(iri: str, title: str, facts: Sequence[Fact]) -> Response:
    """The page of a cable that has been read."""
    identifier, _, subject = title.partition(": ")
    parts = _rows("cable-parts", iri)
    body = render_template(
        "cable.html",
        iri=iri,
        title=title,
        identifier=identifier,
        subject=title_case(subject),
        facts=_facts(facts, parts),
        parts=_parts(parts, _rows("cable-mentions", iri), _order(_rows("cable-order", iri))),
        addressing=_addressing(_rows("cable-addressing", iri)),
        references=_rows("cable-references", iri),
        people=_grouped(_rows("cable-people", iri), "person"),
        meetings=_grouped(_rows("cable-meetings", iri), "meeting"),
        agreements=_rows("cable-agreements", iri),
        doubtful=_grouped(_doubtful(iri), "fact"),
        cited_by=_rows("cited-by", iri),
    )
    return Response(body, content_type=HTML.content_type)


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """A text cut at the borders of its spans; of several spans over a piece the shortest that names is its link."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    borders = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    out = []
    for start, end in itertools.pairwise(borders):
        over = sorted(
            (s for s in inside if s.start <= start and end <= s.end), key=lambda s: (s.end - s.start, s.entity)
        )
        named = [span for span in over if span.kind in ("official", "agreement")]
        out.append(
            Piece(
                text=text[start:end],
                link=named[0] if named else None,
                ids=tuple(dict.fromkeys(s.key for s in over if s.start == start and s.key)),
                kinds=tuple(sorted({span.kind for span in over})),
            )
        )
    return tuple(out)


def _facts(facts: Sequence[Fact], parts: Sequence[Row]) -> dict[str, tuple[tuple[Term, str], ...]]:
    """The values by the name of their property, the TAGS terms in the order in which they were sent."""
    sent = next((row["text"].value for row in parts if _fragment(row["part"]) == "tags"), "").upper()
    found = {fact.property.removeprefix(CK): fact.values for fact in facts}
    found["hasTag"] = tuple(sorted(found.get("hasTag", ()), key=lambda pair: _place_in(sent, pair[0])))
    return {name: values for name, values in found.items() if values}


def _place_in(sent: str, tag: Term) -> int:
    """Where a term stands in the text of the TAGS line; behind all others where it does not."""
    term = unquote(tag.value.rpartition("/")[2]).replace("_", " ")
    match = re.search(rf"(?<![A-Z0-9]){re.escape(term)}(?![A-Z0-9])", sent)
    return match.start() if match else LAST


def _doubtful(iri: str) -> list[Row]:
    graph = service().iris().graph("candidates")
    return service().rows(bind(query("cable-doubtful"), thing=iri, candidates=graph))


def _rows(name: str, iri: str) -> list[Row]:
    return service().rows(bind(query(name), thing=iri))


def _parts(parts: Sequence[Row], mentions: Sequence[Row], order: Mapping[str, int]) -> list[Part]:
    spans: dict[str, list[Span]] = {}
    for row in mentions:
        spans.setdefault(row["part"].value, []).extend(_spans(row))
    in_order = sorted(parts, key=lambda row: (order.get(_fragment(row["part"]), LAST), row["part"].value))
    made = [_part(row, spans.get(row["part"].value, [])) for row in in_order]
    return [part for part in made if part.key not in HEADER_PARTS]


def _part(row: Row, spans: Sequence[Span]) -> Part:
    return Part(
        key=_fragment(row["part"]),
        number=_text(row, "number"),
        marking=_text(row, "marking"),
        heading=_text(row, "heading"),
        pieces=pieces(row["text"].value, spans),
    )


def _spans(row: Row) -> list[Span]:
    """The spans of a mention; only the first carries its id."""
    places = row["spans"].value.split()
    why = ", ".join(f"{name} {row[name]}" for name in ("rule", "confidence") if name in row)
    out = []
    for place in places:
        start, _, end = place.partition("-")
        key = _fragment(row["mention"]) if place == places[0] else ""
        label = _text(row, "entityLabel") or ""
        out.append(Span(start=int(start), end=int(end), key=key, entity=row["entity"].value, label=label, why=why))
    return out


def _order(rows: Sequence[Row]) -> dict[str, int]:
    """Where each part begins in the text as found, by key, from its segments: `p1 0-812-61 61-874-40; p2 0-980-33`."""
    entries = [entry.split() for row in rows for entry in row["segments"].value.split(";")]
    return {entry[0]: int(entry[1].split("-")[1]) for entry in entries if len(entry) > 1}


def _addressing(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The addressees of action and of information, each in the order of the header."""
    out: dict[str, list[Row]] = {"to": [], "info": []}
    for row in sorted(rows, key=lambda row: int("".join(filter(str.isdigit, _fragment(row["node"]))) or 0)):
        out["to" if _fragment(row["node"]).startswith("to") else "info"].append(row)
    return out


def _grouped(rows: Sequence[Row], name: str) -> list[list[Row]]:
    """Rows with the same term in a column, together."""
    out: dict[str, list[Row]] = {}
    for row in rows:
        out.setdefault(row[name].value, []).append(row)
    return list(out.values())


def _fragment(term: Term) -> str:
    return term.value.partition("#")[2]


def _text(row: Row, name: str) -> str | None:
    return row[name].value if name in row else None
