"""When a source says that a cable was written: the forms of date that releases print beside the text."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from kg.cables.words import MONTHS

_MONTH: Final = rf"(?P<month>{'|'.join(MONTHS)})[A-Za-z]{{0,6}}"
_TIME: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?:[ ](?P<half>[ap])\.?m\b)?"

# One form each, with the release that prints it.
_FORMS: Final = tuple(
    re.compile(form, re.VERBOSE | re.IGNORECASE)
    for form in (
        rf"(?P<m>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}})(?:[ ]{_TIME})?",  # 12/28/1966 18:06 (Cablegate CSV)
        rf"(?P<year>\d{{4}})-(?P<m>\d\d)-(?P<day>\d\d)(?:[ T]{_TIME})?",  # 2009-02-03 21:25 (viewer, History Lab)
        rf"(?P<day>\d{{1,2}})[ -]{_MONTH}[ -](?P<year>\d{{4}})(?:[ ]{_TIME})?",  # 04 MAY 1976 (NARA)
        rf"(?P<year>\d{{4}})[ ]{_MONTH}[ ](?P<day>\d{{1,2}})(?:,[ ]{_TIME})?",  # 1975 January 1, 00:00 (PlusD)
        # Mon Feb 04 00:00:00 +0100 2002 (text dump)
        rf"[A-Z]{{3}}[ ]{_MONTH}[ ](?P<day>\d\d)[ ]{_TIME}[ ][+-]\d{{4}}[ ](?P<year>\d{{4}})",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """A date that a source states; `has_hour` is false where it names the day alone, or its first minute."""

    instant: datetime
    has_hour: bool


@lru_cache(maxsize=256)
def stated_date(text: str | None) -> StatedDate | None:
    """The date that a source states, the beginning of the day where it states no hour; None where it is none."""
    match = next((match for form in _FORMS if (match := form.match((text or "").strip()))), None)
    if match is None:
        return None
    groups = match.groupdict()
    month = int(groups["m"]) if "m" in groups else MONTHS[match["month"].upper()]
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    try:
        instant = datetime(int(match["year"]), month, int(match["day"]), hour, minute, tzinfo=UTC)
    except ValueError:
        return None
    return StatedDate(instant=instant, has_hour=(hour, minute) != (0, 0))


def created(text: str) -> datetime | None:
    """The instant that a source gives as the time of creation, or None."""
    stated = stated_date(text)
    return stated.instant if stated else None
