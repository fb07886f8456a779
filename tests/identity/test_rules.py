import pytest

from kg.identity.catalogue import identity_rules
from kg.identity.model import Ledger, Resolution
from kg.identity.resolve import resolve

CABLES = ("06BOGOTA1", "07BOGOTA2", "08BOGOTA3", "09BOGOTA4")


def resolved(*persons) -> Resolution:
    return resolve(persons, Ledger(), ())


def are_one(*persons) -> bool:
    cables = resolved(*persons).cables
    return len({cables[p.canonical_id].persons[p.key] for p in persons}) == 1


def rules(resolution: Resolution) -> list[tuple[str, str]]:
    return [(judgement.verdict, judgement.rule) for judgement in resolution.judgements]


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("Ana Quill", "Ána QUILL", "same-full-name"),
        ("James Quill", "James B. Quill", "fuller-name"),
        ("James B. Quill", "James Barnaby Quill", "fuller-name"),
        ("Ana Quill", "Ana Quill Vega", "second-surname"),
        ("Muammar Qadhafi", "Muammar Gaddafi", "name-spelling"),
        ("Bill Quill", "William Quill", "name-nickname"),
        ("Bernadino Quill", "Bernardino Quill", "name-slip"),
        ("Borough Ana Quill", "Ana Quill", "name-by-middle-name"),
        ("Daejung Quill", "Dae-jung Quill", "name-same-letters"),
    ],
)
def test_full_names_that_say_the_same_are_one(person, one, other, rule):
    persons = person("07BOGOTA1", "2007-01-02", one), person("08BOGOTA1", "2008-01-02", other, "Senator")
    assert are_one(*persons)
    assert rules(resolved(*persons)) == [("same", rule)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Quill", "Eva Quill"),
        ("James B. Quill", "James C. Quill"),
        ("James Quill Jr.", "James Quill Sr."),
        ("Ana Aliev", "Ana Abiev"),
        ("Luis Chacin", "Luis Chacon"),
    ],
)
def test_full_names_that_differ_are_not_one(person, one, other):
    assert not are_one(
        person("07BOGOTA1", "2007-01-02", one, "Senator"), person("07BOGOTA2", "2007-01-02", other, "Senator")
    )


def test_same_full_name_of_another_country_is_not_one(person):
    assert not are_one(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("07QUITO1", "2007-01-02", "Ana Quill", "Senator", country="EC"),
    )


def test_second_surname_is_a_candidate_where_that_is_not_the_custom(person):
    persons = (
        person("07CAIRO1", "2007-01-02", "Anwar Hilmi", country="EG"),
        person("07CAIRO2", "2007-01-02", "Anwar Hilmi Sabri", country="EG"),
    )
    assert not are_one(*persons)
    assert [candidate.rule for candidate in resolved(*persons).candidates] == ["longer-name"]


def test_fuller_name_of_several_is_a_candidate_of_each(person):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "James Quill"),
        person("07BOGOTA2", "2007-01-02", "James B. Quill"),
        person("07BOGOTA3", "2007-01-02", "James C. Quill"),
    )
    assert len(result.officials) == 3
    assert [(c.rule, c.score) for c in result.candidates] == [("fuller-name-of-several", 0.4)] * 2


def test_full_name_without_country_joins_the_one_with_that_office(person):
    assert are_one(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("07USUNNEWYORK1", "2007-01-02", "Ana Quill", "Senator", country=None),
    )


def test_full_name_without_country_is_a_candidate_where_no_office_agrees(person):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("07USUNNEWYORK1", "2007-01-02", "Ana Quill", country=None),
    )
    assert len(result.officials) == 2
    assert [candidate.rule for candidate in result.candidates] == ["same-full-name-country-unstated"]


def test_surname_and_office_join_the_one_full_name(person):
    persons = (
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("08BOGOTA1", "2008-01-02", "Quill", "Senator"),
    )
    assert are_one(*persons)
    assert rules(resolved(*persons)) == [("same", "surname-and-office")]


@pytest.mark.parametrize(
    "other",
    [
        {"country": "EC"},
        {"day": "2011-01-02"},
        {"title": "Governor"},
        {"status": "former"},
        {"name": "E. Quill"},
    ],
)
def test_surname_does_not_join_what_differs(person, other):
    other = {"day": "2008-01-02", "title": "Senator", "name": "Quill", **other}
    day, title, name = other.pop("day"), other.pop("title"), other.pop("name")
    assert not are_one(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"), person("08BOGOTA1", day, name, title, **other)
    )


def test_surname_with_the_right_initial_joins(person):
    assert are_one(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("08BOGOTA1", "2008-01-02", "A. Quill", "Senator"),
    )


def test_ambiguous_surname_is_a_candidate_of_each(person):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("07BOGOTA2", "2007-01-02", "Eva Quill", "Senator"),
        person("07BOGOTA3", "2007-01-02", "Quill", "Senator"),
    )
    assert len(result.officials) == 3
    found = [(tuple(sorted(c.labels)), c.score, c.rule) for c in result.candidates]
    assert sorted(found) == [
        (("Ana Quill", "Quill"), 0.45, "surname"),
        (("Eva Quill", "Quill"), 0.45, "surname"),
    ]


def test_single_office_decides_between_several_full_names(person):
    persons = (
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "President"),
        person("07BOGOTA3", "2007-03-02", "Quill", "President"),
    )
    other = person("07BOGOTA2", "2007-01-02", "Eva Quill", "Senator")
    assert are_one(*persons)
    result = resolved(*persons, other)
    assert rules(result) == [("same", "surname-and-single-office")]
    assert len(result.officials) == 2


def test_surname_may_stand_first_where_that_is_the_custom(person):
    persons = (
        person("07SEOUL1", "2007-01-02", "Quill Sang-ho", country="KR"),
        person("07SEOUL2", "2007-01-02", "Sang-ho Quill", country="KR"),
    )
    assert rules(resolved(*persons)) == [("same", "name-other-order")]


def test_surname_without_an_office_is_the_only_person_of_the_corpus_with_it(person):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"), person("07BOGOTA2", "2007-01-02", "Quill")
    )
    assert rules(result) == [("same", "only-of-surname")]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Ana Quill", "titles": ("Governor",)},
        {"name": "Ana Quill", "day": "2010-01-02"},
        {"name": "Ana Quill", "country": "EC"},
        {"name": "Ana Quill", "country": "US", "post": "quito"},
    ],
)
def test_surname_is_not_one_of_other_office_time_or_country(person, other):
    bare_country = "US" if other.get("country") == "US" else "CO"
    titles = () if bare_country == "US" else ("Senator",)
    bare = person("07BOGOTA2", "2007-01-02", "Quill", *titles, country=bare_country)
    day, titles, name = other.pop("day", "2007-01-02"), other.pop("titles", ()), other.pop("name")
    assert not are_one(person("07BOGOTA1", day, name, *titles, **other), bare)


def test_surname_in_an_office_is_whom_nearly_all_cables_have_there(person):
    many = [person(f"07BOGOTA{n}", "2007-01-02", "Ana Quill", "President") for n in range(4)]
    slip = person("07BOGOTA8", "2007-01-02", "Eva Quill", "President")
    bare = person("07BOGOTA9", "2007-01-02", "Quill", "President")
    assert ("same", "surname-of-leading-holder") in rules(resolved(*many, slip, bare))
    assert ("same", "surname-of-leading-holder") not in rules(resolved(*many[:3], slip, bare))


def test_surname_without_an_office_is_whom_nearly_all_cables_mean(person):
    many = [person(f"07BOGOTA{n}", "2007-01-02", "Ana Quill", "President") for n in range(10)]
    other, bare = person("07BOGOTA18", "2007-01-02", "Eva Quill"), person("07BOGOTA19", "2007-01-02", "Quill")
    assert ("same", "surname-of-leading-person") in rules(resolved(*many, other, bare))
    assert ("same", "surname-of-leading-person") not in rules(resolved(*many[:7], other, bare))


def test_two_of_one_family_in_one_cable_are_two(person):
    prime = person("07BOGOTA1", "2007-01-02", "Nasser Ana Quill", "Prime Minister")
    foreign = person("07BOGOTA1", "2007-01-02", "Ana Quill", "Foreign Minister", key="p2", first=("p1", 40))
    assert not are_one(prime, foreign)


def test_surname_of_another_office_is_a_candidate(person):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"), person("07BOGOTA2", "2007-01-02", "Quill", "Mayor")
    )
    assert len(result.officials) == 2
    assert [(candidate.score, candidate.rule) for candidate in result.candidates] == [(0.6, "surname")]


def test_surname_of_too_many_is_no_candidate(person):
    given = ["Ana", "Bea", "Cora", "Dora", "Eva", "Fay", "Gia", "Hana", "Ida"]
    many = [person(f"07BOGOTA{n}", "2007-01-02", f"{name} Quill", "Senator") for n, name in enumerate(given)]
    assert resolved(*many, person("07BOGOTA99", "2007-01-02", "Quill", "Senator")).candidates == ()


def test_surnames_without_a_full_name_stay_apart(person):
    assert not are_one(
        person("07BOGOTA1", "2007-01-02", "Quill", "Senator"), person("07BOGOTA2", "2007-01-02", "Quill", "Senator")
    )


def test_surname_in_a_single_office_is_one_over_close_years(person):
    assert are_one(
        person("07BOGOTA1", "2007-01-02", "Quill", "President"),
        person("07BOGOTA2", "2008-01-02", "Quill", "President"),
        person("07BOGOTA3", "2009-01-02", "Quill", "President", "Commander"),
    )


def test_surname_in_a_single_office_after_long_silence_is_another(person):
    assert not are_one(
        person("91BOGOTA1", "1991-01-02", "Quill", "President"), person("05BOGOTA2", "2005-01-02", "Quill", "President")
    )


def test_compound_surname_is_no_full_name(person):
    whole = person("07BOGOTA1", "2007-01-02", "Luis Vega Prado", "Senator", forms=("Luis Vega Prado", "Vega Prado"))
    assert are_one(whole, person("07BOGOTA2", "2007-02-02", "Vega Prado", "Senator"))


def test_surname_that_stands_first_joins_where_a_cable_uses_it(person):
    whole = person("07SEOUL1", "2007-01-02", "Kim Dae-sun", "Senator", country="KR", forms=("Kim Dae-sun", "Kim"))
    assert are_one(whole, person("07SEOUL2", "2007-02-02", "Kim", "Senator", country="KR"))


def test_redacted_names_stay_apart(person):
    assert not are_one(
        person("07BOGOTA1", "2007-01-02", "XXXXXXXXXXXX", "President"),
        person("07BOGOTA2", "2007-01-02", "XXXXXXXXXXXX", "President"),
    )


def test_signers_of_one_surname_at_a_post_are_one(signer):
    persons = [signer(cable, f"{year}-01-02", "QUILL") for cable, year in zip(CABLES, range(2006, 2010), strict=True)]
    assert are_one(*persons)
    assert rules(resolved(*persons)) == [("same", "same-surname-at-post")]


@pytest.mark.parametrize("other", [{"post": "quito"}, {"day": "2012-01-02"}, {"name": "QUILTY"}])
def test_signers_of_other_posts_times_and_names_differ(signer, other):
    other = {"day": "2007-01-02", "name": "QUILL", **other}
    assert not are_one(
        signer("06BOGOTA1", "2006-01-02", "QUILL"), signer("07BOGOTA1", other.pop("day"), other.pop("name"), **other)
    )


@pytest.mark.parametrize("title", ["Ambassador", "Chargé d'Affaires", "DCM"])
def test_signer_is_the_full_name_that_heads_the_post(person, signer, title):
    assert are_one(
        signer("07BOGOTA1", "2007-01-02", "QUILL"),
        person("07BOGOTA2", "2007-05-02", "James B. Quill", title, country="US"),
        signer("08BOGOTA2", "2008-05-02", "QUILL"),
    )


@pytest.mark.parametrize("other", [{"country": "CO"}, {"title": "Economic Counselor"}, {"post": "quito"}])
def test_signer_is_not_somebody_else_of_that_surname(person, signer, other):
    other = {"country": "US", "title": "Ambassador", **other}
    full = person("07BOGOTA2", "2007-05-02", "James B. Quill", other.pop("title"), **other)
    assert not are_one(signer("07BOGOTA1", "2007-01-02", "QUILL"), full)


def test_signer_with_two_full_names_at_the_post_is_a_candidate(person, signer):
    result = resolved(
        signer("07BOGOTA1", "2007-01-02", "QUILL"),
        person("07BOGOTA2", "2007-05-02", "James Quill", "Ambassador", country="US"),
        person("07BOGOTA3", "2007-05-02", "Ana Quill", "DCM", country="US"),
    )
    assert len(result.officials) == 3
    assert {candidate.rule for candidate in result.candidates} == {"full-names-at-post"}


def test_classifier_by_full_name_is_one_across_cables(person):
    persons = [
        person(cable, "2007-01-02", "Ana Quill", "Political Counselor", country=None, kind="classifier")
        for cable in CABLES
    ]
    assert are_one(*persons)


def test_full_name_that_signs_at_two_posts_in_a_month_is_two(person):
    persons = (
        person("07BOGOTA1", "2007-01-02", "James Quill", "Consul", country="US", kind="classifier"),
        person("07QUITO1", "2007-01-12", "James Quill", "Consul", country="US", kind="classifier", post="quito"),
    )
    assert not are_one(*persons)
    assert rules(resolved(*persons)) == [("different", "other-post-same-month")]


def test_full_name_that_signs_at_two_posts_after_a_move_is_one(person):
    assert are_one(
        person("07BOGOTA1", "2007-01-02", "James Quill", "Consul", country="US", kind="classifier"),
        person("07QUITO1", "2007-09-12", "James Quill", "Consul", country="US", kind="classifier", post="quito"),
    )


def test_surname_with_another_single_office_in_that_month_is_another(person):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "President", "Senator"),
        person("07BOGOTA2", "2007-01-12", "Quill", "Defense Minister", "Senator"),
    )
    assert len(result.officials) == 2
    assert rules(result) == [("different", "other-office-same-month")]


def test_full_name_with_two_single_offices_in_a_month_is_one(person):
    assert are_one(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "President"),
        person("07BOGOTA2", "2007-01-12", "Ana Quill", "Defense Minister"),
    )


def test_full_name_that_rises_to_another_office_is_one(person):
    assert are_one(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "President"),
        person("06BOGOTA2", "2006-11-12", "Ana Quill", "Defense Minister"),
    )


def test_every_rule_and_veto_that_decides_is_in_the_tables(person, signer):
    result = resolved(
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "President"),
        person("07BOGOTA2", "2007-01-12", "Ana Quill", "Defense Minister"),
        person("07BOGOTA3", "2007-01-12", "Quill", "President"),
        signer("07BOGOTA4", "2007-01-12", "VEGA"),
        signer("07BOGOTA5", "2007-01-12", "VEGA"),
    )
    assert {judgement.rule for judgement in result.judgements} <= identity_rules().keys()
