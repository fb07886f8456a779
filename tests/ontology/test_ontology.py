"""The vocabulary holds together: all is defined, labelled and consistent, and the made files are as their tables say."""

import json
import re
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef

from kg import terms
from kg.iris import CK, DEFAULT_BASE, PREFIXES, Iris, slug
from kg.resources import folder
from kg.tables import countries, posts, tag_terms

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(folder("ontology").glob("*.ttl"))
EXAMPLES = sorted((folder("ontology") / "examples").glob("*.ttl"))
MAKE = runpy.run_path(str(ROOT / "scripts" / "make_vocabularies.py"))


@cache
def vocabulary() -> Graph:
    graph = Graph()
    for path in (*FILES, *EXAMPLES):
        graph.parse(path)
    return graph


@cache
def defined() -> frozenset[str]:
    graph = Graph().parse(folder("ontology") / "ontology.ttl")
    return frozenset(str(term) for term in graph.subjects(RDF.type) if str(term).startswith(CK))


def own(iris: set[str]) -> set[str]:
    return {iri for iri in iris if iri.startswith(CK)}


def named(graph: Graph) -> set[str]:
    return {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}


def query_of(path: Path) -> str:
    return str(next(Graph().parse(path).objects(None, SH.select)))


def test_every_node_has_one_label_and_none_is_blank() -> None:
    for node in set(vocabulary().subjects()):
        assert not isinstance(node, BNode)
        assert len(list(vocabulary().objects(node, RDFS.label))) == 1, node


def test_every_term_has_a_comment() -> None:
    assert [term for term in defined() if not vocabulary().value(URIRef(term), RDFS.comment)] == []


def test_every_term_of_the_mapping_is_defined() -> None:
    words = re.findall(r"\bck:(\w+)", (ROOT / "docs/reference/mapping.md").read_text(encoding="utf-8"))
    assert {CK + word for word in words} <= defined()


def test_every_term_of_the_code_is_defined() -> None:
    constants = {value for value in vars(terms).values() if isinstance(value, str)}
    assert own(constants) - {CK} <= defined()


def test_every_property_of_the_ontology_is_in_the_mapping() -> None:
    text = (ROOT / "docs/reference/mapping.md").read_text(encoding="utf-8")
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty}
    properties = {term for term in defined() if kinds & set(vocabulary().objects(URIRef(term), RDF.type))}
    assert {name for name in properties if f"`ck:{name.removeprefix(CK)}`" not in text} == set()


@pytest.mark.parametrize("path", [*FILES, *EXAMPLES, *sorted(folder("shapes").glob("*.ttl"))], ids=lambda p: p.name)
def test_file_uses_no_undefined_term(path: Path) -> None:
    assert own(named(Graph().parse(path))) <= defined()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_example_is_a_query_over_defined_terms(path: Path) -> None:
    query = query_of(path)
    assert isinstance(ox.Store().query(query), ox.QuerySolutions)
    assert {CK + name for name in re.findall(r"\bck:(\w+)", query)} <= defined()
    assert DEFAULT_BASE not in re.sub(r"PREFIX .*", "", query), "the base is a setting; a query must not name it"
    assert next(Graph().parse(path).subjects(SH.select)) == URIRef(f"{DEFAULT_BASE}example/{path.stem}")


def test_examples_answer_over_the_sample() -> None:
    # The example cables answer all of them; the sample has no second post and no chain of references.
    store = ox.Store()
    for path in (*FILES, Path(__file__).parent / "sample.ttl"):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    empty = {path.stem[:3] for path in EXAMPLES if not list(store.query(query_of(path)))}
    assert empty == {"001", "003", "008", "009", "011", "012", "014", "017"}


@pytest.mark.parametrize("name", sorted(MAKE["files"]()))
def test_made_file_is_as_its_table_says(name: str) -> None:
    text = (folder("ontology") / name).read_text(encoding="utf-8")
    assert text == MAKE["files"]()[name], "run scripts/make_vocabularies.py"


def test_tables_are_whole() -> None:
    def count(kind: str) -> int:
        return len(set(vocabulary().subjects(RDF.type, URIRef(kind))))

    assert count(terms.CK_TAG) == len(tag_terms()) == 560
    assert count(CK + "Post") == len(posts()) == 274
    assert count(PREFIXES["schema"] + "Country") == len(countries()) == 281


@pytest.mark.parametrize(
    ("term", "codes"),
    [("CH", ("CN",)), ("SZ", ("CH",)), ("UK", ("GB",)), ("GB", ("GA",)), ("UR", ("SUHH",)), ("PQ", ())],
)
def test_geographic_term_denotes_the_country_of_the_scheme(term: str, codes: tuple[str, ...]) -> None:
    found = vocabulary().objects(URIRef(Iris().tag(term)), URIRef(CK + "denotes"))
    assert sorted(map(str, found)) == sorted(map(Iris().country, codes))


def test_most_geographic_terms_denote_a_country() -> None:
    kind = URIRef(Iris().term("tag-geographic"))
    silent = {
        str(vocabulary().value(tag, SKOS.notation))
        for tag in vocabulary().subjects(URIRef(CK + "tagKind"), kind)
        if vocabulary().value(tag, URIRef(CK + "denotes")) is None
    }
    assert silent == {"PQ", "SK"}


def members(scheme: str) -> Iterator[str]:
    for concept in vocabulary().objects(URIRef(Iris().term(scheme)), SKOS.hasTopConcept):
        yield str(concept).removeprefix(f"{DEFAULT_BASE}term/")


@pytest.mark.parametrize(
    ("scheme", "table"),
    [
        ("precedences", set(terms.PRECEDENCES.values())),
        ("classifications", {*terms.CLASSIFICATIONS.values(), *terms.PORTION_MARKINGS.values()}),
        ("post-kinds", {f"post-{post.kind}" for post in posts()}),
    ],
)
def test_scheme_has_the_terms_of_the_code(scheme: str, table: set[str]) -> None:
    assert set(members(scheme)) == table


def test_every_known_caption_is_described() -> None:
    assert set(terms.CAPTIONS.values()) <= set(members("captions"))


def test_slugs_of_terms_are_those_of_the_code() -> None:
    for concept in vocabulary().objects(URIRef(Iris().term("captions")), SKOS.hasTopConcept):
        if str(concept) != Iris().term("fouo"):
            assert str(concept) == Iris().term(slug(str(vocabulary().value(concept, SKOS.prefLabel))))


def test_context_reads_what_the_graph_holds() -> None:
    context = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    document = {"@context": context, "id": "urn:x:1", "type": "Cable", "canonicalId": "79LISBON9", "cites": "urn:x:2",
                "sentAt": "1979-03-14T15:30:00Z", "label": "a"}  # fmt: skip
    expected = Graph().parse(
        format="turtle",
        data=f"""@prefix ck: <{CK}> . @prefix xsd: <{PREFIXES["xsd"]}> . @prefix rdfs: <{PREFIXES["rdfs"]}> .
        <urn:x:1> a ck:Cable ; ck:canonicalId "79LISBON9" ; ck:cites <urn:x:2> ; rdfs:label "a" ;
          ck:sentAt "1979-03-14T15:30:00Z"^^xsd:dateTime .""",
    )
    assert set(Graph().parse(data=json.dumps(document), format="json-ld")) == set(expected)
