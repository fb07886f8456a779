"""From bytes to text as found: UTF-8 where it is, else Windows-1252, UTF-16 by its byte order mark."""

import codecs
import encodings.cp1252
from typing import Final

_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# The five bytes that Windows-1252 leaves undefined stand for the control characters of the same number, as browsers
# read them, so that every text can be decoded and no byte is lost.
_CP1252: Final = "".join(
    chr(byte) if character == "\ufffe" else character for byte, character in enumerate(encodings.cp1252.decoding_table)
)

# Bytes that no text has: controls other than tab, newlines, form feed, escape, and the end-of-text marks of telegrams.
_CONTROLS: Final = bytes(byte for byte in range(32) if byte not in b"\x03\x04\t\n\x0b\x0c\r\x1a\x1b")
_MAX_CONTROLS: Final = 0.02


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; a byte order mark is left out of the text and shows in the name.

    Damaged UTF-16 gets U+FFFD in place of what cannot be decoded.
    """
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", "replace"), "utf-16"
    name = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return codecs.charmap_decode(data, "strict", _CP1252)[0], "cp1252"


def decode_head(head: bytes) -> str:
    """The beginning of a text for looking at; a character that is cut at its end becomes U+FFFD."""
    name = "utf-16" if head.startswith(_UTF16_MARKS) else "utf-8-sig"
    return head.decode(name, "replace")


def line_broken(text: str) -> str:
    """The text with `\\n` for `\\r` where carriage returns alone end its lines; as long as before."""
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding that is read here: NULs, or more than 2 % control characters."""
    if head.startswith(_UTF16_MARKS):
        return False
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > _MAX_CONTROLS * len(head)


def is_utf16(head: bytes) -> bool:
    """Whether bytes start with a byte order mark of UTF-16."""
    return head.startswith(_UTF16_MARKS)
