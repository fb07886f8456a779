"""Chiefs of mission by post, day and name; the terms are those of the list of the Office of the Historian."""

from datetime import date

import pytest

from kg.identity.chiefs import ambassador_of, chief_of, chiefs, terms_of
from kg.identity.forms import parse
from kg.identity.model import Ledger
from kg.identity.resolve import resolve
from kg.tables import posts

DURING = date(2009, 2, 1)


@pytest.mark.parametrize(
    "name",
    ["BROWNFIELD", "Brownfield", "W. Brownfield", "William R. Brownfield", "Bill Brownfield", "BROWNFIELD, WILLIAM"],
)
def test_chief_is_found_by_any_form_of_the_name(name):
    chief = chief_of(parse(name), "bogota", DURING)
    assert chief is not None
    assert chief.name == "William R. Brownfield"


@pytest.mark.parametrize(
    ("name", "post", "day"),
    [
        ("Brownfield", "bogota", date(2007, 9, 11)),
        ("Brownfield", "bogota", date(2010, 8, 11)),
        ("Brownfield", "caracas", DURING),
        ("Brown", "bogota", DURING),
        ("J. Brownfield", "bogota", DURING),
        ("Ana Brownfield", "bogota", DURING),
        ("XXXXXXXX", "bogota", DURING),
        ("Brownfield", None, DURING),
        ("Brownfield", "bogota", None),
    ],
)
def test_nobody_else_is_the_chief(name, post, day):
    assert chief_of(parse(name), post, day) is None


@pytest.mark.parametrize("day", [date(2007, 9, 12), date(2010, 8, 10)])
def test_first_and_last_day_belong_to_the_term(day):
    assert chief_of(parse("Brownfield"), "bogota", day) is not None


def test_first_of_a_double_surname_may_stand_alone():
    assert chief_of(parse("GFOELLER"), "bishkek", date(2009, 6, 1)) is not None


def test_ambassador_of_a_day():
    chief = ambassador_of("caracas", date(2006, 5, 1))
    assert chief is not None
    assert chief.person == "brownfield-william-r"
    assert ambassador_of("caracas", date(2002, 2, 15)) is None
    assert ambassador_of(None, None) is None


def test_terms_of_a_person_are_in_order():
    assert [term.post for term in terms_of("brownfield-william-r")][-2:] == ["caracas", "bogota"]
    assert terms_of("nobody") == ()


def test_terms_begin_before_they_end_at_known_posts():
    known = {post.slug for post in posts()} | {"jeddah", "rio-de-janeiro"}
    assert set(chiefs()) <= known
    assert all(term.until is None or term.since <= term.until for terms in chiefs().values() for term in terms)


def test_signers_of_two_posts_are_one_chief_with_the_name_of_the_list(signer):
    first = signer("06CARACAS9001", "2006-05-01", "BROWNFIELD", post="caracas")
    second = signer("09BOGOTA9001", "2009-02-01", "Brownfield", post="bogota")
    result = resolve([first, second], Ledger(), ())
    assert [(o.label, o.listed_as) for o in result.officials] == [("William R. Brownfield", "brownfield-william-r")]
    assert [(j.rule, j.score) for j in result.judgements] == [("chief-of-mission", 0.99)]


def test_signer_outside_the_term_is_kept_apart_and_a_candidate(signer):
    early = signer("07BOGOTA9001", "2007-09-01", "Brownfield")
    chief = signer("07BOGOTA9002", "2007-09-20", "Brownfield")
    result = resolve([early, chief], Ledger(), ())
    assert len(result.officials) == 2
    assert [(j.verdict, j.rule) for j in result.judgements] == [("different", "not-in-office")]
    assert [(c.score, c.rule) for c in result.candidates] == [(0.9, "not-in-office")]


def test_two_chiefs_of_one_surname_are_two(signer):
    # Wood headed Bogota until March 2007 and Kabul from April; nobody joins Woods of other lists.
    wood = signer("06BOGOTA9001", "2006-03-01", "Wood")
    kabul = signer("08KABUL9001", "2008-03-01", "WOOD", post="kabul")
    other = signer("08KABUL9002", "2010-03-01", "WOOD", post="kabul")
    result = resolve([wood, kabul, other], Ledger(), ())
    assert len(result.officials) == 2
