"""The values of the body beside its parts: regions and redactions."""

from dataclasses import dataclass

from kg.cables.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Line):
    """A stretch of the body of one kind, without the marks around it (`BEGIN TEXT`, `END TEXT`).

    `kind` is one of summary, comment, note, text, talking-points, key-points, non-paper, quote, introduction,
    action-request, table, list. `is_opened` and `is_closed` say whether its beginning and its end are marked; where
    one is not, the region reaches to the border of its paragraph. `parts` are the keys of the parts it lies in.
    """

    kind: str
    is_opened: bool
    is_closed: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Line):
    """A place where something was taken out before the release.

    `kind` is one of xxx (`XXXXXXXXXXXX`), ellipsis (`[...]`), dashes, not-declassified; `extent` is how much was taken
    out, in the words of the text (`4½ lines`), or None.
    """

    kind: str
    extent: str | None
