"""The pages of things: what is known of one, and tables of what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, render_template

from kg.iris import CK, PREFIXES
from kg.web import cable_page
from kg.web.negotiation import HTML
from kg.web.rows import Fact, Row, Term, bind, query, title
from kg.web.service import service

LABEL: Final = f"{PREFIXES['rdfs']}label"
LABEL_SUFFIX: Final = "Label"
# Columns that are shown as words with what stands around them.
SNIPPET: Final = ("mention", "before", "after")
# The tables on the pages of each kind; each is a query that takes ?thing.
SECTIONS: Final = {
    "official": ("official-tenures", "official-meetings", "official-met", "mentions"),
    "meeting": ("meeting-participants", "meeting-agreements", "meeting-occasion", "mentions"),
    "occasion": ("occasion-reports",),
    "agreement": ("mentions",),
    "instrument": ("instrument-agreements",),
    "tenure": ("tenure-role", "mentions"),
    "position": ("position-holders",),
    "post": ("post-cables", "addressee-cables"),
    "org": ("addressee-cables", "official-meetings"),
    "country": ("country-posts", "country-officials"),
    "tag": ("tag-cables",),
}
NAMES: Final = {"org": "Organization", "tag": "TAGS term", "example": "Example query"}
# What a reader calls a property, where its label is meant for another vocabulary.
PROPERTIES: Final = {
    f"{PREFIXES['rdf']}type": "types",
    f"{PREFIXES['skos']}altLabel": "also written",
    f"{PREFIXES['skos']}notation": "notation",
    f"{PREFIXES['skos']}exactMatch": "the same in",
    f"{PREFIXES['skos']}inScheme": "in the scheme",
    f"{PREFIXES['dcterms']}isReplacedBy": "replaced by",
    f"{PREFIXES['rdfs']}comment": "comment",
}
# Said by the tables, or of use to programs alone.
LEFT_OUT: Final = frozenset(
    [
        LABEL,
        f"{CK}anchor",
        f"{CK}evidence",
        f"{CK}metWith",
        f"{CK}participant",
        f"{CK}segments",
        f"{CK}spans",
        f"{PREFIXES['schema']}attendee",
        f"{PREFIXES['schema']}name",
        f"{PREFIXES['schema']}location",
        f"{PREFIXES['foaf']}name",
        f"{PREFIXES['skos']}prefLabel",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a page; each column is named by a variable that may have a label beside it."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row]


def page(kind: str, iri: str) -> Response:
    """The page of a thing."""
    rows = service().rows(bind(query("properties"), thing=iri))
    label = next((row["value"].value for row in rows if row["property"].value == LABEL), iri)
    if kind == "cable" and any(row["property"].value == f"{CK}hasText" for row in rows):
        return cable_page.page(iri, label, facts(rows))
    names = SECTIONS.get(kind, ())
    if kind == "cable":
        names = ("cited-by",)
    body = render_template(
        "thing.html",
        iri=iri,
        title=label,
        kind=NAMES.get(kind, kind.capitalize()),
        facts=[fact for fact in facts(rows) if fact.property not in LEFT_OUT],
        tables=[found for name in (names or ("links-in",)) if (found := table(name, thing=iri)).rows],
    )
    return Response(body, content_type=HTML.content_type)


def facts(rows: Sequence[Row]) -> list[Fact]:
    """Properties and values grouped by property, labels beside them, sorted by label."""
    grouped: dict[str, dict[Term, str]] = {}
    labels: dict[str, str] = {}
    for row in rows:
        name, value = row["property"].value, row["value"]
        known = row["propertyLabel"].value if "propertyLabel" in row else ""
        labels.setdefault(name, PROPERTIES.get(name, known))
        grouped.setdefault(name, {}).setdefault(value, row["valueLabel"].value if "valueLabel" in row else "")
    out = [
        Fact(
            property=name,
            label=labels[name],
            values=tuple(sorted(values.items(), key=lambda item: (item[1], item[0].value))),
        )
        for name, values in grouped.items()
    ]
    return sorted(out, key=lambda fact: (not fact.label, fact.label.casefold(), fact.property))


def table(name: str, **values: str | int) -> Table:
    """The table that one of the server's own queries gives."""
    names, rows = service().table(bind(query(name), **values))
    return Table(title=title(name), columns=_columns(names, rows), rows=rows)


def _columns(names: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns that some row has a value in, without those that belong to another."""
    shown = (name for name in names if not name.endswith(LABEL_SUFFIX) and name not in SNIPPET)
    return tuple(name for name in shown if any(name in row for row in rows))
