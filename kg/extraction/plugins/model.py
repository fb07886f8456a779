"""The values between the core and extractors: parts of text, what is suggested in them, what is let in or refused."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

PERSON: Final = "person"
KINDS: Final = frozenset((PERSON,))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """The text of one part of a cable.

    `cased` is the text in which words sent in capitals have their true case, letter for letter, so that offsets hold
    in both; of other cables it is the text itself.
    """

    key: str
    text: str
    cased: str

    @property
    def digest(self) -> str:
        """The SHA-256 of both texts: what an answer is kept under."""
        return hashlib.sha256(f"{self.text}\0{self.cased}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A span that an extractor suggests: `text` is what stands in the part named by its key.

    `start` and `end` are code points, the end exclusive; without them the core looks for the text, which must then
    stand in the part once. `role` and `country` are words of the same part too: the person's role ("Minister of
    Works") and a word for the country ("Portuguese").
    """

    part: str
    text: str
    start: int | None = None
    end: int | None = None
    kind: str = PERSON
    role: str | None = None
    country: str | None = None


class Extractor(Protocol):
    """What a plug-in has to be: a name, a version of model and code together, and a function from parts to spans.

    What it says of a part may depend on that part's text alone: answers are kept by (name, version, text).
    """

    name: str
    version: str

    def suggest(self, parts: Sequence[TextPart]) -> Iterable[Suggestion]:
        """The spans of these parts, in any order; what it raises is counted as a failure of the extractor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A suggestion whose words stand where it says, or where they were found."""

    part: str
    start: int
    end: int
    role: tuple[int, int] | None = None
    country: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Admitted:
    """A person's name that is let in: its span, those of the words of its role and country, and by which rule."""

    part: str
    start: int
    end: int
    role: tuple[int, int] | None
    country: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Refusal:
    """A suggestion that is not let in, or a part of one: why, and the words that were suggested."""

    part: str
    text: str
    reason: str
