import pytest

from kg.extraction.background import setting_of
from kg.extraction.extract import readings_of


def setting(cable):
    return setting_of(cable, readings_of(cable))


def test_host_is_the_post_s_country(cable_of):
    made = setting(cable_of("It rained."))
    assert (made.host, made.host_basis, made.year) == ("CO", "host-country", 2009)


def test_department_is_at_home_where_its_tags_point(cable_of):
    assert setting(cable_of("It rained.", post="state", tags=("PE",))).host == "PE"


@pytest.mark.parametrize(("code", "country"), [("GOC", "CO"), ("USG", "US"), ("GOF", "FR"), ("GOZ", None)])
def test_government_codes(cable_of, code, country):
    assert setting(cable_of("It rained.")).government(code) == country


def test_government_code_of_a_country_that_the_text_names(cable_of):
    assert setting(cable_of("Mexico was dry, and Mexican rain is rare.")).government("GOM") == "MX"
