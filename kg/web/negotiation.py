"""Content negotiation: the formats of answers, and the choice among them by Accept or by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of answers: its name in `format=` and in file endings, its media type, and others that mean it."""

    name: str
    media_type: str
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type; text says that it is UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML: Final = Format(name="html", media_type="text/html", also=("application/xhtml+xml",))
PROBLEM: Final = Format(name="problem", media_type="application/problem+json", also=("application/json",))

# In the order of preference where a client takes several alike.
SOLUTIONS: Final = (
    Format(name="json", media_type="application/sparql-results+json", also=("application/json",)),
    Format(name="xml", media_type="application/sparql-results+xml", also=("application/xml", "text/xml")),
    Format(name="csv", media_type="text/csv"),
    Format(name="tsv", media_type="text/tab-separated-values"),
)
GRAPHS: Final = (
    Format(name="ttl", media_type="text/turtle", also=("application/x-turtle",), names=("turtle",)),
    Format(name="nt", media_type="application/n-triples", also=("text/plain",), names=("ntriples", "n-triples")),
    Format(name="nq", media_type="application/n-quads", names=("nquads", "n-quads")),
    Format(name="trig", media_type="application/trig"),
    Format(name="rdf", media_type="application/rdf+xml", also=("application/xml", "text/xml"), names=("rdfxml", "xml")),
    Format(name="jsonld", media_type="application/ld+json", also=("application/json",), names=("json-ld", "json")),
)


@dataclass(frozen=True, slots=True)
class Range:
    """A media range of an Accept header: type, subtype and quality; `*` stands for any."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How closely it matches a media type: 2 exactly, 1 by its type, 0 as `*/*`, -1 not at all."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 2
        if self.subtype != "*":
            return -1
        return {kind: 1, "*": 0}.get(self.type, -1)


def choose(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """The format that an Accept header likes best, None where it takes none; without a header the first offered."""
    ranges = _ranges(accept or "*/*")
    qualities = [max(_quality(ranges, media_type) for media_type in (f.media_type, *f.also)) for f in offered]
    best = max(qualities, default=0.0)
    return offered[qualities.index(best)] if best > 0 else None


def named(name: str, offered: Iterable[Format]) -> Format | None:
    """The format that a `format=` names: by its name, another name or a media type."""
    name = name.strip().casefold()
    for each in offered:
        if name in (each.name, each.media_type, *each.names):
            return each
    return None


def _quality(ranges: Sequence[Range], media_type: str) -> float:
    matches = [(r.specificity(media_type), r.quality) for r in ranges if r.specificity(media_type) >= 0]
    return max(matches)[1] if matches else 0.0


def _ranges(accept: str) -> list[Range]:
    """The media ranges of a header; what is none is left out."""
    out = []
    for item in accept.split(","):
        essence, *parameters = (part.strip().casefold() for part in item.split(";"))
        kind, slash, subtype = essence.partition("/")
        if slash and kind and subtype:
            out.append(Range(kind, subtype, _parse_quality(parameters)))
    return out


def _parse_quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
