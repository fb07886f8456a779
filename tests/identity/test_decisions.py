from kg.identity.decisions import decide


def standing(*pairs):
    found = ()
    for a, b, verdict in pairs:
        found = decide(found, a, b, verdict).standing
    return found


def test_decision_sorts_its_anchors_and_folds_its_reason():
    judgement = decide((), "b", "a", "same", " one\ntwo ").judgement
    assert (judgement.a, judgement.b, judgement.by, judgement.rule, judgement.reason) == (
        "a",
        "b",
        "person",
        "judged",
        "one two",
    )


def test_newest_of_one_pair_stands():
    decision = decide(standing(("a", "b", "same")), "b", "a", "different")
    assert [(j.a, j.b, j.verdict) for j in decision.standing] == [("a", "b", "different")]
    assert decision.replaced is not None
    assert decision.replaced.verdict == "same"


def test_different_contradicts_the_chain_that_makes_them_one():
    decision = decide(standing(("a", "b", "same"), ("b", "c", "same"), ("c", "d", "same")), "a", "c", "different")
    assert [(j.a, j.b) for j in decision.contradicted] == [("a", "b"), ("b", "c")]


def test_same_contradicts_the_difference_that_it_closes_a_chain_around():
    earlier = standing(("a", "b", "same"), ("a", "c", "different"))
    assert [(j.a, j.b) for j in decide(earlier, "b", "c", "same").contradicted] == [("a", "c")]
    assert decide(earlier, "b", "d", "same").contradicted == ()


def test_old_contradictions_are_not_told_again():
    earlier = standing(("a", "b", "same"), ("b", "c", "same"), ("a", "c", "different"))
    assert decide(earlier, "x", "y", "same").contradicted == ()
