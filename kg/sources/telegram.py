"""Read raw telegrams: a text file that holds one as it was sent or copied from a page, or many one after another."""

import re
from collections.abc import Iterator
from typing import Final

from kg.sources.decoding import decode, line_broken
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.records import blocks, known_encoding
from kg.sources.streams import MEGABYTE, Source
from kg.sources.telegrams import telegrams
from kg.sources.texts import MAX_TEXT
from kg.sources.unknown_tables import heading_in

NAME: Final = "telegram"

_SNIFFED: Final = 32 * 1024  # the header of a telegram ends long before
_MAX_LINES_BEFORE: Final = 20  # titles, dates and declassification marks that copies have above the first line
_ENOUGH: Final = 4
_STRONG_WEIGHT: Final = 2

# What only telegrams have, each with a line that it matches. Four spaces of indent are code in a text about telegrams.
_STRONG: Final = tuple(
    re.compile(rf"^[ \t]{{0,3}}(?:{pattern})", re.VERBOSE | re.MULTILINE)
    for pattern in (
        # VZCZCXYZ0000
        r"VZCZC [A-Z]{2,4} \d{3,4} \b",
        # DE RUEHBO #0335/01 0342125
        r"DE [ ]+ R[A-Z]{3,7} [ ]+ \#? \d{3,4} \b",
        # ZNY CCCCC ZZH
        r"ZN[YR] [ ]+ [CSUTEA]{5} \b",
        # P 032125Z FEB 09; P 251346 Z JUN 7 3
        r"[ZOPR] (?: [ ]? [ZOPR] ){0,2} [ ]* \d{6} [ ]? Z [ ]* [A-Z]{3} [ ]* \d [ ]? \d \b",
        # FM AMEMBASSY BOGOTA
        r"FM [ ]+ (?: AM(?:EMBASSY|CONSUL) | SECSTATE | US[A-Z]{2,} | R[A-Z]{4,6}/ | AIT | REO | IRAN[ ]RPO ) \b",
        # C O N F I D E N T I A L SECTION 01 OF 02 BOGOTA 000335; S e c r e t state 128634
        r"""
        (?i: C[ ]?O[ ]?N[ ]?F[ ]?I[ ]?D[ ]?E[ ]?N[ ]?T[ ]?I[ ]?A[ ]?L
        | (?: T[ ]?O[ ]?P[ ]{0,3})? S[ ]?E[ ]?C[ ]?R[ ]?E[ ]?T
        | UNCLAS (?:SIFIED)? | LIMITED[ ]OFFICIAL[ ]USE )
        [^\n]{0,60} [ ] (?i:[A-Z]){3,} [ ]+ \d{3,6} (?! [\d.,:/%] )
        """,
        # PAGE 02  ROME 01059 01 OF 04 281501Z
        r"PAGE [ ]+ \d\d [ ]+ [A-Z][A-Z ]{2,20} [ ] \d{4,6} \b",
        # E.O. 12958: DECL: 02/02/2019
        r"(?i:E\.?[ ]?O\.?) [ ]? (?: 11652 | 12065 | 12356 | 12958 | 13526 ) \b",
        # INFO  LOG-00   EEB-00   AID-00
        r"(?: INFO | ORIGIN | ACTION ) [ ]+ [A-Z]{1,5}-\d\d [ ]+ [A-Z]{1,5}-\d\d",
        # the record that stands for a header that was withheld
        r"This [ ] record [ ] is [ ] a [ ] partial [ ] extract [ ] of [ ] the [ ] original [ ] cable",
    )
)

# A first line that is indented by more than those of a telegram are.
_INDENTED: Final = re.compile(r"(?:[ \t]*+[\r\n\f]++)*+[ ]{4}")

# What telegrams have and other texts may have.
_WEAK: Final = tuple(
    re.compile(rf"^[ \t]{{0,3}}(?:{pattern})", re.VERBOSE | re.MULTILINE)
    for pattern in (
        # PP RUEHWEB
        r"(?: ZZ | OO | PP | RR ) [ ]+ R[A-Z]{3,7} \b",
        # TO RUEHC/SECSTATE WASHDC PRIORITY 6790
        r"TO [ ]+ [A-Z]{3,}",
        # INFO RUEHBR/AMEMBASSY BRASILIA PRIORITY 8616
        r"INFO [ ]+ [A-Z]{3,}",
        # SIPDIS
        r"SIPDIS \b",
        # TAGS: PGOV PREL
        r"(?i:TAGS?) (?: [ ]* [:;,] | [ ] ) [ ]* [\[(]? (?i:[A-Z]){2,4} \b",
        # SUBJECT: THE FERRY TREATY
        r"SUBJ (?:ECT)? [ ]* :",
        # REF: A. 07 BOGOTA 7470
        r"REF (?: S | TEL | \(S\) )? [ ]* :",
        # Classified By: Political Counselor
        r"(?i:Classified[ ]By) \b",
        # 2. (C); ¶4. (SBU); [1](#)1. (U)
        r"(?: ¶ | \[1\]\(\#\) )? \d{1,2} \. [ ]* \( (?: U | C | S | SBU | LOU | [CSU]/{1,2}[A-Z/ ]{2,12} ) \)",
    )
)

# What starts a line of a text about telegrams, of a program or of markup, but not of a telegram.
_FOREIGN: Final = re.compile(
    r"""
    ^ [ \t]* (?: ``` | ~~~ | \"\"\" | ''' | import[ ] | from[ ]\S+[ ]import | def[ ] | class[ ] | \#! | \#include
    | // | /\* | <[!?a-zA-Z/] | \{ | \| | @ )
    """,
    re.VERBOSE | re.MULTILINE,
)


def looks_like(head: str) -> bool:
    """Whether the head has the lines of a telegram's header, at the beginning of what it holds.

    A text that quotes a telegram is none: its header stands after prose, in a fenced block, or indented as code.
    """
    head = _at_margin(line_broken(head[:_SNIFFED]))
    first = first_line(head)
    return first is not None and _may_precede(head[:first]) and heading_in(head, first) is None


def first_line(head: str) -> int | None:
    """Where the first line stands that only telegrams have, or None where too few lines are those of one."""
    strong = [match for pattern in _STRONG if (match := pattern.search(head))]
    if not strong:
        return None
    weight = _STRONG_WEIGHT * len(strong) + sum(pattern.search(head) is not None for pattern in _WEAK)
    return min(match.start() for match in strong) if weight >= _ENOUGH else None


def unknown_table(head: str) -> tuple[str, ...] | None:
    """The columns of a table that holds telegrams and that no reader knows, or None."""
    head = _at_margin(line_broken(head[:_SNIFFED]))
    first = first_line(head)
    return None if first is None or not _may_precede(head[:first]) else heading_in(head, first)


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cables that the file holds, most often one; a cable that is cut at the end of a cut file is left out."""
    encoding = known_encoding(source)
    for position, piece in enumerate(telegrams(blocks(source, encoding)), start=1):
        if source.stream.failure is not None and piece.is_last:
            return
        if piece.is_too_long:
            yield problem("too-large", source.place, position=position, format=NAME, limit=MAX_TEXT // MEGABYTE)
            continue
        text, found = decode(piece.data)
        yield RawCable(
            source=source.place.name,
            position=position,
            format=NAME,
            encoding=encoding or found,
            metadata=(),
            text=text,
        )


def _at_margin(head: str) -> str:
    """The head without the indent that all its lines have (a form feed may stand before it), as copies of pages do."""
    if not _INDENTED.match(head):
        return head
    indents = [len(line) - len(line.lstrip(" ")) for line in head.splitlines() if line.strip()]
    margin = min(indents, default=0)
    return re.sub(rf"^\f? {{{margin}}}", "", head, flags=re.MULTILINE) if margin > 3 else head


def _may_precede(before: str) -> bool:
    lines = [line for line in before.splitlines() if line.strip()]
    return len(lines) <= _MAX_LINES_BEFORE and _FOREIGN.search(before) is None
