"""The ontology is consistent with what it is aligned to, and a reasoner that says so would also see a contradiction."""

from pathlib import Path

import pylode
import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.iris import CK, PREFIXES, Iris
from kg.resources import folder
from tests.ontology.reasoning import by_hermit, by_rules, needs_hermit, stated, with_more

# What a reasoner reasons by, and the words among it that are only remarks.
LOGIC = (str(RDF), str(RDFS), str(OWL))
REMARKS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy}

CABLE = f"<{Iris().cable('79REYKJAVIK412')}>"
MEETING = f"<{Iris().meeting('79REYKJAVIK412', 1)}>"
PLANTED = {
    "evidence of a meeting as derivation": "ck:evidence rdfs:subPropertyOf prov:wasDerivedFrom .",
    "a meeting that was derived": f"{MEETING} prov:wasDerivedFrom {MEETING} .",
    "a cable that is a post": f"{CABLE} a ck:Post .",
    "an organization that met": f"{MEETING} ck:participant <urn:x:1> . <urn:x:1> a foaf:Person, org:Organization .",
    "a scheme as a caption": f"{CABLE} ck:caption <urn:x:1> . <urn:x:1> a skos:ConceptScheme .",
}
# Rules of OWL 2 RL hold two literals for different only where they compare them, which owlrl does not.
BEYOND_RULES = {
    "two ids of one cable": f'{CABLE} ck:canonicalId "79LISBON9" .',
    "a cable that is partial and is not": f"{CABLE} ck:isPartial false .",
}
# Nothing that is stated is an instance of it, so that only what the classes themselves say is wrong.
EMPTY = {
    "an occasion that is an instrument": "ck:Occasion rdfs:subClassOf ck:Instrument .",
    "an agreement that is an activity": "ck:Agreement rdfs:subClassOf prov:Activity .",
}


def without_instances(graph: Graph) -> Graph:
    vocabulary = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology}
    kept = {node for kind in vocabulary for node in graph.subjects(RDF.type, kind)}
    rest = Graph()
    rest += (t for t in graph if t[0] in kept or not isinstance(t[0], URIRef))
    return rest


def test_rules_find_no_contradiction() -> None:
    assert by_rules(stated()) == []


@pytest.mark.parametrize("name", PLANTED)
def test_rules_find_what_is_planted(name: str) -> None:
    assert by_rules(with_more(PLANTED[name])) != []


@needs_hermit
def test_hermit_finds_no_contradiction() -> None:
    assert by_hermit(stated()) == []


@needs_hermit
@pytest.mark.parametrize("name", [*PLANTED, *BEYOND_RULES])
def test_hermit_finds_what_is_planted(name: str) -> None:
    assert by_hermit(with_more({**PLANTED, **BEYOND_RULES}[name])) == ["inconsistent"]


@needs_hermit
@pytest.mark.parametrize("name", EMPTY)
def test_hermit_finds_a_class_that_can_have_no_member(name: str) -> None:
    assert by_hermit(without_instances(stated())) == []
    assert by_hermit(without_instances(with_more(EMPTY[name]))) != []


def own_superiors() -> set[URIRef]:
    kinds = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    graph = stated()
    found = {o for kind in kinds for s, o in graph.subject_objects(kind) if str(s).startswith(CK)}
    return {one for one in found if not str(one).startswith((CK, PREFIXES["xsd"]))}


def test_every_superior_of_ours_is_a_term_of_its_vocabulary() -> None:
    known = Graph().parse(folder("ontology") / "aligned" / "vocabularies.ttl")
    assert {term for term in own_superiors() if (term, RDF.type, None) not in known} == set()


def published(name: str) -> Graph:
    """A vocabulary as pyLODE carries it, of which only the logic is kept.

    PROV-O names inverses that it does not declare, which owlready2 cannot read back.
    """
    graph = Graph().parse(Path(pylode.__file__).parent / "rdf" / f"{name}.ttl")
    declared = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    kept = Graph()
    for subject, predicate, value in graph:
        is_logic = str(predicate).startswith(LOGIC) and predicate not in REMARKS
        is_declared = predicate != OWL.inverseOf or {subject, value} <= declared
        is_sole_kind = value != OWL.AnnotationProperty or subject not in declared
        if is_logic and is_declared and is_sole_kind:
            kept.add((subject, predicate, value))
    return kept


@pytest.mark.parametrize(("name", "prefix"), [("prov", "prov"), ("skos", "skos")])
def test_facts_are_those_of_the_published_vocabulary(name: str, prefix: str) -> None:
    facts = Graph().parse(folder("ontology") / "aligned" / "vocabularies.ttl")
    whole = published(name)
    ours = {t for t in facts if str(t[0]).startswith(PREFIXES[prefix])}
    symmetric = {(o, p, s) for s, p, o in whole if p in (OWL.disjointWith, OWL.inverseOf)}
    assert ours - set(whole) - symmetric == set()


@needs_hermit
@pytest.mark.parametrize("name", ["prov", "skos"])
def test_hermit_finds_no_contradiction_with_the_whole_of(name: str) -> None:
    assert by_hermit(stated() + published(name)) == []
