"""The tables of terms agree with the ontology and its vocabularies."""

from functools import cache

import pytest
from rdflib import Graph, URIRef

from kg import terms
from kg.iris import CK, PREFIXES, Iris
from kg.resources import folder
from kg.terms import (
    CAPTIONS,
    CLASSIFICATIONS,
    PORTION_MARKINGS,
    PRECEDENCES,
    caption_term,
    classification_terms,
    portion_term,
)


@cache
def vocabulary() -> Graph:
    graph = Graph()
    for name in ("ontology.ttl", "terms.ttl"):
        graph.parse(folder("ontology") / name)
    return graph


OWN = sorted({value for name, value in vars(terms).items() if name.startswith("CK_") and value.startswith(CK)})
SLUGS = sorted(
    {
        *PRECEDENCES.values(),
        *CLASSIFICATIONS.values(),
        *PORTION_MARKINGS.values(),
        *CAPTIONS.values(),
        *terms.PLAIN_MARKINGS,
    }
)


@pytest.mark.parametrize("term", OWN)
def test_a_term_of_ours_is_in_the_ontology(term):
    assert (URIRef(term), None, None) in vocabulary()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_slug_is_in_the_vocabulary(slug):
    assert (URIRef(Iris().term(slug)), None, None) in vocabulary()


@pytest.mark.parametrize(
    ("classification", "expected"),
    [
        ("CONFIDENTIAL", ("confidential", ())),
        ("CONFIDENTIAL//NOFORN", ("confidential", ("NOFORN",))),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", ("fouo", ())),
        ("COSMIC", ("cosmic", ())),
    ],
)
def test_classification_terms(classification, expected):
    assert classification_terms(classification) == expected


@pytest.mark.parametrize(
    ("marking", "expected"),
    [
        ("C", "confidential"),
        ("S//FGI//NF", "secret"),
        ("C NF", "confidential"),
        ("SBU/NF", "fouo"),
        ("X", None),
        ("", None),
    ],
)
def test_portion_term(marking, expected):
    assert portion_term(marking) == expected


@pytest.mark.parametrize(
    ("caption", "expected"), [("SIPDIS", "sipdis"), ("FOUO", "fouo"), ("TERN CHANNEL", "tern-channel")]
)
def test_caption_term(caption, expected):
    assert caption_term(caption) == expected


def test_every_caption_of_the_vocabulary_is_in_the_table():
    scheme, in_scheme = URIRef(Iris().term("captions")), URIRef(PREFIXES["skos"] + "inScheme")
    captions = set(vocabulary().subjects(in_scheme, scheme))
    assert captions == {URIRef(Iris().term(slug)) for slug in CAPTIONS.values()}
