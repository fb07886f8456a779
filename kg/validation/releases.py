"""Release a cable: a person accepts it in spite of what the shapes say of it, and every later build loads it.

A release holds for the cable as it was, its texts and what its sources say beside them; another text, or one more, is
judged anew.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kg.errors import DataFolderError
from kg.iris import CK, PREFIXES, Iris
from kg.kept import folded, rows, shown, text_of
from kg.mapping.ntriples import iri, literal, statements
from kg.validation.quarantine import RefusedCable

RELEASES_HEAD: Final = "cable\tcontent\tby\treason"
DIGEST_LENGTH: Final = 64


class Release(NamedTuple):
    """That a person accepts a cable: its canonical id, the digest of its content, who, and why."""

    canonical_id: str
    content: str
    by: str
    reason: str

    @property
    def told(self) -> str:
        """The release as a sentence."""
        return f"{self.by or 'A person'} accepts {self.canonical_id} in spite of what the shapes say: {self.reason}"


def release_of(refused: RefusedCable, by: str, reason: str) -> Release | None:
    """The release of a refused cable; None where there is nothing that could be loaded (`unreleasable` says why)."""
    if refused.canonical_id is None or unreleasable(refused) is not None:
        return None
    return Release(refused.canonical_id, refused.content, folded(by), folded(reason))


def unreleasable(refused: RefusedCable) -> str | None:
    """Why a refused cable cannot be loaded whoever accepts it, and what to do; None where it can."""
    if refused.canonical_id is None:
        return "it has no canonical id, so there is no IRI for its facts. Give it one, and build again."
    if refused.failure is not None:
        return (
            f"it could not be validated ({refused.failure}), so nobody knows what would be accepted. "
            "`kg quarantine replay` tries it again once the cause is mended."
        )
    return None


def encode_releases(releases: Iterable[Release]) -> str:
    """Releases as text, sorted, one a line."""
    return text_of(RELEASES_HEAD, {"\t".join(release) for release in releases})


def decode_releases(text: str) -> tuple[Release, ...]:
    """The releases behind a text, sorted; a line that is none is a DataFolderError."""
    return tuple(sorted(_release(number, cells) for number, cells in rows(text, RELEASES_HEAD)))


def release_lines(releases: Iterable[Release], iris: Iris) -> Iterator[str]:
    """The lines of releases that a build went by, for `/graph/provenance`: which cable, who accepted it, and why."""
    for release in releases:
        pairs = [
            (PREFIXES["rdf"] + "type", iri(CK + "Release")),
            (PREFIXES["rdfs"] + "label", literal(f"Release of {release.canonical_id}")),
            (PREFIXES["rdfs"] + "comment", literal(release.told)),
            (CK + "releasedCable", iri(iris.cable(release.canonical_id))),
            (PREFIXES["dcterms"] + "description", literal(release.reason)),
            *([(PREFIXES["dcterms"] + "creator", literal(release.by))] if release.by else []),
        ]
        yield from statements(iri(iris.release(release.canonical_id)), pairs)


def _release(number: int, cells: list[str]) -> Release:
    release = Release(*cells)
    if not release.canonical_id or len(release.content) != DIGEST_LENGTH or not release.reason:
        raise DataFolderError(
            f"line {number} is no release: {shown(cells)}. A line has the cable's id, the digest of its content as "
            "`kg quarantine show` prints it, who accepted it, and the reason, with tabs between."
        )
    return release
