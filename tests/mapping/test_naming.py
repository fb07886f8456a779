"""Names that the mapping gives to what cables share."""

import pytest

from kg.mapping.naming import position_slug
from tests.mapping.test_tenures import role


@pytest.mark.parametrize(
    ("title", "country", "slug"),
    [
        ("president", "CO", "co-president"),
        ("co-president", None, "x-co-president"),
        ("PA Prime Minister", None, "x-pa-prime-minister"),
        ("harbor master", None, "harbor-master"),
    ],
)
def test_a_title_that_begins_like_a_country_is_no_position_of_that_country(title, country, slug):
    assert position_slug(role(title, None, country)) == slug
