"""Which roles of one person in one cable are one tenure, and which stay apart."""

import pytest

from kg.extraction.model import Evidence, Person, Role
from kg.mapping.tenures import tenures


def role(text: str, title: str | None = None, country: str | None = "EC", /, **more) -> Role:
    start = more.pop("start", 0)
    values = {
        "organization": None,
        "country_basis": "host-country" if country else None,
        "status": "current",
        "evidence": Evidence(part=more.pop("part", "p1"), start=start, end=start + len(text)),
        "rule": "title-name",
        "confidence": 0.97,
    }
    return Role(text=text, title=title or text, country=country, **{**values, **more})


def person(*roles: Role) -> Person:
    return Person(
        key="p1",
        name="Ada Lark",
        forms=("Ada Lark",),
        roles=roles,
        organization=None,
        country="EC",
        is_official=True,
        mentions=(),
        confidence=0.97,
    )


@pytest.mark.parametrize(
    ("fuller", "other"),
    [
        (role("Prime Minister"), role("PM")),
        (role("Foreign Minister"), role("Minister")),
        (role("Foreign Minister"), role("FM", "FM", None)),
        (role("Minister of Public Works"), role("Minister")),
        (role("Ecuadorian President", "President", country_basis="demonym"), role("President")),
        (role("Tern Society chairman", "chairman", organization="Tern Society"), role("chairman", "chairman", None)),
        (role("director for nests", "director"), role("director")),
    ],
)
def test_a_shorter_wording_is_the_same_tenure(fuller, other):
    assert [one.role for one in tenures(person(other, fuller))] == [fuller]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (role("President"), role("former President", "President", status="former")),
        (role("Vice President"), role("President")),
        (role("Ambassador", "Ambassador", "US"), role("Ambassador", "Ambassador", "FR")),
        (role("President"), role("Tern Party president", "president", organization="Tern Party")),
        (role("director for nests", "director"), role("director for eggs", "director")),
        (role("Foreign Minister"), role("Minister", confidence=0.5)),
        (role("General"), role("Governor")),
    ],
)
def test_what_may_be_two_offices_stays_apart(one, other):
    assert len(tenures(person(one, other))) == 2


def test_a_title_that_may_be_short_for_either_of_two_offices_stays_apart():
    assert len(tenures(person(role("Foreign Minister"), role("Defense Minister"), role("Minister")))) == 3


def test_the_words_of_a_tenure_begin_with_the_fullest_and_stay_in_its_part():
    long, short, far = role("Prime Minister", start=40), role("PM", start=7), role("PM", part="p2")
    assert [one.spans for one in tenures(person(short, long, far))] == [((40, 54), (7, 9))]


def test_a_person_without_roles_has_no_tenure():
    assert tenures(person()) == []
