"""Name meetings: what a conference is called, and the label of any meeting."""

from kg.extraction.model import Meeting
from kg.mapping.naming import folded


def proper_name(meeting: Meeting) -> str | None:
    """The name of a conference that tells which: `Tern Council Summit`, and not `conference` or `Summit`."""
    name = folded(meeting.name or "")
    return name if " " in name and any(word[0].isupper() for word in name.split()) else None


def meeting_label(meeting: Meeting) -> str:
    """`Felipe Calderon and Alvaro Uribe: summit, Mexico City, 2007-10`: who, what, where, when."""
    names = list(dict.fromkeys(folded(participant.name) for participant in meeting.participants))
    who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
    what = proper_name(meeting) or ("meeting" if meeting.kind == "other" else meeting.kind)
    when = meeting.date.edtf if meeting.date is not None else None
    circumstances = ", ".join(word for word in (what, folded(meeting.place or ""), when) if word)
    return f"{who}: {circumstances}" if who else circumstances
