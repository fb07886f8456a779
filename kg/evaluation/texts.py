"""The texts of an annotated cable, in which the words of its annotation are looked up."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.cables.model import Cable
from kg.sources.model import RawCable


@dataclass(frozen=True, slots=True, kw_only=True)
class CableText:
    """A cable as found in its sources, its parts as (key, paragraph number, text), and all texts of it folded."""

    found: tuple[RawCable, ...]
    parts: tuple[tuple[str, int | None, str], ...]
    folded: tuple[str, ...]

    def holds(self, words: str) -> bool:
        """Whether words stand somewhere in the cable, whatever white space or page break is between them."""
        sought = _folded(words)
        return any(sought in text for text in self.folded)

    def of_digest(self, digest: str) -> str | None:
        """The text as found that has this SHA-256, in hexadecimal."""
        return next((raw.text for raw in self.found if raw.digest == digest), None)

    def place_of(self, words: str, paragraph: int | None) -> str:
        """Where words stand, best in the paragraph of that number: `p3 20-34`; `¶3` where they stand nowhere whole."""
        sought = _folded(words)
        for key, _, text in sorted(self.parts, key=lambda part: part[1] != paragraph):
            start = text.find(sought) if sought else -1
            if start >= 0:
                return f"{key} {start}-{start + len(sought)}"
        return f"¶{paragraph}" if paragraph else ""


def text_of(cable: Cable, found: Sequence[RawCable]) -> CableText:
    """The texts of a parsed cable; `found` are the raw cables that it was made of."""
    parts = tuple((part.key, part.number, part.text) for part in cable.parts)
    running = " ".join(text for _, _, text in parts)
    return CableText(found=tuple(found), parts=parts, folded=(running, *(_folded(raw.text) for raw in found)))


def _folded(text: str) -> str:
    return " ".join(text.split())
