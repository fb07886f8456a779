import pytest

from kg.extraction.sightings import sightings
from kg.extraction.tokens import read_part


def seen(reading, setting):
    return [(s.name, s.role.text if s.role else None, s.rule) for s in sightings(reading, setting)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peruvian Trade Minister Ana Orlan smiled.", ("Ana Orlan", "Peruvian Trade Minister", "title-name")),
        ("Minister of Foreign Affairs Ana Orlan smiled.", ("Ana Orlan", "Minister of Foreign Affairs", "title-name")),
        ("Ana Orlan, head of the harbor board, smiled.", ("Ana Orlan", "head of the harbor board", "name-role")),
        ("Ana Orlan (Deputy Minister) smiled.", ("Ana Orlan", "Deputy Minister", "name-role")),
        ("The board's director, Ana Orlan, smiled.", ("Ana Orlan", "director", "role-comma-name")),
        ("Ana Orlan told reporters it rained.", ("Ana Orlan", None, "name-speech")),
        ("Dr. Orlan smiled.", ("Orlan", None, "honorific-name")),
        ("Ana Orlan, who served as minister of trade, smiled.", ("Ana Orlan", "minister of trade", "name-role")),
        ('Minister Ana "Nita" Orlan smiled.', ('Ana "Nita" Orlan', "Minister", "title-name")),
        ("Minister Alfredo Rada said it rained.", ("Alfredo Rada", "Minister", "title-name")),
        ("His successor, perhaps Ana Orlan, slept.", ("Ana Orlan", "successor", "role-comma-name")),
        ("Security adviser equivalent Ana Orlan smiled.", ("Ana Orlan", "Security adviser equivalent", "title-name")),
        ("Police chief General Orlan smiled.", ("Orlan", "Police chief General", "title-name")),
        ("Ana Orlan, Director, Office of Trade, left.", ("Ana Orlan", "Director, Office of Trade", "name-role")),
        ("Jo took over from Ana Orlan.", ("Ana Orlan", None, "name-office")),
        ("They spoke of Ana Orlan, who stepped down.", ("Ana Orlan", None, "name-office")),
    ],
)
def test_rules(reading_of, setting, text, expected):
    assert expected in seen(reading_of(text), setting)


def test_plural_title_gives_its_role_to_each_name(reading_of, setting):
    found = seen(reading_of("Ministry officials Ana Orlan, Jo Varga and German Telic smiled."), setting)
    assert [(name, rule) for name, _, rule in found] == [
        ("Ana Orlan", "plural-title-list"),
        ("Jo Varga", "plural-title-list"),
        ("German Telic", "plural-title-list"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Senators Ana Orlan (D-MI) and Jo Varga smiled.",
        "He saw two senators (Ana Orlan, Jo Varga and perhaps others).",
        "Two senators who fish often stood out: Ana Orlan and Jo Varga.",
    ],
)
def test_list_with_asides_in_parentheses_or_after_a_colon(reading_of, setting, text):
    assert [(name, rule) for name, _, rule in seen(reading_of(text), setting)] == [
        ("Ana Orlan", "plural-title-list"),
        ("Jo Varga", "plural-title-list"),
    ]


def test_what_a_role_is_for_may_be_a_list(reading_of, setting):
    ((_, role, _),) = seen(reading_of("Ana Orlan, the adviser for ports, docks and harbor issues, left."), setting)
    assert role == "adviser for ports, docks and harbor issues"


def test_role_after_a_titled_name_is_a_second_role(reading_of, setting):
    found = seen(reading_of("General Ana Orlan, head of the harbor guard, smiled."), setting)
    assert {role for _, role, _ in found} == {"General", "head of the harbor guard"}


def test_role_of_the_next_name_is_not_given_to_the_one_before(reading_of, setting):
    found = seen(reading_of("President Orlan, Trade Minister Varga and others smiled."), setting)
    assert ("Orlan", "Trade Minister", "name-role") not in found


def test_business_role_makes_no_official(reading_of, setting):
    (found,) = sightings(reading_of("Banker Ana Orlan smiled."), setting)
    assert not found.is_official


@pytest.mark.parametrize("text", ["Deputy Prime Minister", "The Minister Tuesday left.", "The General Assembly met."])
def test_no_person(reading_of, setting, text):
    assert seen(reading_of(text), setting) == []


def test_names_in_a_list_without_line_breaks_are_parted(reading_of, setting):
    found = seen(reading_of("Participants: Director Ana Orlan Jo Varga (EUR Notetaker)"), setting)
    assert [name for name, _, _ in found] == ["Ana Orlan", "Jo Varga"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Minister for Harbors, Public Accounts and Ports Ana Orlan smiled.",
            [("Ana Orlan", "Minister for Harbors, Public Accounts and Ports")],
        ),
        (
            "Director for Strategic Threats Jo Varga smiled.",
            [("Jo Varga", "Director for Strategic Threats")],
        ),
        ("Prime Minister Ana Orlan Special Assistant Jo Varga smiled.", [("Ana Orlan", "Prime Minister")]),
        ("Ambassador Price told us it rained.", [("Price", "Ambassador")]),
    ],
)
def test_plain_words_are_no_part_of_a_name(reading_of, setting, text, expected):
    found = [(name, role) for name, role, _ in seen(reading_of(text), setting)]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Justice Ministries are large.",
        "The President opened the Major Economies Forum.",
        "Ambassador Had No Wish to Sail",
        "The Chairman of the Senate Harbr Relations Committee smiled.",
        "The Director of the Center for Harbor Studies smiled.",
        "The Chamber of Commerce held its Members Day last week.",
        "The president of the Peruvian Medical Association smiled.",
        "The former General Counsel smiled.",
    ],
)
def test_words_after_a_title_are_no_persons(reading_of, setting, text):
    assert seen(reading_of(text), setting) == []


def test_verb_of_a_heading_is_no_part_of_a_name(setting):
    reading = read_part("h1", "heading", 0, "Minister Orlan Agrees That Ports Are Full", is_capitals=False)
    assert [name for name, _, _ in seen(reading, setting)] == ["Orlan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputy Minister (and head of customs) Ana Orlan smiled.", ("Ana Orlan", "Deputy Minister", "title-name")),
        ("(Foreign Minister) Orlan smiled.", ("Orlan", "Foreign Minister", "title-name")),
        ("Speaker of the Thing Nicolas Orlan smiled.", ("Nicolas Orlan", "Speaker of the Thing", "title-name")),
        (
            'Ana Orlan, the "technical counselor" there, smiled.',
            ("Ana Orlan", "technical counselor", "name-role"),
        ),
        (
            "Ana Orlan, the Harbor Office (HO) Director, smiled.",
            ("Ana Orlan", "Harbor Office (HO) Director", "name-role"),
        ),
        ("Judges like Ana Orlan smiled.", ("Ana Orlan", "Judges", "plural-title-list")),
        ("King Orlan VI smiled.", ("Orlan VI", "King", "title-name")),
        ("President Ya’Orla smiled.", ("Ya’Orla", "President", "title-name")),
        ("Ana Orlan has also criticized them.", ("Ana Orlan", None, "name-speech")),
        ("They dined with Nicolas Orlan there.", ("Nicolas Orlan", None, "given-name")),
    ],
)
def test_rules_see_through_what_stands_between(reading_of, setting, text, expected):
    assert expected in seen(reading_of(text), setting)


@pytest.mark.parametrize("text", ["The Mayor of San Nicolas Orlan wept.", "They flew from Nicolas Orlan Airport."])
def test_given_name_in_a_place_is_no_person(reading_of, setting, text):
    assert all(name != "Nicolas Orlan" for name, _, _ in seen(reading_of(text), setting))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coordinator for Sporting Welfare Vena Orlan smiled.", ("Vena Orlan", "Coordinator for Sporting Welfare")),
        ("Secretary for Latin America Trinidad Orlan smiled.", ("Trinidad Orlan", "Secretary for Latin America")),
        ("Director for the Levant Vena Orlan smiled.", ("Vena Orlan", "Director for the Levant")),
        ("The Chief of the General Staff Orlan smiled.", ("Orlan", "Chief of the General Staff")),
        ("Envoy for Peru and Chile Ambassador Ana Orlan smiled.", ("Ana Orlan", "Ambassador")),
    ],
)
def test_role_ends_where_the_name_begins(reading_of, setting, text, expected):
    assert expected in [(name, role) for name, role, _ in seen(reading_of(text), setting)]


@pytest.mark.parametrize(
    "text",
    [
        "Econoffs to Puerto Orlan found nothing.",
        "The former chairman of Gazprom Orlany slept.",
        "The aircraft carrier Nicolas Orlan sailed.",
    ],
)
def test_what_is_named_like_a_person_is_none(reading_of, setting, text):
    assert seen(reading_of(text), setting) == []


@pytest.mark.parametrize(
    ("text", "country", "basis"),
    [
        ("Mayor Ana Orlan of Lima smiled.", "PE", "country-name"),
        ("Lima mayor Ana Orlan smiled.", "PE", "country-name"),
        ("MFA Peru desk officer Ana Orlan smiled.", "CO", "host-country"),
        ("MFA DAS Orlan smiled.", "CO", "host-country"),
        ("Africa and Indian Ocean Director Ana Orlan smiled.", "CO", "host-country"),
        ("Ana Orlan, Head of Section, Africa and Indian Ocean Department, smiled.", "CO", "host-country"),
    ],
)
def test_country_of_one_from_a_town_or_the_host_ministry(reading_of, setting, text, country, basis):
    (found,) = sightings(reading_of(text), setting)
    assert (found.role.country, found.role.country_basis) == (country, basis)


def test_country_of_the_one_before_in_a_list(reading_of, setting):
    text = "Peruvian Minister Ana Orlan, General Jo Varga and Director Tom Vela smiled."
    found = sightings(reading_of(text), setting)
    assert [(s.role.country, s.role.country_basis) for s in found] == [
        ("PE", "demonym"),
        ("PE", "list"),
        ("PE", "list"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "organization", "country"),
    [
        ("They met Nicolas Orlan, from DFID.", "Nicolas Orlan", "DFID", "GB"),
        ("They met Nicolas Orlan (TDY from Embassy Lima).", "Nicolas Orlan", "Embassy Lima", "US"),
        ("OSD's Nicolas Orlan met them.", "Nicolas Orlan", "OSD", "US"),
        (
            "They met Nicolas Orlan of the Peruvian Foreign Ministry.",
            "Nicolas Orlan",
            "Peruvian Foreign Ministry",
            "PE",
        ),
        ("They met Nicolas Orlan (EUR/ERA).", "Nicolas Orlan", "EUR/ERA", "US"),
    ],
)
def test_person_of_a_public_body_is_an_official(reading_of, setting, text, name, organization, country):
    (found,) = sightings(reading_of(text), setting)
    assert (found.name, found.organization, found.country) == (name, organization, country)
    assert found.is_official


@pytest.mark.parametrize("text", ["They met Nicolas Orlan of Lima.", "They met Nicolas Orlan of the FARC."])
def test_person_of_a_town_or_an_armed_group_is_no_official(reading_of, setting, text):
    (found,) = sightings(reading_of(text), setting)
    assert not found.is_official


def test_sides_of_a_list_of_participants(reading_of, setting):
    text = "Participants: U.S.: Ambassador Ana Orlan; Director Jo Varga. Peruvian Side: Ambassador Tom Vela"
    found = sightings(reading_of(text), setting)
    assert [(s.name, s.country) for s in found] == [("Ana Orlan", "US"), ("Jo Varga", "US"), ("Tom Vela", "PE")]


def test_role_that_a_clause_parts_from_its_name(reading_of, setting):
    text = "The prosecutor handling the harbor case, Nicolas Orlan, smiled."
    assert ("Nicolas Orlan", "prosecutor") in [
        (name, role.split(" handling")[0]) for name, role, _ in seen(reading_of(text), setting)
    ]


def test_country_before_an_aside(reading_of, setting):
    (found,) = sightings(reading_of("News from Peru (President Orlan stays)."), setting)
    assert (found.role.country, found.role.country_basis) == ("PE", "country-name")


def test_party_with_its_letters_is_no_person(reading_of, setting):
    assert seen(reading_of("The Partido Harborista (PRI) won."), setting) == []
