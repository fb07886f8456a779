"""An official's own node."""

from kg.identity.model import Official
from kg.iris import CK
from kg.mapping import map_official, map_officials
from kg.terms import DCTERMS_IS_REPLACED_BY, FOAF_PERSON, SKOS_ALT_LABEL

LARK = Official(
    name="aaaaaaaaaa",
    label="Ada Lark",
    alt_labels=("Lark",),
    country="EC",
    is_official=True,
    anchor="09QUITO77#p1-9",
)
PASSER_BY = Official(
    name="dddddddddd", label="Ida Wren", alt_labels=(), country=None, is_official=False, anchor="x#p1-0"
)
RETIRED = Official(
    name="eeeeeeeeee",
    label="A. Lark",
    alt_labels=(),
    country=None,
    is_official=True,
    anchor="09QUITO78#p1-9",
    replaced_by="aaaaaaaaaa",
)


def text(official, iris) -> str:
    return "".join(map_official(official, iris))


def test_golden(iris, golden):
    golden("mapping/officials.nt", "".join(map_officials([LARK, PASSER_BY, RETIRED], iris)))


def test_other_forms_are_alternative_labels(iris):
    assert f'<{SKOS_ALT_LABEL}> "Lark" .' in text(LARK, iris)


def test_a_person_without_a_public_role_is_no_official(iris):
    assert f"<{CK}Official>" not in text(PASSER_BY, iris)
    assert f"<{FOAF_PERSON}>" in text(PASSER_BY, iris)


def test_a_retired_name_leads_to_its_successor(iris):
    assert f"<{DCTERMS_IS_REPLACED_BY}> <https://w3id.org/cablekg/official/aaaaaaaaaa> ." in text(RETIRED, iris)
    assert f"<{FOAF_PERSON}>" not in text(RETIRED, iris)
