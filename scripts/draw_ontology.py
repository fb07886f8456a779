"""Draw the classes of the ontology and their relations as ontology/diagram.svg.

usage: python scripts/draw_ontology.py

A card for each class names what it is under and its relations; a line leads from each relation to the card of its
range. Relations without a domain are on no card. The same ontology gives the same bytes; a test compares them.
"""

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.iris import CK, PREFIXES

ONTOLOGY: Final = Path(__file__).parents[1] / "ontology"
# Who stands where, from left to right and from top to bottom; a class that is missing here is an error.
COLUMNS: Final = (
    ("the cable", ("IdentifiedCable", "Cable", "CitedCable", "Addressing", "Reference", "SourceText", "Tag")),
    ("its words, and what they report", (
        "TextPart", "Paragraph", "Mention", "ReportedFact", "Tenure", "Meeting", "Agreement",
    )),
    ("the world, and the data itself", (
        "Post", "Official", "Position", "Occasion", "Instrument", "PersonPair", "IdentityCandidate", "Judgement",
        "Release", "ExtractionRun", "ExtractionRule",
    )),
)  # fmt: skip
WIDTH: Final = 300
GAP: Final = 110
ROW: Final = 17
HEAD: Final = 25
LETTERS: Final = 46
SPACE: Final = 16
TOP: Final = 44
STYLE: Final = """
text { font: 12px system-ui, sans-serif; fill: #23201b }
.class { font-weight: 600; font-size: 13px }
.dim { fill: #6d655a }
rect { fill: #fffdf8; stroke: #8a7f6c }
path { fill: none; stroke: #9b2c2c; stroke-opacity: .45 }
.under { stroke: #6d655a; stroke-dasharray: 4 3; stroke-opacity: 1 }
@media (prefers-color-scheme: dark) {
text { fill: #e8e1d5 } .dim { fill: #a1978a } rect { fill: #211e1a; stroke: #6d655a }
path { stroke: #e08a7a } .under { stroke: #a1978a }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The card of a class: where it is, what the class is under, and its relations with their ranges."""

    name: str
    x: int
    y: int
    supers: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]

    @property
    def under(self) -> list[str]:
        """What the class is under, in lines that fit the card."""
        return textwrap.wrap(f"under {', '.join(self.supers)}", LETTERS) if self.supers else []

    @property
    def first(self) -> int:
        """The height at which the relations begin."""
        return self.y + HEAD + ROW * len(self.under)

    @property
    def height(self) -> int:
        return self.first - self.y + ROW * len(self.relations)


def short(term: object) -> str:
    """A term of ours by its local name, another with its prefix."""
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return ("" if namespace == CK else f"{prefix}:") + str(term).removeprefix(namespace)
    raise ValueError(f"{term} has no prefix in kg.iris.PREFIXES")


def cards(graph: Graph) -> dict[str, Card]:
    """The card of each class by its name, laid out in the columns."""
    found: dict[str, Card] = {}
    for column, (_, names) in enumerate(COLUMNS):
        y = TOP
        for name in names:
            term = URIRef(CK + name)
            supers = tuple(sorted(map(short, graph.objects(term, RDFS.subClassOf)), key=lambda s: (":" in s, s)))
            card = Card(name=name, x=8 + column * (WIDTH + GAP), y=y, supers=supers, relations=relations(graph, term))
            found[name] = card
            y += card.height + SPACE
    drawn = {CK + name for name in found}
    left_out = {str(t) for t in graph.subjects(RDF.type, OWL.Class) if str(t).startswith(CK)} ^ drawn
    if left_out:
        raise ValueError(f"COLUMNS and the ontology differ in {sorted(left_out)}")
    return found


def relations(graph: Graph, term: URIRef) -> tuple[tuple[str, str], ...]:
    """The relations that have a class for their domain, each with its range."""
    own = [p for p in graph.subjects(RDFS.domain, term) if (p, RDF.type, OWL.ObjectProperty) in graph]
    ranges = ((short(p), graph.value(p, RDFS.range)) for p in sorted(own))
    return tuple((name, "anything" if range_ is None else short(range_)) for name, range_ in ranges)


def box(card: Card) -> str:
    """A card as SVG."""
    lines = [
        f'<rect x="{card.x}" y="{card.y}" width="{WIDTH}" height="{card.height}" rx="5"/>',
        f'<text class="class" x="{card.x + 8}" y="{card.y + 17}">{card.name}</text>',
    ]
    for row, text in enumerate(card.under):
        lines.append(f'<text class="dim" x="{card.x + 8}" y="{card.y + 33 + ROW * row}">{escape(text)}</text>')
    for row, (name, range_) in enumerate(card.relations):
        y = card.first + ROW * row + 9
        lines.append(f'<text x="{card.x + 8}" y="{y}">{name} <tspan class="dim">→ {escape(range_)}</tspan></text>')
    return "\n".join(lines)


def line(start: Card, y: int, end: Card, style: str) -> str:
    """A curve from a height on one card to the head of another, by the side that is nearer."""
    target = end.y + 14
    if start.x < end.x:
        x1, x2, bend = start.x + WIDTH, end.x, (end.x - start.x - WIDTH) // 2
        return f'<path{style} d="M{x1} {y} C{x1 + bend} {y} {x2 - bend} {target} {x2} {target}"/>'
    if start.x > end.x:
        x1, x2, bend = start.x, end.x + WIDTH, (start.x - end.x - WIDTH) // 2
        return f'<path{style} d="M{x1} {y} C{x1 - bend} {y} {x2 + bend} {target} {x2} {target}"/>'
    x = start.x + WIDTH
    return f'<path{style} d="M{x} {y} C{x + 40} {y} {x + 40} {target} {x} {target}"/>'


def lines(found: dict[str, Card]) -> list[str]:
    """The lines of all relations to their ranges, and of all classes to those of ours that they are under."""
    drawn = []
    for card in found.values():
        ours = (found[name] for name in card.supers if name in found)
        drawn.extend(line(card, card.y + 29, end, ' class="under"') for end in ours)
        for row, (_, range_) in enumerate(card.relations):
            if range_ in found and range_ != card.name:
                drawn.append(line(card, card.first + ROW * row + 5, found[range_], ""))
    return drawn


def picture(graph: Graph) -> str:
    """The whole diagram, with a title and the same in words for those who cannot see it."""
    found = cards(graph)
    width = 16 + len(COLUMNS) * WIDTH + (len(COLUMNS) - 1) * GAP + 40
    height = max(card.y + card.height for card in found.values()) + 8
    words = " ".join(
        f"{c.name}: {', '.join(f'{p} to {r}' for p, r in c.relations) or 'no relations'}." for c in found.values()
    )
    heads = [
        f'<text class="dim" x="{8 + n * (WIDTH + GAP)}" y="24">{head}</text>' for n, (head, _) in enumerate(COLUMNS)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d">',
            '<title id="t">Classes of the Diplomatic Cable Ontology and their relations</title>',
            f'<desc id="d">{escape(words)}</desc>',
            f"<style>{STYLE}\n</style>",
            *lines(found),
            *heads,
            *map(box, found.values()),
            "</svg>\n",
        ]
    )


def main() -> None:
    drawn = picture(Graph().parse(ONTOLOGY / "ontology.ttl"))
    (ONTOLOGY / "diagram.svg").write_text(drawn, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
