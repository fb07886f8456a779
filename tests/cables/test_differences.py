"""What one text has otherwise than another."""

import time

import pytest

from kg.cables.clean import clean
from kg.cables.differences import changes

TEXT = "The keeper said the nets were wet and the ropes were dry. He asked for a longer ladder."


def kinds(one, other):
    found, is_cut = changes(clean(one), clean(other))
    assert not is_cut
    for change in found:
        assert change.preferred == " ".join(one[change.start : change.end].split())
    return [(change.kind, change.preferred, change.other) for change in found]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TEXT, []),
        (TEXT.replace(" ", " \n"), []),
        (TEXT.replace("nets", "sails"), [("replaced", "nets", "sails")]),
        (TEXT.replace("and the ropes were dry", "and dry"), [("deleted", "the ropes were", "")]),
        (TEXT + " Soon.", [("inserted", "", "Soon.")]),
        ("Well. " + TEXT, [("inserted", "", "Well.")]),
        (TEXT.replace("The keeper", "XXXXXXXX"), [("redacted", "The keeper", "XXXXXXXX")]),
        ("", [("deleted", TEXT, "")]),
        ("Nothing like it", [("replaced", TEXT, "Nothing like it")]),
    ],
)
def test_changes(other, expected):
    assert kinds(TEXT, other) == expected


@pytest.mark.parametrize("marks", [("‘a’", "'a'"), ("“a”", '"a"'), ("a – b", "a - b"), ("¶1. a", "1. a")])
def test_forms_of_marks_make_no_change(marks):
    assert kinds(*marks) == []


def test_an_offset_moves_the_spans():
    found, _ = changes(clean("the nets"), clean("the sails"), 100)
    assert (found[0].start, found[0].end) == (104, 108)


def test_a_long_stretch_counts_as_replaced_whole():
    one = " ".join(f"a{n}" for n in range(100))
    other = " ".join(f"b{n}" for n in range(100))
    ((kind, preferred, changed),) = kinds(f"start {'here ' * 3}{one[:300]}", f"start {'here ' * 3}{other[:300]}")
    assert (kind, preferred, changed) == ("replaced", one[:300], other[:300])


def test_many_changes_are_cut():
    one = " ".join(f"same{n} also{n} then{n} other{n}" for n in range(600))
    found, is_cut = changes(clean(one), clean(one.replace("other", "another")))
    assert (len(found), is_cut) == (500, True)


@pytest.mark.parametrize("unit", ["a ", "a b ", "the nets ", "a a b "])
def test_repetition_is_compared_in_time(unit):
    texts = [unit * (n // len(unit)) for n in (40_000, 160_000)]
    seconds = []
    for text in texts:
        one, other = clean(text), clean("x " + text.replace("b", "c", 50)[: len(text) // 2])
        start = time.process_time()
        changes(one, other)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 12 * seconds[0] + 0.1
