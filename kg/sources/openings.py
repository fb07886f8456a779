"""Tell where one telegram ends and the next begins, in a text that holds many one after another.

A telegram opens with a transmission id, a DE line, its first page line, a date-time group over FM, a class line with
post and number, or the sentence that stands for a withheld header. Some of these lines come together in one header,
come again before each section of a long telegram, and stand in telegrams that a body quotes. So a line opens a new
telegram only if a body lies before it, if it names another telegram than the one before, and if no quotation is open.
"""

import re
from dataclasses import dataclass, field
from typing import Final

LOOKAHEAD: Final = 256 * 1024  # how far ahead the end of a quotation is looked for
_FIELD_WITHIN: Final = 3_000  # below a class line that opens a telegram stand E.O., TAGS or SUBJECT
_HEADER_LENGTH: Final = 3_000  # longer than what stands between a class line and the fields or the first paragraph

_CLASS: Final = rb"""
    (?i: C[ ]?O[ ]?N[ ]?F[ ]?I[ ]?D[ ]?E[ ]?N[ ]?T[ ]?I[ ]?A[ ]?L
    | (?: T[ ]?O[ ]?P[ ]{1,3} )? S[ ]?E[ ]?C[ ]?R[ ]?E[ ]?T
    | U[ ]?N[ ]?C[ ]?L[ ]?A[ ]?S (?: [ ]?S[ ]?I[ ]?F[ ]?I[ ]?E[ ]?D )?
    | L[ ]?I[ ]?M[ ]?I[ ]?T[ ]?E[ ]?D [ ]{1,3} O[ ]?F[ ]?F[ ]?I[ ]?C[ ]?I[ ]?A[ ]?L [ ]{1,3} U[ ]?S[ ]?E )
"""

# E.O. 12958: DECL; TAGS: PGOV; SUBJECT: NETS; 1. (C) The keeper
_FIELD: Final = rb"""
      (?i: E\.?O\.? [ ]? 1[1-3]\d{3} \b | TAGS? [ ]? [:;, ] | SUBJ (?:ECT)? [ ]? : )
    | (?: \xc2\xb6 | \xb6 | \[1\]\(\#\) )? 1\. [ ]{0,3} [(A-Z]
"""
_FIELD_LINE: Final = re.compile(rb"\n [ \t]{0,3} (?:" + _FIELD + rb")", re.VERBOSE)

# Every alternative begins a line; each has a line that it matches.
_LINE: Final = re.compile(
    rb"""
    \n [ \t]{0,3} (?:
      # VZCZCXYZ0000, with DE RUEHBO #0335/01 0342125 not far below it
      (?P<transmission> VZCZC [A-Z]{2,4} [ ]? \d{3,4} \b [^\n]{0,80}
        (?: (?: \n [^\n]{0,120} ){0,6}? \n [ \t]{0,3} DE [ ]{1,3} R[A-Z]{3,7} [ ]{1,3} \#?
            (?P<sent>\d{3,4}) (?: / (?P<sent_section>\d\d) )? )? )
      # DE RUEHBO #0335/01 0342125
    | (?P<route> DE [ ]{1,3} R[A-Z]{3,7} [ ]{1,3} \#? (?P<routed>\d{3,4}) (?: / (?P<routed_section>\d\d) )? )
      # PAGE 01  ROME 01059 02 OF 04 281501Z
    | (?P<page> PAGE [ ]{1,3} 01 [ ]{1,12} [A-Z][A-Z ]{1,24}? [ ]{1,12} (?P<paged>\d{4,6})
        (?: [ ]{1,12} (?P<page_section>\d\d) [ ] OF [ ] \d\d )? )
      # P 032125Z FEB 09, with FM AMEMBASSY BOGOTA on the next line
    | (?P<group> [ZOPR] (?: [ ]? [ZOPR] ){0,2} [ ]{0,3} \d{6} [ ]? Z [ ]{0,3} [A-Z]{3} [ ]{0,3} \d [ ]? \d [^\n]{0,40}
        \n (?: [ \t\r]{0,80} \n ){0,3} [ \t]{0,3} FM [ ] [^\n]{1,60} )
      # C O N F I D E N T I A L SECTION 01 OF 02 BOGOTA 000335
    | (?P<class>"""
    + _CLASS
    + rb""" (?![A-Za-z]) (?: [ ]? (?: /{1,2} | - ) [ ]? [A-Z /]{2,40} )?
        (?: [ ]{1,3} SECTION [ ]? \d\d [ ]? OF [ ]? \d\d )?
        (?: [ ]{1,3} [A-Za-z][A-Za-z.'-]{1,23} ){1,5} [ ]{1,3} (?P<number>\d{3,6}) (?! [\d.,:/%] ) )
      # the sentence in place of a header that was withheld
    | (?P<extract> This [ ] record [ ] is [ ] a [ ] partial [ ] extract [ ] of [ ] the [ ] original [ ] cable )
    | (?P<field>"""
    + _FIELD
    + rb""")
    )
    """,
    re.VERBOSE,
)

# Lines that belong to the header below them: `PP RUEHWEB`, `Message Text`, `INFO  OCT-01  ISO-00`, `/038 W`,
# `------------------     088841`, `Friday, 26 February 2010`; blank ones too.
_LEADING: Final = re.compile(
    rb"""
    [ \t]{0,60} (?:
      (?: ZZ | OO | PP | RR ) [ ]{1,3} (?: (?: OO | PP | RR ) [ ]{1,3} )? R[A-Z]{3,7} \b .{0,200}
    | ZN[RY] [ ] .{0,80}
    | Message [ ] Text
    | .{0,60} Declassified/Released .{0,80}
    | Distribution:
    | (?: (?: INFO | ORIGIN | ACTION ) [ ]{1,8} )? (?: [A-Z]{1,6}-\d\d [ ,]{0,12} ){0,16} (?: /\d{3} [ ]? [A-Z] )?
    | -{6,80} [ ]{0,40} [0-9A-F]{6} .{0,40}
    | [A-Z]{3}\d{4}
    | \d{1,3}
    | (?: Mon | Tues | Wednes | Thurs | Fri | Satur | Sun ) day, [ ] \d{1,2} [ ] [A-Z][a-z]{2,8} [ ] \d{4} .{0,20}
    )? [ \t\r\f]{0,80}
    """,
    re.VERBOSE,
)
_CLASS_WORD: Final = re.compile(rb"[ \t]{0,60}" + _CLASS + rb"[ \t\r]{0,80}", re.VERBOSE)

# What opens and closes a quotation: `BEGIN TEXT`, `TEXT FOLLOWS: QUOTE`, `UNQUOTE`, `END TEXT`.
_QUOTATION: Final = re.compile(
    rb"""
    \b (?: (?P<begin> BEGIN [ ]{1,3} (?: (?: FULL | CABLE | VERBATIM ) [ ] )?
                (?: TEXT | QUOTE | QUOTATION | MESSAGE | CABLE | TELEGRAM ) | QUOTE | QTE )
       | (?: END [ ]{1,3} (?: OF [ ] )? (?: (?: FULL | CABLE | VERBATIM ) [ ] )?
                (?: TEXT | QUOTE | QUOTATION | MESSAGE | CABLE | TELEGRAM ) | UNQUOTE | UNQTE ) ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Between telegrams: blank lines, form feeds, rows of signs.
_SEPARATOR: Final = re.compile(rb"[ \t]{0,80}(?:-{3,200}|={3,200}|\*{3,200}|_{3,200}|\#{3,200})?[ \t\r\f]{0,80}")

_OPENS_ALWAYS: Final = frozenset({"transmission", "extract"})  # with these a header begins
_SECTIONS: Final = {"transmission": "sent_section", "route": "routed_section", "page": "page_section"}
_NUMBERS: Final = {"transmission": "sent", "route": "routed", "page": "paged", "class": "number"}


@dataclass(slots=True)
class _Telegram:
    """What is known of the telegram that is passed over: the kinds of its lines, its numbers, how far it has come."""

    kinds: set[str | None] = field(default_factory=set)
    names: set[bytes | int] = field(default_factory=set)
    section: int = 0
    body_from: int | None = None

    def has_body(self, at: int) -> bool:
        """Whether its body begins before that place."""
        return self.body_from is not None and at >= self.body_from

    def add(self, line: re.Match[bytes]) -> None:
        """Take in a line of its header, or of the header of its next section."""
        self.kinds.add(line.lastgroup)
        self.names |= _names(line)
        self.section = max(self.section, _section(line))
        if line.lastgroup == "class" and self.body_from is None:
            self.body_from = line.end() + _HEADER_LENGTH


@dataclass(slots=True)
class _Quotations:
    """The quotations of the telegram that is passed over, each mark looked at once: `at` is how far they are known."""

    at: int
    has_begun: bool = False
    closes: int = 0

    def are_open(self, data: bytes, place: int) -> bool:
        """Whether a quotation that opens before a place closes behind it, with no other opening between."""
        for mark in _QUOTATION.finditer(data, self.at, place):
            self.has_begun = mark["begin"] is not None
        self.at = max(self.at, place)
        if self.has_begun and self.closes <= place:
            following = _QUOTATION.search(data, place, place + LOOKAHEAD)
            self.closes = following.start() if following is not None and following["begin"] is None else 0
        return self.has_begun and place < self.closes


def next_opening(data: bytes, start: int, *, is_skipping: bool = False) -> int | None:
    """Where the telegram behind the one at `start` opens: the offset of the newline before it, None if there is none.

    `data[start]` is the newline before the first telegram. With `is_skipping` no telegram stands there.
    """
    telegram = _Telegram(body_from=start if is_skipping else None)
    quotations = _Quotations(at=start)
    for line in _LINE.finditer(data, start):
        if line.lastgroup == "field":
            telegram.body_from = line.start() if telegram.body_from is None else min(telegram.body_from, line.start())
        elif _opens(line, telegram) and not quotations.are_open(data, line.start()):
            return _with_leading_lines(data, start, line)
        else:
            telegram.add(line)
    return None


def end_of(data: bytes, start: int, opening: int) -> int:
    """Where the telegram from `start` ends before an opening: behind the newline of its last line that has text."""
    end = opening
    while end > start:
        line = data.rfind(b"\n", start, end)
        if line < 0 or _SEPARATOR.fullmatch(data, line + 1, end) is None:
            break
        end = line
    return min(end + 1, opening)


def _opens(line: re.Match[bytes], telegram: _Telegram) -> bool:
    kind, names = line.lastgroup, _names(line)
    if names & telegram.names:
        # A section has a number above those before it; a telegram that stands in the file twice has not.
        return kind in _SECTIONS and telegram.has_body(line.start()) and _section(line) <= telegram.section
    if kind in _OPENS_ALWAYS and telegram.kinds:
        return True
    if kind == "class" and not _has_fields(line):
        return False
    return telegram.has_body(line.start()) or (kind in telegram.kinds and kind != "route")


def _has_fields(line: re.Match[bytes]) -> bool:
    """Whether E.O., TAGS, SUBJECT or a first paragraph stand below a class line."""
    return _FIELD_LINE.search(line.string, line.end(), line.end() + _FIELD_WITHIN) is not None


def _names(line: re.Match[bytes]) -> set[bytes | int]:
    """What a line says of which telegram it is: the last four digits of its number, or the group and the sender."""
    kind = line.lastgroup or ""
    if kind == "group":
        return {b"".join(line.group().split())}
    number = line[_NUMBERS[kind]] if kind in _NUMBERS else None
    return set() if number is None else {int(number) % 10_000}


def _section(line: re.Match[bytes]) -> int:
    section = line[_SECTIONS[line.lastgroup]] if line.lastgroup in _SECTIONS else None
    return 0 if section is None else int(section)


def _with_leading_lines(data: bytes, start: int, line: re.Match[bytes]) -> int:
    """Where the header begins that a line opens: at the first of the lines before it that belong to it."""
    opening = at = line.start()
    has_class_word = line.lastgroup not in ("page", "group")  # which stand below the classification alone
    while (before := data.rfind(b"\n", start + 1, at)) >= 0:
        if not has_class_word and _CLASS_WORD.fullmatch(data, before + 1, at):
            has_class_word = True
            opening = before
        elif _LEADING.fullmatch(data, before + 1, at) is None:
            break
        elif data[before + 1 : at].strip():
            opening = before
        at = before
    return opening
