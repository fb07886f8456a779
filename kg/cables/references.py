"""The REF line: cables and other documents that a cable refers to."""

import re
from collections.abc import Iterator
from typing import Final

from kg.cables.ids import canonical_id
from kg.cables.model import CleanText, Reference
from kg.cables.spans import trim
from kg.cables.stations import is_known, station

_BULLET: Final = re.compile(
    r"""
    (?:(?<=[\s;,.:-])|\A)
    (?: \((?P<round>[A-Za-z]|\d{1,2})\) | \[(?P<square>[A-Za-z])\] | (?P<bare>[A-Za-z])[.):](?!\w\.) )  # A. B) (C)
    """,
    re.VERBOSE,
)
_SPLIT: Final = re.compile(r";|\n[ \t]*\n")

_CABLE: Final = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?:['’]?\(?(?P<year>(?:19|20)\d\d|0?\d\d)\)?[ ]{0,2}\s?)?  # 07 BOGOTA 7470, (99) ROME 2196
    (?P<station>[A-Za-z]{2,}\.?(?:[ '’-][A-Za-z]{2,}){0,3})
    \s*(?:\((?:(?P<year_inside>\d\d|(?:19|20)\d\d)|[A-Z])\))?\s*\#?   # STATE (01) 201265, KUWAIT (C)02293
    [Oo]?(?P<number>\d{1,7})
    (?: -(?P<year_after>\d\d)(?!\d) | /(?P<year_slash>0\d)(?!\d)     # QUITO 4525-91, PANAMA 00930/08
      | [ ]\((?P<year_last>(?:19|20)\d\d)\) )?                       # COLOMBO 02259 (2002)
    (?!\d|[/-]\d{1,2}[/-]\d)
    """,
    re.VERBOSE,
)
_MORE: Final = re.compile(
    r"\s*(?:,\s*(?:and\s)?|/|&|\sand\s)\s*(?P<number>\d{2,7})(?![\d/])(?:[ ]\((?P<year>(?:19|20)\d\d)\))?",
    re.IGNORECASE,
)

# What a reference that is no cable is, by a word in it; the first that fits.
_KINDS: Final = (
    ("e-mail", re.compile(r"\be-?mails?\b", re.IGNORECASE)),
    ("telcon", re.compile(r"\b(?:telcons?|telephone|phone|telcall|fax)\b", re.IGNORECASE)),
    ("airgram", re.compile(r"\bA-\d{1,4}\b|\bairgram\b", re.IGNORECASE)),
    ("report", re.compile(r"\b(?:IIR|OSC|FBIS|TD-?\d*|EUP\d+|reports?|UNSCR)\b", re.IGNORECASE)),
    ("memo", re.compile(r"\b(?:memo(?:randum|con)?s?|dip(?:lomatic)?\s?note|letter)\b", re.IGNORECASE)),
    ("meeting", re.compile(r"\b(?:meetings?|conversations?|discussions?)\b", re.IGNORECASE)),
    ("web", re.compile(r"https?://|\bwww\.", re.IGNORECASE)),
)
# Words before a number that make no station of what stands there.
_NO_STATION: Final = re.compile(
    r"""
      AND|DTG|MSG|IIR|OSC|FBIS|TD|EUP|UNSCR|OF|ON|PARAS?|DATED|REPORTS?|MEMO|NOTICE|RESOLUTION|SECTION|EMAIL|FAX|TELCON
    | NO|NUMBER|FROM|THRU|THE|TO|POINTS|DAILY|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY
    | JUNE?|JULY?|AUG(?:UST)?    | SEP(?:TEMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?|NPAGE|PAGE
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"(?:\s*(?:REF(?:ERENCE|TEL|S)?[:.]?(?:\s[A-Z][.)]?(?=\s))?|UNCLASS?|-|(?:\(NOTAL\)))\s+)+", re.IGNORECASE
)
_EMPTY: Final = re.compile(r"[\s.,;:()-]*(?:(?:AND\s)?PREVIOUS|NOTAL|AND|XX+|NONE|N/?A)?[\s.,;:()-]*", re.IGNORECASE)


def read_references(clean: CleanText, start: int, end: int, year: int | None) -> tuple[Reference, ...]:
    """The references of a span; `year` is that of the cable, for references that give none."""
    out: list[Reference] = []
    for letter, begin, stop in _items(clean.text, start, end):
        out += _item(clean, letter, begin, stop, year)
    return tuple(out)


def _items(text: str, start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """Split at bullets, taken in the order of the alphabet, and at semicolons."""
    cuts: list[tuple[str | None, int, int]] = [(None, start, start)]
    for match in _BULLET.finditer(text, start, end):
        letter = (match["round"] or match["square"] or match["bare"]).upper()
        last = cuts[-1][0]
        if letter == last and not text[cuts[-1][2] : match.start()].strip():
            cuts[-1] = (letter, cuts[-1][1], match.end())
        elif _follows(last, letter):
            cuts.append((letter, match.start(), match.end()))
    for at, (letter, _, begin) in enumerate(cuts):
        stop = cuts[at + 1][1] if at + 1 < len(cuts) else end
        for piece in _pieces(text, begin, stop):
            yield letter, *piece


def _follows(last: str | None, letter: str) -> bool:
    if last is None:
        return letter in ("A", "B", "1")
    if letter.isdigit():
        return last.isdigit() and int(letter) == int(last) + 1
    return last.isalpha() and 1 <= ord(letter) - ord(last) <= 2


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SPLIT.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _item(clean: CleanText, letter: str | None, start: int, end: int, year: int | None) -> Iterator[Reference]:
    lead = _LEAD.match(clean.text, start, end)
    start = lead.end() if lead else start
    kind = next((kind for kind, words in _KINDS if words.search(clean.text, start, end)), None)
    cables = [] if kind in ("e-mail", "telcon", "memo", "web") else list(_cables(clean, letter, start, end, year))
    if cables:
        yield from cables
        return
    if _EMPTY.fullmatch(clean.text, start, end) is None:
        start, end = trim(clean.text, start, end)
        stop = start + len(clean.text[start:end].rstrip(" .,;"))
        yield Reference(
            letter=letter, kind=kind or "other", target=None, as_sent=clean.found[start:stop], start=start, end=stop
        )


def _cables(clean: CleanText, letter: str | None, start: int, end: int, year: int | None) -> Iterator[Reference]:
    """The cables of one item: `STATE 1234`, and further numbers of the same post after `and`, `,` or `/`."""
    at = start
    while (match := _CABLE.search(clean.text, at, end)) is not None:
        at = match.end()
        place = _station_span(match)
        if place is None:
            continue
        name, begin = place
        stated = next(
            (match[g] for g in ("year", "year_inside", "year_after", "year_slash", "year_last") if match[g]), None
        )
        stated = stated if begin == match.start() or match["year"] is None or begin == match.start("station") else None
        of_year = int(stated) if stated else year
        yield _cable(
            clean,
            letter,
            begin if stated is None or match["year"] is None else match.start(),
            at,
            of_year,
            name,
            match["number"],
        )
        while (more := _MORE.match(clean.text, at, end)) is not None:
            at = more.end()
            own = int(more["year"]) if more["year"] else of_year
            yield _cable(clean, letter, more.start("number"), at, own, name, more["number"])


def _station_span(match: re.Match[str]) -> tuple[str, int] | None:
    """The station before the number and where it begins: the longest known name, else one that could be one."""
    words = list(re.finditer(r"\S+", match["station"]))
    offset = match.start("station")
    for word in words:
        name = match["station"][word.start() :]
        if is_known(name):
            return name, offset + word.start()
    last = words[-1].group()
    if any(_NO_STATION.fullmatch(word.group()) for word in words) or len(station(last)) < 3 or len(words) > 2:
        return None
    return match["station"], offset


def _cable(
    clean: CleanText, letter: str | None, start: int, end: int, year: int | None, name: str, number: str
) -> Reference:
    start, end = trim(clean.text, start, end)
    target = None if year is None else canonical_id(year, name, number)
    return Reference(letter=letter, kind="cable", target=target, as_sent=clean.found[start:end], start=start, end=end)
