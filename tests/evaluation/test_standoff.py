from kg.evaluation.model import AnnotationProblem
from kg.evaluation.standoff import with_words
from kg.evaluation.texts import CableText
from kg.sources.model import RawCable

RAW = RawCable(
    source="t", position=1, format="telegram", encoding="utf-8", metadata=(), text="1. Ana\nOrlan met\nPAGE 02\nVarga."
)
CABLE = CableText(found=(RAW,), parts=(), folded=())


def test_places_become_words():
    entry = {"name": [[3, 12]], "forms": [[[7, 12]]], "country": "PE", "organization": None}
    value = {"sha256": RAW.digest, "officials": [entry], "meetings": [{"quote": [[3, 16], [25, 30]]}]}
    worded = with_words("g.json", value, CABLE)
    assert worded["officials"] == [{"name": "Ana Orlan", "forms": ["Orlan"], "country": "PE", "organization": None}]
    assert worded["meetings"] == [{"quote": "Ana Orlan met Varga"}]


def test_an_annotation_with_words_stays_as_it_is():
    value = {"officials": [{"name": "Ana Orlan"}]}
    assert with_words("g.json", value, CABLE) is value


def test_places_in_another_text_are_refused():
    problem = with_words("g.json", {"sha256": "0" * 64}, CABLE)
    assert isinstance(problem, AnnotationProblem)
    assert str(problem).startswith("g.json: sha256: the sources hold another text")


def test_what_is_no_place_is_left_for_the_check_of_types():
    value = {"sha256": RAW.digest, "officials": [{"name": 7, "forms": "x", "roles": [[["a", 2]]]}, "Orlan"]}
    assert with_words("g.json", value, CABLE)["officials"] == value["officials"]
