"""Name meetings: what a conference is called, and the label of any meeting."""

import re
from typing import Final

from kg.extraction.model import Meeting
from kg.mapping.naming import folded

# The seasons of EDTF (ISO 8601-2, 4.8.1), which without their names look like months that no year has.
SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
# Matches 2007-21, and 2007-23~
_SEASON: Final = re.compile(r"(?<!\d) (?P<year>\d{4}) - (?P<season>2[1-4]) (?!\d) (?P<mark>[~?%]?)", re.VERBOSE)


def proper_name(meeting: Meeting) -> str | None:
    """The name of a conference that tells which: `Tern Council Summit`, and not `conference` or `Summit`."""
    name = folded(meeting.name or "")
    return name if " " in name and any(word[0].isupper() for word in name.split()) else None


def meeting_label(meeting: Meeting) -> str:
    """`Felipe Calderon and Alvaro Uribe: summit, Mexico City, 2007-10`: who, what, where, when."""
    names = list(dict.fromkeys(folded(participant.name) for participant in meeting.participants))
    who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
    what = proper_name(meeting) or ("meeting" if meeting.kind == "other" else meeting.kind)
    when = _SEASON.sub(_season, meeting.date.edtf) if meeting.date is not None else None
    circumstances = ", ".join(word for word in (what, folded(meeting.place or ""), when) if word)
    return f"{who}: {circumstances}" if who else circumstances


def _season(found: re.Match[str]) -> str:
    return f"{SEASONS[found['season']]} {found['year']}{found['mark']}"
