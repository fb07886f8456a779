"""Results lead back to the source, the cable in it and the line of the text as found."""

from collections.abc import Callable

import pytest

from kg.cables import merge
from kg.cables.model import Cable
from kg.extraction import extract
from kg.identity.model import Ledger
from kg.identity.names import local_persons
from kg.identity.resolve import resolve
from kg.iris import CKS, PREFIXES, Iris
from kg.mapping import map_cable
from kg.sources.model import RawCable
from kg.validation.model import CableResults, Place, Result
from kg.validation.places import with_places

BASE = "https://w3id.org/cablekg/"
CK, SCHEMA = PREFIXES["ck"], PREFIXES["schema"]
# Fiction. Line numbers are those of this text, from 1.
TEXT = """VZCZCXYZ0000
DE RUEHQT #0077/01 0342125
P 032125Z FEB 09
FM AMEMBASSY QUITO
TO RUEHC/SECSTATE WASHDC PRIORITY 1234
INFO RUEHBO/AMEMBASSY BOGOTA
C O N F I D E N T I A L QUITO 000077
E.O. 12958: DECL: 02/03/2019
TAGS: PREL, PGOV, EC
SUBJECT: FERRY TALKS
REF: A. 09 BOGOTA 335
     B. QUITO 12

1. (C) Summary: On February 2 Ambassador Quince met with Foreign Minister
Ines Varga in Quito.

2. (C) Nothing came of it.
QUINCE
"""


@pytest.fixture(scope="module")
def cable() -> Cable:
    return merge([raw(TEXT)]).cable


def raw(text: str) -> RawCable:
    return RawCable(source="fiction.txt", position=3, format="telegram", encoding="utf-8", metadata=(), text=text)


@pytest.fixture(scope="module")
def lines(cable: Cable) -> list[str]:
    facts = extract(cable)
    resolved = resolve(local_persons(cable, facts), Ledger(), ()).cables["09QUITO77"]
    return map_cable(cable, facts, resolved, Iris())


@pytest.fixture(scope="module")
def place(cable: Cable, lines: list[str]) -> Callable[..., Place | None]:
    def place(focus: str, path: str | None = None, value: str | None = None) -> Place | None:
        result = Result(
            focus=focus,
            path=path,
            value=value,
            message="Odd.",
            severity="Warning",
            shape=CKS + "odd",
            component=PREFIXES["sh"] + "NodeKindConstraintComponent",
        )
        placed = with_places(CableResults(canonical_id="09QUITO77", results=(result,)), cable, lines)
        return placed.results[0].place

    return place


@pytest.mark.parametrize(
    ("fragment", "line"),
    [
        ("#p1", 14),
        ("#p2", 17),
        ("#to1", 5),
        ("#info1", 6),
        ("#refA", 11),
        ("#refB", 12),
        ("#p1-67-77", 15),
        ("#p9", None),
    ],
)
def test_node_of_the_cable(place, fragment, line):
    assert place(f"{BASE}cable/09QUITO77{fragment}") == Place(source="fiction.txt", position=3, line=line)


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("sentAt", None, 3),
        ("sentFrom", None, 4),
        ("classification", None, 7),
        ("hasTag", f"<{BASE}tag/PGOV>", 9),
        ("hasTag", None, None),
        ("cites", f"<{BASE}cable/09QUITO12>", 12),
        ("subjectLine", None, 10),
        ("hasParagraph", f"<{BASE}cable/09QUITO77#p2>", 17),
        ("words", None, None),
    ],
)
def test_property_of_the_cable(place, path, value, line):
    assert place(BASE + "cable/09QUITO77", CK + path, value) == Place(source="fiction.txt", position=3, line=line)


def test_fact_stands_where_its_evidence_does(place):
    assert place(BASE + "meeting/09QUITO77-1") == Place(source="fiction.txt", position=3, line=14)


def test_person_stands_where_it_is_mentioned(place, lines):
    official = next(line.split()[2].strip("<>") for line in lines if "#p1-67-77>" in line and "refersTo" in line)
    assert place(official) == Place(source="fiction.txt", position=3, line=15)


def test_lone_carriage_returns_count(lines):
    cable = merge([raw(TEXT.replace("\n", "\r"))]).cable
    result = Result(
        focus=BASE + "cable/09QUITO77#p2", path=None, value=None, message="", severity="Info", shape=None, component=""
    )
    placed = with_places(CableResults(canonical_id="09QUITO77", results=(result,)), cable, lines)
    assert placed.results[0].place == Place(source="fiction.txt", position=3, line=17)


def test_other_text_stands_in_its_own_source():
    other = RawCable(
        source="other.txt",
        position=1,
        format="telegram",
        encoding="utf-8",
        metadata=(),
        text=TEXT.replace("C) N", "C)  N"),
    )
    cable = merge([raw(TEXT), other]).cable
    second = next(note for note in cable.sources if not note.is_preferred)
    result = Result(
        focus=BASE + "cable/09QUITO77#text2",
        path=None,
        value=None,
        message="",
        severity="Info",
        shape=None,
        component="",
    )
    placed = with_places(CableResults(canonical_id="09QUITO77", results=(result,)), cable, [])
    assert placed.results[0].place == Place(source=second.source, position=second.position)


def test_place_as_text():
    assert str(Place(source="a.csv", position=17)) == "a.csv:17"
    assert str(Place(source="a.csv", position=17, line=12)) == "a.csv:17, line 12"
