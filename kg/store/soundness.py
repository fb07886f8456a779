"""Tell in the bytes of an answer, as they pass, what no parser of its format would take.

The engine writes some terms in a way that their format does not allow. It serializes at some 100 MB a second, so its
bytes are looked through at the speed of C for what stands nowhere in a sound document.
"""

import re
from collections.abc import Mapping
from operator import itemgetter
from typing import Final, Protocol

# What XML 1.0 has no way to write, by a reference neither (section 2.2); U+FFFE and U+FFFF stand as UTF-8.
CONTROLS: Final = bytes({*range(32)} - {*b"\t\n\r"})
NONCHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# An element without a local name, of the namespace of xmlns, or withdrawn from RDF/XML (its section 5.1):
# <ck: rdf:resource="…"/>, <xmlns:a>, <rdf:bagID>.
NAMELESS: Final = re.compile(rb"<[^<>: =]*+:[ />] | </?xmlns: | </?rdf:(?:aboutEach(?:Prefix)?|bagID)[ />]", re.VERBOSE)
# Where one of these is not in a text (text and attributes have no `>` in them), such an element is not in it either.
NAMELESS_SIGNS: Final = (b"<oxprefix:", b":>", b": rdf:", b"<xmlns:", b"<rdf:aboutEach", b"<rdf:bagID")
NODE: Final = b'nodeID="'
# A label of a blank node that is no name in XML: nodeID="1", nodeID="a:b".
NODE_NAMELESS: Final = re.compile(rb'nodeID="(?:[0-9]|[^":]*+:)')
# The longest of these patterns that can stand across a seam.
OVERLAP: Final = 256
# What XML parsers would read as the end of a line, as they write it, and the reference that keeps it.
CARRIAGE_RETURN: Final = (b"\r", b"&#xD;")
REPLACED: Final[Mapping[str, tuple[bytes, bytes]]] = {"xml": CARRIAGE_RETURN, "rdf": CARRIAGE_RETURN}


class Unwritable(Exception):
    """The format has no way to write a term of the answer, or the engine knows none; the text says why."""


class Check(Protocol):
    """What looks through the bytes of an answer, which come in pieces."""

    def look(self, text: bytes) -> None:
        """Look through the next piece; Unwritable where no parser would take it."""


class _Xml:
    """Characters that XML 1.0 forbids."""

    def __init__(self) -> None:
        self._tail = b""

    def look(self, text: bytes) -> None:
        seam, self._tail = self._tail + text[:OVERLAP], text[-OVERLAP:]
        if len(text.translate(None, CONTROLS)) != len(text) or any(_has_noncharacter(each) for each in (text, seam)):
            raise Unwritable("XML cannot hold a control character (or U+FFFE, U+FFFF) that a literal has")
        for each in (text, seam):
            self._look(each)

    def _look(self, text: bytes) -> None:
        """Look for what only some documents cannot hold."""


class _RdfXml(_Xml):
    """Besides, properties, classes and blank nodes whose names are none in XML."""

    def _look(self, text: bytes) -> None:
        if any(sign in text for sign in NAMELESS_SIGNS) and NAMELESS.search(text):
            raise Unwritable(
                "RDF/XML cannot name a property or class whose IRI does not end in a name, or is withdrawn from it"
            )
        if NODE in text and NODE_NAMELESS.search(text):
            raise Unwritable("RDF/XML cannot name a blank node whose label begins with a digit or has a colon")


CHECKS: Final[Mapping[str, type[Check]]] = {"xml": _Xml, "rdf": _RdfXml}


class CsvCells:
    """Rows of CSV, and cells that the engine does not put in quotes: triple terms, and IRIs with commas."""

    def __init__(self) -> None:
        self._is_quoted = False
        # Put before a piece that begins within a cell.
        self._before = b""
        # The commas of a row, once the first one has been read, and those since the last end of a row.
        self._columns: int | None = None
        self._commas = 0

    def count(self, text: bytes) -> int:
        """Count the rows that end in the next piece; Unwritable where one has too many cells."""
        parts = (b'"' * self._is_quoted + self._before + text).split(b'"')
        self._is_quoted = len(parts) % 2 == 0
        outside = parts[0::2]
        openers = outside if self._is_quoted else outside[:-1]
        self._before = b"" if self._is_quoted or parts[-1][-1:] in (b"", b",", b"\n") else b"."
        if not set(map(itemgetter(-1), filter(None, openers))) <= {*b",\n"}:
            raise Unwritable("CSV has no way to write triple terms")
        return self._count(b"".join(outside))

    def _count(self, outside: bytes) -> int:
        """Compare the commas outside of quotes with the rows."""
        carried, end = self._commas, outside.rfind(b"\n") + 1
        self._commas = outside.count(b",", end)
        if not end:
            self._commas += carried
            return 0
        if self._columns is None:
            self._columns = carried + outside.count(b",", 0, outside.index(b"\n"))
        rows = outside.count(b"\n", 0, end)
        if carried + outside.count(b",", 0, end) != self._columns * rows:
            raise Unwritable("CSV of the engine has no quotes around an IRI with a comma")
        return rows


def _has_noncharacter(text: bytes) -> bool:
    # A single byte is found in a tenth of the time.
    return NONCHARACTERS[0][:1] in text and any(each in text for each in NONCHARACTERS)
