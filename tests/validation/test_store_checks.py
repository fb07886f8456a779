"""The checks over the store find what pySHACL finds in a plain graph of the same triples."""

import random
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph, URIRef

from kg.iris import CKS, PREFIXES, Iris
from kg.validation import PyShaclEngine, Result, global_shapes
from kg.validation.compiling import compiled, global_checks
from kg.validation.shapes import SCOPE
from kg.validation.store_checks import check_store
from kg.validation.targets import facts_focus, targets_of
from tests.ontology import test_shapes as samples

CANDIDATES = ox.NamedNode(Iris().graph("candidates"))
GLOBAL = [name for name in samples.CASES if (samples.CKS_[name], SCOPE, samples.CKS_["global"]) in samples.shapes()]
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def store_of(lines: str) -> ox.Store:
    store = ox.Store()
    store.load(input=lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def facts(store: ox.Store) -> str:
    """The triples as Oxigraph has them, some rewritten on load."""
    return "".join(f"{quad.triple} .\n" for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def by_pyshacl(store: ox.Store, shapes: Graph) -> set[Result]:
    outcome = PyShaclEngine(shapes).validate(facts(store).splitlines(keepends=True))
    assert outcome.failure is None
    return set(outcome.results)


def by_store(store: ox.Store, shapes: Graph) -> set[Result]:
    return results(check_store(store, compiled(shapes), Iris(), clock=lambda: 0.0))


def results(done: Iterable[object]) -> set[Result]:
    return {result for one in done for result in one.results}


@pytest.mark.parametrize("name", GLOBAL)
def test_a_planted_fault_is_found_as_pyshacl_finds_it(name):
    shapes = samples.alone(samples.CKS_[name])
    subject, path, changes = samples.CASES[name]
    for change in changes:
        store = store_of(samples.changed(subject, path, change).serialize(format="nt"))
        found = by_store(store, shapes)
        assert found == by_pyshacl(store, shapes)
        assert name in {result.shape.removeprefix(CKS) for result in found}


def test_the_sample_has_the_same_results():
    store = store_of(samples.good().serialize(format="nt"))
    assert by_store(store, global_shapes()) == by_pyshacl(store, global_shapes())


@pytest.fixture(scope="module")
def built(example_data: Path) -> ox.Store:
    """The default graph of the examples, in memory."""
    return store_of(facts(ox.Store.read_only(str(example_data / "current" / "store"))))


def test_the_examples_have_the_same_results(built):
    found = by_store(built, global_shapes())
    assert found == by_pyshacl(built, global_shapes())
    assert {result.severity for result in found} <= {"Info", "Warning"}


def test_faults_planted_all_over_the_examples_are_found_as_pyshacl_finds_them(built):
    store = store_of(facts(built))
    plant(store, random.Random(6))
    found = by_store(store, global_shapes())
    assert len({result.shape for result in found}) > 40
    assert found == by_pyshacl(store, global_shapes())


def plant(store: ox.Store, chance: random.Random) -> None:
    """Take away, replace and add values of the properties that the shapes look at, for some nodes of each shape."""
    shapes = global_shapes()
    for owner, shape in sorted(shapes.subject_objects(SH.property)):
        path, targets = shapes.value(shape, SH.path), targets_of(shapes, owner)
        if not isinstance(path, URIRef) or not targets:
            continue
        nodes = sorted((row["this"] for row in store.query(f"SELECT * {{ {facts_focus(targets)} }}")), key=str)
        for node in chance.sample(nodes, min(3, len(nodes))):
            for quad in list(store.quads_for_pattern(node, ox.NamedNode(path), None)) if chance.random() < 0.6 else ():
                store.remove(quad)
            if chance.random() < 0.8:
                wrong = chance.choice([ox.Literal("x"), ox.Literal(5), ox.NamedNode("http://example.org/x"), node])
                store.add(ox.Quad(node, ox.NamedNode(path), wrong))


def test_a_node_of_the_candidates_is_checked_with_the_facts_about_it():
    store = ox.Store()
    triples = """
        <urn:pair> a ck:IdentityCandidate ; rdfs:label "pair" ; ck:candidate <urn:a> ; ck:score 0.5 ; ck:rule "r" .
        <urn:a> a foaf:Person .
    """
    store.load(input=(HEAD + triples).encode(), format=ox.RdfFormat.TURTLE, to_graph=CANDIDATES)
    store.load(input=f'{HEAD} <urn:a> a foaf:Person ; foaf:name "A" .'.encode(), format=ox.RdfFormat.TURTLE)
    found = results(check_store(store, global_checks(), Iris(), clock=lambda: 0.0))
    # What is missing of the person is missing in the facts, and is told once.
    assert {(one.focus, one.shape.removeprefix(CKS)) for one in found} == {
        ("urn:pair", "candidate-pair"),
        *(("urn:a", name) for name in ("shared-label", "person-schema", "person-evidence", "person-anchor")),
    }
    assert not any(one.shape.endswith("person-name") for one in found)


def test_warnings_beyond_the_cap_are_counted():
    store = store_of("".join(f"<urn:{n}> <{PREFIXES['ck']}cites> <urn:x> .\n" for n in range(5)))
    store.load(input=f"{HEAD} <urn:x> a ck:CitedCable .".encode(), format=ox.RdfFormat.TURTLE)
    done = {one.check.shape: one for one in check_store(store, global_checks(), Iris(), lambda: 0.0, kept=2)}
    unread = done[CKS + "cited-unread"]
    assert unread.count == 5
    assert [result.focus for result in unread.results] == ["urn:0", "urn:1"]
    assert unread.results[0].message.startswith("This cable cites urn:x, ")
