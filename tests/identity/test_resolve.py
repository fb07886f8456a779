import random
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.identity.model import Judgement, Ledger, LocalPerson, Resolution
from kg.identity.naming import name_of
from kg.identity.resolve import resolve

NAMES = (
    "Ana Quill",
    "Eva Quill",
    "Ana M. Quill",
    "Ana Maria Quill",
    "Ana Quill Vega",
    "Quill",
    "A. Quill",
    "QUILL",
    "XXXX",
)
TITLES = ("President", "Prime Minister", "Senator", "Ambassador")


def judge(a: str, b: str, verdict: str) -> Judgement:
    a, b = sorted((a, b))
    return Judgement(a=a, b=b, verdict=verdict, by="person", rule="judged")


def name(resolution: Resolution, person: LocalPerson) -> str:
    return resolution.cables[person.canonical_id].persons[person.key]


def test_name_is_ten_base_32_characters_of_the_digest_of_the_anchor(person):
    ana = person("07BOGOTA1", "2007-01-02", "Ana Quill", first=("p6", 0))
    result = resolve([ana], Ledger(), ())
    assert ana.anchor == "07BOGOTA1#p6-0"
    assert name(result, ana) == name_of("07BOGOTA1#p6-0")
    assert len(name(result, ana)) == 10
    assert set(name(result, ana)) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_name_that_is_taken_is_made_anew():
    assert name_of("x", {name_of("x")}) != name_of("x")


def test_anchor_is_the_least_mention(person):
    persons = [
        person("08BOGOTA1", "2008-01-02", "Ana Quill"),
        person("07BOGOTA9", "2007-01-02", "Ana Quill", first=("p10", 3)),
        person("07BOGOTA9", "2007-01-02", "Ana Quill", first=("p2", 50), key="p2"),
        person("06BOGOTA1", None, "Ana Quill"),
    ]
    (official,) = resolve(persons, Ledger(), ()).officials
    assert official.anchor == "07BOGOTA9#p2-50"


def test_anchor_is_a_full_name_where_there_is_one(person):
    persons = [
        person("07BOGOTA1", "2007-01-02", "Quill", "Senator"),
        person("08BOGOTA1", "2008-01-02", "Ana Quill", "Senator"),
    ]
    (official,) = resolve(persons, Ledger(), ()).officials
    assert official.anchor == "08BOGOTA1#p1-0"


def test_two_persons_that_begin_with_the_same_words_keep_two_names(person):
    persons = [
        person("07BOGOTA1", "2007-01-02", "Ana Quill", apart="+9"),
        person("07BOGOTA1", "2007-01-02", "Eva Vega", apart="+8", key="p2"),
    ]
    first = resolve(persons, Ledger(), ())
    assert len({name(first, one) for one in persons}) == 2
    assert resolve(persons, first.ledger, ()) == first


def test_person_who_begins_where_a_known_one_does_keeps_to_its_own_official(person):
    persons = [
        person("07BOGOTA1", "2007-01-02", "Eva Vega", apart="+8"),
        person("07BOGOTA1", "2007-01-02", "Ana Quill", apart="+9", key="p2"),
        person("06BOGOTA1", "2006-01-02", "Eva Vega"),
    ]
    first = resolve(persons, Ledger(), ())
    assert sorted(first.ledger.names) == ["06BOGOTA1#p1-0", "07BOGOTA1#p1-0+9"]
    assert resolve(persons, first.ledger, ()) == first


def test_two_persons_with_one_anchor_are_wrong_use(person):
    persons = [
        person("07BOGOTA1", "2007-01-02", "Ana Quill"),
        person("07BOGOTA1", "2007-01-02", "Eva Vega", key="p2"),
    ]
    with pytest.raises(UsageError):
        resolve(persons, Ledger(), ())


def test_anchors_of_an_older_ledger_stay_where_they_are_clear_and_mean_nobody_else(person):
    old = Ledger(
        names={"06BOGOTA1#p1-0": "aaaaaaaaaa", "07BOGOTA1#p1-0": "bbbbbbbbbb", "07BOGOTA1#p1-0+": "cccccccccc"}
    )
    ida = person("06BOGOTA1", "2006-01-02", "Ida Wren")
    twins = [
        person("07BOGOTA1", "2007-01-02", "Ana Quill", apart="+9"),
        person("07BOGOTA1", "2007-01-02", "Eva Vega", apart="+8", key="p2"),
    ]
    result = resolve([ida, *twins], old, ())
    assert name(result, ida) == "aaaaaaaaaa"
    assert [name(result, one) for one in twins] == [name_of(one.anchor) for one in twins]
    assert result.ledger.names.items() >= old.names.items()
    assert result.ledger.redirects == {}


def test_official_has_the_fullest_name_all_forms_and_the_country(person):
    persons = [
        person("07BOGOTA1", "2007-01-02", "ANA MARIA QUILL"),
        person("07BOGOTA2", "2007-01-02", "Ana Maria Quill", forms=("Ana Maria Quill", "Quill"), is_official=True),
        person("07BOGOTA3", "2007-01-02", "Ana Quill"),
    ]
    (official,) = resolve(persons, Ledger(), ()).officials
    assert (official.label, official.alt_labels) == ("Ana Maria Quill", ("ANA MARIA QUILL", "Ana Quill", "Quill"))
    assert (official.country, official.is_official) == ("CO", True)


def test_older_cable_added_later_does_not_change_the_name(person):
    ana = person("08BOGOTA1", "2008-01-02", "Ana Quill")
    before = resolve([ana], Ledger(), ())
    older = person("06BOGOTA1", "2006-01-02", "Ana Quill")
    after = resolve([ana, older], before.ledger, ())
    assert name(after, older) == name(after, ana) == name(before, ana)
    assert after.officials[0].anchor == "08BOGOTA1#p1-0"


def test_merge_of_two_known_names_redirects_the_younger(person):
    one, other = person("07BOGOTA1", "2007-01-02", "Ana Quill"), person("08BOGOTA1", "2008-01-02", "Ana Quyll")
    before = resolve([one, other], Ledger(), ())
    after = resolve([one, other], before.ledger, [judge(one.anchor, other.anchor, "same")])
    assert name(after, one) == name(after, other) == name(before, one)
    assert after.ledger.redirects == {name(before, other): name(before, one)}
    (retired,) = (official for official in after.officials if official.replaced_by is not None)
    assert (retired.name, retired.replaced_by) == (name(before, other), name(before, one))


def test_merge_taken_back_gives_the_name_back(person):
    one, other = person("07BOGOTA1", "2007-01-02", "Ana Quill"), person("08BOGOTA1", "2008-01-02", "Ana Quyll")
    before = resolve([one, other], Ledger(), ())
    merged = resolve([one, other], before.ledger, [judge(one.anchor, other.anchor, "same")])
    after = resolve([one, other], merged.ledger, ())
    assert after.officials == before.officials
    assert after.ledger.redirects == {}


def test_name_that_stands_after_a_merge_stays_though_a_lesser_anchor_turns_out_a_full_name(person):
    pair = person("06BOGOTA1", "2006-01-02", "Vega Prado"), person("07BOGOTA1", "2007-01-02", "Luis Vega Prado")
    before = resolve(pair, Ledger(), ())
    same = [judge(pair[0].anchor, pair[1].anchor, "same")]
    merged = resolve(pair, before.ledger, same)
    surname = person("08BOGOTA1", "2008-01-02", "Ada Vega Prado", forms=("Ada Vega Prado", "Vega Prado"))
    after = resolve([*pair, surname], merged.ledger, same)
    assert {name(after, one) for one in pair} == {name(merged, one) for one in pair} == {name(before, pair[0])}
    assert after.ledger.redirects == merged.ledger.redirects


def test_redirects_follow_to_the_name_that_stands(person):
    ana = person("07BOGOTA1", "2007-01-02", "Ana Quill")
    known = resolve([ana], Ledger(), ()).ledger
    old = Ledger(
        names={**known.names, "06BOGOTA7#p1-0": "aaaaaaaaaa", "06BOGOTA8#p1-0": "bbbbbbbbbb"},
        redirects={"aaaaaaaaaa": "bbbbbbbbbb", "bbbbbbbbbb": known.names[ana.anchor]},
    )
    result = resolve([ana], old, ())
    assert set(result.ledger.redirects.values()) == {known.names[ana.anchor]}
    assert [official.name for official in result.officials if official.replaced_by] == ["aaaaaaaaaa", "bbbbbbbbbb"]


def test_surname_that_becomes_ambiguous_does_not_take_the_name_along(person):
    bare = person("06BOGOTA1", "2006-01-02", "Quill", "Senator")
    ana = person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator")
    before = resolve([bare, ana], Ledger(), ())
    eva = person("07BOGOTA2", "2007-01-02", "Eva Quill", "Senator")
    after = resolve([bare, ana, eva], before.ledger, ())
    assert name(before, bare) == name(before, ana) == name(after, ana)
    assert name(after, bare) not in (name(after, ana), name(after, eva))


def test_judgement_same_outranks_rules(person):
    one, other = (
        person("07BOGOTA1", "2007-01-02", "Ana Quill"),
        person("07QUITO1", "2007-01-02", "Eva Vega", country="EC"),
    )
    result = resolve([one, other], Ledger(), [judge(one.anchor, other.anchor, "same")])
    assert name(result, one) == name(result, other)
    assert [(j.rule, j.by) for j in result.judgements] == [("judged", "person")]


def test_judgement_different_outranks_rules(person):
    persons = [person(f"0{year}BOGOTA1", f"200{year}-01-02", "Ana Quill") for year in (6, 7, 8)]
    one, other, third = persons
    result = resolve(persons, Ledger(), [judge(one.anchor, other.anchor, "different")])
    assert name(result, one) != name(result, other)
    assert name(result, third) in (name(result, one), name(result, other))
    assert ("different", "judged-different") in [(j.verdict, j.rule) for j in result.judgements]


def test_judgement_different_removes_the_candidate(person):
    full, bare = (
        person("07BOGOTA1", "2007-01-02", "Ana Quill", "Senator"),
        person("07BOGOTA2", "2007-01-02", "Quill", "Mayor"),
    )
    assert resolve([full, bare], Ledger(), ()).candidates
    assert resolve([full, bare], Ledger(), [judge(full.anchor, bare.anchor, "different")]).candidates == ()


def test_judgement_about_unknown_anchors_is_kept_apart(person):
    lost = judge("99BOGOTA1#p1-0", "07BOGOTA1#p1-0", "same")
    result = resolve([person("07BOGOTA1", "2007-01-02", "Ana Quill")], Ledger(), [lost])
    assert result.unmatched == (lost,)
    assert result.judgements == ()


def test_judgements_by_rules_are_made_anew(person):
    stale = Judgement(a="07BOGOTA1#p1-0", b="08BOGOTA1#p1-0", verdict="same", by="rule", rule="same-full-name")
    persons = [person("07BOGOTA1", "2007-01-02", "Ana Quill"), person("08BOGOTA1", "2008-01-02", "Eva Vega")]
    assert resolve(persons, Ledger(), [stale]).judgements == ()


def test_judgements_name_the_officials_behind_them(person):
    one, other = person("07BOGOTA1", "2007-01-02", "Ana Quill"), person("08BOGOTA1", "2008-01-02", "Ana Quill")
    result = resolve([one, other], Ledger(), ())
    assert result.judgements[0].names == (name(result, one), name(result, one))


def test_nobody_gives_nothing():
    assert resolve([], Ledger(), ()) == Resolution(
        cables={}, officials=(), candidates=(), judgements=(), ledger=Ledger()
    )


def _local(number: int, year: int | None, name: str, titles: list[str], country: str | None, kind: str) -> LocalPerson:
    return LocalPerson(
        canonical_id=f"0{number % 10}BOGOTA{number}",
        sent_at=None if year is None else date(year, 1 + number % 3, 1),
        key="p1",
        name=name,
        forms=(name,),
        country=country,
        roles=tuple((title, country, "current") for title in titles),
        is_official=bool(titles),
        post=("bogota", "quito")[number % 2],
        kind=kind,
        first=("p1", number),
    )


locals_ = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(2004, 2010)),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(TITLES), max_size=2, unique=True),
        st.sampled_from(["CO", "US", None]),
        st.sampled_from(["mentioned", "mentioned", "signer", "classifier"]),
    ),
    max_size=14,
).map(lambda rows: [_local(number, *row) for number, row in enumerate(rows)])

decisions = st.lists(
    st.tuples(st.integers(0, 13), st.integers(0, 13), st.sampled_from(["same", "different"])), max_size=3
)


def judgements_of(persons: list[LocalPerson], rows: list[tuple[int, int, str]]) -> list[Judgement]:
    return [
        judge(persons[one].anchor, persons[other].anchor, verdict)
        for one, other, verdict in rows
        if one != other and max(one, other) < len(persons)
    ]


@given(locals_, decisions, st.randoms(use_true_random=False))
def test_order_of_input_does_not_matter(persons, rows, shuffler: random.Random):
    judgements = judgements_of(persons, rows)
    shuffled = shuffler.sample(persons, len(persons))
    assert resolve(shuffled, Ledger(), judgements) == resolve(persons, Ledger(), judgements)


@settings(max_examples=200)
@given(locals_, st.integers(0, 14), decisions)
def test_adding_equals_building_from_scratch_with_the_same_ledger(persons, split, rows):
    judgements = judgements_of(persons, rows)
    ledger = resolve(persons[:split], Ledger(), judgements).ledger
    added = resolve([*persons[split:], *persons[:split]], ledger, judgements)
    assert added == resolve(persons, ledger, judgements)
    assert resolve(persons, added.ledger, judgements) == added


@given(locals_, st.integers(0, 14))
def test_every_name_given_stays_or_redirects(persons, split):
    before = resolve(persons[:split], Ledger(), ())
    after = resolve(persons, before.ledger, ())
    standing = {official.name for official in after.officials if official.replaced_by is None}
    for official in before.officials:
        assert after.ledger.redirects.get(official.name, official.name) in standing


@given(locals_, decisions)
def test_every_person_has_one_name_and_every_official_a_person(persons, rows):
    result = resolve(persons, Ledger(), judgements_of(persons, rows))
    assert {name(result, person) for person in persons} == {official.name for official in result.officials}
    assert len({official.name for official in result.officials}) == len(result.officials)


@given(locals_)
def test_rules_never_join_other_given_names_or_countries(persons):
    result = resolve(persons, Ledger(), ())
    for one, other in combinations(persons, 2):
        if name(result, one) == name(result, other):
            given = {
                person.name.split()[0] for person in (one, other) if " " in person.name and "." not in person.name[:2]
            }
            assert len(given) < 2
            assert len({person.country for person in (one, other)} - {None}) < 2


@given(locals_, decisions)
def test_judgements_of_persons_hold(persons, rows):
    judgements = judgements_of(persons, rows)
    result = resolve(persons, Ledger(), judgements)
    by_anchor = {person.anchor: name(result, person) for person in persons}
    for judgement in judgements:
        if judgement.verdict == "different":
            assert by_anchor[judgement.a] != by_anchor[judgement.b]


@given(locals_)
def test_candidates_are_pairs_of_officials_in_order(persons):
    result = resolve(persons, Ledger(), ())
    names = {official.name for official in result.officials}
    for candidate in result.candidates:
        assert candidate.a < candidate.b
        assert {candidate.a, candidate.b} <= names
        assert 0 < candidate.score < 1
