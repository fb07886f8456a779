"""Repair mojibake, UTF-8 that was read as Windows-1252 and written again, and keep what stood there."""

import encodings.cp1252
import re
from dataclasses import replace
from typing import Final

from kg.sources.model import RawCable

Repair = tuple[int, str, str]

# The character that each byte from 0x80 on becomes in Windows-1252, and in Latin-1 where that is another.
_BYTES: Final = {
    **{chr(byte): byte for byte in range(0x80, 0x100)},
    **{encodings.cp1252.decoding_table[byte]: byte for byte in range(0x80, 0xA0)},
}
_BYTES.pop("\ufffe")  # stands for the five bytes that Windows-1252 leaves undefined


def _characters(first: int, last: int) -> str:
    return "".join(re.escape(character) for character, byte in _BYTES.items() if first <= byte <= last)


# Every byte behind the first of a character; those among them that become marks which may stand behind a capital in a
# text that is sound: `CAFÉ”`, `CAFÉ —`. The others (`¡`, `‡`, `Œ`) do not.
_ANY: Final = f"[{_characters(0x80, 0xBF)}]"
_MARKS: Final = f"[{_characters(0x91, 0x97)}…‹›«»\xa0]"
_OTHERS: Final = f"(?:(?!{_MARKS}){_ANY})"
_PUNCTUATION: Final = f"[{_characters(0x90, 0xA7)}{_characters(0xB0, 0xB3)}{_characters(0xB9, 0xBA)}]"

# Matches what one or more characters became, and only if nothing else can have: `Ã©` for é, `â€™` for ’, `Å¡` for š,
# `Ã¢â‚¬â„¢` for a ’ that went wrong twice. Not `CAFÉ”`, nor `«Panamá»`.
_RUN: Final = re.compile(
    rf"""
    (?:
      â(?:
          (?:€|\x80) {_PUNCTUATION}           # U+2010 to U+203A: dashes, quotes, dots
        | (?:‚|\x82) ¬                        # €
        | (?:„|\x84) (?:¢|\xa2)               # ™
        )
    | ï»¿                                     # a byte order mark
    | á [º»] (?: {_OTHERS} | {_MARKS} (?=[^\W\d_]) )    # letters of Vietnamese
    | Â [{_characters(0xA0, 0xBF)}]           # signs from U+00A0 on: a fixed blank, §, ¶, °
    | Â [\x81\x8d\x8f\x90\x9d]               # bytes that Windows-1252 leaves undefined: half of a ” gone wrong twice
    | [ÃÄÅ] {_OTHERS}                         # Latin letters up to U+017F
    | (?<![A-ZÀ-Þ]) [ÃÄÅ] {_MARKS} (?=[^\W\d_])
    | (?<=[a-zß-ÿ]) [ÃÄÅ] {_MARKS}
    | (?<![^\W\d_]) Ã \xa0 (?!\S)             # à by itself
    | (?<=[A-ZÀ-Þ]) Ã {_MARKS} (?=[A-ZÀ-Þ])   # CÃ”TE
    )+
    """,
    re.VERBOSE,
)
_FIRST: Final = ("Ã", "Â", "â", "Å", "Ä", "á", "ï")


def repair(raw: RawCable) -> RawCable:
    """The raw cable with mojibake repaired and each change recorded in `repairs`; itself where there is none."""
    text, repairs = repaired(raw.text)
    return replace(raw, text=text, repairs=repairs) if repairs else raw


def repaired(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text without mojibake, and its repairs: offset in the repaired text, what stood there, what stands there now.

    Repairs are sorted and do not overlap; a byte order mark is replaced by nothing.
    """
    if text.isascii() or not any(first in text for first in _FIRST):
        return text, ()
    pieces: list[str] = []
    repairs: list[Repair] = []
    length = at = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        if (now := _decoded(match.group(), text[start - 1 : start], text[end : end + 1])) is None:
            continue
        pieces += [text[at:start], now]
        length += start - at
        repairs.append((length, match.group(), now))
        length += len(now)
        at = end
    return ("".join([*pieces, text[at:]]), tuple(repairs)) if repairs else (text, ())


def as_it_stood(text: str, repairs: tuple[Repair, ...]) -> str:
    """The text before its repairs."""
    pieces: list[str] = []
    at = 0
    for start, before, now in repairs:
        pieces += [text[at:start], before]
        at = start + len(now)
    return "".join([*pieces, text[at:]])


def _decoded(run: str, before: str, after: str) -> str | None:
    """What a run stands for between two characters, decoded again where that is mojibake too; None if it is none."""
    try:
        decoded = bytes(map(_BYTES.__getitem__, run)).decode()
    except (KeyError, UnicodeDecodeError):
        return None
    again = repaired(f"{before}{decoded}{after}")[0]
    if again.startswith(before) and again.endswith(after):
        decoded = again[len(before) : len(again) - len(after)]
    return decoded.replace("\ufeff", "")
