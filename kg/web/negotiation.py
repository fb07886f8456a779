"""Content negotiation: the formats of answers, and the choice among them by Accept or by name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from werkzeug.exceptions import BadRequest, NotAcceptable

# The versions of SPARQL and RDF that a `version` parameter may name.
VERSIONS: Final = ("1.0", "1.1", "1.2-basic", "1.2")
UTF_8: Final = ("utf-8", "utf8")
# What the answers' media types may be narrowed by; other parameters are hints, and what has them is liked less.
KNOWN: Final = {"charset": UTF_8, "version": VERSIONS}
ITEM: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+")++')  # application/ld+json;profile="a,b"
PARAMETER: Final = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*+")++')  # profile="a;b"
# Browsers send some ten. Each is held against every format, so a header full of them would take its time.
MOST_RANGES: Final = 50
TOKEN: Final = r"[!\#$%&'*+\-.^_`|~0-9a-z]++"
ESSENCE: Final = re.compile(rf"(?P<type>{TOKEN})/(?P<subtype>{TOKEN})")  # application/ld+json
QUALITY: Final = re.compile(r"0?\.\d++|0\.?|1(?:\.0*+)?")  # 0.95


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
    Format(name="ttl", media_type="text/turtle", also=("application/x-turtle",), names=("turtle", "n3")),
    Format(name="nt", media_type="application/n-triples", also=("text/plain",), names=("ntriples", "n-triples")),
    Format(name="nq", media_type="application/n-quads", names=("nquads", "n-quads")),
    Format(name="trig", media_type="application/trig"),
    Format(
        name="rdf",
        media_type="application/rdf+xml",
        also=("application/xml", "text/xml"),
        names=("rdfxml", "rdf+xml", "xml"),
    ),
    Format(name="jsonld", media_type="application/ld+json", also=("application/json",), names=("json-ld", "json")),
)
# Of a validation; here application/json is no graph.
REPORTS: Final = (
    *(form for form in GRAPHS if form.name in ("ttl", "nt", "rdf")),
    Format(name="jsonld", media_type="application/ld+json", names=("json-ld",)),
    Format(name="json", media_type="application/json"),
    Format(name="csv", media_type="text/csv"),
    HTML,
)


@dataclass(frozen=True, slots=True)
class Range:
    """A media range of an Accept header: type, subtype, parameters but `q`, and quality; `*` stands for any."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]
    quality: float

    def specificity(self, media_type: str) -> int:
        """How closely it matches a media type.

        4 by name and parameters, 3 by name, 2 by name with parameters of no meaning here, 1 by type, 0 as `*/*`, -1 not
        at all, as where it wants another charset.
        """
        kind, _, subtype = media_type.partition("/")
        if any(value not in KNOWN[name] for name, value in self.parameters if name in KNOWN):
            return -1
        if (self.type, self.subtype) == (kind, subtype):
            return 3 if not self.parameters else 4 if all(name in KNOWN for name, _ in self.parameters) else 2
        if self.subtype != "*":
            return -1
        return {kind: 1, "*": 0}.get(self.type, -1)


# From here on a range names the media type itself.
NAMED: Final = 2


@lru_cache(maxsize=1024)
def choose(accept: str | None, offered: tuple[Format, ...]) -> Format | None:
    """The format that an Accept header likes best, None where it takes none; without a header the first offered."""
    ranges = _ranges(accept or "*/*")
    qualities = [_quality(ranges, form) for form in offered]
    best = max(qualities, default=0.0)
    return offered[qualities.index(best)] if best > 0 else None


def required(accept: str | None, offered: Sequence[Format], what: str, name: str | None = None) -> Format:
    """The format of `what` that a `format=` names, else the one that an Accept header likes best.

    BadRequest where there is none of that name, NotAcceptable where the header takes none; both say what there is.
    """
    form = named(name, offered) if name else choose(accept, offered)
    if form is None and name:
        raise BadRequest(f"There is no format {name!r} here; there are {', '.join(each.name for each in offered)}.")
    if form is None:
        raise NotAcceptable(f"The {what} can be had as {listed(offered)}.")
    return form


def named(name: str, offered: Iterable[Format]) -> Format | None:
    """The format that a `format=` names: by its name, another name or a media type."""
    # Who forgets to encode the plus of a media type sends a space.
    name = name.partition(";")[0].strip().casefold().replace(" ", "+")
    for each in offered:
        if name in (each.name, each.media_type, *each.names, *each.also):
            return each
    return None


def listed(offered: Iterable[Format]) -> str:
    """The media types of formats, for an error that tells what could be had."""
    return ", ".join(each.media_type for each in offered)


def _quality(ranges: Sequence[Range], form: Format) -> float:
    """The quality of a format: of its media type, or of another one that means it where a range names that."""
    own = _best(ranges, form.media_type)
    if own[0] >= NAMED:
        return own[1]
    others = (_best(ranges, media_type) for media_type in form.also)
    return max([own[1], *(quality for specificity, quality in others if specificity >= NAMED)])


def _best(ranges: Sequence[Range], media_type: str) -> tuple[int, float]:
    """Specificity and quality of the range that counts for a media type; of equals the one with the higher quality."""
    return max([(-1, 0.0), *((r.specificity(media_type), r.quality) for r in ranges if r.specificity(media_type) >= 0)])


def _ranges(accept: str) -> list[Range]:
    """The first media ranges of a header; what is none is left out."""
    items = islice(ITEM.finditer(accept.casefold()), MOST_RANGES)
    return [found for item in items if (found := _range(item[0]))]


def _range(item: str) -> Range | None:
    essence, *rest = PARAMETER.findall(item) or [""]
    match = ESSENCE.fullmatch(essence.strip())
    if match is None or (match["type"] == "*" and match["subtype"] != "*"):
        return None
    parameters = []
    quality = 1.0
    for key, _, value in (part.partition("=") for part in rest):
        if key.strip() == "q":
            if not QUALITY.fullmatch(value.strip()):
                return None
            quality = float(value)
            break
        if key.strip():
            parameters.append((key.strip(), value.strip().strip('"')))
    return Range(match["type"], match["subtype"], tuple(parameters), quality)
