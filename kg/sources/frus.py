"""Read a volume of Foreign Relations of the United States (TEI): telegrams, airgrams, memoranda of conversation."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from kg.sources.frus_metadata import stated, stem
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import Place, problem
from kg.sources.streams import Source
from kg.sources.tei import XML_ID, local_name, plain, render
from kg.sources.texts import MAX_TEXT, MEGABYTE

NAME: Final = "frus-tei"

_ROOT: Final = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:TEI(?:\.2)?|sample)[\s>]")  # <TEI xmlns="...">
_SERIES: Final = re.compile(
    r"""
      history\.state\.gov/frus/ns                                   # xmlns:frus="http://history.state.gov/frus/ns/1.0"
    | \bxml:id \s? = \s? ["']frus\d                                 # <TEI xml:id="frus1969-76v01">
    | \btype \s? = \s? ["']frus["']                                 # <idno type="frus">
    | \bsubtype \s? = \s? ["']historical-document["']
    """,
    re.VERBOSE,
)
# The heads of what is read: "68. Telegram 3775 From ...", "122. Airgram From ...", "44.Memorandum of Conversation".
KINDS: Final = re.compile(
    r"""
    \s* (?: \[? \d{1,5} [a-z]? \]? \.? \s* )?
    (?: (?P<telegram> (?:Circular[ ])? Telegram ) | (?P<airgram> (?:Circular[ ])? Airgram )
      | (?P<memorandum_of_conversation> Memorand(?:um|a) [ ] of [ ] (?:(?:a|the)[ ])? (?:Telephone[ ])? Conversations? )
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

_CHUNK: Final = 64 * 1024
_MOST_PERSONS: Final = 20_000  # more than any volume lists
_MOST_NAMED: Final = 400  # runs of documents that a message names
_LONGEST_NAME: Final = 40
_RESOURCE_LIMIT: Final = 114  # libxml2: XML_ERR_RESOURCE_LIMIT, entities that expand beyond what a text can


def looks_like(head: str) -> bool:
    """Whether the head is XML with the root of a TEI text and a mark of the series."""
    return head.lstrip().startswith("<") and _ROOT.search(head) is not None and _SERIES.search(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the telegrams, airgrams and memoranda of conversation, then one problem that names all other documents.

    `position` counts documents of every kind. What is over is dropped from memory element by element.
    """
    volume = _Volume(source.place)
    # No entity is expanded, no DTD loaded, nothing fetched; depth and length of nodes are bounded by libxml2.
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        while chunk := source.stream.read(_CHUNK):
            parser.feed(chunk)
            yield from volume.follow(parser)
            volume.check(len(chunk))
        if source.stream.failure is None:
            parser.close()
            yield from volume.follow(parser)
            volume.check_end()
    except _Refused as refused:
        yield refused.problem
    except etree.XMLSyntaxError as error:
        yield _broken(source.place, error, volume.count)
    yield from volume.others()


class _Refused(Exception):
    """A volume that is not read further."""

    def __init__(self, found: SourceProblem) -> None:
        super().__init__(found.code)
        self.problem = found


def _broken(place: Place, error: etree.XMLSyntaxError, count: int) -> SourceProblem:
    if error.code == _RESOURCE_LIMIT and "entity" in str(error):  # type: ignore[attr-defined]
        return problem("xml-entities", place)
    return problem("xml-broken", place, reason=error.msg or "no reason is given", count=count)


class _Volume:
    """A volume while it is read: its name, its persons, and how far the reading has come."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.count = 0
        self._id = ""
        self._encoding = "utf-8"
        self._persons: dict[str, str] = {}
        self._others = _Names()
        self._document: etree._Element | None = None
        self._size = 0

    def follow(self, parser: etree.XMLPullParser) -> Iterator[RawCable]:
        """Follow what a parser has read since the last time; a document gives its cable at its end."""
        for event, element in parser.read_events():
            if not isinstance(element, etree._Element):
                continue
            if event == "start":
                self._start(element)
            elif self._document is None:
                self._outside(element)
                _drop(element)
            elif element is self._document:
                self._document = None
                self.count += 1
                yield from self._read(element)
                _drop(element)

    def check(self, size: int) -> None:
        """Refuse a document that has grown too long; `size` is that of the last bytes read."""
        self._size = self._size + size if self._document is not None else 0
        if self._size > MAX_TEXT:
            limit = MAX_TEXT // MEGABYTE
            raise _Refused(problem("too-large", self.place, position=self.count + 1, format=NAME, limit=limit))

    def check_end(self) -> None:
        """Refuse a volume that had no document."""
        if not self.count:
            raise _Refused(problem("frus-no-document", self.place))

    def others(self) -> Iterator[SourceProblem]:
        """Name the documents that were not read, where there are any."""
        if self._others.count:
            what = f"{self._others.count} of {self.count}: {self._others}"
            yield problem("frus-other-documents", self.place, what=what)

    def _start(self, element: etree._Element) -> None:
        if element.getparent() is None:
            self._root(element)
        if self._document is None and local_name(element) == "div" and element.get("type") == "document":
            self._document = element

    def _root(self, root: etree._Element) -> None:
        about = root.getroottree().docinfo
        declared: Any = about.internalDTD  # the stubs lack its entities
        if declared is not None and declared.entities():
            raise _Refused(problem("xml-entities", self.place))
        self._id = root.get(XML_ID) or ""
        self._encoding = (about.encoding or "utf-8").lower()

    def _outside(self, element: etree._Element) -> None:
        """What is needed of the elements around the documents: the volume's id and its persons."""
        name = local_name(element)
        if name == "idno" and element.get("type") == "frus":
            self._id = self._id or plain(element)
        elif name == "persName" and (key := element.get(XML_ID)) and len(self._persons) < _MOST_PERSONS:
            self._persons[key] = plain(element).rstrip(",")

    def _read(self, document: etree._Element) -> Iterator[RawCable]:
        head = next((plain(child) for child in document if local_name(child) == "head"), "")
        name = document.get(XML_ID) or f"d{self.count}"
        if KINDS.match(head) is None:
            self._others.add(self.count, name)
            return
        yield RawCable(
            source=self.place.name,
            position=self.count,
            format=NAME,
            encoding=self._encoding,
            metadata=stated(document, name=f"{self._id or stem(self.place.name)}/{name}", persons=self._persons),
            text=render(document),
        )


class _Names:
    """Names of documents for a message, those in a row shortened: `d1-d4, d7`."""

    def __init__(self) -> None:
        self.count = 0
        self._runs: list[tuple[int, str, str]] = []
        self._is_cut = False

    def add(self, position: int, name: str) -> None:
        """Add a document by its position and its name; beyond so many runs it is counted only."""
        self.count += 1
        if self._runs and position == self._runs[-1][0] + 1:
            self._runs[-1] = (position, self._runs[-1][1], name[:_LONGEST_NAME])
        elif len(self._runs) < _MOST_NAMED:
            self._runs.append((position, name[:_LONGEST_NAME], name[:_LONGEST_NAME]))
        else:
            self._is_cut = True

    def __str__(self) -> str:
        names = [first if first == last else f"{first}-{last}" for _, first, last in self._runs]
        return ", ".join(names) + (" and others" if self._is_cut else "")


def _drop(element: etree._Element) -> None:
    """Empty an element that is over, and take its elder siblings out of the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
