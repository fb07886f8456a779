"""Bound the time in which a role was held, by what the text says of it: `former`, `since 2006`, `(1999-2003)`."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kg.extraction.dates import dates_in
from kg.extraction.model import DateExpression, Role
from kg.extraction.scan import Sighting
from kg.extraction.tokens import Reading

LONGEST_DATE: Final = 40
NEW: Final = timedelta(days=365)
# Matches ", who took office in", " since", " (until"; a date follows.
TURN: Final = re.compile(
    r"""
    [\s,(]{0,3} (?:who\s)? (?:has\s(?:been|served|held\soffice|held\sthe\spost)\s(?:in\soffice\s|there\s)?)?
    (?: (?P<begin>since | from | (?:took|assumed)\soffice | (?:was\s)?(?:appointed|elected|inaugurated|named|sworn\sin))
      | (?P<end>until | resigned | stepped\sdown | left\soffice | retired | (?:was\s)?(?:dismissed|ousted|replaced)) )
    \s (?:on\s|in\s)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Matches " (1999-2003)", " (2002-present)", ", 1994-98".
YEARS: Final = re.compile(
    r"\s?[,(]\s?(?P<since>[12]\d{3})\s?[-–]\s?(?P<until>[12]\d{3}|\d\d|present)?(?!\d)", re.IGNORECASE
)
# Matches "new", "newly appointed", "recently elected".
NEWLY: Final = re.compile(r"\b(?:newly|recently|new)\b(?:[ -](?:appointed|elected|installed|named))?", re.IGNORECASE)


def bounded(sighting: Sighting, reading: Reading, base: date | None) -> Sighting:
    """The sighting, its role with the time in which it was held, as far as the text bounds it."""
    role = sighting.role
    if role is None or base is None:
        return sighting
    held = _stated(role, reading, max(sighting.end, role.evidence.end), base) or _by_status(role, base)
    return sighting if held is None else replace(sighting, role=replace(role, held=held))


def _stated(role: Role, reading: Reading, at: int, base: date) -> DateExpression | None:
    years = YEARS.match(reading.text, at)
    if years is not None:
        return _of_years(years, role, base)
    turn = TURN.match(reading.text, at)
    if turn is None:
        return None
    start = max(turn.start("begin"), turn.start("end"))  # the word leads in the date: "since 2006"
    rest = slice(start, turn.end() + LONGEST_DATE)
    found = dates_in(reading.text[rest], reading.found[rest], base, lambda _: False)
    if not found or start + found[0].start > turn.end() + len("the "):
        return None
    day = found[0].value
    text = reading.found[turn.start() : start + found[0].end].strip(" ,(")
    if turn["end"] is not None:
        return _interval(text, date.min, day.latest, "..", day.edtf.rpartition("/")[2], day.basis)
    if "/" in day.edtf:  # "from May 2001 to June 2003"
        return replace(day, text=text)
    last = base if role.status == "former" else date.max
    return _interval(text, day.earliest, last, day.edtf, _until(last), day.basis)


def _of_years(match: re.Match[str], role: Role, base: date) -> DateExpression | None:
    since, until = int(match["since"]), match["until"]
    text = match[0].strip(" ,(")
    if until is None or until.lower() == "present":
        last = base if role.status == "former" else date.max
        return _interval(text, date(since, 1, 1), last, str(since), _until(last), "stated")
    end = int(until) if len(until) == 4 else since - since % 100 + int(until)
    return (
        _interval(text, date(since, 1, 1), date(end, 12, 31), str(since), str(end), "stated") if end >= since else None
    )


def _by_status(role: Role, base: date) -> DateExpression | None:
    if role.status == "former":
        return _interval(role.text, date.min, base, "..", base.isoformat(), "status")
    if role.status in ("designate", "elect"):
        return _interval(role.text, base, date.max, base.isoformat(), "..", "status")
    newly = NEWLY.search(role.text) if role.status == "current" else None
    if newly is not None:
        since = max(base, date.min + NEW) - NEW
        return _interval(newly[0], since, date.max, f"{since.isoformat()}~", "..", "status")
    return None


def _until(last: date) -> str:
    return ".." if last == date.max else last.isoformat()


def _interval(text: str, earliest: date, latest: date, since: str, until: str, basis: str) -> DateExpression | None:
    if earliest > latest:
        return None
    return DateExpression(text=text, edtf=f"{since}/{until}", earliest=earliest, latest=latest, basis=basis)
