"""What RDFS entails, triple by triple, is what another reasoner says of the whole graph."""

import gzip
from collections.abc import Iterable
from pathlib import Path

import owlrl
import pytest
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from kg.errors import BuildError
from kg.mapping.entailment import Schema
from kg.store.load import vocabulary

SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE = (
    f"<http://www.w3.org/2000/01/rdf-schema#{name}>" for name in ("subClassOf", "subPropertyOf", "domain", "range")
)
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def lines(text: str) -> list[str]:
    names = {"a": TYPE, "under": SUB_CLASS, "subproperty": SUB_PROPERTY, "domain": DOMAIN, "range": RANGE}
    words = [[names.get(word, word if word[0] == '"' else f"<urn:{word}>") for word in row.split()] for row in
             text.strip().splitlines()]  # fmt: skip
    return [" ".join(row) + " .\n" for row in words]


@pytest.mark.parametrize(
    ("rule", "schema", "data", "expected"),
    [
        ("rdfs2", "p domain C", 'x p "v"', "x a C"),
        ("rdfs3", "p range C", "x p y", "y a C"),
        ("rdfs3 of a literal", "p range C", 'x p "v"', ""),
        ("rdfs5", "p subproperty q\nq subproperty r", "p subproperty q", "p subproperty r"),
        ("rdfs7", "p subproperty q\nq subproperty r", 'x p "v . w"', 'x q "v . w"\nx r "v . w"'),
        ("rdfs9", "C under D\nD under E", "x a C", "x a D\nx a E"),
        ("rdfs11", "C under D\nD under E", "C under D", "C under E"),
        ("domain of a superproperty", "p subproperty q\nq domain C\nC under D", "x p y", "x q y\nx a C\nx a D"),
    ],
)
def test_each_rule(rule, schema, data, expected):
    # A text of words cannot hold spaces: the literal with a full stop is put in afterwards.
    def told(text: str) -> list[str]:
        return [one.replace("_", " ") for one in lines(text.replace("v . w", "v_._w"))]

    assert set(Schema.of(told(schema)).entailed(told(data))) == set(told(expected) if expected else ())


def test_a_schema_that_the_data_could_change_is_refused():
    with pytest.raises(BuildError, match="entail rdfs"):
        Schema.of([f"<urn:p> {SUB_PROPERTY} {SUB_CLASS} .\n"])


# What RDFS entails of nothing, or says of each thing whatever it is.
AXIOMATIC = {RDFS.Resource, RDFS.Class, RDFS.Datatype, RDFS.Literal, RDFS.Container, RDFS.ContainerMembershipProperty,
             RDF.Property, RDF.List, RDF.Statement, RDF.Alt, RDF.Bag, RDF.Seq, XSD.string}  # fmt: skip


def is_axiomatic(triple: tuple[object, object, object]) -> bool:
    subject, predicate, target = triple
    reflexive = predicate in (RDFS.subClassOf, RDFS.subPropertyOf) and subject == target
    of_rdfs = str(subject).startswith((str(RDF), str(RDFS), str(XSD)))
    return isinstance(subject, Literal) or reflexive or of_rdfs or target in AXIOMATIC


def of(all_lines: Iterable[str]) -> Graph:
    """A graph whose literals are strings: owlrl takes `1` for `true` and writes values anew, which RDFS does not."""
    graph = Graph()
    for subject, predicate, target in Graph().parse(data="".join(all_lines), format="nt"):
        graph.add((subject, predicate, Literal(target.n3()) if isinstance(target, Literal) else target))
    return graph


def test_entailed_are_the_triples_that_owlrl_adds_to_the_example_graph(example_data: Path) -> None:
    schema = Schema.of(vocabulary())
    stated = gzip.decompress((example_data / "current" / "dumps" / "facts.nt.gz").read_bytes()).decode()
    every = [line + "\n" for line in stated.split("\n") if line]
    ours = set(schema.entailed(every)) - set(every)
    graph = of(every)
    before = set(graph)
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    added = {triple for triple in set(graph) - before if not is_axiomatic(triple)}
    assert {triple for triple in of(ours) if not is_axiomatic(triple)} == added
    assert len(added) > 4_000
    assert (None, RDF.type, URIRef("http://www.w3.org/ns/org#Membership")) in graph
