"""Tell what kind of occasion a meeting is, and its number in a series."""

from collections.abc import Sequence
from typing import Final

from kg.extraction.calendar_dates import MONTHS
from kg.extraction.lexicon import mapping
from kg.extraction.model import Participant
from kg.extraction.scenes import Scene
from kg.extraction.tokens import Token

WORDS: Final = {
    "courtesy": "courtesy call",
    "call": "call",
    "phone": "call",
    "telephone": "call",
    "telephoned": "call",
    "phoned": "call",
    "teleconference": "call",
    "summit": "summit",
    "conference": "conference",
    "seminar": "conference",
    "visit": "visit",
    "working-level": "working level",
    "staff": "working level",
    "trilateral": "trilateral",
    "tripartite": "trilateral",
    "multilateral": "multilateral",
}
HEADS_OF_STATE: Final = 3  # that many presidents make a summit


def kind_of(scene: Scene, index: int, people: Sequence[Participant], *, is_contact: bool) -> str:
    """The kind of an occasion: by a word beside the trigger, else by whose sides meet.

    `is_contact` says that somebody of the post takes part.
    """
    for at in range(max(scene.floor, index - 3), min(scene.ceiling, index + 2)):
        kind = WORDS.get(scene.tokens[at].low)
        if kind is not None and (kind != "visit" or at == index):
            return kind
    countries = {p.country for p in people if p.country}
    if (is_contact and countries - {"US"}) or any(p.kind == "position" and p.country == "US" for p in people):
        return "embassy contact"
    return {0: "other", 1: "other", 2: "bilateral", 3: "trilateral"}.get(len(countries), "multilateral")


def ordinal_before(tokens: tuple[Token, ...], index: int, floor: int) -> int | None:
    """The number of an occasion in its series: `the fourth in a series of meetings`, `its 25th convention`."""
    words = [token.low for token in tokens[max(floor, index - 10) : index]]
    near = words[-4:] if "series" not in words and "round" not in words else words
    for place, word in enumerate(near):
        number = mapping("ordinals.tsv", "word", "number").get(word) or _figure(word)
        if number is not None and _counts(near[place + 1 :], near[place - 1 : place]):
            return int(number)
    return None


def _figure(word: str) -> str | None:
    digits = word.rstrip("stndrh")
    return digits if digits.isdigit() and digits != word and 0 < int(digits) < 1000 else None


def _counts(after: Sequence[str], before: Sequence[str]) -> bool:
    return not any(word in MONTHS for word in before) and "time" not in after
