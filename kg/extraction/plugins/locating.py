"""Check what an extractor suggests against the text: the words must stand there, or nothing is taken."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kg.extraction.plugins.model import KINDS, Located, Refusal, Suggestion

# No name or role is longer; what is refused is told up to here.
LONGEST: Final = 200


def locate(suggestion: Suggestion, texts: Mapping[str, str]) -> tuple[Located | None, tuple[Refusal, ...]]:
    """Where the words of a suggestion stand in the texts that were asked about, and what of it does not.

    A role or country that is not there is dropped and told; the name may stay.
    """
    reason = _reason(suggestion, texts)
    if reason is not None:
        return None, (_refusal(suggestion, suggestion.text, reason),)
    text = texts[suggestion.part]
    start, end = _span(suggestion, text)
    refused: list[Refusal] = []
    words: dict[str, tuple[int, int] | None] = {}
    for name, value in (("role", suggestion.role), ("country", suggestion.country)):
        words[name] = None if value is None else _nearest(value, text, start)
        if value is not None and words[name] is None:
            refused.append(_refusal(suggestion, value, f"{name}-not-in-text"))
    located = Located(part=suggestion.part, start=start, end=end, role=words["role"], country=words["country"])
    return located, tuple(refused)


def _reason(suggestion: Suggestion, texts: Mapping[str, str]) -> str | None:
    """Why a suggestion is no span of these texts; None where it is."""
    if suggestion.kind not in KINDS:
        return "unknown-kind"
    if suggestion.part not in texts:
        return "unknown-part"
    words = suggestion.text
    if not words.strip() or len(words) > LONGEST:
        return "no-words" if not words.strip() else "too-long"
    text = texts[suggestion.part]
    places = _places(words, text)
    if suggestion.start is None and suggestion.end is None:
        return None if len(places) == 1 else "ambiguous" if places else "not-in-text"
    if text[_span(suggestion, text)[0] : _span(suggestion, text)[1]] == words:
        return None
    return "wrong-offsets" if places else "not-in-text"


def _span(suggestion: Suggestion, text: str) -> tuple[int, int]:
    """The span as given, or the one place of the words; an offset that counts from the end is an empty span."""
    start, end = suggestion.start, suggestion.end
    if start is None and end is None:
        start = _places(suggestion.text, text)[0]
        end = start + len(suggestion.text)
    if start is None or end is None or not 0 <= start < end <= len(text):
        return 0, 0
    return start, end


def _places(words: str, text: str) -> list[int]:
    """Where words stand in a text as whole words."""
    found = (match.start() for match in re.finditer(re.escape(words), text))
    return [place for place in found if _is_whole(text, place, place + len(words))]


def _is_whole(text: str, start: int, end: int) -> bool:
    is_open = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not is_open and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


def _nearest(words: str, text: str, place: int) -> tuple[int, int] | None:
    """The place of some words that is nearest to another; of two as near the first."""
    if not words.strip() or len(words) > LONGEST:
        return None
    start = min(_places(words, text), key=lambda found: (abs(found - place), found), default=None)
    return None if start is None else (start, start + len(words))


def _refusal(suggestion: Suggestion, words: str, reason: str) -> Refusal:
    return Refusal(part=suggestion.part[:LONGEST], text=words[:LONGEST], reason=reason)


def locate_all(
    suggestions: Iterable[Suggestion], texts: Mapping[str, str]
) -> tuple[tuple[Located, ...], tuple[Refusal, ...]]:
    """What stands in the texts of many suggestions, each span once, in the order of the text; and the rest."""
    located: dict[tuple[str, int, int], Located] = {}
    refused: list[Refusal] = []
    for suggestion in suggestions:
        found, reasons = locate(suggestion, texts)
        refused += reasons
        if found is not None:
            key = (found.part, found.start, found.end)
            known = located.get(key)
            # Of two that differ in their role alone, the one with a role.
            if known is None or (known.role is None and found.role is not None):
                located[key] = found
    order = {part: place for place, part in enumerate(texts)}
    return tuple(sorted(located.values(), key=lambda one: (order[one.part], one.start, -one.end))), tuple(refused)
