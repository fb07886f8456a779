import pytest

from kg.extraction.treaties import treaties
from kg.tables import rows


def test_known_instrument():
    treaty = treaties()["NAFTA"]
    assert (treaty.signed, treaty.in_force, treaty.parties, treaty.scope) == (1992, 1994, ("CA", "MX", "US"), None)


@pytest.mark.parametrize(("year", "status"), [(1960, "unknown"), (1969, "signed"), (2009, "in force")])
def test_status_in_a_year(year, status):
    assert treaties()["NPT"].status_in(year) == status


def test_no_name_means_two_instruments():
    names = [name for row in rows("treaties.tsv") for name in (row["name"], *row["aliases"].split("|")) if name]
    assert len(names) == len(set(names))


def test_no_instrument_is_in_force_before_it_was_signed():
    assert [t.name for t in treaties().values() if t.signed and t.in_force and t.in_force < t.signed] == []


@pytest.mark.parametrize("treaty", [t for t in treaties().values() if t.signed], ids=lambda t: t.name)
def test_years_are_years(treaty):
    assert 1600 < treaty.signed < 2020
