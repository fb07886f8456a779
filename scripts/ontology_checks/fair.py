"""The 24 tests of FOOPS! (w3id.org/foops): whether a vocabulary can be found, reached, combined and reused."""

from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, VANN

from kg.iris import CK
from scripts.ontology_checks.model import Check, Finder, Verdict, own, short
from scripts.ontology_checks.pitfalls import ambiguous, unlicensed

BIBO: Final = Namespace("http://purl.org/ontology/bibo/")
PERSISTENT: Final = ("https://w3id.org/", "https://purl.org/", "http://purl.org/")


def header(graph: Graph) -> URIRef:
    """The node of the ontology itself."""
    return next(node for node in graph.subjects(RDF.type, OWL.Ontology) if isinstance(node, URIRef))


def lacks(**wanted: URIRef) -> Finder:
    """What of the wanted statements the header lacks, by name."""
    return lambda graph: [name for name, p in wanted.items() if graph.value(header(graph), p) is None]


def not_persistent(graph: Graph) -> list[str]:
    return [] if str(header(graph)).startswith(PERSISTENT) else [str(header(graph))]


def without_version(graph: Graph) -> list[str]:
    version, number = graph.value(header(graph), OWL.versionIRI), graph.value(header(graph), OWL.versionInfo)
    return [] if version is not None and str(version) == f"{header(graph)}/{number}" else [f"{version} for {number}"]


def reuses(*links: URIRef) -> Finder:
    """A fault where none of the links leads from a term of ours to one of another vocabulary."""

    def found(graph: Graph) -> list[str]:
        outside = {o for link in links for s, o in graph.subject_objects(link) if not str(o).startswith(CK)}
        return [] if outside else ["nothing is reused"]

    return found


def without(predicate: URIRef) -> Finder:
    return lambda graph: [short(term) for term in own(graph) if graph.value(term, predicate) is None]


WEB: Final = Verdict.WEB
SERVED: Final = "tests/web ask a server for it; the address itself stands once the project is published"

TESTS: Final = (
    Check(code="PURL1", title="a persistent IRI", find=not_persistent),
    Check(code="URI1", title="the IRI resolves", undecided=WEB, note=SERVED),
    Check(code="URI2", title="the IRI is the one in the file", find=ambiguous),
    Check(code="VER1", title="a version IRI", find=without_version),
    Check(code="VER2", title="the version IRI resolves", undecided=WEB, note=SERVED),
    Check(
        code="OM1",
        title="the least metadata",
        find=lacks(
            title=DCTERMS.title,
            description=DCTERMS.description,
            license=DCTERMS.license,
            version=OWL.versionIRI,
            creator=DCTERMS.creator,
            namespace=VANN.preferredNamespaceUri,
        ),
    ),
    Check(code="FIND1", title="a prefix", find=lacks(prefix=VANN.preferredNamespacePrefix)),
    Check(code="FIND2", title="the prefix is registered", undecided=WEB, note="prefix.cc; to be done with the release"),
    Check(code="FIND3", title="listed among vocabularies", undecided=WEB, note="LOV; to be done with the release"),
    Check(code="FIND_3_BIS", title="metadata in a registry", undecided=WEB, note="comes with FIND3"),
    Check(code="CN1", title="HTML and RDF by negotiation", undecided=WEB, note=SERVED),
    Check(
        code="HTTP1",
        title="an open protocol",
        find=lambda graph: [] if header(graph).startswith("http") else ["scheme"],
    ),
    Check(code="RDF1", title="served as RDF", undecided=WEB, note=SERVED),
    Check(code="DOC1", title="served as HTML", undecided=WEB, note=SERVED),
    Check(
        code="VOC1",
        title="metadata in known terms",
        find=lacks(title=DCTERMS.title, prefix=VANN.preferredNamespacePrefix),
    ),
    Check(code="VOC2", title="terms of others reused", find=reuses(RDFS.subClassOf, RDFS.subPropertyOf)),
    Check(code="VOC3", title="labels on all terms", find=without(RDFS.label)),
    Check(code="VOC4", title="definitions on all terms", find=without(RDFS.comment)),
    Check(
        code="OM2",
        title="the recommended metadata",
        find=lacks(
            prefix=VANN.preferredNamespacePrefix,
            version=OWL.versionInfo,
            created=DCTERMS.created,
            citation=DCTERMS.bibliographicCitation,
        ),
    ),
    Check(
        code="OM3",
        title="the detailed metadata",
        find=lacks(
            doi=BIBO.doi,
            publisher=DCTERMS.publisher,
            logo=FOAF.logo,
            status=BIBO.status,
            source=DCTERMS.source,
            issued=DCTERMS.issued,
            modified=DCTERMS.modified,
        ),
        left={"doi": "none until a release is archived where DOIs are given"},
    ),
    Check(code="OM4.1", title="a licence", find=unlicensed),
    Check(code="OM4.2", title="the licence resolves", undecided=WEB, note="CC0 1.0 at creativecommons.org"),
    Check(code="OM5.1", title="who made it and when", find=lacks(creator=DCTERMS.creator, created=DCTERMS.created)),
    Check(
        code="OM5.2", title="who published it and when", find=lacks(publisher=DCTERMS.publisher, issued=DCTERMS.issued)
    ),
)
