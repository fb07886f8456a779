"""The E.O. line: under which executive order a cable is classified, and until when."""

import re
from datetime import date
from typing import Final

from kg.cables.date_time_groups import day
from kg.cables.model import ClassifiedBy, CleanText, DateValue, TextValue
from kg.cables.spans import text_value
from kg.cables.words import MONTHS

_ORDER: Final = re.compile(r"1[1-3]\d{3}")

_DAY: Final = re.compile(
    rf"""
    (?<!\d)(?:
      (?P<month>\d{{1,2}})[/-](?P<day>\d{{1,2}})[/-](?P<year>\d{{4}}|\d\d)       # 02/02/2019  12-31-74  6/30/08
    | (?P<year_first>(?:19|20)\d\d)[/-](?P<month_2>\d{{1,2}})[/-](?P<day_3>\d{{1,2}})    # 2019/12/15
    | (?P<word>{"|".join(MONTHS)})[A-Z]*\.?[ ]{{1,2}}(?P<day_2>\d{{1,2}}),?[ ]{{1,2}}
      (?P<year_2>(?:19|20)\d\d)                                                 # JUNE 21, 2016
    )(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "GDS 8/12/85 (DOE, JANE Q.) OR-P"
_OFFICER: Final = re.compile(r"\((?P<surname>[A-Z][A-Za-z'’-]{1,24}),[ ]{1,2}(?P<given>[A-Z][A-Za-z. ]{0,24}?)[ ]*\)")

# A date of a release that has happened is no date until which the cable is classified.
_DECLASSIFIED: Final = re.compile(r"DECLASSIFIED|\bBY\s+NARA\b|\bAS\s+AMENDED\b", re.IGNORECASE)

# Executive orders of the last century give two-digit years of that century.
_OLD_ORDERS: Final = frozenset({"11652", "12065", "12356"})


def read_executive_order(clean: CleanText, start: int, end: int) -> tuple[TextValue, DateValue | None]:
    """The executive order (`E.O. 12958`), sent as `12958: DECL: 02/02/2019`, and the day of declassification.

    What else the line says of the schedule (`DECL: OADR`, `GDS`) stands in `as_sent` alone.
    """
    sent = text_value(clean, start, end)
    order = _ORDER.search(clean.text, sent.start, sent.end)
    value = f"E.O. {order.group()}" if order else sent.value
    executive_order = TextValue(as_sent=sent.as_sent, start=sent.start, end=sent.end, value=value)
    return executive_order, _declassify_on(clean, sent.start, sent.end, order.group() if order else "")


def read_classifying_officer(clean: CleanText, start: int, end: int) -> ClassifiedBy | None:
    """The officer in brackets behind the schedule, as E.O. 12065 asked for; None where there is none."""
    match = _OFFICER.search(clean.text, start, end)
    if match is None:
        return None
    begin, stop = match.span("surname")[0], match.span("given")[1]
    name = f"{' '.join(match['given'].split())} {match['surname']}"
    return ClassifiedBy(as_sent=clean.found[begin:stop], start=begin, end=stop, names=(name,), title=None, reasons=())


def _declassify_on(clean: CleanText, start: int, end: int, order: str) -> DateValue | None:
    if _DECLASSIFIED.search(clean.text, start, end):
        return None
    for match in _DAY.finditer(clean.text, start, end):
        found = _date(match, order)
        if found is not None:
            return DateValue(
                as_sent=clean.found[match.start() : match.end()], start=match.start(), end=match.end(), value=found
            )
    return None


def _date(match: re.Match[str], order: str) -> date | None:
    if match["word"]:
        return day(int(match["year_2"]), MONTHS[match["word"].upper()], int(match["day_2"]))
    if match["year_first"]:
        return day(int(match["year_first"]), int(match["month_2"]), int(match["day_3"]))
    year = int(match["year"])
    if year < 100:
        year += 1900 if order in _OLD_ORDERS else 2000
    # "22/11/2012": a first number above 12 is the day.
    return day(year, int(match["month"]), int(match["day"])) or day(year, int(match["day"]), int(match["month"]))
