"""The account of a text: which rule consumed each of its lines, and which lines no rule explains."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.cables.account.notices import notice_kind
from kg.cables.body.blocks import NOTICE
from kg.cables.clean import clean as clean_text
from kg.cables.frus.account import document_claims
from kg.cables.frus.layout import clean_document, lay_out_document
from kg.cables.header.format_lines import is_marking
from kg.cables.header.handling import is_caption_line
from kg.cables.layout import Layout, lay_out
from kg.cables.model import Cable, CleanText, Line, Part
from kg.cables.spans import line_of, lines, trim
from kg.cables.stated.catalogue import is_entry
from kg.sources.decoding import line_broken
from kg.sources.frus import NAME as FRUS

# What is consumed by these alone counts as unconsumed: no rule says what it is.
UNKNOWN_HEADER_LINE: Final = "unknown-header-line"
UNNUMBERED_TEXT: Final = "unnumbered-text"
FALLBACKS: Final = frozenset({UNKNOWN_HEADER_LINE, UNNUMBERED_TEXT})

# Rows of dashes and other marks, which box headings and part the text: "-------", "* * *", "= =".
_MARKS_ONLY: Final = "dash-row"

_OF_FIELDS: Final = {
    "eo": "executive-order",
    "tags": "tags",
    "subject": "subject",
    "ref": "reference",
    "classified": "classified-by",
    "derived": "derived-from",
}
_OF_BLANKED: Final = {"page-line", "class-line", "caption-line", "section-header", "release-marking"}
_PARAGRAPH_NUMBER: Final = re.compile(r"\(?\d{1,3}[ \t]{0,3}[.)]?[ \t]{0,8}(?:\(\s?[A-Za-z/ -]{1,40}\s?\)?)?\W{0,12}\Z")
_NUMBER_LENGTH: Final = 80
# Typed regions that say what text outside of a numbered paragraph is.
_OF_REGIONS: Final = {"list": "list", "table": "table", "text": "quoted-text"}
# A second header above the class line, as copies of copies have it.
_REPEATED: Final = re.compile(
    r"[ \t]*(?:(?:FM|TO|INFO)[ ]+[A-Z]|R[A-Z]{3,7}/[A-Z]|(?:[ZOPR][ ]){1,3}\d{6}Z[ ][A-Z]{3}[ ]\d\d)"
)
_RUN: Final = re.compile(rb"(.)\1*", re.DOTALL)

Claim = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumed:
    """A stretch of one line of the text as found, and the rule that consumed it."""

    start: int
    end: int
    rule: str


def account(cable: Cable) -> tuple[Consumed, ...]:
    """The rules that consumed the text of a cable: sorted disjoint stretches that cover all lines but blank ones."""
    if is_entry(cable.raw):
        return tuple(_attributes(cable.raw.text))
    if cable.raw.format == FRUS:
        return tuple(_of_document(cable))
    clean = clean_text(cable.raw.text)
    layout = lay_out(clean.text)
    claims = [
        *_body(clean, cable),
        *_front(clean, layout, cable),
        *_header(clean, layout, cable),
        *_blanked(clean),
    ]
    return tuple(_stretches(clean, layout.front, claims))


def rule_of_line(stretches: Iterable[Consumed]) -> str:
    """The rule of a line: a fallback where any of its stretches has no other, else the first."""
    rules = [stretch.rule for stretch in stretches]
    return next((rule for rule in rules if rule in FALLBACKS), rules[0])


def by_line(text: str, consumed: Iterable[Consumed]) -> Iterator[tuple[int, tuple[int, int], tuple[Consumed, ...]]]:
    """The lines of a text, with their numbers from 1, their spans, and what consumed them (nothing: blank)."""
    rest = iter(consumed)
    ahead = next(rest, None)
    for number, (start, end) in enumerate(lines(line_broken(text), 0, len(text)), start=1):
        here = []
        while ahead is not None and ahead.start < end:
            here.append(ahead)
            ahead = next(rest, None)
        yield number, (start, end), tuple(here)


def count(cable: Cable) -> Counter[str]:
    """How many lines of a cable each rule consumed."""
    rows = by_line(cable.raw.text, account(cable))
    return Counter(rule_of_line(stretches) for _, _, stretches in rows if stretches)


def _attributes(text: str) -> Iterator[Consumed]:
    """The lines of a catalogue entry, each an attribute or what goes on with one."""
    for line in lines(text, 0, len(text)):
        start, end = trim(text, *line)
        if start < end:
            yield Consumed(start=start, end=end, rule="catalogue-attribute")


def _of_document(cable: Cable) -> Iterator[Consumed]:
    """The account of a document of FRUS, whose text has another layout."""
    clean = clean_document(cable.raw.text)
    layout = lay_out_document(cable.raw, clean)
    yield from _stretches(clean, layout.body_start, [*_body(clean, cable), *document_claims(cable, clean, layout)])


def _blanked(clean: CleanText) -> Iterator[Claim]:
    for start, end, kind in clean.blanked:
        if kind in _OF_BLANKED:
            yield start, end, kind


def _header(clean: CleanText, layout: Layout, cable: Cable) -> Iterator[Claim]:
    """The values of the header; each takes the whole of its lines, with the keywords FM, TO and INFO."""
    values: list[tuple[Line | None, str]] = [
        (cable.date_time_group, "date-time-group"),
        (cable.originator, "originator"),
        (cable.distribution, "distribution"),
        (cable.drafted_by, "drafted-by"),
        (cable.approved_by, "approved-by"),
        *((value, "cleared-by") for value in cable.cleared_by),
        *((value, "action-addressee") for value in cable.action_addressees),
        *((value, "info-addressee") for value in cable.info_addressees),
        *((value, value.kind) for value in cable.format_lines),
    ]
    found = line_broken(clean.found)
    for value, rule in values:
        if value is not None and value.start < value.end:
            yield line_of(found, value.start)[0], line_of(found, value.end)[1], rule
    for start, end in lines(clean.text, 0, layout.header_end):
        if is_caption_line(clean.text[start:end]):
            yield start, end, "caption-line"


def _front(clean: CleanText, layout: Layout, cable: Cable) -> Iterator[Claim]:
    """The class line, captions, handling lines and fields."""
    found = line_broken(clean.found)
    for value in cable.handling:
        yield value.start, value.end, "handling-line"
    for caption in cable.captions:
        yield *line_of(found, caption.start), "caption-line"
    for start, end in lines(clean.text, layout.front, layout.body_start):
        if is_caption_line(clean.text[start:end]):
            yield start, end, "caption-line"
    for field in (*layout.above, *layout.fields):
        yield field.start, max(field.end, field.value_start), _OF_FIELDS[field.kind]
    if layout.class_line is not None:
        yield layout.class_line.start, layout.class_line.end, "class-line"


def _body(clean: CleanText, cable: Cable) -> Iterator[Claim]:
    for part in cable.parts:
        if part.kind == "paragraph":
            yield _number_start(clean.text, part.start), part.end, "paragraph"
        elif part.kind in ("heading", "signature"):
            yield part.start, part.end, part.kind
        elif part.kind == "unnumbered":
            rule = _region_rule(cable, part)
            rule = "site-notice" if NOTICE.match(clean.text, part.start) else rule
            yield _number_start(clean.text, part.start) if part.portion_marking else part.start, part.end, rule
            if cable.summary is not None and part.start < cable.summary[1] and cable.summary[0] < part.end:
                # The word SUMMARY before it and END SUMMARY behind it belong to it.
                yield part.start, part.end, "summary"


def _region_rule(cable: Cable, part: Part) -> str:
    """The rule of the innermost region that says what the part is, else the fallback."""
    kinds = [one for one in cable.regions if one.kind in _OF_REGIONS]
    around = [one for one in kinds if one.start <= part.start and part.end <= one.end]
    innermost = min(around, key=lambda one: one.end - one.start, default=None)
    return _OF_REGIONS[innermost.kind] if innermost else UNNUMBERED_TEXT


def _number_start(text: str, start: int) -> int:
    """Where the number and the portion marking before the text of a paragraph begin."""
    begin = max(0, start - _NUMBER_LENGTH)
    number = _PARAGRAPH_NUMBER.search(text[begin:start])
    return begin + number.start() if number else start


def _stretches(clean: CleanText, front: int, claims: Iterable[Claim]) -> Iterator[Consumed]:
    rules = ["", UNKNOWN_HEADER_LINE, UNNUMBERED_TEXT, _MARKS_ONLY, "link-markup"]
    painted = bytearray(len(clean.found))
    # Values of one line claim the same line, each once again.
    for start, end, rule in dict.fromkeys(claims):
        if rule not in rules:
            rules.append(rule)
        painted[start:end] = bytes((rules.index(rule),)) * (end - start)
    for line in lines(line_broken(clean.found), 0, len(clean.found)):
        start, end = trim(clean.found, *line)
        if start < end:
            fallback = 1 if start < front else 2
            alone = 3 if clean.text[start:end].strip() else 4
            runs = list(_joined(_filled(clean, painted, start, end, fallback), alone))
            if {rules[at] for _, _, at in runs} <= FALLBACKS and (shape := _by_shape(clean.text[start:end], fallback)):
                yield Consumed(start=start, end=end, rule=shape)
            else:
                yield from (Consumed(start=begin, end=stop, rule=rules[at]) for begin, stop, at in runs)


def _by_shape(line: str, fallback: int) -> str | None:
    """The rule that explains a line which no value of the cable holds by what it looks like."""
    if fallback == 1 and _REPEATED.match(line):
        return "repeated-header"
    if is_caption_line(line):
        return "caption-line"
    return "release-marking" if is_marking(line) else notice_kind(line)


def _filled(
    clean: CleanText, painted: bytearray, start: int, end: int, fallback: int
) -> Iterator[tuple[int, int, int | None]]:
    """The runs of one rule in a line; an unclaimed run has the fallback, or None where it holds no word."""
    for run in _RUN.finditer(painted, start, end):
        at = painted[run.start()]
        if at:
            yield *run.span(), at
        else:
            is_word = any(map(str.isalnum, clean.text[run.start() : run.end()]))
            yield *run.span(), fallback if is_word else None


def _joined(runs: Iterable[tuple[int, int, int | None]], alone: int) -> Iterator[tuple[int, int, int]]:
    """Runs with those that hold no word added to the run before, else to the one after; `alone` where there is none."""
    begin, stop, rule = -1, -1, None
    for start, end, at in runs:
        if begin < 0:
            begin, stop, rule = start, end, at
        elif at is None or rule is None or at == rule:
            stop, rule = end, rule if at is None else at
        else:
            yield begin, stop, rule
            begin, stop, rule = start, end, at
    if begin >= 0:
        yield begin, stop, alone if rule is None else rule
