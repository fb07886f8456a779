"""Read a page of the cable viewer: the table with what is known of the cable, and its header and body blocks."""

import re
from collections.abc import Iterator
from typing import Final

import lxml.html
from lxml import etree

from kg.sources.model import RawCable, SourceProblem
from kg.sources.problems import problem
from kg.sources.streams import Source
from kg.sources.texts import join, metadata, whole_text

NAME: Final = "viewer-html"

# Matches `<h3>Viewing cable 66BUENOSAIRES2481, ` and `<table class='cable'>`.
_VIEWER: Final = re.compile(
    r"""
    <h3> \s* Viewing[ ]cable \s
    | <table [^<>]{0,80} \b class \s? = \s? ["']? cable \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Matches `Viewing cable 09BOGOTA335, COLOMBIA RAISING ...`.
_TITLE: Final = re.compile(
    r"""
    \s* Viewing[ ]cable \s+
    [^\s,]+ ,                # reference id
    \s* (?P<subject> .* )
    """,
    re.VERBOSE | re.DOTALL,
)

# The columns of the table by their headings; pages of 2010 lack the release date.
_HEADINGS: Final = {
    "Reference ID": "reference_id",
    "Created": "created",
    "Released": "released",
    "Classification": "classification",
    "Origin": "origin",
}


def looks_like(head: str) -> bool:
    """Whether the head is markup from its first character, and has the title or the table of the viewer."""
    return head.lstrip().startswith("<") and _VIEWER.search(head) is not None


def read(source: Source) -> Iterator[RawCable | SourceProblem]:
    """Give the cable of the page: its blocks as plain text, entities and links resolved."""
    match whole_text(source, NAME):
        case None:
            return
        case SourceProblem() as too_large:
            yield too_large
        case text, encoding:
            yield _cable(source, text, encoding)


def parse_page(page: str) -> lxml.html.HtmlElement:
    """The tree of a page: nothing is loaded from the network, no declared entity expanded, no depth without bounds.

    Raises lxml.etree.LxmlError, ValueError or AssertionError where it cannot be read as HTML.
    """
    # HTML has no NUL; its standard puts U+FFFD in its place, where libxml2 would stop reading.
    data = page.replace("\0", "\ufffd").encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    return lxml.html.document_fromstring(data, parser=parser)


def _cable(source: Source, page: str, encoding: str) -> RawCable | SourceProblem:
    try:
        root = parse_page(page)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return problem("html-broken", source.place, position=1, reason=error)
    blocks = [_plain(block) for block in root.iterfind(".//code/pre")]
    text = join(blocks[0] if blocks else "", "\n\n".join(blocks[1:]))
    if not text.strip():
        return problem("no-text", source.place, position=1, format=NAME)
    return RawCable(
        source=source.place.name,
        position=1,
        format=NAME,
        encoding=encoding,
        metadata=metadata(subject=_subject(root), **_table(root)),
        text=text,
    )


def _subject(root: lxml.html.HtmlElement) -> str:
    titles = (_TITLE.match(_plain(heading)) for heading in root.iterfind(".//h3"))
    return next((title["subject"] for title in titles if title is not None), "")


def _table(root: lxml.html.HtmlElement) -> dict[str, str]:
    """What the table says, by the names of the metadata; rows of another width, such as press notices, are left out."""
    table = root.find(".//table[@class='cable']")
    if table is None:
        return {}
    headings = [_plain(cell).strip() for cell in table.iterfind(".//th")]
    for row in table.iterfind(".//tr"):
        cells = [_plain(cell) for cell in row.iterfind("td")]
        if cells and len(cells) == len(headings):
            pairs = zip(headings, cells, strict=True)
            return {_HEADINGS[heading]: cell for heading, cell in pairs if heading in _HEADINGS}
    return {}


def _plain(element: lxml.html.HtmlElement) -> str:
    return "".join(element.itertext())
