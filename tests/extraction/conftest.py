"""Cables and readings of invented sentences, for the tests of extraction."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kg.cables.model import Cable, ClassifiedBy, Part, Tag, TextValue
from kg.extraction import extract
from kg.extraction.gazetteer import EMPTY
from kg.extraction.model import Facts
from kg.extraction.nationality import Setting
from kg.extraction.tokens import Reading, read_part
from kg.sources.model import RawCable
from kg.tables import tag_country


def part(kind: str, key: str, text: str, number: int | None = None) -> Part:
    segments = ((0, 0, len(text)),) if text else ()
    return Part(kind=kind, key=key, number=number, text=text, start=0, end=len(text), segments=segments)


@pytest.fixture
def cable_of() -> Callable[..., Cable]:
    """Make a cable from its paragraphs; sent from Bogota on 3 February 2009 unless told otherwise."""

    def make(
        *paragraphs: str,
        post: str | None = "bogota",
        tags: tuple[str, ...] = (),
        sent_at: datetime = datetime(2009, 2, 3, tzinfo=UTC),
        classified_by: tuple[str, str] | None = None,
        signer: str | None = None,
    ) -> Cable:
        parts = [part("paragraph", f"p{n}", text, n) for n, text in enumerate(paragraphs, start=1)]
        by = None
        if classified_by is not None:
            line = f"{classified_by[1]} {classified_by[0]}, reasons 1.4 (b)."
            parts.insert(0, part("classified-by", "classified-by", line))
            by = ClassifiedBy(
                as_sent=line, start=0, end=len(line), names=(classified_by[0],), title=classified_by[1], reasons=()
            )
        if signer is not None:
            parts.append(part("signature", "signature", signer))
        return Cable(
            canonical_id="09BOGOTA1",
            raw=RawCable(source="test", position=1, format="telegram", encoding="utf-8", metadata=(), text=""),
            sent_at=sent_at,
            post=post,
            tags=tuple(
                Tag(as_sent=t, start=0, end=0, term=t, kind="geographic", country=tag_country(t, None)) for t in tags
            ),
            classified_by=by,
            signed_by=(TextValue(as_sent=signer, start=0, end=0, value=signer),) if signer else (),
            parts=tuple(parts),
        )

    return make


@pytest.fixture
def facts_of(cable_of: Callable[..., Cable]) -> Callable[..., Facts]:
    """Extract from a cable made of these paragraphs."""
    return lambda *paragraphs, gazetteer=EMPTY, **options: extract(cable_of(*paragraphs, **options), gazetteer)


@pytest.fixture
def reading_of() -> Callable[..., Reading]:
    """Read one text as the paragraph p1."""

    def read(text: str, *, is_capitals: bool = False, breaks: frozenset[int] = frozenset()) -> Reading:
        return read_part("p1", "paragraph", 1, text, is_capitals=is_capitals, breaks=breaks)

    return read


@pytest.fixture
def setting() -> Setting:
    """A post in Colombia in 2009."""
    return Setting(host="CO", host_basis="host-country", government={"GOC": "CO", "GOM": "MX"}.get, year=2009)
