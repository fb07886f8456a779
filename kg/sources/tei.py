"""Render a document of a TEI edition into lines of text, in one fixed order: head, source note, body, footnotes."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"

# Elements that stand in a block of their own, between blank lines; inside a list, a table or a note, on a line.
_BLOCKS: Final = frozenset(
    {
        "ab",
        "address",
        "attachment",
        "byline",
        "closer",
        "dateline",
        "div",
        "figure",
        "head",
        "lg",
        "list",
        "opener",
        "p",
    }
    | {"postscript", "quote", "signed", "table", "trailer"}
)
# Elements that stand on a line of their own; `seg` and `idno` stand so in an opener, and nowhere else.
_LINES: Final = frozenset({"addrLine", "item", "l", "label", "row", "salute"})
_OPENER_LINES: Final = frozenset({"seg", "idno"})
# Inside these a block is a line, so that the entries of a list stand together.
_TIGHT: Final = frozenset({"list", "opener", "table"})
_CELL: Final = " | "
_BREAK: Final = "\x1e"  # white space, and nothing that XML can hold


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def plain(element: etree._Element) -> str:
    """The words of an element on one line, without its notes."""
    return " ".join("".join(_words(element)).split())


def first_line(element: etree._Element) -> str:
    """The words of an element up to the first `lb` behind words."""
    lines = ("".join(_words(element))).split(_BREAK)
    return next((line for part in lines if (line := " ".join(part.split()))), "")


def render(document: etree._Element) -> str:
    """The text of a document; docs/reference/formats.md has its layout.

    White space is folded, a page break leaves nothing, `lb` breaks a line. A footnote leaves `[2]` at its place and
    follows at the end as a line that starts with the same mark. The source note follows the head wherever it stands.
    """
    page = _Page()
    page.walk(document)
    page.flush()
    head, body = page.groups[:1], page.groups[1:]
    groups = [*head, page.source, *body, page.footnotes]
    return "\n\n".join("\n".join(lines) for lines in groups if lines) + "\n"


def _words(element: etree._Element) -> Iterator[str]:
    if local_name(element) != "note":
        yield _BREAK if local_name(element) == "lb" else element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


class _Page:
    """Lines in the making: `groups` are parted by blank lines."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.source: list[str] = []
        self.footnotes: list[str] = []
        self._line: list[str] = []
        self._is_open = False  # whether the next line joins the last group
        self._tight = 0

    def walk(self, element: etree._Element, *, opens: bool = False) -> None:
        """Write the words of an element; its children by what they are."""
        self._line.append(element.text or "")
        for child in element:
            self._child(child, local_name(child), opens=opens)
            self._line.append(child.tail or "")

    def flush(self, *, ends_group: bool = False) -> None:
        """End the line, and the group with it where a blank line follows."""
        line = " ".join("".join(self._line).split())
        self._line = []
        if line:
            if self._is_open:
                self.groups[-1].append(line)
            else:
                self.groups.append([line])
            self._is_open = True
        if ends_group and not self._tight:
            self._is_open = False

    def _child(self, child: etree._Element, name: str, *, opens: bool) -> None:
        if name == "note":
            self._note(child)
        elif name == "lb":
            self.flush()
        elif name == "cell":
            self._line.append(_CELL if "".join(self._line).strip() else "")
            self.walk(child)
        elif name in _BLOCKS:
            self.flush(ends_group=True)
            self._tight += name in _TIGHT
            self.walk(child, opens=name == "opener")
            self.flush()
            self._tight -= name in _TIGHT
            self.flush(ends_group=True)
        elif name in _LINES or (opens and name in _OPENER_LINES):
            self.flush()
            self.walk(child)
            self.flush()
        else:
            self.walk(child, opens=opens)

    def _note(self, note: etree._Element) -> None:
        inner = _Page()
        inner._tight = 1
        inner.walk(note)
        inner.flush()
        lines = [line for group in inner.groups for line in group]
        if note.get("type") == "source":
            self.source += lines
        elif note.get("rend") == "inline":
            self.flush(ends_group=True)
            self._line.append(" ".join(lines))
            self.flush(ends_group=True)
        else:
            mark = f"[{''.join((note.get('n') or 'note').split())[:8]}]"
            self._line.append(mark)
            self.footnotes.append(" ".join([mark, *lines]))
        self.footnotes += inner.footnotes
