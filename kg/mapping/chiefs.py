"""Lead "the Ambassador" of a meeting to the official who headed the post that day."""

import re
from collections.abc import Iterator
from typing import Final

from kg.extraction.model import Facts, Meeting, Participant
from kg.identity.model import CableResolution
from kg.iris import Iris
from kg.mapping.evidence import Claim
from kg.mapping.ntriples import iri
from kg.mapping.rules import rule_confidences
from kg.mapping.sureness import is_sure

RULE: Final = "chief-of-post"
NAMES: Final = frozenset({"ambassador", "the ambassador"})
# Beside whom the ambassador was not there: who acts for him.
ACTING: Final = frozenset({"cda", "charge", "the cda", "the charge"})
# Matches "the Ambassador", and not "Ambassador Quill", "Peru's ambassador", "the Ambassador-designate".
WORDS: Final = re.compile(
    r"""
    (?<! ['’]s \s ) \b (?: [Tt]he \s [Aa]mbassador | [Aa]mbassador (?! \s+ [A-Z] ) ) \b
    (?! - | \s (?: to | of | at ) \b )
    """,
    re.VERBOSE,
)


def ambassador(participant: Participant, meeting: Meeting, resolved: CableResolution) -> str | None:
    """The official whom a participant is that stands as "the Ambassador" in the words of a meeting, by name."""
    is_there = participant.person is None and participant.country == "US" and participant.name.casefold() in NAMES
    if not is_there or any(one.name.casefold() in ACTING for one in meeting.participants):
        return None
    return resolved.ambassador if WORDS.search(meeting.quote) else None


def ambassador_claims(meeting: Meeting, resolved: CableResolution, iris: Iris) -> Iterator[Claim]:
    """That the words of a meeting which say "the Ambassador" speak of an official, if they do."""
    found = WORDS.search(meeting.quote)
    chief = next(filter(None, (ambassador(one, meeting, resolved) for one in meeting.participants)), None)
    if found is not None and chief is not None:
        start = meeting.evidence.start + found.start()
        yield Claim(
            part=meeting.evidence.part,
            spans=((start, start + len(found[0])),),
            target=iri(iris.official(chief)),
            confidence=rule_confidences()[RULE],
            rule=RULE,
        )


def told_chiefs(facts: Facts, resolved: CableResolution) -> Iterator[tuple[str, bool]]:
    """The ambassadors whom the meetings of a cable tell of by title, by name, and whether the meeting is sure."""
    for meeting in facts.meetings:
        for participant in meeting.participants:
            chief = ambassador(participant, meeting, resolved)
            if chief is not None:
                yield chief, is_sure(meeting)
