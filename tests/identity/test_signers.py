"""Who signed the shared cables, beside the list of chiefs of mission as it is."""

import sys
from collections import Counter
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.mark.shared
def test_chiefs_in_office_are_found_and_nobody_else(shared, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    sys.modules.pop("compare_signers", None)
    import compare_signers

    terms = compare_signers.read_terms(shared / "authority" / "pocom_chiefs_and_principals.tsv")
    found = compare_signers.compare(compare_signers.persons_of([str(shared / "corpus")]), terms)
    counts = Counter(signature.outcome for signature in found)
    due = counts["found"] + counts["missed"] + counts["other"]
    assert due > 200
    assert counts["found"] / due >= 0.95
    assert counts["other"] == counts["not in office"] == 0
