import pyoxigraph

from kg.identity.model import Candidate, Judgement
from kg.identity.triples import candidate_lines, judgement_lines
from kg.iris import CK, DEFAULT_BASE, Iris

IRIS = Iris()
MERGED = Judgement(
    a="07BOGOTA1#p1-0",
    b="08BOGOTA1#p1-0",
    verdict="same",
    by="rule",
    rule="same-full-name",
    reason='Ana "Quill"\n',
    names=("aaaaaaaaaa", "aaaaaaaaaa"),
)


def triples(lines) -> list[pyoxigraph.Triple]:
    return [quad.triple for quad in pyoxigraph.parse("".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)]


def objects(found, predicate: str) -> list[str]:
    return [triple.object.value for triple in found if triple.predicate.value.endswith(predicate)]


def test_judgement_lines_tell_verdict_rule_and_officials():
    found = triples(judgement_lines([MERGED], IRIS))
    assert objects(found, "#type") == [CK + "Judgement"]
    assert objects(found, "verdict") == [f"{DEFAULT_BASE}term/same"]
    assert objects(found, "#rule") == ["same-full-name"]
    assert objects(found, "candidate") == [f"{DEFAULT_BASE}official/aaaaaaaaaa"]
    assert objects(found, "#label") == ['same: Ana "Quill"\n (same-full-name)']
    assert objects(found, "#comment") == ["07BOGOTA1#p1-0 08BOGOTA1#p1-0, by rule"]


def test_judgement_lines_name_both_officials_that_differ():
    judgement = Judgement(
        a="a#p1-0", b="b#p1-0", verdict="different", by="person", rule="judged", names=("aaaaaaaaaa", "bbbbbbbbbb")
    )
    found = triples(judgement_lines([judgement], IRIS))
    assert len(objects(found, "candidate")) == 2
    assert objects(found, "#label") == ["different: a#p1-0 / b#p1-0 (judged)"]


def test_judgements_have_nodes_of_their_own():
    others = [MERGED, Judgement(a="a", b="b", verdict="same", by="rule", rule="fuller-name", names=("x", "x"))]
    assert len({triple.subject for triple in triples(judgement_lines(others, IRIS))}) == 2


def test_candidate_lines_tell_score_rule_and_both():
    candidate = Candidate(a="aaaaaaaaaa", b="bbbbbbbbbb", score=0.45, rule="surname", labels=("Ana Quill", "Quill"))
    found = triples(candidate_lines([candidate], IRIS))
    assert objects(found, "#type") == [CK + "IdentityCandidate"]
    assert objects(found, "score") == ["0.45"]
    assert objects(found, "#label") == ["Ana Quill / Quill (surname)"]
    assert len(objects(found, "candidate")) == 2
    assert found[0].subject.value.startswith(f"{DEFAULT_BASE}candidate/")
