import pytest

from kg.identity.titles import SPELLINGS, full_title, office


@pytest.mark.parametrize(
    ("title", "status", "counts_as"),
    [
        ("Minister of Foreign Affairs", "current", "foreign minister"),
        ("FM", "current", "foreign minister"),
        ("Chargé d'Affaires", "current", "charge"),
        ("the President", "current", "president"),
        ("President", "former", "former president"),
        ("President", "elect", "elect president"),
        ("Prime Minister", "acting", "prime minister"),
        ("Keeper of the Seals", "current", "keeper of the seals"),
        ("", "former", ""),
    ],
)
def test_office_reads_spellings_and_status(title: str, status: str, counts_as: str):
    assert office(title, status) == counts_as


def test_spellings_are_folded_and_final():
    assert not set(SPELLINGS) & set(SPELLINGS.values())


@pytest.mark.parametrize(
    ("title", "organization", "counts_as"),
    [
        ("President", "Quiet Party", "president of quiet party"),
        ("Minister", "Defense", "defense minister"),
        ("President", None, "president"),
        ("Foreign Minister", "MFA", "foreign minister"),
    ],
)
def test_full_title_names_the_body_where_the_title_says_little(title: str, organization: str | None, counts_as: str):
    assert office(full_title(title, organization), "current") == counts_as
