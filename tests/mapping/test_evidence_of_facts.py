"""Every official, meeting, agreement and tenure has evidence whose offsets give back its words."""

import runpy
from pathlib import Path

import pytest

from kg.build.pipeline import build

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "check_evidence.py"))
CLASSES, outcomes, mistakes = (SCRIPT[name] for name in ("CLASSES", "outcomes", "_mistakes"))

ROW = {"words": "Orlan", "spans": "4-9 21-26", "text": "Ana Orlan met us. So Orlan said.", "label": "Orlan: Minister"}


def assert_all_have_words(data):
    found = list(outcomes(data))
    assert [one.name for one in found] == list(CLASSES)
    for one in found:
        assert one.wrong == ()
        assert one.things == one.with_evidence == one.right > 0


def test_facts_of_the_examples_have_their_words(example_data):
    assert_all_have_words(example_data)


@pytest.mark.shared
@pytest.mark.slow
def test_facts_of_the_corpus_have_their_words(plan_of, shared, tmp_path):
    build(plan_of(tmp_path / "data", shared / "corpus"))
    assert_all_have_words(tmp_path / "data")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": "Varga"}, "'Orlan' stands at 4-9 21-26, and not 'Varga'"),
        ({"spans": "4-90"}, "4-90 does not lie in the text"),
        ({"spans": "9-4"}, "9-4 does not lie in the text"),
        ({"spans": "4-9 10-13"}, "'met' is no name of the person"),
        ({"role_spans": "10-13"}, "'met' is no role of 'Orlan: Minister'"),
    ],
)
def test_wrong_offsets_are_told(change, told):
    assert told in list(mistakes(ROW | change, {"Orlan", "Ana Orlan"}))


def test_further_words_of_a_person_are_its_names():
    assert list(mistakes(ROW, {"Orlan"})) == []
