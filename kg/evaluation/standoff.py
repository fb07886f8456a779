"""Put the words back into annotations that hold places instead: `[start, end]` in the text as found for each string."""

from collections.abc import Mapping
from typing import Any, Final

from kg.evaluation.model import AnnotationProblem
from kg.evaluation.texts import CableText

# The keys whose values are words of the text; all others are normalised.
_ONE: Final = frozenset(("date_text", "name", "organization", "place", "quote"))
_MANY: Final = frozenset(("forms", "participants", "roles"))
_KINDS: Final = ("officials", "others", "meetings", "agreements")
DIGEST: Final = "sha256"


def with_words(file: str, value: Mapping[str, Any], text: CableText) -> Mapping[str, Any] | AnnotationProblem:
    """An annotation with its words, as it is where it has them already; a problem where its text is another one.

    A place is one span or, where the words of a string stand apart, several; white space becomes one space.
    """
    if DIGEST not in value:
        return value
    found = text.of_digest(value[DIGEST])
    if found is None:
        return AnnotationProblem(
            file=file, place=DIGEST, message="the sources hold another text of this cable than the annotated one"
        )
    return worded(value, found)


def worded(value: Mapping[str, Any], text: str) -> dict[str, Any]:
    """An annotation whose places in a text are replaced by the words there."""
    entries = {kind: value[kind] for kind in _KINDS if isinstance(value.get(kind), list)}
    return {**value, **{kind: [_entry(entry, text) for entry in listed] for kind, listed in entries.items()}}


def _entry(entry: Any, text: str) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {key: _value(key, value, text) for key, value in entry.items()}


def _value(key: str, value: Any, text: str) -> Any:
    if key in _MANY and isinstance(value, list):
        return [_words(one, text) for one in value]
    return _words(value, text) if key in _ONE else value


def _words(spans: Any, text: str) -> Any:
    try:
        return " ".join(" ".join(text[start:end].split()) for start, end in spans)
    except (TypeError, ValueError):
        # Left as it is, for the check of types to name.
        return spans
