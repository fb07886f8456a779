"""Meetings of several cables are one occasion: the same parties, the same day, no other place."""

import itertools

import pytest

from kg.identity.occasions import Occasion, Report, occasions


def report(cable: str, parties: str, *, number=1, day="2009-03-20", place="", kind="bilateral") -> Report:
    return Report(cable, number, day, place, kind, " ".join(sorted(parties.split())), parties)


ONE = report("09LIMA1", "ana bo", place="lima")


@pytest.mark.parametrize(
    ("other", "rule", "score"),
    [
        (report("09QUITO2", "ana bo", place="lima"), "same-persons-same-day", 0.95),
        (report("09QUITO2", "ana bo"), "same-persons-same-day", 0.9),
        (report("09QUITO2", "ana bo cy"), "same-persons-same-day", 0.9),
    ],
)
def test_reports_of_one_occasion(other, rule, score):
    assert occasions([other, ONE]) == (Occasion(reports=(ONE, other), rule=rule, score=score),)


def test_reports_that_each_name_others():
    a, b = report("09LIMA1", "ana bo cy"), report("09QUITO2", "ana bo dee")
    assert occasions([a, b]) == (Occasion(reports=(a, b), rule="shared-persons-same-day", score=0.75),)


@pytest.mark.parametrize(
    "other",
    [
        report("09LIMA1", "ana bo", number=2),  # the same cable
        report("09QUITO2", "ana cy"),  # one party shared
        report("09QUITO2", "ana bo", day="2009-03-21"),
        report("09QUITO2", "ana bo", place="quito"),
        report("09QUITO2", "ana bo", kind="call"),
    ],
)
def test_reports_of_two_occasions(other):
    assert occasions([ONE, other]) == ()


def test_a_call_may_be_what_another_cable_calls_a_contact():
    a, b = report("09LIMA1", "ana bo", kind="call"), report("09LIMA2", "ana bo", kind="embassy contact")
    assert len(occasions([a, b])) == 1


def test_a_position_of_a_post_counts_beside_an_official():
    a, b = report("09LIMA1", "ana lima:dcm"), report("09LIMA2", "ana lima:dcm")
    assert len(occasions([a, b])) == 1
    assert occasions([report("09LIMA1", "lima:dcm lima:poloff"), report("09LIMA2", "lima:dcm lima:poloff")]) == ()


def test_a_third_report_goes_with_both_or_stays_out():
    far = report("09ROME3", "ana bo", place="rome")
    near = report("09QUITO2", "ana bo")
    (found,) = occasions([ONE, near, far])
    assert found.reports == (ONE, near)
    third = report("09ROME3", "ana bo cy")
    (found,) = occasions([ONE, near, third])
    assert found.reports == (ONE, near, third)


def test_the_order_of_the_reports_does_not_matter():
    all_of_them = [
        ONE,
        report("09QUITO2", "ana bo cy dee"),
        report("09ROME3", "cy dee", place="rome"),
        report("09ROME3", "ana bo", number=2),
    ]
    assert len({occasions(order) for order in itertools.permutations(all_of_them)}) == 1
