"""Read the status of an agreement: from the words inside its phrase, else the nearest around it, else its kind."""

from collections.abc import Iterator
from typing import Final

from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import mapping
from kg.extraction.tokens import Reading

REACH: Final = 9  # tokens from a name to the word that tells its status
AFTER: Final = 1  # how much farther a word after the name counts than one before it
APART: Final = 4  # how much farther a word counts for each comma between
# Statuses told by two words, which go before those told by one.
PHRASES: Final = (
    ("under negotiation", "negotiating"),
    ("being negotiated", "negotiating"),
    ("entered into force", "in force"),
    ("enter into force", "signed"),
    ("came into force", "in force"),
    ("into effect", "in force"),
    ("not signed", "negotiating"),
    ("not ratified", "signed"),
)
MODALS: Final = frozenset(("could", "if", "should", "would", "might", "whether", "may"))
NAMES: Final = frozenset(("known-agreement", "named-agreement"))
DEFINITE: Final = frozenset(("the", "this", "its", "their", "our", "'s", "existing"))
MARKS: Final = frozenset((",", ";", "--", ":"))


def status_told(reading: Reading, candidate: Candidate) -> str:
    """The status that the words of the phrase or around it tell; `unknown` where none does."""
    inside = mapping("agreement_statuses.tsv", "word", "inside")
    for index in _parts(reading, candidate):
        if status := inside.get(reading.tokens[index].low):
            return status
    floor, ceiling = reading.sentence_of(candidate.head)
    since, until = max(floor, candidate.first - REACH), min(ceiling, candidate.last + REACH)
    words = " ".join(t.low for t in reading.tokens[since:until])
    for phrase, status in PHRASES:
        if phrase in words:
            return status
    before, after = range(candidate.core - 1, since - 1, -1), range(candidate.core_end, until)
    near = [*_told(reading, before, 0), *_told(reading, after, AFTER)]
    return min(near)[1] if near else "unknown"


def _parts(reading: Reading, candidate: Candidate) -> Iterator[int]:
    """The places of what may tell a status in the phrase: `signed by` after the noun, `draft` and `planned` before."""
    floor, ceiling = reading.sentence_of(candidate.head)
    yield from range(candidate.core_end, min(ceiling, candidate.core_end + 2))
    yield from range(candidate.head + 1, min(ceiling, candidate.head + 3))
    yield from range(candidate.head - 1, max(floor, candidate.core - 3) - 1, -1)


def _told(reading: Reading, places: range, far: int) -> Iterator[tuple[int, str]]:
    """How far the words at some places that tell a status stand from the name, with the status."""
    statuses = mapping("agreement_statuses.tsv", "word", "status")
    for index in places:
        token = reading.tokens[index]
        far += APART if token.text in MARKS else 1
        if status := statuses.get(token.low):
            yield far, status


def usual_status(reading: Reading, candidate: Candidate) -> str:
    """The status where no word tells it: what is named or definite is in force, what is wished for is proposed."""
    floor = reading.sentence_of(candidate.head)[0]
    before = [t.low for t in reading.tokens[max(floor, candidate.core - REACH) : candidate.core]]
    if not MODALS.isdisjoint(before):
        return "proposed"
    usual = mapping("agreement_defaults.tsv", "sort", "status").get(candidate.sort)
    if usual:
        return usual
    if candidate.rule in NAMES or DEFINITE.intersection(before[-2:]):
        return "in force"
    return "proposed" if before[-1:] in (["a"], ["an"]) else "in force"
