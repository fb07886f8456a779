import pytest

from kg.extraction.agreement_evidence import of_noun
from kg.extraction.agreement_scores import confidence_of, score
from kg.extraction.dealings import dealings


def evidence(reading_of, text):
    reading = reading_of(text)
    (found,) = dealings(reading)
    return of_noun(reading, found, {"GOC": "CO"}.get)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peru signed a barley pact with Chile.", "partner-named"),
        ("Peru signed a barley pact with Chile.", "indefinite"),
        ("Peru signed a barley pact with Chile.", "status-near"),
        ("Peru signed a barley pact with Chile.", "two-countries-in-sentence"),
        ("They want a border pact.", "topic"),
        ("They want a bilateral pact.", "joint"),
        ("There was no barley pact.", "negated"),
        ("the Barley-GOC pacts", "plural"),
        ('the "boat for boat" pact', "quoted"),
        ("a pact to lower the dues", "no-modifier"),
    ],
)
def test_evidence(reading_of, text, name):
    assert name in evidence(reading_of, text)


def test_score_adds_up():
    assert score(["partner-named"]) - score([]) == score(["partner-named", "unheard-of"]) - score([])


def test_confidence_grows_with_the_evidence():
    assert confidence_of(["sort-known", "partner-named"]) > confidence_of(["partner-named"])


def test_little_evidence_gives_no_confidence():
    assert confidence_of(["sort-plan", "negated", "plural"]) == 0
