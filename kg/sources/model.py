"""The values that readers give: a raw cable, or a problem with a source."""

import hashlib
from dataclasses import dataclass
from typing import Final

# The formats of one cable's text, in the order in which a text is preferred where a cable has several: whole telegrams
# first, then the releases that cut or reformat them. (design: source rank, then digest; never order of arrival.)
FORMATS: Final = (
    "telegram",
    "cablegate-csv",
    "viewer-html",
    "text-dump",
    "nara-aad",
    "plusd-html",
    "history-lab-csv",
    "frus-tei",
    "nara-aad-list",
)

# What `text_status` of the metadata says where a source has no text of the telegram, and the text as found is what the
# source says about it: it lists the cable alone, it withheld the text, or the text was lost before it was released.
CATALOGUE: Final = "catalogue"
WITHDRAWN: Final = "withdrawn"
NOT_ON_LINE: Final = "not-on-line"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCable:
    """One cable as a source holds it, before anything is read from it.

    `text` is the *text as found*: decoded (HTML and XML too), newlines untranslated. A source that keeps header and
    body apart gives them joined by one blank line (`"\\n\\n"`). `source` names the file by a path relative to the
    argument it was found under, with `!/` before a member of an archive (`cables.zip!/a/b.txt`), so that it does not
    depend on where the folder lies. `position` counts cables in their source from 1. `metadata` holds what the source
    says beside the text, sorted by name: `reference_id`, `created`, `released`, `origin`, `classification`,
    `references`, `subject`, `row_id` and more (docs/reference/formats.md has a table of each format); a name is left
    out where the source has nothing. `text_status` is there where the source has no text of the telegram. `repairs` are
    the places of `text` where mojibake was repaired: offset, what stood there, what stands there now; sorted.
    """

    source: str
    position: int
    format: str
    encoding: str
    metadata: tuple[tuple[str, str], ...]
    text: str
    repairs: tuple[tuple[int, str, str], ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the text as found, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, name: str) -> str | None:
        """The metadata of that name, or None."""
        return dict(self.metadata).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProblem:
    """Something that a source holds and that gives no cable: what, where, and what to do.

    `fatal` problems (a truncated archive, no permission) make the exit code non-zero; the others (a file that is no
    cable) are counted apart. `start` and `end` are byte offsets where they are known.
    """

    source: str
    position: int | None
    code: str
    message: str
    is_fatal: bool
