"""The subject of a cable, and the portion marking before it."""

import re
from html import unescape
from typing import Final

from kg.cables.model import CleanText, Subject
from kg.cables.spans import folded, trim

# "(C) NETS OF THE CAPE", "(S/NF)", "(U//FOUO)", "( SBU )"; not "(CORRECTED COPY)".
_MARK: Final = re.compile(
    r"\([ ]?(?P<mark>(?:U|C|S|TS|SBU|LOU|FOUO)(?:[ ]?//?[ ]?[A-Z][A-Z, ]{0,20})?)[ ]?\)\s*", re.IGNORECASE
)
_ENTITY: Final = re.compile(r"&(?:\#\d{2,6}|\#[xX][0-9a-fA-F]{2,5}|amp|lt|gt|quot|apos|nbsp);")


def read_subject(clean: CleanText, start: int, end: int) -> Subject:
    """The subject of a span: folded, without its portion marking, with entities of HTML as the characters they name."""
    start, end = trim(clean.text, start, end)
    mark = _MARK.match(clean.text, start, end)
    value = folded(clean.text[mark.end() if mark else start : end])
    if "&" in value:
        value = folded(_ENTITY.sub(lambda entity: unescape(entity.group()), value))
    return Subject(
        as_sent=clean.found[start:end],
        start=start,
        end=end,
        value=value,
        portion_marking="".join(mark["mark"].split()).upper() if mark else None,
    )
