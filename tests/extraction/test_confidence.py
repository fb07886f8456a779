from pathlib import Path

import pytest

from kg.extraction.confidence import confidence
from kg.tables import rows

EXPLANATION = Path(__file__).parents[2] / "docs" / "explanation" / "extraction.md"


def test_confidences_lie_between_none_and_certain():
    assert all(0 < confidence(row["rule"]) < 1 for row in rows("rules.tsv"))


def test_unknown_rule_is_refused():
    with pytest.raises(KeyError):
        confidence("guess")


@pytest.mark.parametrize("row", list(rows("rules.tsv")), ids=lambda row: row["rule"])
def test_every_rule_stands_in_the_explanation_with_its_confidence(row):
    line = next(line for line in EXPLANATION.read_text("utf-8").splitlines() if line.startswith(f"| `{row['rule']}`"))
    assert row["confidence"] in line
