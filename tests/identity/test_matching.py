import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.forms import parse
from kg.identity.matching import NAME_RULES, contradict, decide, match

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("Ana Quill", "QUILL, ANA", "same-words"),
        ("Dae-jung Quill", "Daejung Quill", "same-letters"),
        ("Muammar al-Qadhafi", "Muammar Gaddafi", "spelling"),
        ("Ana Maria Quill", "Ana Quill", "middle-name"),
        ("Ana M. Quill", "Ana Maria Quill", "middle-name"),
        ("A. Quill", "Ana Quill", "initials"),
        ("Bill Quill", "William B. Quill", "nickname"),
        ("Bernadino Quill", "Bernardino Quill", "slip"),
        ("Ana Quillington", "Ana Quilington", "spelling"),
        ("Ana Stormholm", "Ana Stormholn", "slip"),
        ("Quill Sang-ho", "Sang-ho Quill", "other-order"),
        ("Raul Victor Quill", "Victor Raul Quill", "other-order"),
        ("Ana Quill Vega", "Ana Quill", "second-surname"),
        ("L. Paul Quill", "Paul Quill", "by-middle-name"),
        ("Ana Quill, 2nd", "Ana Quill II", "same-words"),
        ("Quill, James B., Jr.", "James B. Quill Jr", "same-words"),
        ("James Y. Quill", "James Young Quill", "middle-name"),
    ],
)
def test_names_of_one_person(one, other, rule):
    assert match(parse(one), parse(other)) == match(parse(other), parse(one)) == rule


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Quill", "Eva Quill"),
        ("Ilham Aliyev", "Ilham Abiyev"),
        ("Luis Chacin", "Luis Chacon"),
        ("James B. Quill", "James C. Quill"),
        ("James Quill Jr.", "James Quill Sr."),
        ("J. Hodding Quill", "Jane Quill"),
        ("Ana Davis", "Ana Davies"),
        ("Quill", "Ana Quill"),
        ("XXXX", "XXXX"),
    ],
)
def test_names_of_two_persons(one, other):
    assert match(parse(one), parse(other)) is None


def test_initial_is_not_decided_beside_two_who_may_be_meant():
    block = [parse(name) for name in ("A. Quill", "Ana Quill", "Abel Quill")]
    assert decide(block[0], block[1], block) is None
    assert decide(block[0], block[1], block[:2]) == "initials"


def test_uncommon_name_tells_a_person_whatever_the_initials():
    block = [
        parse(name) for name in ("Llewellyn B. Quill", "Llewellyn C. Quill", "William B. Quill", "William C. Quill")
    ]
    assert decide(block[0], block[1], block) == "rare-name"
    assert decide(block[2], block[3], block) is None


@pytest.mark.parametrize(
    ("one", "other"), [("Ana Quill", "Eva Quill"), ("Ana B. Quill", "Ana C. Quill"), ("A Quill Jr.", "A Quill Sr.")]
)
def test_contradicting_names(one, other):
    assert contradict(parse(one), parse(other))


@given(st.text(max_size=30), st.text(max_size=30))
def test_matching_is_symmetric_and_never_raises(one, other):
    found = match(parse(one), parse(other))
    assert found == match(parse(other), parse(one))
    assert found is None or found in NAME_RULES
    contradict(parse(one), parse(other))
    decide(parse(one), parse(other), [parse(one), parse(other)])


@pytest.mark.shared
def test_editors_variants_are_matched(shared, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    sys.modules.pop("compare_names", None)
    import compare_names

    people = compare_names.read_people(shared / "authority" / "history_state_people.tsv")
    result = compare_names.compare(people, in_context=True)
    assert result.precision >= 0.99
    assert result.recall >= 0.90
