import pytest

from kg.extraction.clusters import cluster, is_first_surname, is_form_of, is_one_edit
from kg.extraction.scan import Sighting


def sighting(name, start, *, country=None, rule="title-name"):
    return Sighting(
        part="p1",
        start=start,
        end=start + len(name),
        name=name,
        role=None,
        is_official=True,
        country=country,
        rule=rule,
    )


def names(clusters):
    return sorted(sorted({s.name for s in c.sightings}) for c in clusters)


def test_surname_joins_the_full_name():
    assert names(cluster([sighting("Ana Orlan", 0), sighting("Orlan", 20)])) == [["Ana Orlan", "Orlan"]]


def test_surname_of_several_words_stays_whole():
    found = cluster([sighting("Ana Medina Orlan", 0), sighting("Medina Orlan", 30), sighting("Orlan", 60)])
    assert len(found) == 1


def test_surname_that_fits_two_goes_to_the_nearest_before():
    found = cluster([sighting("Ana Orlan", 0), sighting("Jo Orlan", 20), sighting("Orlan", 40)])
    assert names(found) == [["Ana Orlan"], ["Jo Orlan", "Orlan"]]


def test_misspelt_surname_joins():
    assert names(cluster([sighting("Ana Verhaven", 0), sighting("Verhavan", 20)])) == [["Ana Verhaven", "Verhavan"]]


def test_signer_is_not_the_minister_of_that_name():
    found = cluster([sighting("Orlan", 0, country="PE"), sighting("ORLAN", 20, country="US", rule="signature")])
    assert len(found) == 2


@pytest.mark.parametrize(
    ("form", "full"),
    [
        ("orlan", "ana orlan"),
        ("ana medina", "ana medina orlan"),
        ("ana orlan", "ana medina orlan"),
        ("a orlan", "ana orlan"),
    ],
)
def test_forms(form, full):
    assert is_form_of(tuple(form.split()), tuple(full.split()))


@pytest.mark.parametrize(("form", "full"), [("ana", "ana orlan"), ("jo orlan", "ana orlan"), ("orla", "ana orlan")])
def test_no_forms(form, full):
    assert not is_form_of(tuple(form.split()), tuple(full.split()))


def test_first_of_two_surnames():
    assert is_first_surname(("varga",), ("ana", "varga", "orlan"))
    assert not is_first_surname(("ana",), ("ana", "orlan"))


@pytest.mark.parametrize(("a", "b"), [("verhagen", "verhagan"), ("orlan", "orlann"), ("orlan", "olran")])
def test_one_edit(a, b):
    assert is_one_edit(a, b)


@pytest.mark.parametrize(("a", "b"), [("orlan", "orlan"), ("orlan", "arlan"), ("orlan", "olrna"), ("", "orlan")])
def test_no_one_edit(a, b):
    assert not is_one_edit(a, b)


def test_surname_first_name_is_named_by_it():
    assert is_form_of(("wang",), ("wang", "lan"))
    assert not is_form_of(("kim",), ("kim", "orlan"))
    assert is_form_of(("kim",), ("kim", "or", "lan"))


def test_variant_of_a_full_name_joins():
    assert len(cluster([sighting("Luis Orlanda", 0), sighting("Luiz Orlanda", 20)])) == 1


def test_names_of_man_and_woman_stay_apart():
    assert len(cluster([sighting("Mario Orlanda", 0), sighting("Maria Orlanda", 20)])) == 2
