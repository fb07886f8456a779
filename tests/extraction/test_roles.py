import pytest

from kg.extraction.roles import split


@pytest.mark.parametrize(
    ("text", "country", "basis"),
    [
        ("Peruvian Trade Minister", "PE", "demonym"),
        ("President of Chile", "CL", "country-name"),
        ("FBI Director", "US", "organization"),
        ("GOM spokesman", "MX", "government-code"),
        ("Trade Minister", "CO", "host-country"),
        ("DCM", "US", "originator"),
        ("Assistant Secretary", "US", "originator"),
        ("Peruvian Ambassador to Mexico", "PE", "demonym"),
        ("DATT Captain", "US", "originator"),
        ("Assistant Regional Security Officer", "US", "originator"),
        ("MFA Iran Division Director", "CO", "host-country"),
        ("MFA American Affairs Director", "CO", "host-country"),
        ("Latin America adviser", "CO", "host-country"),
        ("political officer at the Mexican Embassy", "MX", "demonym"),
    ],
)
def test_country_and_its_basis(reading_of, setting, text, country, basis):
    parts = split(reading_of(text).tokens, setting)
    assert (parts.country, parts.basis) == (country, basis)


def test_ambassador_is_not_of_the_country_that_receives(reading_of, setting):
    assert split(reading_of("Ambassador to Colombia").tokens, setting).country == "US"
    assert split(reading_of("Ambassador to Peru").tokens, setting).country is None


def test_official_of_an_international_organization_has_no_country(reading_of, setting):
    assert split(reading_of("UN envoy").tokens, setting).country is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("former Trade Minister", "former"),
        ("ex-minister", "former"),
        ("acting director", "acting"),
        ("president-elect", "elect"),
        ("Minister-designate", "designate"),
        ("presidential candidate", "candidate"),
        ("Trade Minister", "current"),
    ],
)
def test_status(reading_of, setting, text, status):
    assert split(reading_of(text).tokens, setting).status == status


def test_organization_as_written(reading_of, setting):
    assert (
        split(reading_of("Peruvian National Police Commander").tokens, setting).organization
        == "Peruvian National Police"
    )


def test_title_without_country(reading_of, setting):
    assert split(reading_of("Peruvian Trade Minister").tokens, setting).title == "Trade Minister"


def test_phrase_without_a_head_is_no_role(reading_of, setting):
    assert split(reading_of("a rainy day").tokens, setting) is None


@pytest.mark.parametrize(
    ("text", "title", "organization"),
    [
        ("head of Interpol's Lima bureau", "head", "Interpol's Lima bureau"),
        ("Secretary General of Interpol", "Secretary General", "Interpol"),
        ("France's Minister of Interior", "Minister of Interior", None),
        ("Minister of Trade and Industry", "Minister of Trade and Industry", None),
        ("Colombian MFA officials", "official", "MFA"),
        ("Deputy Secretaries", "Deputy Secretary", None),
        ("Coast Guard Director", "Director", "Coast Guard"),
        ("Ministry of Defense State Secretary", "State Secretary", "Ministry of Defense"),
        ("Under Secretary of State", "Under Secretary of State", None),
        ("U.S. Department of Energy representative", "representative", "U.S. Department of Energy"),
    ],
)
def test_title_and_organization(reading_of, setting, text, title, organization):
    parts = split(reading_of(text).tokens, setting)
    assert (parts.title, parts.organization) == (title, organization)
