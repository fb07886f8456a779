from datetime import date

import pytest
from edtf import parse_edtf


def held(facts):
    return [role.held for person in facts.persons for role in person.roles if role.held is not None]


@pytest.mark.parametrize(
    ("text", "edtf", "earliest", "latest"),
    [
        ("Former Trade Minister Ana Orlan smiled.", "../2009-02-03", date.min, date(2009, 2, 3)),
        ("Minister-designate Ana Orlan smiled.", "2009-02-03/..", date(2009, 2, 3), date.max),
        ("President-elect Ana Orlan smiled.", "2009-02-03/..", date(2009, 2, 3), date.max),
        ("New Trade Minister Ana Orlan smiled.", "2008-02-04~/..", date(2008, 2, 4), date.max),
        ("Ana Orlan, Trade Minister since 2006, smiled.", "2006/..", date(2006, 1, 1), date.max),
        ("Trade Minister Ana Orlan, who took office in May 2007, smiled.", "2007-05/..", date(2007, 5, 1), date.max),
        ("Ana Orlan, Trade Minister until last month, smiled.", "../2009-01", date.min, date(2009, 1, 31)),
        ("Former President Ana Orlan (1999-2003) smiled.", "1999/2003", date(1999, 1, 1), date(2003, 12, 31)),
        ("Former President Ana Orlan (1994-98) smiled.", "1994/1998", date(1994, 1, 1), date(1998, 12, 31)),
    ],
)
def test_time_in_which_a_role_was_held(facts_of, text, edtf, earliest, latest):
    (found,) = held(facts_of(text))
    assert (found.edtf, found.earliest, found.latest) == (edtf, earliest, latest)
    parse_edtf(found.edtf)


@pytest.mark.parametrize(
    "text",
    [
        "Trade Minister Ana Orlan smiled in 2006.",
        "Trade Minister Ana Orlan came from Lima.",
        "President Ana Orlan (2003-1999) smiled.",
    ],
)
def test_role_without_words_of_time_has_no_bounds(facts_of, text):
    assert held(facts_of(text)) == []
