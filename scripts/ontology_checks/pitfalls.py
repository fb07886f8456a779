"""The pitfalls P01 to P41 that OOPS! (oops.linkeddata.es) knows, each with what finds it where a program can."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VANN

from kg.iris import CK
from scripts.ontology_checks.model import ALIGNED, Check, Finder, Verdict, names, own, properties, short

DATATYPES: Final = {name.lower() for name in vars(XSD)["__annotations__"]}
VAGUE: Final = re.compile(r"other|misc\w*|unknown|various|general", re.IGNORECASE)
MERGED: Final = re.compile(r"[a-z](?:And|Or)(?=[A-Z])")
BUILT_IN: Final = (str(OWL), str(RDF), str(RDFS), str(XSD))


def local(term: URIRef) -> str:
    return str(term).removeprefix(CK)


def synonyms(graph: Graph) -> list[str]:
    return [f"{short(s)} = {short(o)}" for s, o in graph.subject_objects(OWL.equivalentClass) if str(s).startswith(CK)]


def named_is(graph: Graph) -> list[str]:
    return [short(one) for one in properties(graph) if local(one).lower() in ("is", "isa", "is_a")]


def unconnected(graph: Graph) -> list[str]:
    links = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    tied = {node for link in links for pair in graph.subject_objects(link) for node in pair}
    return [short(one) for one in own(graph) if one not in tied and (one, SKOS.scopeNote, None) not in graph]


def bounds(graph: Graph, term: URIRef) -> tuple[set[object], set[object]]:
    return set(graph.objects(term, RDFS.domain)), set(graph.objects(term, RDFS.range))


def wrong_inverses(graph: Graph) -> list[str]:
    pairs = graph.subject_objects(OWL.inverseOf)
    return [f"{short(a)}, {short(b)}" for a, b in pairs if bounds(graph, a) != bounds(graph, b)[::-1]]


def cycles(graph: Graph) -> list[str]:
    links = (RDFS.subClassOf, RDFS.subPropertyOf)
    return [short(one) for one in own(graph) for link in links if one in set(above(graph, one, link))]


def above(graph: Graph, term: URIRef, link: URIRef) -> Iterator[object]:
    for direct in graph.objects(term, link):
        yield from graph.transitive_objects(direct, link)


def without_words(graph: Graph) -> list[str]:
    return [short(t) for t in own(graph) if not graph.value(t, RDFS.label) or not graph.value(t, RDFS.comment)]


def not_disjoint(graph: Graph) -> list[str]:
    above_ours = {t for t, o in graph.subject_objects(RDFS.subClassOf) if str(o).startswith(CK)}
    roots = [term for term in own(graph, OWL.Class) if term not in above_ours]
    stated = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    return [f"{short(a)}, {short(b)}" for a, b in combinations(roots, 2) if frozenset((a, b)) not in stated]


def unbounded(graph: Graph) -> list[str]:
    return [short(t) for t in properties(graph) if not all(bounds(graph, t)) and (t, SKOS.scopeNote, None) not in graph]


def same_label(*kinds: URIRef) -> Finder:
    def found(graph: Graph) -> list[str]:
        labels = Counter(str(graph.value(term, RDFS.label)).lower() for term in own(graph, *kinds))
        return sorted(label for label, count in labels.items() if count > 1)

    return found


def without_inverse(graph: Graph) -> list[str]:
    symmetric = set(graph.subjects(RDF.type, OWL.SymmetricProperty))
    tied = {node for pair in graph.subject_objects(OWL.inverseOf) for node in pair}
    return [short(t) for t in own(graph, OWL.ObjectProperty) if t not in symmetric | tied]


def uses(*predicates: URIRef) -> Finder:
    return lambda graph: [short(s) for p in predicates for s in graph.subjects(p)]


def several_bounds(graph: Graph) -> list[str]:
    return [short(t) for t in properties(graph) if any(len(found) > 1 for found in bounds(graph, t))]


def misused_words(graph: Graph) -> list[str]:
    return [
        short(t) for t in own(graph) if len(graph.value(t, RDFS.label) or "") >= len(graph.value(t, RDFS.comment) or "")
    ]


def vague(graph: Graph) -> list[str]:
    return [short(t) for t in own(graph, OWL.Class) if VAGUE.search(local(t))]


def misnamed(graph: Graph) -> list[str]:
    classes = [t for t in own(graph, OWL.Class) if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", local(t))]
    return names(classes + [t for t in properties(graph) if not re.fullmatch(r"[a-z][A-Za-z0-9]*", local(t))])


def datatypes(graph: Graph) -> list[str]:
    return [short(t) for t in own(graph, OWL.Class) if local(t).lower() in DATATYPES]


def self_inverse(graph: Graph) -> list[str]:
    return [short(a) for a, b in graph.subject_objects(OWL.inverseOf) if a == b]


def inverse_of_symmetric(graph: Graph) -> list[str]:
    return [short(t) for t in graph.subjects(RDF.type, OWL.SymmetricProperty) if (t, OWL.inverseOf, None) in graph]


def uneven(kind: URIRef) -> Finder:
    def found(graph: Graph) -> list[str]:
        ends = {t: bounds(graph, t) for t in graph.subjects(RDF.type, kind)}
        return [short(t) for t, (domain, range_) in ends.items() if domain != range_]

    return found


def short_chains(graph: Graph) -> list[str]:
    return [short(s) for s, head in graph.subject_objects(OWL.propertyChainAxiom) if len(list(graph.items(head))) < 2]


def untyped_classes(graph: Graph) -> list[str]:
    ends = (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.disjointWith)
    used = {o for end in ends for o in graph.objects(None, end) if not isinstance(o, BNode)}
    return sorted(short(t) for t in used if not str(t).startswith(BUILT_IN) and (t, RDF.type, OWL.Class) not in graph)


def untyped_properties(graph: Graph) -> list[str]:
    used = set(graph.predicates()) | set(graph.objects(None, RDFS.subPropertyOf))
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    loose = (t for t in used if not str(t).startswith(BUILT_IN))
    return sorted(short(t) for t in loose if not kinds & set(graph.objects(t, RDF.type)))


def with_ending(graph: Graph) -> list[str]:
    return [str(t) for t in graph.subjects(RDF.type, OWL.Ontology) if re.search(r"\.\w+$", str(t).rpartition("/")[2])]


def undeclared(graph: Graph) -> list[str]:
    return [] if len(list(graph.subjects(RDF.type, OWL.Ontology))) == 1 else ["there is not exactly one owl:Ontology"]


def ambiguous(graph: Graph) -> list[str]:
    stated = {str(o) for o in graph.objects(None, VANN.preferredNamespaceUri)}
    ontology = {f"{one}#" for one in graph.subjects(RDF.type, OWL.Ontology)}
    return [] if stated == ontology == {CK} else [f"namespaces {sorted(stated | ontology)}"]


def hijacked(graph: Graph) -> list[str]:
    known = set(Graph().parse(ALIGNED).subjects(RDF.type))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {t for kind in kinds for t in graph.subjects(RDF.type, kind) if not str(t).startswith(CK)}
    return sorted(str(t) for t in declared - known)


def unlicensed(graph: Graph) -> list[str]:
    licences = [o for s in graph.subjects(RDF.type, OWL.Ontology) for o in graph.objects(s, DCTERMS.license)]
    return [] if licences and not any(isinstance(one, Literal) for one in licences) else ["no licence by its IRI"]


PITFALLS: Final = (
    Check(code="P01", title="an element with two meanings", note="definitions are read when a term is added"),
    Check(code="P02", title="synonyms as classes", find=synonyms),
    Check(code="P03", title="a relation that means is", find=named_is),
    Check(code="P04", title="elements tied to nothing", find=unconnected),
    Check(code="P05", title="wrong inverses", find=wrong_inverses),
    Check(code="P06", title="cycles in a hierarchy", find=cycles),
    Check(
        code="P07",
        title="two concepts in one class",
        find=lambda g: [short(t) for t in own(g) if MERGED.search(local(t))],
    ),
    Check(code="P08", title="no label or no definition", find=without_words),
    Check(
        code="P09",
        title="a part of the domain is missing",
        note="the example queries are the questions it has to answer",
    ),
    Check(code="P10", title="disjointness not stated", find=not_disjoint),
    Check(
        code="P11",
        title="neither domain and range nor a reason",
        find=unbounded,
        note="what has no domain says why in skos:scopeNote",
    ),
    Check(
        code="P12",
        title="equal properties not stated as such",
        find=same_label(OWL.ObjectProperty, OWL.DatatypeProperty),
    ),
    Check(
        code="P13",
        title="inverses not declared",
        find=without_inverse,
        left={"*": "declared inverses that the graph does not hold would find nothing; SPARQL has ^"},
    ),
    Check(code="P14", title="allValuesFrom misused", find=uses(OWL.allValuesFrom), note="no restriction is used"),
    Check(code="P15", title="some not for not some", find=uses(OWL.complementOf, OWL.someValuesFrom)),
    Check(code="P16", title="a primitive class for a defined one", find=uses(OWL.intersectionOf, OWL.unionOf)),
    Check(
        code="P17", title="hierarchy too deep", note="kinds that grow (captions, statuses) are concepts, not classes"
    ),
    Check(
        code="P18", title="domain or range too narrow", note="the shapes hold every cable of the corpus against them"
    ),
    Check(code="P19", title="several domains or ranges", find=several_bounds),
    Check(code="P20", title="annotations misused", find=misused_words),
    Check(code="P21", title="a class for the rest", find=vague),
    Check(code="P22", title="names not of one kind", find=misnamed),
    Check(code="P23", title="a datatype as a class", find=datatypes),
    Check(code="P24", title="a definition by itself", find=uses(OWL.onProperty), note="no restriction is used"),
    Check(code="P25", title="inverse to itself", find=self_inverse),
    Check(code="P26", title="inverse of a symmetric relation", find=inverse_of_symmetric),
    Check(code="P27", title="wrong equal properties", find=uses(OWL.equivalentProperty), note="none is stated"),
    Check(code="P28", title="wrong symmetric relations", find=uneven(OWL.SymmetricProperty)),
    Check(code="P29", title="wrong transitive relations", find=uneven(OWL.TransitiveProperty)),
    Check(code="P30", title="equal classes not stated as such", find=same_label(OWL.Class)),
    Check(code="P31", title="wrong equal classes", find=synonyms, note="none is stated"),
    Check(code="P32", title="classes of one label", find=same_label(OWL.Class)),
    Check(code="P33", title="a chain of one property", find=short_chains),
    Check(code="P34", title="a class without its kind", find=untyped_classes),
    Check(code="P35", title="a property without its kind", find=untyped_properties),
    Check(code="P36", title="a file ending in the IRI", find=with_ending),
    Check(
        code="P37", title="not to be had on the Web", undecided=Verdict.WEB, note="tests/web ask a server for each form"
    ),
    Check(code="P38", title="no owl:Ontology", find=undeclared),
    Check(code="P39", title="ambiguous namespace", find=ambiguous),
    Check(code="P40", title="terms made up in the namespace of others", find=hijacked),
    Check(code="P41", title="no licence", find=unlicensed),
)
