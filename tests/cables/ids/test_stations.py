"""Names of stations."""

import pytest

from kg.cables.ids.stations import cuts, is_known, post_of, post_of_station, station, stations_by_cut


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rio de Janeiro", "RIODEJANEIRO"),
        ("PORT-AU-PRINCE", "PORTAUPRINCE"),
        ("ST. PETERSBURG", "STPETERSBURG"),
        ("USUN", "USUNNEWYORK"),
        ("SECSTATE WASHDC", "STATE"),
        ("VATICA", "VATICAN"),
        ("THEHA", "THEHAGUE"),
        ("CASA", "CASABLANCA"),
        ("TELAV", "TELAVIV"),
        ("KHORRA", "KHORRAMSHAHR"),
        ("NOWHERE", "NOWHERE"),
    ],
)
def test_station(name, expected):
    assert station(name) == expected


def test_every_cut_has_one_station():
    assert {cut for cut, found in stations_by_cut().items() if len(found) > 1} == {"PORTO"}
    assert all(len(cut) <= 6 for cut in cuts())


def test_names_are_known_and_cuts_are_not():
    assert is_known("Fort Lamy")
    assert is_known("hcmc")
    assert not is_known("PRETOR")
    assert not is_known("NOWHERE")


def test_a_former_name_leads_to_the_post_of_today():
    assert post_of_station("PEKING") == "beijing"
    assert post_of("AMEMBASSY DACCA") == "dhaka"
    assert post_of_station("SAIGON") is None
