import pytest

from kg.evaluation import evaluate
from kg.evaluation.model import KINDS


@pytest.fixture
def outcome(cable, person, meeting):
    """A cable with one of each kind of miss."""
    basis = {"rule": "met", "confidence": 0.85, "evidence": {"part": "p1", "start": 3, "end": 20}}
    gold = cable(
        officials=[person("Ana Orlan"), person("Jo Varga", roles=("Mayor",))],
        meetings=[meeting("Ana Orlan", "us"), meeting("Jo Varga", "us", paragraph=5)],
    )
    found = cable(
        officials=[person("Ana Orlan", roles=("Major",), country="CO", confidence=0.97)],
        meetings=[meeting("Ana Orlan", "us", date=None, **basis), meeting("Telic", "Jo", paragraph=9, **basis)],
    )
    return evaluate([(gold, found)], KINDS)


def test_every_miss_is_told(outcome):
    assert [(miss.kind, miss.outcome, miss.words, miss.detail) for miss in outcome.misses()] == [
        ("officials", "missed", "Jo Varga", ""),
        ("officials", "wrong role", "Ana Orlan", "Minister ≠ Major"),
        ("officials", "wrong country", "Ana Orlan", "PE ≠ CO"),
        ("meetings", "missed", "Jo Varga met us", ""),
        ("meetings", "false", "Telic met Jo", "met 0.85"),
        ("meetings", "wrong date", "Ana Orlan met us", "2009-01-20 ≠ nothing"),
    ]
    assert outcome.misses()[4].as_line() == "09BOGOTA1\tmeetings\tfalse\tp1 3-20\tTelic met Jo\tmet 0.85"


def test_lines_for_a_terminal(outcome):
    lines = outcome.as_text(with_misses=False, with_rules=True).splitlines()
    assert lines[1] == "meetings    precision 0.5  recall 0.5  f1 0.5  gold 2  predicted 2  date 0.0"
    assert lines[4].split() == ["kind", "confidence", "finds", "right", "stated", "observed", "95", "%", "interval"]
    assert lines[6].split() == ["meetings", "0.80-0.90", "2", "1", "0.850", "0.500", "0.095-0.905"]
    assert "expected calibration error: meetings 0.35" in lines
    assert lines[-1].split()[:4] == ["meetings", "met", "2", "1"]


def test_json_holds_the_same(outcome):
    out = outcome.as_json(with_misses=True, with_rules=True)
    assert out["figures"] == outcome.figures()
    assert (out["cables"], len(out["misses"]), out["problems"]) == (1, 6, [])
    assert [row["group"] for row in out["rules"]] == ["met"]
    assert "misses" not in outcome.as_json(with_misses=False, with_rules=False)
