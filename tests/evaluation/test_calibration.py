import pytest

from kg.evaluation.calibration import Find, Reliability, by_band, by_rule, calibration_error, mention_finds, wilson


def find(confidence, is_right, rule="met", kind="meetings"):
    return Find(kind=kind, rule=rule, confidence=confidence, is_right=is_right)


def test_wilson_interval_of_known_shares():
    # Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


def test_finds_are_grouped_by_band_and_by_rule():
    finds = [find(0.85, True), find(0.85, False), find(0.6, True, "told"), find(1.0, True, "visit")]
    assert [(row.group, row.finds, row.right) for row in by_band(finds)] == [
        ("0.60-0.70", 1, 1),
        ("0.80-0.90", 2, 1),
        ("0.95-1.00", 1, 1),
    ]
    assert [(row.group, row.stated, row.observed) for row in by_rule(finds)] == [
        ("met", 0.85, 0.5),
        ("told", 0.6, 1),
        ("visit", 1.0, 1),
    ]


def test_error_is_the_gap_weighted_by_finds():
    finds = [find(0.85, True), find(0.85, False), find(0.65, True), find(0.65, True)]
    assert calibration_error(by_band(finds)) == pytest.approx((2 * 0.35 + 2 * 0.35) / 4)
    assert calibration_error([]) == 0


def test_a_statement_outside_the_interval_is_off():
    assert Reliability(kind="meetings", group="met", finds=100, right=60, stated=0.85).is_off
    assert not Reliability(kind="meetings", group="met", finds=5, right=3, stated=0.85).is_off


def test_mentions_are_right_where_the_annotation_has_the_form(cable, person):
    gold = cable(officials=[person("Ana Orlan", "Orlan")], others=[person("Jo Varga")])
    mentions = [{"text": text, "rule": "surname", "confidence": 0.95} for text in ("ORLAN", "Varga", "Jo Varga")]
    found = cable(officials=[person("Orlan", mentions=[{**one, "part": "p1", "spans": [[0, 5]]} for one in mentions])])
    assert [one.is_right for one in mention_finds(gold, found)] == [True, False, True]
