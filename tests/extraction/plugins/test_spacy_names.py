"""The extractor of the extra `nlp`, with its model."""

from collections.abc import Callable
from importlib.util import find_spec

import pytest

from kg.cables.model import Cable
from kg.extraction import extract
from kg.extraction.extract import readings_of
from kg.extraction.plugins.admission import Asking
from kg.extraction.plugins.spacy_names import MODEL, SpacyNames

pytestmark = pytest.mark.skipif(
    find_spec(MODEL) is None, reason="needs spaCy and its model, the extra nlp: `make install-nlp` adds them"
)


@pytest.fixture(scope="module")
def spacy() -> SpacyNames:
    """The extractor, its model loaded once."""
    return SpacyNames()


def test_the_version_names_model_and_code(spacy):
    assert spacy.version.startswith(f"{MODEL} 3.8.0, spaCy 3.8.")


def test_a_name_that_no_rule_explains_is_suggested_and_let_in(spacy, cable_of: Callable[..., Cable]):
    cable = cable_of("The old fishermen of the town still remember Thorvald Quillabert, who had built the harbor.")
    assert extract(cable).persons == ()
    asking = Asking(readings_of(cable), extract(cable))
    parts = asking.parts()
    admission = asking.admit(spacy.suggest(parts), parts, "plugin:spacy", 0.55)
    (person,) = extract(cable, suggestions=admission.admitted).persons
    assert (person.name, person.confidence) == ("Thorvald Quillabert", 0.55)


def test_offsets_hold_in_a_text_sent_in_capitals(spacy, cable_of: Callable[..., Cable]):
    text = "THE OLD FISHERMEN OF THE TOWN STILL REMEMBER THORVALD QUILLABERT, WHO HAD BUILT THE HARBOR."
    cable = cable_of(text)
    parts = Asking(readings_of(cable), extract(cable)).parts()
    assert [one.text for one in spacy.suggest(parts)] == ["THORVALD QUILLABERT"]


def test_the_same_parts_give_the_same_answer(spacy, cable_of: Callable[..., Cable]):
    cable = cable_of("They remember Thorvald Quillabert.", "They remember Vrosko Falquero and the Tormo Street market.")
    parts = Asking(readings_of(cable), extract(cable)).parts()
    assert list(spacy.suggest(parts)) == list(spacy.suggest(parts))
    assert list(spacy.suggest(())) == []
