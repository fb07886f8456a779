"""Read a page of PlusD, the library of cables: the table with the attributes, the text, and the attributes as found.

The page starts with a public key and other boilerplate, which belongs to no cable. What is read of it is the table
`synopsis` (a name and a value a cell, the subject in the first row) and the blocks of text after it: the text itself,
the same again under "Raw content", and the attributes of the archive under "Raw metadata".
"""

import re
from collections.abc import Iterator
from typing import Final

import lxml.html
from lxml import etree

from kg.sources.attributes import NAMES, as_lines, attribute, name_of, read_attributes, said, status_of
from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.telegram import looks_like as is_telegram
from kg.sources.texts import join, metadata, whole_text
from kg.sources.viewer import parse_page

NAME: Final = "plusd-html"

# <table id="synopsis">
_SYNOPSIS: Final = re.compile(r"""<table [^<>]{0,200} \b id \s? = \s? ["']? synopsis \b""", re.VERBOSE | re.IGNORECASE)

# The names of the table and the metadata that they are, where they are not those of the archive.
KEYS: Final = {
    "canonical id": "plusd_id",
    "date": "created",
    "office origin": "office_origin",
    "office action": "office_action",
    "character count": "character_count",
    "archive status": "archive_status",
    "handling restrictions": "handling",
    "original handling restrictions": "handling",
    "current handling restrictions": "current_handling",
}
# 1974LISBON09901_b: the letter says which release the page was made of.
_RELEASE: Final = re.compile(r"_[a-z]\Z")

# A page that begins as a whole one and has no end is cut: half a cable would pass for a whole one.
_BEGINS: Final = re.compile(r"<html\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"</html\s{0,80}>", re.IGNORECASE)
_NEAR: Final = 64 * 1024

_TEXT_BLOCK: Final = "tagged-text"
_KEY_BLOCK: Final = "-----BEGIN PGP"
_FEWEST_ATTRIBUTES: Final = 5
_MOST_BLOCKS: Final = 20  # a page has two or three
_UNSAID: Final = frozenset({"script", "style"})
_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "dt", "legend"})


def looks_like(head: str) -> bool:
    """Whether the head is markup from its first character, and has the table of the library."""
    return head.lstrip().startswith("<") and _SYNOPSIS.search(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of the page: its text plain, entities and links resolved."""
    match whole_text(source, NAME):
        case None:
            return
        case SourceProblem() as too_large:
            yield too_large
        case text, encoding:
            yield _cable(source, text, encoding)


def _cable(source: Source, page: str, encoding: str) -> RawCable | SourceProblem:
    if _BEGINS.search(page, 0, _NEAR) is not None and _ENDS.search(page, max(0, len(page) - _NEAR)) is None:
        return problem("html-broken", source.place, position=1, reason="it ends before </html>")
    try:
        root = parse_page(page)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return problem("html-broken", source.place, position=1, reason=error)
    table = root.find(".//table[@id='synopsis']")
    shown = [] if table is None else list(_synopsis(table))
    texts, raw_metadata = _blocks(root, table)
    values = {**said(read_attributes(raw_metadata)), **said((_name(key), value) for key, value in shown)}
    values["reference_id"] = _RELEASE.sub("", values.get("plusd_id", values.get("reference_id", "")))
    text = join(texts[0] if texts else "", "\n\n".join(texts[1:]))
    status = status_of(text, values.get("locator"))
    if status:
        text = as_lines([*shown, *([("Text", text)] if text.strip() else [])])
    if not text.strip():
        return problem("no-text", source.place, position=1, format=NAME)
    return RawCable(
        source=source.place.name,
        position=1,
        format=NAME,
        encoding=encoding,
        metadata=metadata(**{**values, "text_status": status}),
        text=text,
    )


def _name(key: str) -> str:
    return KEYS.get(key.casefold()) or name_of(key)


def _synopsis(table: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The names and values of the table's cells; the subject is the first cell, which has no name."""
    for place, cell in enumerate(table.iterfind(".//td")):
        keys = [element for element in cell.iterfind(".//div") if _has_class(element, "s_key")]
        if place == 0 and not keys:
            yield "Subject", " ".join(_plain(cell).split())
        for key in keys:
            value = next((one for one in key.itersiblings("div") if _has_class(one, "s_val")), None)
            if value is not None:
                yield " ".join(_plain(key).split()).rstrip(": "), _plain(value).replace("\xa0", " ").strip()


def _blocks(root: lxml.html.HtmlElement, table: lxml.html.HtmlElement | None) -> tuple[list[str], str]:
    """The texts after the table, each once, and the attributes as found."""
    is_behind, heading, inside = table is None, "", None
    texts: list[str] = []
    attributes = ""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            is_behind = is_behind or element is table
            inside = None if element is inside else inside
            continue
        if element.tag in _HEADINGS:
            heading = _plain(element).casefold()
        if not is_behind or inside is not None or not _is_block(element):
            continue
        inside, block = element, _plain(element).strip("\r\n")
        if "metadata" in heading or _is_attributes(block):
            attributes = attributes or block
        elif block.strip() and not block.lstrip().startswith(_KEY_BLOCK):
            texts.append(block)
    if not texts and table is not None and is_telegram(rest := _rest(root, table)):
        texts.append(rest)
    return _each_once(texts), attributes


def _rest(root: lxml.html.HtmlElement, table: lxml.html.HtmlElement) -> str:
    """All words behind the table, for a page whose text is in no block of its own."""
    is_behind = False
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            is_said = is_behind and element.tag not in _UNSAID and isinstance(element.tag, str)
            pieces += [element.text] if is_said and element.text else []
        else:
            is_behind = is_behind or element is table
            pieces += ["\n"] if is_behind and element.tag in _BREAKS else []
            pieces += [element.tail] if is_behind and element.tail else []
    return "".join(pieces).strip("\r\n")


def _is_block(element: lxml.html.HtmlElement) -> bool:
    return element.tag == "pre" or element.get("id") == _TEXT_BLOCK or _has_class(element, _TEXT_BLOCK)


def _is_attributes(block: str) -> bool:
    found = [attribute(line) for line in block.splitlines()]
    known = set(NAMES.values())
    return sum(one is not None and one[0] in known for one in found) >= _FEWEST_ATTRIBUTES


def _each_once(blocks: list[str]) -> list[str]:
    """The blocks without those that another contains; of a page with very many, all that come late are kept."""
    texts: list[str] = []
    known: list[str] = []
    for block in blocks[:_MOST_BLOCKS]:
        folded = " ".join(block.split())
        place = next((at for at, one in enumerate(known) if folded in one or one in folded), None)
        if place is None:
            texts.append(block)
            known.append(folded)
        elif len(folded) > len(known[place]):
            texts[place], known[place] = block, folded
    return [*texts, *blocks[_MOST_BLOCKS:]]


def _has_class(element: lxml.html.HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _plain(element: lxml.html.HtmlElement) -> str:
    """The text of an element; a line break stands where the page breaks the line."""
    pieces: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces += [part.text] if isinstance(part.tag, str) and part.text else []
        else:
            tail = (part.tail or "") if part is not element else ""
            pieces += ["\n"] if part.tag == "br" and not tail.startswith(("\n", "\r")) else []
            pieces += [tail] if tail else []
    return "".join(pieces)
