"""The problems that sources have, one table: what is wrong, whether it makes a run fail, and what to do about it."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import Final

from kg.sources.model import SourceProblem


class Fatal(Enum):
    """When a problem makes the exit code non-zero."""

    ALWAYS = "always"
    WHERE_NAMED = "where named"  # the source is an argument itself, not merely found in a folder or an archive
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the reading stands: the name of a source, whether an argument names it, and how many layers deep it lies.

    `depth` counts the archives and compressions that were opened on the way.
    """

    name: str
    is_named: bool
    depth: int = 0

    def member(self, name: str) -> "Place":
        """The place of a member of this archive."""
        return Place(name=f"{self.name}!/{printable(name)}", is_named=False, depth=self.depth + 1)

    def deeper(self) -> "Place":
        """The same place with one layer of compression taken off."""
        return replace(self, depth=self.depth + 1)

    def refused(self, name: str) -> SourceProblem | None:
        """The problem of this place where its name in an archive is unsafe or hidden, or None."""
        path = PurePosixPath(name.replace("\\", "/"))
        if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            return problem("unsafe-name", self)
        if any(part.startswith(".") for part in path.parts):
            return problem("hidden", self)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of problem; `message` has the places that `problem` fills."""

    fatal: Fatal
    message: str


KINDS: Final = {
    "not-found": Kind(
        fatal=Fatal.ALWAYS,
        message="There is nothing at this path. Check its spelling and the folder it is relative to.",
    ),
    "no-permission": Kind(
        fatal=Fatal.ALWAYS, message="Permission to read was refused. Give the user who runs kg the right to read it."
    ),
    "unreadable": Kind(
        fatal=Fatal.ALWAYS, message="Reading failed: {reason}. Check the disk or the mount, then read it again."
    ),
    "link-loop": Kind(
        fatal=Fatal.WHERE_NAMED,
        message="A symbolic link leads to a folder that is read already, or to itself; it was not followed.",
    ),
    "not-a-file": Kind(
        fatal=Fatal.NEVER, message="This is a {what}, not a file; it was skipped. Cables are read from files."
    ),
    "hidden": Kind(
        fatal=Fatal.NEVER,
        message="Its name starts with a dot, so it was not opened. Name it as an argument to read it.",
    ),
    "empty": Kind(fatal=Fatal.WHERE_NAMED, message="There is nothing in it, so no cable. Check how it was made."),
    "not-a-cable": Kind(
        fatal=Fatal.WHERE_NAMED,
        message="No cable was recognised in its first {head} KB. A telegram is known by its header (lines with FM, the "
        "date-time group, the classification with post and number, E.O.), a table by its columns; see "
        "docs/reference/formats.md.",
    ),
    "unknown-table": Kind(
        fatal=Fatal.ALWAYS,
        message="It is a table of telegrams whose heading ({columns}) no reader knows, so nothing was read: its rows "
        "would pass for one telegram. Call the column of the number `doc_nbr` and that of the text `body`, as History "
        "Lab does (docs/reference/formats.md lists the others), or save each text in a file of its own.",
    ),
    "document": Kind(
        fatal=Fatal.WHERE_NAMED,
        message="This is {what}, which is not read. Save its text as plain text (.txt, UTF-8) and give that; scans "
        "need text recognition first.",
    ),
    "binary": Kind(
        fatal=Fatal.WHERE_NAMED,
        message="It holds binary data, not text, so no cable. If it is an image or a document, convert it to text; if "
        "it is a text, save it as UTF-8.",
    ),
    "too-large": Kind(
        fatal=Fatal.ALWAYS,
        message="It looks like one cable ({format}) but is longer than {limit} MB, so it was not read. Split it into "
        "one file a cable.",
    ),
    "archive-cut": Kind(
        fatal=Fatal.ALWAYS,
        message="The {format} data end in the middle: what came before was read, the rest is missing. Fetch or copy "
        "the file again.",
    ),
    "archive-damaged": Kind(
        fatal=Fatal.ALWAYS,
        message="The {format} data are damaged ({reason}); what came before was read. Fetch or copy the file again.",
    ),
    "archive-unsupported": Kind(
        fatal=Fatal.ALWAYS,
        message="{what} is not read. Unpack it and give the folder, or pack it as zip, tar, gz, bz2, xz or zst.",
    ),
    "archive-memory": Kind(
        fatal=Fatal.ALWAYS,
        message="Unpacking the {format} data takes more than {limit} MB of memory, so they were not read further. Pack "
        "them again with a smaller window (that of xz -9 is small enough), or unpack them and give the folder.",
    ),
    "archive-too-deep": Kind(
        fatal=Fatal.ALWAYS,
        message="It is packed inside more than {limit} layers of archives, so it was not opened. Unpack the outer.",
    ),
    "archive-too-large": Kind(
        fatal=Fatal.ALWAYS,
        message="A zip inside another archive or from standard input is held in memory, and this one is larger than "
        "{limit} MB. Unpack the outer archive, or give the zip as a file.",
    ),
    "archive-too-many": Kind(
        fatal=Fatal.ALWAYS,
        message="The list of its members is longer than {limit} MB, so it was not opened. Unpack it, and give the "
        "folder.",
    ),
    "compression-ratio": Kind(
        fatal=Fatal.ALWAYS,
        message="It unpacks to more than {limit} times its size, as archives do that are made to exhaust a machine; it "
        "was not read further. If it is sound, unpack it and give the folder.",
    ),
    "unsafe-name": Kind(
        fatal=Fatal.ALWAYS,
        message="The name of this member is empty or leads out of its archive, so it was not read. Pack the archive "
        "again with relative names.",
    ),
    "csv-row-cut": Kind(
        fatal=Fatal.ALWAYS,
        message="Row {row}, which starts at line {line}, ends in the middle; the rows before it were "
        "read. Fetch or copy the file again.",
    ),
    "csv-row-columns": Kind(
        fatal=Fatal.ALWAYS,
        message="Row {row}, which starts at line {line}, has {columns} columns where {expected} are expected, so it "
        "was left out. Look there for a quote that is missing or that is not escaped.",
    ),
    "csv-row-broken": Kind(
        fatal=Fatal.ALWAYS,
        message="Row {row}, which starts at line {line}, is not in the dialect ({reason}), so it was left out. Look "
        "there for a quote that is missing or that is not escaped.",
    ),
    "csv-row-too-long": Kind(
        fatal=Fatal.ALWAYS,
        message="Row {row}, which starts at line {line}, is longer than {limit} MB, so it was left out. Look for a "
        "quote that is missing there.",
    ),
    "record-cut": Kind(
        fatal=Fatal.ALWAYS,
        message="Record {record}, which starts at line {line}, has no end ({end}): half a cable would pass for a whole "
        "one, so it was left out. Fetch or copy the file again.",
    ),
    "record-too-long": Kind(
        fatal=Fatal.ALWAYS,
        message="Record {record}, which starts at line {line}, is longer than {limit} MB, so it was left out. Look for "
        "the end of a cable that is missing there.",
    ),
    "record-unread": Kind(
        fatal=Fatal.ALWAYS,
        message="Record {record}, which starts at line {line}, does not begin as cables of this format do, so it was "
        "left out. Look for what was lost or added there.",
    ),
    "record-broken": Kind(
        fatal=Fatal.ALWAYS,
        message="Line {line} of this partition is no raw cable ({reason}), so it was left out; the others are read. "
        "Copy the file again.",
    ),
    "no-text": Kind(
        fatal=Fatal.ALWAYS, message="It has the form of a cable ({format}) but no text in it. Fetch it again."
    ),
    "row-unnamed": Kind(
        fatal=Fatal.ALWAYS,
        message="Row {row} has neither the text nor the number of a cable, so nothing says which it is, and it was "
        "left out. Give its number in a column `doc_nbr`.",
    ),
    "html-broken": Kind(
        fatal=Fatal.ALWAYS,
        message="The page cannot be read as HTML ({reason}), so its cable was left out. Fetch it again.",
    ),
    "xml-broken": Kind(
        fatal=Fatal.ALWAYS,
        message="The XML is damaged or cut ({reason}), so it was not read further; {count} documents came before. "
        "Fetch it again.",
    ),
    "xml-entities": Kind(
        fatal=Fatal.ALWAYS,
        message="The XML declares entities of its own, as files do that are made to exhaust a machine or to have other "
        "files read; it was not read. If it is sound, write the entities out and take their declarations away.",
    ),
    "frus-no-document": Kind(
        fatal=Fatal.WHERE_NAMED,
        message="It is a volume of TEI without a document in it (a `div` of type `document`), such as an index.",
    ),
    "frus-other-documents": Kind(
        fatal=Fatal.NEVER,
        message="Documents that are no telegrams, airgrams or memoranda of conversation were left out, {what}.",
    ),
}

# The problems of sources that hold no cable: counted apart, not as cables that were lost.
WITHOUT_CABLE: Final = frozenset(code for code, kind in KINDS.items() if kind.fatal is not Fatal.ALWAYS)


def problem(code: str, place: Place, *, position: int | None = None, **values: object) -> SourceProblem:
    """The problem of that code at a place, its message filled with the values; KeyError where a value is missing."""
    kind = KINDS[code]
    is_fatal = kind.fatal is Fatal.ALWAYS or (kind.fatal is Fatal.WHERE_NAMED and place.is_named)
    return SourceProblem(
        source=place.name, position=position, code=code, message=kind.message.format(**values), is_fatal=is_fatal
    )


def printable(name: str) -> str:
    """A file name fit for messages and literals: what cannot be printed, undecodable bytes too, as `\\x..` escapes."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
