"""What is said of a cable that cannot be loaded."""

import pytest

from kg.build.refusing import no_id
from kg.sources.model import RawCable


@pytest.mark.parametrize(
    ("metadata", "said"),
    [((), "neither the text nor the source"), ((("reference_id", "the ferry"),), "names the cable 'the ferry'")],
)
def test_a_cable_without_an_id_is_told_what_to_do(metadata, said):
    raw = RawCable(source="a.txt", position=1, format="telegram", encoding="utf-8", metadata=metadata, text="x")
    assert said in no_id(raw)
    assert "class" in no_id(raw)
    assert no_id(raw).endswith("build again.")
