"""Releases as text, the cable that they hold for, and what they say in the graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataFolderError
from kg.iris import Iris
from kg.sources.model import RawCable
from kg.validation.quarantine import RefusedCable, content_of, fingerprint
from kg.validation.releases import (
    RELEASES_HEAD,
    Release,
    decode_releases,
    encode_releases,
    release_lines,
    release_of,
    unreleasable,
)

CONTENT = "0a" * 32


def raw(text: str = "x", source: str = "a.txt", metadata: tuple[tuple[str, str], ...] = ()) -> RawCable:
    return RawCable(source=source, position=1, format="telegram", encoding="utf-8", metadata=metadata, text=text)


def refused(**changes) -> RefusedCable:
    values = {"canonical_id": "09QUITO77", "raw": (raw(),), "reasons": ("No label.",), **changes}
    return RefusedCable(**values)


@given(st.text(min_size=1).filter(lambda text: text.strip()), st.text())
def test_a_release_survives_its_line(reason, by):
    made = release_of(refused(), by, reason)
    assert made is not None
    assert decode_releases(encode_releases([made, made])) == (made,)


def test_releases_are_sorted_whatever_their_order():
    one, other = Release("09QUITO77", CONTENT, "", "read"), Release("08QUITO12", CONTENT, "A. Quill", "read")
    assert encode_releases([one, other]) == encode_releases([other, one])
    assert decode_releases(encode_releases([one, other])) == (other, one)


@pytest.mark.parametrize(
    "line",
    ["09QUITO77\tshort\t\tread", f"09QUITO77\t{CONTENT}\t\t", f"\t{CONTENT}\t\tread", f"09QUITO77\t{CONTENT}\tread"],
)
def test_a_line_that_is_no_release_is_named(line):
    with pytest.raises(DataFolderError, match="line 2"):
        decode_releases(f"{RELEASES_HEAD}\n{line}\n")


def test_a_release_holds_for_the_same_copies_in_other_places_alone():
    held = content_of([raw("x"), raw("y")])
    assert content_of([raw("y", "elsewhere.txt"), raw("x"), raw("x", "again.txt")]) == held
    assert content_of([raw("x")]) != held
    assert content_of([raw("x"), raw("y "), raw("y")]) != held
    assert content_of([raw("x"), raw("y", metadata=(("created", "1999-01-01"),))]) != held


def test_a_fingerprint_tells_places_apart():
    assert fingerprint(raw("x")) == fingerprint(raw("x"))
    assert fingerprint(raw("x")) != fingerprint(raw("x", "elsewhere.txt"))


def test_what_nothing_names_cannot_be_released():
    nameless = refused(canonical_id=None, reasons=("no canonical id: say one.",))
    assert release_of(nameless, "", "read") is None
    assert "no canonical id" in str(unreleasable(nameless))


def test_what_could_not_be_validated_cannot_be_released():
    broken = refused(failure="SyntaxError: no triple")
    assert release_of(broken, "", "read") is None
    assert "SyntaxError: no triple" in str(unreleasable(broken))


def test_the_graph_tells_cable_person_and_reason():
    lines = "".join(release_lines([Release("09QUITO77", CONTENT, "A. Quill", "read by eye")], Iris()))
    assert "<https://w3id.org/cablekg/release/09QUITO77>" in lines
    assert "releasedCable> <https://w3id.org/cablekg/cable/09QUITO77> ." in lines
    assert 'dc/terms/creator> "A. Quill" .' in lines
    assert 'dc/terms/description> "read by eye" .' in lines


def test_a_release_by_nobody_in_particular_names_none():
    assert "creator" not in "".join(release_lines([Release("09QUITO77", CONTENT, "", "read")], Iris()))
