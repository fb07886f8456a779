"""A refused cable survives its record whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataFolderError
from kg.sources.model import RawCable
from kg.validation.model import Result
from kg.validation.quarantine import RefusedCable, decode, encode

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
RESULT = Result(
    focus="a:b", path=None, value='"x"', message="m", severity="Violation", shape="cks:x", component="sh:MinCount"
)


def raw(text: str, metadata: tuple[tuple[str, str], ...] = ()) -> RawCable:
    return RawCable(source="a.txt", position=1, format="telegram", encoding="utf-8", metadata=metadata, text=text)


@given(ANY_TEXT, st.dictionaries(st.sampled_from(["created", "origin", "subject"]), ANY_TEXT))
def test_round_trip(text, metadata):
    refused = RefusedCable(
        canonical_id="09QUITO77",
        raw=(raw(text, tuple(sorted(metadata.items()))), raw("another")),
        reasons=("No label.",),
        results=(RESULT,),
    )
    assert decode(encode(refused)) == refused


@given(ANY_TEXT)
def test_a_record_is_one_line_of_ascii(text):
    line = encode(RefusedCable(canonical_id=None, raw=(raw(text),), reasons=()))
    assert line.isascii()
    assert len(line.splitlines()) == 1


def test_a_cable_without_an_id():
    refused = RefusedCable(canonical_id=None, raw=(raw("x"),), reasons=("no id",))
    assert decode(encode(refused)).canonical_id is None


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "{}", json.dumps({"id": None, "raw": [{}], "reasons": [], "results": []})]
)
def test_a_line_that_is_no_record(line):
    with pytest.raises(DataFolderError):
        decode(line)
