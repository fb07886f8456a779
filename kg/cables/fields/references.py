"""The REF line: cables and other documents that a cable refers to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.cables.fields.cited_stations import CitedStation, cited_station
from kg.cables.fields.reference_items import items
from kg.cables.ids.canonical import CanonicalId, canonical_id, full_year
from kg.cables.ids.stations import is_known, station
from kg.cables.model import CleanText, Reference
from kg.cables.spans import trim

_CABLE: Final = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?:['’]?\(?(?P<year>(?:19|20)\d\d|[O0]?\d\d|[Oo]\d)\)?(?:[ ]{0,2}\s?|[/-]))?  # 07 BOGOTA 7470, (99) ROME 2196
    (?P<station>
        PORT[ ]A(?=[ ]\d)
      | (?:[A-Za-z]['’])?[A-Za-z]{2,20}\.?(?:(?:[ ]?['’-]|\s{1,5}|(?<=\.))[A-Za-z]{2,20}\.?){0,3}   # N'DJAMENA
    )
    (?P<dash>[/-](?=\d))?
    \s{0,5}(?:\((?:(?P<year_inside>\d\d|(?:19|20)\d\d)|[A-Z])\))?\s{0,5}\#?   # STATE (01) 201265, KUWAIT (C)02293
    (?:(?P<year_dash>[09]\d)-(?=\d{2,6}(?!\d)))?                 # QUITO 07-123
    [Oo]?(?P<number>0{0,4}\d{1,7})
    (?: -(?P<year_after>\d\d)(?!\d) | /(?P<year_slash>0\d)(?!\d)     # QUITO 4525-91, PANAMA 00930/08
      | [ ]\(['’]?(?P<year_last>(?:19|20)?\d\d)\)                    # COLOMBO 02259 (2002)
      | [ ](?P<year_end>\d\d)(?=\s*(?:[,;]|\Z))                     # AMMAN 07718 99,
      | [ ]OF[ ](?P<year_of>(?:19|20)\d\d) )?                       # QUITO 123 OF 2007
    (?!\d|[/-]\d{1,2}[/-]\d|\s{0,2}Z\b|[ ]{1,5}\d{2,3}(?:\.\d)?[ ]OF[ ]\d\d)   # no date, no time, no page line
    """,
    re.VERBOSE,
)
_YEARS: Final = ("year_inside", "year_dash", "year_after", "year_slash", "year_last", "year_end", "year_of")

# Further numbers of the same station: "BRASILIA 2799 AND 2764", "KABUL 936/935"; not the year of the next reference.
_MORE: Final = re.compile(
    r"""
    \s{0,5}(?:,\s{0,5}(?:and\s)?|/|&|\sand\s)\s{0,5}
    (?! (?:\d\d|(?:19|20)\d\d)\s{1,5}(?!and\b)[A-Za-z.'’]{2,20}[ A-Za-z]{0,40}\d )
    (?P<number>\d{2,7})(?![\d/])
    (?:[ ]\((?P<year>(?:19|20)\d\d)\))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "KUWAIT A-97", "STATE CA-3400"
_AIRGRAM: Final = re.compile(
    r"(?<![A-Za-z])(?P<station>[A-Za-z]{2,20}(?:\s[A-Za-z]{2,20}){0,3})\s{1,5}(?P<circular>C)?A-(?P<number>\d{1,5})\b"
)
# "870 QUITO": the number before the station.
_TURNED: Final = re.compile(r"\W{0,5}(?P<number>\d{1,6})\s{1,3}(?P<station>[A-Za-z][A-Za-z .'’-]{2,30}?)\W{0,9}")
# What stands in brackets or quotes behind a number: HAVANA 639 ("A SPLENDID VISIT"), QUITO 12 (VISIT OF THE MINISTER).
_TITLE: Final = re.compile(
    r"""
    \s{0,5}[,:-]?\s{0,5}
    (?: \(\s{0,3}["“”'‘]?(?P<round>[^()]{4,300}?)["“”'’]?\s{0,3}\) | ["“](?P<quoted>[^"“”]{4,300})["”] )
    """,
    re.VERBOSE,
)
_NO_TITLE: Final = re.compile(
    r"""
      [\s\d/'’.,-]*
    | (?: (?:AND\s+)?
          (?: PREVIOUS|NOTAL|NODIS|EXDIS|LIMDIS|STADIS|NOFORN|SENSITIVE|SBU|OTHERS|SERIES
            | SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|NF|LOU )
          [\s,/]{0,5}
      ){1,9}
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What a reference that is no cable is, by a word in it; the first that fits.
_KINDS: Final = (
    ("e-mail", re.compile(r"\be-?mails?\b", re.IGNORECASE)),
    ("fax", re.compile(r"\b(?:fax(?:es|ed)?|facsimiles?)\b", re.IGNORECASE)),
    ("telcon", re.compile(r"\b(?:tele?cons?|telephone|phone(?:con)?|telcalls?)\b", re.IGNORECASE)),
    ("airgram", re.compile(r"\bC?A-\d{1,5}\b|\bairgrams?\b", re.IGNORECASE)),
    ("message", re.compile(r"\bDTG\b|\b\d{6}\s?Z\b", re.IGNORECASE)),
    ("report", re.compile(r"\b(?:IIR|OSC|FBIS|TD-?\d*|EUP\d+|reports?|UNSCR)\b", re.IGNORECASE)),
    ("memo", re.compile(r"\b(?:memo(?:randum|con)?s?|dip(?:lomatic)?\s?notes?|letters?)\b", re.IGNORECASE)),
    ("meeting", re.compile(r"\b(?:meetings?|conversations?|discussions?)\b", re.IGNORECASE)),
    ("web", re.compile(r"https?://|\bwww\.|\bweb\s?(?:site|page)s?\b", re.IGNORECASE)),
)
# Kinds whose words make nothing but a known station before a number a cable.
_STRICT: Final = frozenset({"e-mail", "telcon", "fax", "memo", "web", "message"})

_LEAD: Final = re.compile(
    r"(?:\s{0,9}(?:REF(?:ERENCE|TEL|S)?[:.]?(?:\s[A-Z][.)]?(?=\s))?|UNCLASS?|-|(?:\(NOTAL\)))\s{1,9}){1,5}",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"[\s.,;:()/-]*+(?:(?:AND\s)?(?:ALL\s)?PREVIOUS|NOTAL|AND|XX+|NONE|N/?A|ET\s?AL|OTHERS)?[\s.,;:()/-]*",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"[\s,;&.:)-]*(?:\band\s)?[\s,;&.:(-]*", re.IGNORECASE)

# Cables that belong together are sent one after the other, and may cite each other by numbers just given.
_SENT_TOGETHER: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One item of the REF line, and what its references share."""

    clean: CleanText
    letter: str | None
    start: int
    end: int
    year: int | None
    own: CanonicalId | None
    kind: str | None


def read_references(
    clean: CleanText, start: int, end: int, year: int | None, own: CanonicalId | None = None
) -> tuple[Reference, ...]:
    """The references of a span; `year` is that of the cable, for references that give none, `own` is its id."""
    out: list[Reference] = []
    for letter, begin, stop in items(clean.text, start, end):
        lead = _LEAD.match(clean.text, begin, stop)
        begin = lead.end() if lead else begin
        kind = _kind(clean.text, begin, stop)
        out += _read(_Item(clean=clean, letter=letter, start=begin, end=stop, year=year, own=own, kind=kind))
    return tuple(one for one in out if own is None or one.target != str(own))


def _kind(text: str, start: int, end: int) -> str | None:
    return next((kind for kind, words in _KINDS if words.search(text, start, end)), None)


def _read(item: _Item) -> Iterator[Reference]:
    cables = list(_cables(item)) or list(_airgrams(item)) or list(_turned(item))
    at = item.start
    for cable in cables:
        yield from _between(item, at, cable.start)
        yield cable
        at = cable.end
    if cables:
        yield from _between(item, at, item.end)
    elif _EMPTY.fullmatch(item.clean.text, item.start, item.end) is None:
        yield _other(item, item.start, item.end, item.kind or "other")


def _between(item: _Item, start: int, end: int) -> Iterator[Reference]:
    """The document of another kind that stands beside the cables of an item: `STATE 12, DOE-ROE TELCON OF MAY 1`."""
    if item.kind in _STRICT and _kind(item.clean.text, start, end) is not None:
        text = item.clean.text
        joined = _JOINED.match(text, start, end)
        start = joined.end() if joined else start
        yield _other(item, start, end, _kind(text, start, end) or "other")


def _other(item: _Item, start: int, end: int, kind: str) -> Reference:
    found = item.clean.found
    start, end = trim(item.clean.text, start, end)
    end = start + len(item.clean.text[start:end].rstrip(" .,;"))
    return Reference(letter=item.letter, kind=kind, target=None, as_sent=found[start:end], start=start, end=end)


def _cables(item: _Item) -> Iterator[Reference]:
    """The cables of one item: `STATE 1234`, and further numbers of the same post after `and`, `,` or `/`."""
    text, at = item.clean.text, item.start
    while (match := _CABLE.search(text, at, item.end)) is not None:
        at = match.end()
        is_strict = item.kind in _STRICT or match["dash"] is not None
        cited = cited_station(match["station"], item.year, is_strict=is_strict)
        if cited is None:
            continue
        # A year belongs to the station right behind it, not to one further on among the words.
        before = match["year"] if cited.offset == 0 else None
        stated = next((match[name] for name in _YEARS if match[name]), before)
        begin = match.start() if before else match.start("station") + cited.offset
        cable = _titled(item, _cable(item, begin, at, cited, stated, match["number"]))
        yield cable
        while (more := _MORE.match(text, cable.end, item.end)) is not None:
            year = more["year"] or stated
            cable = _titled(item, _cable(item, more.start("number"), more.end(), cited, year, more["number"]))
            yield cable
        at = max(at, cable.end)


def _turned(item: _Item) -> Iterator[Reference]:
    match = _TURNED.fullmatch(item.clean.text, item.start, item.end)
    if match is not None and is_known(match["station"]):
        cited = CitedStation(station=station(match["station"]), offset=0, repair=None)
        yield _cable(item, match.start("number"), match.end("station"), cited, None, match["number"])


def _airgrams(item: _Item) -> Iterator[Reference]:
    """The airgrams of an item, whose numbers are a series of their own: `KUWAIT A-97`."""
    for match in _AIRGRAM.finditer(item.clean.text, item.start, item.end) if item.kind == "airgram" else ():
        cited = cited_station(match["station"], item.year, is_strict=True)
        if cited is not None:
            series = "CIRCULARAIRGRAM" if match["circular"] else "AIRGRAM"
            cited = replace(cited, station=cited.station + series)
            begin = match.start("station") + cited.offset
            yield replace(_cable(item, begin, match.end(), cited, None, match["number"]), kind="airgram")


def _cable(item: _Item, start: int, end: int, cited: CitedStation, stated: str | None, number: str) -> Reference:
    start, end = trim(item.clean.text, start, end)
    # The letter O stands for the zero now and then: O8 QUITO 12.
    year = int(stated.upper().replace("O", "0")) if stated else _assumed_year(item, cited.station, int(number))
    return Reference(
        letter=item.letter,
        kind="cable",
        target=None if year is None else canonical_id(year, cited.station, number),
        as_sent=item.clean.found[start:end],
        start=start,
        end=end,
        is_year_assumed=not stated and year is not None,
        repair=cited.repair,
    )


def _assumed_year(item: _Item, name: str, number: int) -> int | None:
    """The year of the cable, or the year before where its own station had not yet come to that number."""
    own = item.own
    if item.year is None or own is None or own.station != name or full_year(item.year) != own.year:
        return item.year
    return own.year - 1 if number > own.number + _SENT_TOGETHER else item.year


def _titled(item: _Item, cable: Reference) -> Reference:
    """The reference with the title that stands in brackets or quotes behind it."""
    match = _TITLE.match(item.clean.text, cable.end, item.end)
    if match is None:
        return cable
    words = " ".join((match["round"] or match["quoted"]).split()).strip("\"“”'‘’ ")
    if _NO_TITLE.fullmatch(words) is not None or _CABLE.search(words) is not None:
        return cable
    return replace(cable, title=words, end=match.end(), as_sent=item.clean.found[cable.start : match.end()])
