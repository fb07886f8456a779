"""Where the regions of a FRUS document lie: head, source note, dateline, lists, body, signature, footnotes.

The reader renders every document in the same order (docs/reference/formats.md), blank lines between the groups.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.cables.frus.heads import Head, find_number, read_head
from kg.cables.model import CleanText
from kg.cables.spans import lines, skip_space
from kg.cables.words import MONTHS
from kg.sources.model import RawCable

Span = tuple[int, int]

_FOOTNOTE: Final = re.compile(r"(?P<mark>\[[^\[\]\s]{1,8}\])[ \n]")  # [2] A copy is attached.
_MARK: Final = re.compile(r"\[[^\[\]\s]{1,8}\]")
_NOTE: Final = re.compile(r"^(?:Summary|Source):?[ ]", re.MULTILINE)  # Source: National Archives, RG 59, ...

# Streslau, August 9, 1894, 1043Z.   Washington, February 10-15, 1895.
_DATE: Final = re.compile(
    rf"""
    (?<![A-Za-z]) (?P<date>
      (?P<month>{"|".join(MONTHS)})[a-z]{{0,6}}[ ](?P<day>\d{{1,2}})(?:[-–]\d{{1,2}})?,[ ](?P<year>\d{{4}})
      (?:,[ ](?P<hour>\d\d)(?P<minute>\d\d)[ ]?Z)?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLACE: Final = re.compile(r"(?P<place>[^\n]{0,80}?),?[ ]*")
_LONGEST_OPENER: Final = 400

# A list has its name alone on a line: SUBJECT, PARTICIPANTS:
_LIST: Final = re.compile(
    r"(?:(?P<subject>SUBJECTS?)|(?P<participants>PARTICIPANTS?|(?:ALSO[ ])?PRESENT)|(?P<ref>REF(?:ERENCE)?S?))[ ]?:?",
    re.IGNORECASE,
)
# "Subj: Longer Ladders. Ref: Streslau 3700." at the beginning of a paragraph and in it.
_FIELD: Final = re.compile(
    r"(?:(?P<subject>Subj(?:ect)?s?)|(?P<ref>Ref(?:s|tel|tels|erence|erences)?)|(?P<tags>Tags))[ ]?:[ \n]",
    re.IGNORECASE,
)
_MOST_FIELDS: Final = 8
_ATTACHED: Final = re.compile(r"\n\n(?=(?:Attachment|Enclosure|Tab[ ][A-Z0-9]{1,3})(?:[ ][A-Z0-9]{1,3})?\n\n)")
_MOST_SIGNATURES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A field or list before the body: `kind` is subject, ref, tags or participants; empty for the number alone.

    `rows` are the lines of its value, `start` and `end` take in the keyword.
    """

    kind: str
    rows: tuple[Span, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrusLayout:
    """The regions of a document; `number` is the span of its number."""

    head: Head
    note: Span | None
    place: Span | None
    date: re.Match[str] | None
    number: Span | None
    entries: tuple[Entry, ...]
    body_start: int
    body_end: int
    signature: tuple[Span, ...]
    footnotes: Span | None

    @property
    def participants(self) -> list[Span]:
        """The lines of the list of participants."""
        return [row for entry in self.entries if entry.kind == "participants" for row in entry.rows]

    def field(self, kind: str) -> Span | None:
        """The span of the value of a field, or None."""
        rows = next((entry.rows for entry in self.entries if entry.kind == kind and entry.rows), None)
        return (rows[0][0], rows[-1][1]) if rows else None


def clean_document(found: str) -> CleanText:
    """The clean text of a document: the marks of its footnotes are blanked."""
    start = _footnotes_start(found)
    if start is None:
        return CleanText(found=found, text=found, blanked=())
    marks = {match["mark"] for span in lines(found, start, len(found)) if (match := _FOOTNOTE.match(found, *span))}
    spans = [match.span() for match in _MARK.finditer(found, 0, start) if match.group() in marks]
    pieces, at = [], 0
    for begin, end in spans:
        pieces += [found[at:begin], " " * (end - begin)]
        at = end
    blanked = tuple((begin, end, "footnote-mark") for begin, end in spans)
    return CleanText(found=found, text="".join([*pieces, found[at:]]), blanked=blanked)


def head_and_body(raw: RawCable) -> tuple[Head, int]:
    """The head of a document and where the text behind its source note begins."""
    head = read_head(raw.text, raw.get("place"))
    note = _note(raw.text, head.end)
    return head, note[1] if note else head.end


def lay_out_document(raw: RawCable, clean: CleanText) -> FrusLayout:
    """The regions of a document."""
    text = clean.text
    head, at = head_and_body(raw)
    note = _note(text, head.end)
    footnotes = _footnotes_start(clean.found)
    end = len(text) if footnotes is None else footnotes
    number = find_number(text, head, at)
    at, place, date = _opener(text, at, end, raw.get("place"))
    entries = tuple(_entries(text, at, end, number[2:] if number else None))
    at = entries[-1].end if entries else at
    return FrusLayout(
        head=head,
        note=note,
        place=place,
        date=date,
        number=number[2:] if number else None,
        entries=entries,
        body_start=at,
        body_end=end,
        signature=_signature(text, at, end, raw.get("signed") or ""),
        footnotes=None if footnotes is None else (footnotes, len(text)),
    )


def bodies(text: str, layout: FrusLayout) -> Iterator[Span]:
    """The body without the signature, and what is attached to it, each a text with paragraph numbers of its own."""
    at = layout.body_start
    stops = [match.span() for match in _ATTACHED.finditer(text, at, layout.body_end)]
    for start, end in sorted([*stops, *layout.signature]):
        if start >= at:
            yield at, start
            at = end
    yield at, layout.body_end


def _groups(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between blank lines."""
    at = skip_space(text, start, end)
    while at < end:
        stop = text.find("\n\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = skip_space(text, stop, end)


def _note(text: str, start: int) -> Span | None:
    span = next(_groups(text, start, len(text)), None)
    return span if span and _NOTE.match(text, *span) else None


def _footnotes_start(text: str) -> int | None:
    """Where the last group begins, if each of its lines begins with the mark of a footnote."""
    end = len(text.rstrip())
    start = text.rfind("\n\n", 0, end) + 2
    if start < 2 or any(not _FOOTNOTE.match(text, begin, len(text)) for begin, _ in lines(text, start, end)):
        return None
    return start


def _opener(text: str, start: int, end: int, stated: str | None) -> tuple[int, Span | None, re.Match[str] | None]:
    """Where the text behind the opener begins, the place and the date of the dateline; all is as before without one."""
    group = next(_groups(text, start, end), None)
    if group is None or group[1] - group[0] > _LONGEST_OPENER:
        return start, None, None
    for begin, stop in lines(text, *group):
        date = _DATE.search(text, begin, stop)
        if date is not None and (before := _PLACE.fullmatch(text, begin, date.start())):
            place = before.span("place") if before["place"] else None
            return group[1], place, date
        if stated and text.startswith(f"{stated}, ", begin, stop):
            return group[1], (begin, begin + len(stated)), None
    return start, None, None


def _entries(text: str, start: int, end: int, number: Span | None) -> Iterator[Entry]:
    """What stands before the body, in the order of the text."""
    named: Entry | None = None
    for group in islice(_groups(text, start, end), _MOST_FIELDS):
        rows = tuple(lines(text, *group))
        name = _LIST.fullmatch(text, *rows[0])
        begin = _behind_number(text, group, number)
        if name is not None and len(rows) == 1:
            named = Entry(kind=str(name.lastgroup), rows=(), start=group[0], end=group[1])
            yield named
        elif name is not None:
            yield Entry(kind=str(name.lastgroup), rows=rows[1:], start=group[0], end=group[1])
            named = None
        elif named is not None:
            yield Entry(kind=named.kind, rows=rows, start=group[0], end=group[1])
            named = None
        elif _FIELD.match(text, begin, group[1]) is not None:
            yield from _inline(text, begin, group[1])
        elif begin > group[0]:
            yield Entry(kind="", rows=(), start=group[0], end=begin)
            if begin < group[1]:
                return
        else:
            return


def _behind_number(text: str, group: Span, number: Span | None) -> int:
    """Where a group begins behind the number of the telegram, `3775. `, which may stand alone."""
    if number is None or not group[0] <= number[0] < group[1]:
        return group[0]
    at = number[1]
    while at < group[1] and not text[at].isspace():
        at += 1
    return skip_space(text, at, group[1])


def _inline(text: str, start: int, end: int) -> Iterator[Entry]:
    """The fields that stand in one paragraph, their values without the full stop behind."""
    found = [
        match for match in _FIELD.finditer(text, start, end) if match.start() == start or text[match.start() - 1] == " "
    ]
    for match, stop in zip(found, [*(match.start() for match in found[1:]), end], strict=True):
        begin = skip_space(text, match.end(), stop)
        last = begin + len(text[begin:stop].rstrip(" \n."))
        rows = ((begin, last),) if begin < last else ()
        yield Entry(kind=str(match.lastgroup), rows=rows, start=match.start(), end=stop)


def _signature(text: str, start: int, end: int, signed: str) -> tuple[Span, ...]:
    """The lines of the names that the edition marks as signatures, the last ones that hold nothing else."""
    out = set()
    for name in signed.split("|")[:_MOST_SIGNATURES]:
        at = text.rfind(f"\n{name}\n", start, end) if name else -1
        if at >= 0:
            out.add((at + 1, at + 1 + len(name)))
    return tuple(sorted(out))
