"""The E.O. line: under which executive order a cable is classified, how it is to be declassified, and when."""

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

from kg.cables.header.date_time_groups import day
from kg.cables.model import ClassifiedBy, CleanText, DateValue, Schedule, TextValue
from kg.cables.spans import text_value, trim
from kg.cables.words import MONTHS

_ORDER: Final = re.compile(r"1[1-3]\d{3}")
_MONTH: Final = "|".join(MONTHS)

_DAY: Final = re.compile(
    rf"""
    (?<!\d)(?:
      (?P<month>\d{{1,2}})[/-](?P<day>\d{{1,2}})[/-](?P<year>\d{{4}}|\d\d)       # 02/02/2019  12-31-74  6/30/08
    | (?P<year_first>(?:19|20)\d\d)[/-](?P<month_2>\d{{1,2}})[/-](?P<day_3>\d{{1,2}})    # 2019/12/15
    | (?P<word>{_MONTH})[A-Z]{{0,6}}\.?[ ]{{1,2}}(?P<day_2>\d{{1,2}}),?[ ]{{1,2}}
      (?P<year_2>(?:19|20)\d\d)                                                 # JUNE 21, 2016
    | (?P<day_4>\d{{1,2}})[ -]?(?P<word_2>{_MONTH})[A-Z]{{0,6}}[ ,-]{{0,2}}(?P<year_3>(?:19|20)\d\d)   # 2 FEB 2019
    )(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The schemes of the orders from 1972 on, with their categories: GDS, XGDS-3, RDS-1, ADS, OADR, MR.
_SCHEME: Final = re.compile(
    r"""
      \b(?P<scheme>X?GDS|ADS|RDS|XDS|OADR|MR)\b
      (?:[ ]?[-(]?[ ]?(?P<number>[1-4](?:[ ]?[,&/-][ ]?[1-4]){0,3})\b(?![/-]\d))?
    | \b(?P<none>N[./ ]?A\b)\.?
    | \b(?P<exempt>EXEMPT)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EXEMPTION: Final = re.compile(
    r"\b(?:25[ ]?X[1-9]|1\.6[ ]?\(?X?[1-8]\)?|X[1-8])\b\)?", re.IGNORECASE
)  # X1, 1.6X1, 25X3
_DECLASSIFY: Final = re.compile(
    r"\bDECL(?:AS{1,2}(?:IFY)?)?L?(?:[ ]ON)?[ ]?[:.]?[ ]*", re.IGNORECASE
)  # "DECL: ", "DECLAS "
_DOWNGRADE: Final = re.compile(r"\bDNG[ ]?:?[ ]?(?P<to>[A-Z]{1,12})?[ ,]{0,2}", re.IGNORECASE)  # "DNG: CO 02/02/2019"
_LEVELS: Final = MappingProxyType(
    {"C": "CONFIDENTIAL", "S": "SECRET", "U": "UNCLASSIFIED", "L": "LIMITED OFFICIAL USE"}  # by the first letter
)
_EXTENDED: Final = re.compile(r"\bEXT(?:ENDED)?\b", re.IGNORECASE)
_BEGINS_EVENT: Final = re.compile(r"(?:AFTER|UPON|WHEN|UNTIL|AT|ON|END|\w{1,12}[ ]YEARS?)\b", re.IGNORECASE)
_REDACTED: Final = re.compile(r"X{4,}|\.{3}")

# "GDS 8/12/85 (DOE, JANE Q.) OR-P"
_OFFICER: Final = re.compile(
    r"\((?P<surname>[A-Z][A-Za-z'’-]{1,24}),[ ]{1,2}(?P<given>[A-Z][A-Za-z. ]{0,24}?)[ ]*\)"
    r"(?:[ ]{0,2}(?P<authority>[A-Z]{1,3}(?:-[A-Z]{1,2})?)\b)?"
)

# A date of a release that has happened is no date until which the cable is classified.
_RELEASED: Final = re.compile(r"DECLASSIFIED|\bBY\s+NARA\b|\bAS\s+AMENDED\b", re.IGNORECASE)

# The years in which the orders of the last century came into force: 85 is 1985 there, and 09 is 2009.
_FIRST_YEARS: Final = MappingProxyType({"11652": 1972, "12065": 1978, "12356": 1982})

# Where an event ends: at another field that lost its own line.
_EVENT_ENDS: Final = re.compile(r"[\n(]|\bTAGS?\b|\bSUBJ", re.IGNORECASE)


def read_executive_order(clean: CleanText, start: int, end: int) -> tuple[TextValue, Schedule]:
    """The executive order (`E.O. 12958`), sent as `12958: DECL: 02/02/2019`, and the schedule that the line states."""
    sent = text_value(clean, start, end)
    found = _ORDER.search(clean.text, sent.start, sent.end)
    order = found.group() if found else None
    value = f"E.O. {order}" if order else sent.value
    executive_order = TextValue(as_sent=sent.as_sent, start=sent.start, end=sent.end, value=value)
    return executive_order, _schedule(clean, sent, found.end() if found else sent.start, order)


def read_classifying_officer(clean: CleanText, start: int, end: int) -> ClassifiedBy | None:
    """The officer in brackets behind the schedule, as E.O. 12065 asked for; None where there is none."""
    officer = _officer(clean, _OFFICER.search(clean.text, start, end))
    if officer is None:
        return None
    return ClassifiedBy(
        as_sent=officer.as_sent,
        start=officer.start,
        end=officer.end,
        names=(officer.value,),
        title=None,
        reasons=(),
    )


def _schedule(clean: CleanText, sent: TextValue, start: int, order: str | None) -> Schedule:
    text, end = clean.text, sent.end
    scheme = _SCHEME.search(text, start, end)
    downgrade = _DOWNGRADE.search(text, start, end)
    declassify = _DECLASSIFY.search(text, start, end)
    days = list(_days(clean, start, end, order or ""))
    released = _RELEASED.search(text, start, end) is not None
    # "DNG: CO 02/02/2019" dates the downgrading, a second date the declassification.
    downgraded = days.pop(0) if downgrade is not None and days else None
    exemptions = tuple(dict.fromkeys(_exemptions(text, start, end)))
    event = None if days or scheme or exemptions or released else _event(clean, declassify, start, end)
    officer = _OFFICER.search(text, start, end)
    return Schedule(
        as_sent=sent.as_sent,
        start=sent.start,
        end=sent.end,
        order=order,
        scheme=_scheme(scheme, is_dated=bool(declassify or days or exemptions or event), is_downgraded=bool(downgrade)),
        category=_category(scheme),
        exemptions=exemptions,
        declassify_on=days[0] if days and not released else None,
        is_extended=_EXTENDED.search(text, start, end) is not None,
        downgrade_to=_LEVELS.get((downgrade["to"] or "")[:1].upper()) if downgrade else None,
        downgrade_on=downgraded,
        event=event,
        is_released=released,
        released_on=days[0] if days and released else None,
        officer=_officer(clean, officer),
        authority=officer["authority"] if officer else None,
    )


def _scheme(match: re.Match[str] | None, *, is_dated: bool, is_downgraded: bool) -> str | None:
    if match is None:
        return "DNG" if is_downgraded else "DECL" if is_dated else None
    if match["scheme"]:
        return match["scheme"].upper()
    return "N/A" if match["none"] else "EXEMPT"


def _category(match: re.Match[str] | None) -> str | None:
    """`XGDS-3`, `RDS-1,3`."""
    if match is None or not match["number"]:
        return None
    return f"{match['scheme'].upper()}-{re.sub('[ &/-]+', ',', match['number']).replace(',,', ',')}"


def _exemptions(text: str, start: int, end: int) -> Iterator[str]:
    for match in _EXEMPTION.finditer(text, start, end):
        yield re.sub(r"[ ()]", "", match.group()).upper()


def _event(clean: CleanText, declassify: re.Match[str] | None, start: int, end: int) -> TextValue | None:
    """What has to happen first: `AFTER THE UNION OF THE TWO REPUBLICS`, `CLOSURE OF THE COURT`."""
    begin = declassify.end() if declassify else start
    stop = _EVENT_ENDS.search(clean.text, begin, end)
    begin, finish = trim(clean.text, begin, stop.start() if stop else end)
    while begin < finish and clean.text[begin] in ":;,. ":
        begin += 1
    words = clean.text[begin:finish]
    is_event = declassify is not None or _BEGINS_EVENT.match(words) is not None
    if not is_event or sum(map(str.isalpha, words)) < 4 or _REDACTED.search(words):
        return None
    return text_value(clean, begin, finish)


def _officer(clean: CleanText, match: re.Match[str] | None) -> TextValue | None:
    """An officer with the surname first, as one with the surname last."""
    if match is None:
        return None
    name = f"{' '.join(match['given'].split())} {match['surname']}"
    return text_value(clean, match.start("surname"), match.end("given"), name)


def _days(clean: CleanText, start: int, end: int, order: str) -> Iterator[DateValue]:
    for match in _DAY.finditer(clean.text, start, end):
        found = _date(match, order)
        if found is not None:
            begin, stop = match.span()
            yield DateValue(as_sent=clean.found[begin:stop], start=begin, end=stop, value=found)


def _date(match: re.Match[str], order: str) -> date | None:
    if match["word"]:
        return day(int(match["year_2"]), MONTHS[match["word"].upper()], int(match["day_2"]))
    if match["word_2"]:
        return day(int(match["year_3"]), MONTHS[match["word_2"].upper()], int(match["day_4"]))
    if match["year_first"]:
        return day(int(match["year_first"]), int(match["month_2"]), int(match["day_3"]))
    year = int(match["year"])
    if year < 100:
        year += 1900 if year + 1900 >= _FIRST_YEARS.get(order, 2000) else 2000
    # "22/11/2012": a first number above 12 is the day.
    return day(year, int(match["month"]), int(match["day"])) or day(year, int(match["day"]), int(match["month"]))
