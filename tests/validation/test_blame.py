"""A result over the whole graph belongs to the cables that its focus node is of, or that lead to it."""

import pyoxigraph as ox
import pytest

from kg.errors import BuildError
from kg.iris import CKS, PREFIXES, Iris
from kg.validation import Result
from kg.validation.blame import blamed

HEAD = "@base <https://w3id.org/cablekg/> .\n" + "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
STORE = ox.Store()
STORE.load(
    input=f"""{HEAD}
    <cable/79LISBON2> a ck:Cable ; ck:cites <cable/78LISBON9> .
    <cable/79LISBON3> a ck:Cable ; ck:hasTag <tag/QQ> .
    <cable/78LISBON9> a ck:CitedCable .
    <tenure/79LISBON2-1> ck:position <position/is-clerk> .
    <tenure/79LISBON3-1> ck:position <position/is-clerk> .
    <position/is-clerk> ck:inOrganization <org/harbor> .
    <meeting/79LISBON2-1> ck:participant <official/a>, <official/b> .
    <meeting/79LISBON3-1> ck:participant <official/a> .
    <official/a> ck:metWith <official/b> .
    <candidate/1> ck:candidate <official/a> .
    """.encode(),
    format=ox.RdfFormat.TURTLE,
)


def owners(focus: str, value: str | None = None, vocabulary: tuple[str, ...] = ()) -> list[str]:
    result = Result(
        focus=Iris().expand(focus),
        path=None,
        value=value and f"<{Iris().expand(value)}>",
        message="It is wrong.",
        severity="Violation",
        shape=CKS + "a",
        component="",
    )
    return list(blamed(STORE, [result], Iris(), vocabulary))


@pytest.mark.parametrize(
    ("focus", "cables"),
    [
        ("79LISBON2", ["79LISBON2"]),
        ("79LISBON2#p6-0-10", ["79LISBON2"]),
        ("tenure/79LISBON3-1", ["79LISBON3"]),
        ("meeting/79LISBON2-12", ["79LISBON2"]),
        ("78LISBON9", ["79LISBON2"]),
        ("tag/QQ", ["79LISBON3"]),
        ("position/is-clerk", ["79LISBON2", "79LISBON3"]),
        ("org/harbor", ["79LISBON2", "79LISBON3"]),
        ("official/a", ["79LISBON2", "79LISBON3"]),
    ],
)
def test_a_node_belongs_to_the_cables_that_give_rise_to_it(focus, cables):
    assert owners(focus) == cables


def test_a_shared_node_belongs_to_the_cables_that_lead_to_the_value_too():
    assert owners("official/a", "official/b") == ["79LISBON2"]


def test_a_node_of_a_cable_belongs_to_it_whatever_the_value():
    assert owners("79LISBON3", "79LISBON2") == ["79LISBON3"]


@pytest.mark.parametrize("focus", ["candidate/1", "term/gale", "official/zzz"])
def test_a_node_that_no_cable_leads_to_ends_the_build(focus):
    with pytest.raises(BuildError, match=r"belong to no cable(.|\n)*It is wrong\. \(cks:a\)"):
        owners(focus)


def test_what_the_vocabulary_describes_is_no_fault_of_cables():
    with pytest.raises(BuildError, match="the vocabulary or the mapping is at fault"):
        owners("tag/QQ", vocabulary=(Iris().tag("QQ"),))
