"""The items of a REF line: bullets in all their forms, semicolons and blank lines."""

import re
from collections.abc import Iterator
from typing import Final

# "A." "B)" "(C)" "[D]" "E:" "F/ " "G - " "(1)" "2)"; not the "U." of "U.S."
_BULLET: Final = re.compile(
    r"""
    (?:(?<=[\s;,.:-])|\A)
    (?: \((?P<round>[A-Za-z]|\d{1,2})\) | \[(?P<square>[A-Za-z])\] | (?P<digit>\d)\)
      | (?P<bare>[A-Za-z])(?:[.):](?!\w\.)|/[ ]|[ ]-[ ])
    )
    """,
    re.VERBOSE,
)
# A letter alone before a name and a number: "A QUITO 721 B LA PAZ 690"; the first has to open the line.
_LONE_LETTER: Final = re.compile(r"(?<![^\s])(?P<letter>[A-Z])(?=[ ]{1,2}[A-Z]{3,20}(?:[ ][A-Z]{2,20}){0,3}[ ]\d)")
_OPENING: Final = re.compile(r"\s*A[ ]{1,2}[A-Z]{3}")

_SPLIT: Final = re.compile(r";|\n[ \t\r]*\n")
_DIGIT: Final = re.compile(r"\d")


def items(text: str, start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """The items of a span with their letters, in order; bullets are taken in the order of the alphabet."""
    cuts: list[tuple[str | None, int, int]] = [(None, start, start)]
    for letter, begin, stop in _bullets(text, start, end):
        last = cuts[-1][0]
        if letter == last and not text[cuts[-1][2] : begin].strip():
            cuts[-1] = (letter, cuts[-1][1], stop)
        elif _follows(last, letter):
            cuts.append((letter, begin, stop))
    for at, (bullet, _, begin) in enumerate(cuts):
        stop = cuts[at + 1][1] if at + 1 < len(cuts) else end
        for piece in _pieces(text, begin, stop):
            yield bullet, *piece


def _bullets(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    if _OPENING.match(text, start, end) is not None:
        for match in _LONE_LETTER.finditer(text, start, end):
            yield match["letter"], match.start(), match.end()
        return
    for match in _BULLET.finditer(text, start, end):
        yield (match["round"] or match["square"] or match["bare"] or match["digit"]).upper(), *match.span()


def _follows(last: str | None, letter: str) -> bool:
    if last is None:
        return letter in ("A", "B", "1")
    if letter.isdigit():
        return last.isdigit() and int(letter) == int(last) + 1
    return last.isalpha() and 1 <= ord(letter) - ord(last) <= 2


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at semicolons and blank lines, but not within the name of a station: `RIO`, blank line, `DE JANEIRO 12`."""
    looked, has_digit = start, False
    for match in _SPLIT.finditer(text, start, end):
        has_digit = has_digit or _DIGIT.search(text, looked, match.start()) is not None
        looked = match.end()
        if match.group() == ";" or has_digit:
            yield start, match.start()
            start, has_digit = match.end(), False
    yield start, end
