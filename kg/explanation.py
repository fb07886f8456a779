"""An explanation of one thing in the graph, as text for a terminal and as JSON."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

WIDTH: Final = 100
# So many code points stand on each side of the marked words where a part is long.
CONTEXT: Final = 220
# So many words are printed: an official may have hundreds of mentions.
SHOWN: Final = 12

# So many words and related things are fetched for an explanation; further ones are counted.
MOST: Final = 200

_ON_CONFIDENCE: Final = "The number beside a rule is the share of its finds that is right, as far as is known."

# Stand for the marks until lines are broken: they take no room of their own in what is measured.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLAIN_MARKS: Final = ("»", "«")
_BOLD_MARKS: Final = ("\x1b[1;7m", "\x1b[0m")

# Matches the escape sign of a terminal, and the marks, in a text that has its own.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000\ue001]", re.VERBOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a property: its text, and where it is a thing of the graph its short IRI."""

    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is said of the thing: a property by its label, and its values."""

    name: str
    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that a fact rests on: spans (start, end) of the text of a part, which rule read them, how surely.

    `rule_meaning` says what the rule looks for; `about` names what the words stand for.
    """

    mention: str
    cable: str
    sent_on: str | None
    part: str
    part_label: str
    text: str
    spans: tuple[tuple[int, int], ...]
    rule: str | None
    confidence: str | None
    rule_meaning: str | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Something that belongs to the thing: a tenure, a meeting, a judgement; with a few words about it."""

    iri: str
    label: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Related things under one heading; `total` counts all, of which `entries` may be the first."""

    heading: str
    entries: tuple[Related, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a thing is, what the graph says of it, and the words behind it. `total_words` counts all mentions."""

    iri: str
    short: str
    label: str
    types: tuple[str, ...]
    statements: tuple[Statement, ...]
    words: tuple[Words, ...]
    total_words: int
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        """The explanation as JSON values."""
        return asdict(self)

    def as_text(self, *, marks: bool = False) -> str:
        """The explanation for reading; the words stand between »…«, or highlighted where `marks` is true."""
        start, end = _BOLD_MARKS if marks else _PLAIN_MARKS
        text = "\n".join(_lines(self)) + "\n"
        return text.replace(_OPEN, start).replace(_CLOSE, end)


def _lines(explanation: Explanation) -> Iterator[str]:
    yield _plain(explanation.label)
    yield f"{', '.join(explanation.types) or 'thing'}: {explanation.short}"
    yield from _statements(explanation.statements)
    for section in explanation.sections:
        yield from _section(section)
    if explanation.words:
        yield from _headed("Words", explanation.total_words, len(explanation.words[:SHOWN]))
        for words in explanation.words[:SHOWN]:
            yield from _words(words)
        yield from _left_out(explanation.total_words, len(explanation.words))
        yield from _rules(explanation.words[:SHOWN])


def _statements(statements: Sequence[Statement]) -> Iterator[str]:
    width = max((len(statement.name) for statement in statements), default=0)
    if statements:
        yield ""
    for statement in statements:
        names = [statement.name, *[""] * len(statement.values)]
        for name, value in zip(names, _shown(statement.values), strict=False):
            yield from _wrapped(value, f"  {name:<{width}}  ", " " * (width + 4))


def _shown(values: Sequence[Value]) -> Iterator[str]:
    for value in values[:MOST]:
        yield value.text if _is_named(value) else f"{value.text} ({value.iri})"
    if len(values) > MOST:
        yield f"and {len(values) - MOST:,} more"


def _is_named(value: Value) -> bool:
    """Whether the text of a value needs no IRI beside it: it begins with it, or is a word of a vocabulary."""
    return value.iri is None or value.text.split(":")[0] == value.iri or value.iri.startswith("term/")


def _section(section: Section) -> Iterator[str]:
    yield from _headed(section.heading, section.total, len(section.entries))
    for entry in section.entries:
        yield from _wrapped(f"{entry.label} ({entry.iri})" if entry.iri != entry.label else entry.label, "  ", "      ")
        for note in entry.notes:
            yield from _wrapped(note, "    ", "      ")


def _left_out(total: int, fetched: int) -> Iterator[str]:
    if total > SHOWN:
        more = fetched - SHOWN
        yield f"  {total - SHOWN:,} more are left out" + (f"; --json gives {more} of them." if more else ".")


def _headed(heading: str, total: int, shown: int) -> Iterator[str]:
    yield ""
    yield heading if shown == total else f"{heading} ({shown:,} of {total:,})"


def _words(words: Words) -> Iterator[str]:
    basis = ", ".join(filter(None, (words.rule, words.confidence)))
    where = f"{words.part_label}, {words.sent_on}" if words.sent_on else words.part_label
    yield f"  {_plain(where)}" + (f" [{basis}]" if basis else "")
    yield from _wrapped(_marked(words), "    ", "    ", is_plain=True)
    if words.about:
        yield from _wrapped(f"about {'; '.join(words.about)}", "    ", "      ")


def _rules(words: Iterable[Words]) -> Iterator[str]:
    meanings = {one.rule: one.rule_meaning for one in words if one.rule is not None and one.rule_meaning is not None}
    if meanings:
        yield from ("", "Rules")
        for rule, meaning in sorted(meanings.items()):
            yield from _wrapped(f"{rule}: {meaning}", "  ", "      ")
        yield from _wrapped(_ON_CONFIDENCE, "  ", "  ")


def _marked(words: Words) -> str:
    """The text around the spans, with marks; the whole text where there are none."""
    if not words.spans:
        return _plain(words.text)
    pieces, place = [], 0
    for start, end in _apart(words.spans):
        before = words.text[place:start]
        pieces += [_cut(before, is_first=place == 0), _OPEN, _plain(words.text[start:end]), _CLOSE]
        place = end
    after = words.text[place:]
    pieces.append(_plain(after) if len(after) <= CONTEXT else _plain(after[:CONTEXT].rsplit(" ", 1)[0]) + " …")
    return "".join(pieces)


def _cut(before: str, *, is_first: bool) -> str:
    if len(before) <= CONTEXT * (1 if is_first else 2):
        return _plain(before)
    tail = "… " + _plain(before[-CONTEXT:].split(" ", 1)[-1])
    return tail if is_first else _plain(before[:CONTEXT].rsplit(" ", 1)[0]) + " " + tail


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _wrapped(text: str, first: str, rest: str, *, is_plain: bool = False) -> list[str]:
    plain = text if is_plain else _plain(text)
    lines = textwrap.wrap(
        plain, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return lines or [first.rstrip()]


def _plain(text: str) -> str:
    # A text of a cable must not steer the terminal.
    return _CONTROL.sub(" ", text)
