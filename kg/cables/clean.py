"""Clean text: as long as the text as found, with the artefacts of transmission and of copying blanked."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from kg.cables.header.class_lines import ClassLine, opening_class_line, section_lines, spaced
from kg.cables.header.section_headers import repeated_header
from kg.cables.ids.stations import is_known
from kg.cables.model import CleanText
from kg.sources.attributes import STAMP, STAMPED
from kg.sources.decoding import line_broken

Span = tuple[int, int, str]

# The scraper's numbered link in place of a pilcrow, "[1](#)1.", and a linked word that stays, "[PGOV](#)".
_LINK: Final = re.compile(
    r"""
    (?P<mark>\[1\]\(\#[^)\n]{0,40}\))
    | (?P<open>\[)[^\[\]\n]{1,80}(?P<close>\]\((?:\#|https?:|/)[^()\s]{0,300}\))
    """,
    re.VERBOSE,
)

# "BOGOTA 00000335  001.2 OF 004", "PARIS 00000743  003 OF 003": station, serial, page of pages.
# Looked for by its second half, which the engine finds by its first letters.
_PAGE_OF: Final = (re.compile(r"OF\s{1,3}\d{2,3}\b"), re.compile(r"of\s{1,3}\d{2,3}\b"))
_PAGE_BEFORE: Final = re.compile(r"\b\d{7,8}\s{1,4}\d{3}(?:\.\s{0,3}\d)?\s{1,3}\Z")
_LONGEST_BEFORE: Final = 23
_STATION_BEFORE: Final = re.compile(r"(?:(?<![A-Za-z])[A-Z][A-Z.'’]{0,40}[ ]{1,40}){1,4}\Z")

_CLASS_WORDS: Final = "|".join(
    "[ ]{1,3}".join(map(spaced, words.split()))
    for words in ("TOP SECRET", "SECRET", "CONFIDENTIAL", "LIMITED OFFICIAL USE", "UNCLASSIFIED", "UNCLAS")
)

# "PAGE 02        HARARE  06677  01 OF 03  291400Z", "PAGE 02 RUEHFRA2440 C O N F I D E N T I A L PARIS 002440",
# with the class lines that end the page before it and begin its own. The first may stand at the end of a line, two
# spaces from the text: "TEN NEW  CONFIDENTIAL".
_PAGE_LINE: Final = re.compile(
    rf"""
    (?P<class>
      (?: (?:^[ \t]*|(?<=[ ]{{2}}))
          (?:{_CLASS_WORDS})
          (?:[ ]{{1,3}}(?:NOFORN|NODIS|EXDIS|LIMDIS|STADIS))?[ \t]*(?:[A-Z]{{3}}\d{{4}}[ \t]*)?\r?\n\s*
      ){{1,2}}
    )?
    \bPAGE[ ]\d{{2,3}}[ \t]+
    (?: [A-Z][A-Z ]{{1,24}}?[ \t]+\d{{4,6}} (?:[ \t]+\d{{2}}[ ]OF[ ]\d{{2}})? (?:[ \t]+\d{{6}}Z)?
      | R[A-Z]{{3,7}}\d{{4}}[ \t]+(?:[A-Z][ ]?){{6,24}}[A-Z ]{{2,24}}[ ]\d{{6}}
      )
    (?!\d)
    """,
    re.VERBOSE | re.MULTILINE,
)

_STRAY_CAPTION: Final = re.compile(r"SIPDIS\b[ \t]*")
_LONGEST_INDENT: Final = 100
_FIRST_FIELD: Final = re.compile(r"^[ \t]*(?:TAGS?|SUBJ(?:ECT)?)\b[ \t]*[: ]", re.MULTILINE | re.IGNORECASE)

# What the end of a telegram and its copies leave behind the signature: "NNNN", "##", ">", "BT", a last class word,
# "*** Current Classification *** UNCLASSIFIED".
_TAIL_LINE: Final = re.compile(
    r"""
    [ \t]*(?: N{3,5}(?:MAFVVZCZ)? | \#{1,4} | > | \.{2,4} | BT | <<[ ]END[ ]OF[ ]DOCUMENT[ ]>>
        | \*{3}[ ]Current[ ](?:Handling[ ]Restrictions|Classification)[ ]\*{3}[^\n]{0,80}
        | (?:TOP[ ])?SECRET | CONFIDENTIAL | LIMITED[ ]OFFICIAL[ ]USE | UNCLASSIFIED | UNCLAS
        )[ \t]*
    """,
    re.VERBOSE,
)

_ENDS_SENTENCE: Final = frozenset('.!?:;"”’)]*-=')


def clean(found: str) -> CleanText:
    """The clean text of a text as found."""
    broken = line_broken(found)
    small = sorted([*_link_spans(broken), *_stamps(broken)])
    text = _blank(broken, small)
    blocks = _disjoint(_block_spans(text))
    return CleanText(
        found=found,
        text=_blank_blocks(text, blocks),
        blanked=tuple(sorted([*_outside(small, blocks), *blocks])),
    )


def _link_spans(text: str) -> Iterator[Span]:
    if "](" in text:
        for match in _LINK.finditer(text):
            if match["mark"]:
                yield *match.span("mark"), "link-markup"
            else:
                yield *match.span("open"), "link-markup"
                yield *match.span("close"), "link-markup"
    at = text.find("¶")
    while at >= 0:
        yield at, at + 1, "pilcrow"
        at = text.find("¶", at + 1)


def _stamps(text: str) -> Iterator[Span]:
    """The stamps of the National Archives' release below the class line; those above are format lines."""
    if STAMPED in text:
        opening = opening_class_line(text)
        for match in STAMP.finditer(text, opening.end if opening else 0):
            yield *match.span(), "release-marking"


def _block_spans(text: str) -> Iterator[Span]:
    """The lines and phrases that transmission put between or into the lines of the cable."""
    for match in _PAGE_LINE.finditer(text) if "PAGE " in text else ():
        if match["class"]:
            yield match.start("class"), match.start("class") + len(match["class"].rstrip()), "class-line"
            yield match.end("class"), match.end(), "page-line"
        else:
            yield *match.span(), "page-line"
    for match in chain.from_iterable(half.finditer(text) for half in _PAGE_OF):
        if before := _PAGE_BEFORE.search(text, max(0, match.start() - _LONGEST_BEFORE), match.start()):
            yield _with_station(text, before.start()), match.end(), "page-line"
    opening = opening_class_line(text)
    yield from _section_joins(text, opening)
    yield from _stray_captions(text, opening.end if opening else 0)
    yield from _tail(text, opening)


def _stray_captions(text: str, start: int) -> Iterator[Span]:
    """SIPDIS at the start of a line below the first field."""
    anchor = _FIRST_FIELD.search(text, start)
    if anchor is None:
        return
    for match in _STRAY_CAPTION.finditer(text, anchor.end()):
        _, newline, indent = text[max(anchor.end(), match.start() - _LONGEST_INDENT) : match.start()].rpartition("\n")
        if newline and not indent.strip(" \t"):
            yield match.start() - len(indent), match.end(), "caption-line"


def _with_station(text: str, start: int) -> int:
    """Where a page mark begins with its station: the line's start, or the longest known name before it."""
    line_start = max(text.rfind("\n", max(0, start - 60), start) + 1, start - 60, 0)
    names = _STATION_BEFORE.search(text, line_start, start)
    if names is None:
        # "Quito 00000034  002 of 002" in copies that brought capitals to small letters.
        return line_start if is_known(text[line_start:start].strip()) else start
    if not text[line_start : names.start()].strip():
        words = names.group().split()
        if len(words) <= 3:
            return names.start()
    return _known_tail(text, names.start(), start)


def _known_tail(text: str, start: int, end: int) -> int:
    starts = [start + match.start() for match in re.finditer(r"\S+", text[start:end])]
    for begin in starts:
        if is_known(text[begin:end]):
            return begin
    return starts[-1]


def _section_joins(text: str, opening: ClassLine | None) -> Iterator[Span]:
    """The class lines of later sections, with the header lines that are repeated before and after them."""
    if opening is None:
        return
    at = opening.end
    for line in section_lines(text, opening):
        if line.start >= at:
            start, end = repeated_header(text, line, at)
            yield start, end, "section-header"
            at = end


def _tail(text: str, opening: ClassLine | None) -> Iterator[Span]:
    end = len(text)
    floor = opening.end if opening else 0
    while True:
        end = len(text[:end].rstrip()) if end - 200 < 0 else end - (200 - len(text[end - 200 : end].rstrip()))
        start = text.rfind("\n", 0, end) + 1
        if start <= floor or _TAIL_LINE.fullmatch(text, start, end) is None:
            return
        yield start, end, "class-line"
        end = start


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end, kind in sorted(spans):
        begin = max(start, out[-1][1]) if out else start
        if begin < end:
            out.append((begin, end, kind))
    return out


def _outside(small: list[Span], blocks: list[Span]) -> Iterator[Span]:
    """The small spans that no block covers; both are sorted."""
    at = 0
    for span in small:
        while at < len(blocks) and blocks[at][1] <= span[0]:
            at += 1
        if at == len(blocks) or span[1] <= blocks[at][0]:
            yield span


def _blank(text: str, spans: list[Span]) -> str:
    pieces, at = [], 0
    for start, end, _ in spans:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _blank_blocks(text: str, blocks: list[Span]) -> str:
    """Blank blocks together with the white space around them.

    A line of transmission stands between blank lines whether it breaks a sentence or not: the blank line stays where
    the sentence before it has ended, else one line break stands for it.
    """
    pieces, at = [], 0
    for start, end, _ in blocks:
        if end <= at:
            continue
        begin = max(at, _back(text, start))
        stop = _forward(text, end)
        breaks = text.count("\n", begin, stop)
        ended = begin == 0 or text[begin - 1] in _ENDS_SENTENCE
        newlines = "\n" * min(breaks, 2 if ended else 1, stop - begin)
        pieces += [text[at:begin], newlines, " " * (stop - begin - len(newlines))]
        at = stop
    return "".join([*pieces, text[at:]])


def _back(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _forward(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
