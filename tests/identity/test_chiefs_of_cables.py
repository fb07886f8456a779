"""Whom a cable means by "the Ambassador"."""

import pytest

from kg.identity.model import Ledger
from kg.identity.resolve import resolve

DAY = "2009-02-03"


def ambassador_of(persons, cable: str) -> str | None:
    """The label of the ambassador whom a cable may mean."""
    found = resolve(persons, Ledger(), ())
    labels = {official.name: official.label for official in found.officials}
    return labels.get(found.cables[cable].ambassador or "")


def test_the_signer_who_heads_the_post_is_the_ambassador(signer):
    assert ambassador_of([signer("09BOGOTA1", DAY, "BROWNFIELD")], "09BOGOTA1") == "William R. Brownfield"


def test_a_cable_without_signer_knows_the_ambassador_from_other_cables(signer, person):
    persons = [signer("09BOGOTA1", DAY, "BROWNFIELD"), person("09BOGOTA2", "2009-02-10", "Ana Quill", "Mayor")]
    assert ambassador_of(persons, "09BOGOTA2") == "William R. Brownfield"


@pytest.mark.parametrize(
    "other",
    [
        {"canonical_id": "09BOGOTA2", "sent_at": "2009-02-10", "name": "QUILL", "kind": "signer"},
        {"canonical_id": "09BOGOTA2", "sent_at": "2009-02-10", "name": "Bo Quill", "titles": ["CDA"], "country": "US"},
        {"canonical_id": "10BOGOTA2", "sent_at": "2010-08-20", "name": "Bo Quill"},
        {"canonical_id": "09QUITO2", "sent_at": "2009-02-10", "name": "Bo Quill", "post": "quito"},
    ],
    ids=["signed by another", "a charge acts", "between two ambassadors", "another post"],
)
def test_no_ambassador_where_there_is_doubt(signer, person, other):
    cable, day, name = other.pop("canonical_id"), other.pop("sent_at"), other.pop("name")
    persons = [signer("09BOGOTA1", DAY, "BROWNFIELD"), person(cable, day, name, *other.pop("titles", ()), **other)]
    assert ambassador_of(persons, cable) is None
