"""Read the head of a FRUS document: its kind, who sent it to whom, under which number; and make its canonical id.

A telegram has the id that it was sent under (`76KUWAIT3775`), an airgram says that it is one (`74JIDDAAIRGRAM97`).
Where the edition prints no number, and for memoranda of conversation, the id is that of the document in its volume:
`75FRUS196976VE09P2D23` is document 23 of volume frus1969-76ve09p2.
"""

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from kg.cables.ids.canonical import CanonicalId
from kg.cables.ids.stations import is_known, post_of_station, station
from kg.cables.spans import lines
from kg.cables.stated.dates import created
from kg.sources.frus import KINDS
from kg.sources.model import RawCable
from kg.tables import Post, posts, posts_by_slug, posts_by_station, rows

# "Telegram 3775 From the Embassy in Kuwait to the Department of State"; a mission *to* an organization sends too.
_ROUTE: Final = re.compile(
    r"""
    (?: [ ] (?P<number> [A-Za-z]{0,6}[ ]? \d{1,6} | C?A[-–]\d{1,5} ) )? [^ ]{0,20}
    [ ] From [ ] (?P<sender> (?:the[ ])? (?:U[.]?S[.]?[ ]|United[ ]States[ ])? (?:Permanent[ ])?
        (?:Mission|Delegation)[ ]to[ ] .{1,120}? | .{1,160}? )
    (?: [ ] to [ ] (?P<addressees> .{1,400} ) )? \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)

# "3775. Subj: ...", "187673/Tosec 220245. For the Secretary", "Secto 45. ...", "Secto 45/3775. ..."
_NUMBER: Final = re.compile(
    r"""
    (?: (?P<series> Secto | Tosec | Todel | Delto | Nodis ) [ ]? (?P<in_series> \d{1,6} ) (?: / (?P<after> \d{3,6} ) )?
      | (?P<number> \d{1,6} ) (?: / (?:Secto|Tosec|Todel|Delto)[ ]?\d{1,6} )?
    ) (?: [.:] (?= \s | \Z ) | \Z )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AIRGRAM: Final = re.compile(r"(?P<series>C?A)[-–—‑][ ]?(?P<number>\d{1,5})\b", re.IGNORECASE)  # A–97, CA–1203
_FIELD: Final = re.compile(r"\s*(?:Subj|Ref|Tags|For\b|Eyes)", re.IGNORECASE)
_DOCUMENT: Final = re.compile(r"d(?P<number>[1-9]\d{0,5})", re.ASCII)
_LONGEST_VOLUME: Final = 24  # of letters and digits in an id
_FIRST_YEAR: Final = 1945  # before it, two digits would name a year of this century: such telegrams have no other id

# A telegram rarely has so low a number, a paragraph often.
_HIGHEST_PARAGRAPH: Final = 30

# How a sender that is no post in a city is called, and the station it sends under.
_SENDERS: Final = (
    ("department of state", "STATE"),
    ("secretary of state", "SECTO"),
    ("delegation of the secretary", "SECTO"),
    ("mission to the united nations", "USUNNEWYORK"),
    ("mission at the united nations", "USUNNEWYORK"),
    ("mission to the north atlantic treaty organization", "USNATO"),
    ("mission to nato", "USNATO"),
)
_ARTICLE: Final = re.compile(r"(?:the[ ])?(?:U[.]?S[.]?[ ]|United[ ]States[ ])?(?:Permanent[ ])?", re.IGNORECASE)
_POST: Final = re.compile(
    r"""
    (?P<office> Embass(?:y|ies) | Consulates? (?:[ ]General)? | Legation | Mission | Liaison[ ]Office
      | Interests[ ]Section | (?:Embassy|Branch)[ ]Office ) [ ] (?:in|at) [ ] (?:the[ ])? (?P<place> .{2,60} )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a document says; spans count in the text as found.

    `kind` is telegram, airgram or memorandum-of-conversation; `station` is that of the sender, or None.
    """

    kind: str
    end: int
    sender: tuple[int, int] | None
    addressees: tuple[int, int] | None
    station: str | None
    number: str | None


def read_head(text: str, place: str | None) -> Head:
    """The head, which is the first line; `place` is that of the dateline, where the sender's post lies."""
    end = text.find("\n")
    end = len(text) if end < 0 else end
    kind = KINDS.match(text, 0, end)
    if kind is None:
        return Head(kind="telegram", end=end, sender=None, addressees=None, station=None, number=None)
    route = _ROUTE.match(text, kind.end(), end)
    return Head(
        kind=(kind.lastgroup or "").replace("_", "-"),
        end=end,
        sender=route.span("sender") if route else None,
        addressees=route.span("addressees") if route and route["addressees"] else None,
        station=_station(route["sender"], place) if route else None,
        number=route["number"] if route else None,
    )


def find_number(text: str, head: Head, start: int) -> tuple[str, str, int, int] | None:
    """The station and number a document was sent under, and where the number stands; lines from `start` are searched.

    The number is looked for in the head, alone on a line of the opener, and at the beginning of the first paragraph.
    """
    if head.station is None or head.kind == "memorandum-of-conversation":
        return None
    if head.number is not None:
        at = text.find(head.number, 0, head.end)
        spans = [(at, at + len(head.number))]
    else:
        spans = [span for span in lines(text, start, min(len(text), start + 2000)) if span[0] < span[1]][:3]
    read = _airgram if head.kind == "airgram" else _telegram
    return next((found for begin, end in spans if (found := read(text, head.station, begin, end))), None)


def _telegram(text: str, sender: str, start: int, end: int) -> tuple[str, str, int, int] | None:
    match = _NUMBER.match(text, start, end)
    if match is None:
        return None
    series = (match["series"] or "").upper()
    if sender == "SECTO":
        return ("SECTO", match["in_series"], *match.span("in_series")) if series == "SECTO" else None
    name = "after" if series else "number"
    is_low = match[name] is not None and int(match[name]) <= _HIGHEST_PARAGRAPH
    if match[name] is None or (is_low and match.end() < end and not _FIELD.match(text, match.end(), end)):
        return None
    return (sender, match[name], *match.span(name))


def _airgram(text: str, sender: str, start: int, end: int) -> tuple[str, str, int, int] | None:
    match = _AIRGRAM.match(text, start, end)
    if match is None:
        return None
    series = "AIRGRAM" if match["series"].upper() == "A" else "CIRCULARAIRGRAM"
    return sender + series, match["number"], *match.span()


def document_id(raw: RawCable, head: Head, start: int) -> str | None:
    """The canonical id of a document; None where its year is known from nowhere."""
    stated = raw.get("document_id") or ""
    volume, _, name = stated.rpartition("/")
    instant = created(raw.get("created") or "")
    year = instant.year if instant else _year_of(volume)
    if year is None:
        return None
    number = find_number(raw.text, head, start)
    if number is not None and year >= _FIRST_YEAR and int(number[1]) > 0:
        return str(CanonicalId(year, number[0], int(number[1])))
    return _in_volume(year, volume, name, raw.position)


def _in_volume(year: int, volume: str, name: str, position: int) -> str:
    """The id of a document in its volume: `d23` of it, or the position of one that is called otherwise."""
    letters = "".join(c for c in volume.upper().removeprefix("FRUS") if c.isascii() and c.isalnum())
    number = _DOCUMENT.fullmatch(name)
    place = f"D{number['number']}" if number else f"X{position}"
    return f"{year % 100:02d}FRUS{letters[:_LONGEST_VOLUME]}{place}"


def _year_of(volume: str) -> int | None:
    match = re.search(r"(?:18|19|20)\d\d", volume)  # frus1969-76ve09p2
    return int(match.group()) if match else None


def _station(sender: str, place: str | None) -> str | None:
    words = _ARTICLE.sub("", sender, count=1).casefold()
    known = next((name for start, name in _SENDERS if words.startswith(start)), None)
    if known is not None:
        return known
    office = _POST.search(sender)
    if office is None:
        return None
    # The dateline has the city; the head the country, or the city of a consulate.
    for name in filter(None, (place, office["place"])):
        if is_known(name):
            return station(name)
    post = post_in(place or "") or post_in(office["place"])
    return post.stations[0] if post else station(place or "") or None


def post_in(place: str) -> Post | None:
    """The post that a city or a country has, an embassy before others, or None."""
    name = " ".join(place.split()).removeprefix("the ").rstrip(".")
    known = post_of_station(name) if is_known(name) else None
    if known is not None:
        return posts_by_slug().get(known)
    return _posts_by_place().get(name.casefold())


def post_named(name: str) -> Post | None:
    """The post that a head or a source note names: `Embassy in Kuwait`, `Abu Dhabi`, `Department of State`."""
    words = _ARTICLE.sub("", name, count=1)
    known = next((code for start, code in _SENDERS if words.casefold().startswith(start)), None)
    if known is not None:
        return posts_by_station().get(known)
    office = _POST.search(words)
    return post_in(office["place"] if office else words)


@cache
def _posts_by_place() -> MappingProxyType[str, Post]:
    embassies_first = sorted(posts(), key=lambda post: (post.kind != "embassy", post.slug))
    countries: dict[str, Post] = {}
    for post in embassies_first:
        if post.kind == "embassy" and post.country:
            countries.setdefault(post.country, post)
    out: dict[str, Post] = {}
    for post in embassies_first:
        if post.city:
            out.setdefault(post.city.casefold(), post)
    for row in rows("country_words.tsv"):
        if row["use"] == "name" and row["country"] in countries:
            out.setdefault(row["term"].casefold(), countries[row["country"]])
    return MappingProxyType(out)
