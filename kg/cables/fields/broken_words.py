"""Words that the margin broke in two: `Rosen` / `burg`, `FO` / `R REASONS`.

The form that wrote most Classified By lines broke them behind their 71st character, inside words too; a space that fell
on the break stands at the start of the next line. Copies may have one more space at the end of the broken line.
"""

import re
from typing import Final

from kg.cables.fields.classifier_words import is_english, is_title
from kg.cables.spans import line_of
from kg.tables import is_given_name

_MARGIN: Final = 71
# A line that begins with what is no word in small letters goes on with the last word of the line before it.
_SMALL: Final = re.compile(r"(?<=[A-Za-z])[ \t\r]{0,3}\n[ \t]{0,3}(?P<rest>(?![a-h]\b)[a-z]{1,12})(?![A-Za-z])")
_LAST_WORD: Final = re.compile(r"[A-Za-z]{1,24}\Z")
_FIRST_WORD: Final = re.compile(r"-?[A-Za-z]{1,24}")


def unbroken(text: str, start: int, end: int) -> str:
    """The words of a span with those joined that the margin broke."""
    words = text[start:end]
    newline = words.find("\n")
    if newline < 0:
        return words
    line_start, line_end = line_of(text, start)
    line = text[line_start:line_end].rstrip("\r")
    before, after = words[:newline].rstrip("\r"), words[newline + 1 :]
    if len(line) == _MARGIN + 1 and line.endswith(" "):
        before, line = before[:-1], line[:-1]
    if len(line) == _MARGIN and _is_broken(before, after):
        words = before + after
    return _SMALL.sub(lambda match: match["rest"] if not is_english(match["rest"]) else match.group(), words)


def _is_broken(before: str, after: str) -> bool:
    """Whether a word goes on in the next line: unless both halves are words and the whole is none."""
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None:
        return False
    return _is_word(last.group() + first.group()) or not (_is_word(last.group()) and _is_word(first.group()))


def _is_word(word: str) -> bool:
    return is_english(word.lower()) or is_title(word) or is_given_name(word.upper(), or_word=True)
