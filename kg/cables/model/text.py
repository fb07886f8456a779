"""The text frames of a cable: problems in it, its clean text, values with their words, parts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something odd in a cable; `start`/`end` count in the text as found."""

    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """The text as found beside the text for rules to read: equal in length, artefacts and page breaks blanked.

    `blanked` lists the spans that were blanked, as (start, end, kind) with kinds `link-markup`, `pilcrow`,
    `page-line`, `class-line`, `caption-line`, `release-marking`, `section-header`, sorted and disjoint.
    """

    found: str
    text: str
    blanked: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value read from the header with the words it came from; `as_sent` is `found[start:end]`."""

    as_sent: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextValue(Line):
    """A header value that is a string, normalised: `value` beside `as_sent`."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue(Line):
    """A header value that is a day."""

    value: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the cable that holds text: evidence counts in its folded `text`.

    `kind` is one of subject, tags, classified-by, heading, paragraph, unnumbered, signature. `key` is the fragment of
    its IRI: `subject`, `tags`, `classified-by`, `signature`, `p6`, `p6-2` (a repeated number), `x1` (headings and
    unnumbered text, counted in order). `segments` are (start in text, start in the text as found, length), sorted,
    covering the whole of `text`: inside a segment one code point of `text` stands for one code point of the text as
    found; folded white space is one code point that stands for the first of the run.
    """

    kind: str
    key: str
    number: int | None = None
    portion_marking: str | None = None
    heading: str | None = None
    text: str
    start: int
    end: int
    segments: tuple[tuple[int, int, int], ...]

    def found_at(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as found that stands behind `text[start:end]`; the span must not be empty."""
        return self._found(start), self._found(end - 1) + 1

    def _found(self, offset: int) -> int:
        for text_start, found_start, length in reversed(self.segments):
            if text_start <= offset < text_start + length:
                return found_start + offset - text_start
        raise IndexError(f"offset {offset} is outside the text of #{self.key} (0-{len(self.text)})")
