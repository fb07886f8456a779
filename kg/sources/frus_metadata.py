"""What a volume of FRUS marks in a document beside its words: name, date, place, subject, signatures, persons."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from kg.sources.tei import first_line, local_name, plain
from kg.sources.texts import metadata

_DATES: Final = ("when", "from", "notBefore", "notAfter")


def stated(document: etree._Element, *, name: str, persons: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The metadata of a document; `name` is its own in the series, `persons` are those of the volume by their keys."""
    return metadata(
        document_id=name,
        created=_created(document),
        persons="|".join(f"{key}={value}" for key, value in _named(document, persons).items()),
        place=_first(document, "placeName", within="dateline"),
        signed="|".join(filter(None, map(first_line, _elements(document, "signed")))),
        subject=_subject(document),
    )


def stem(name: str) -> str:
    """The name of a file without its folders and ending."""
    return PurePosixPath(name.rpartition("!/")[2]).name.partition(".")[0]


def _named(document: etree._Element, persons: Mapping[str, str]) -> dict[str, str]:
    """The persons that are marked in a document: their names by the list of persons, else as they stand there."""
    out: dict[str, str] = {}
    for element in _elements(document, "persName"):
        key = str(element.get("corresp") or "").removeprefix("#")
        if key:
            out.setdefault(key, persons.get(key) or plain(element))
    return dict(sorted(out.items()))


def _elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local_name(element) == name)


def _first(root: etree._Element, name: str, *, within: str) -> str:
    found = (plain(element) for outer in _elements(root, within) for element in _elements(outer, name))
    return next(found, "")


def _subject(document: etree._Element) -> str:
    for outer in _elements(document, "list"):
        if outer.get("type") == "subject":
            return " ".join(plain(item) for item in _elements(outer, "item"))
    return ""


def _created(document: etree._Element) -> str:
    """The date of the dateline, else that of the document, in UTC where it has an offset: `1976-08-09 10:43`."""
    lines = next(_elements(document, "dateline"), None)
    dates = [] if lines is None else list(_elements(lines, "date"))
    stated = [str(value) for date in dates for name in _DATES if (value := date.get(name))]
    stated += [str(value) for name, value in document.attrib.items() if str(name).endswith("doc-dateTime-min")]
    return next((known for value in stated if (known := _instant(value))), "")


def _instant(value: str) -> str:
    """The instant in UTC; the day alone where no offset is given, since the clock of the place is unknown."""
    try:
        instant = datetime.fromisoformat(value.strip())
        if instant.tzinfo is not None and "T" in value:
            return instant.astimezone(UTC).isoformat(" ", "minutes")[:16]
    except (ValueError, OverflowError):
        return ""
    return instant.date().isoformat()
