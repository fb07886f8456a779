"""What the endpoint can do, as triples for its service description.

Source of the terms: https://www.w3.org/TR/sparql12-service-description/.
"""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.iris import PREFIXES, Iris
from kg.web.negotiation import GRAPHS, SOLUTIONS, VERSIONS

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMAT: Final = "http://www.w3.org/ns/formats/"
VERSION: Final = "http://www.w3.org/ns/sparql#version-"
RDF_TYPE: Final = f"{PREFIXES['rdf']}type"
SH: Final = PREFIXES["sh"]
FORMATS: Final = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV", "ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "TriG",
    "rdf": "RDF_XML", "jsonld": "JSON-LD",
}  # fmt: skip
QUERIES: Final = ("SPARQL10Query", "SPARQL11Query", "SPARQL12Query")
UPDATES: Final = ("SPARQL11Update", "SPARQL12Update")

ANY_URI: Final = ox.NamedNode(f"{PREFIXES['xsd']}anyURI")

Statement = tuple[str, str, str | ox.Literal]


def statements(endpoint: str, validator: str, iris: Iris, *, updates: bool) -> Iterator[Statement]:
    """The statements about an endpoint (languages, formats, dataset, prefixes) and about what validates graphs."""
    yield endpoint, RDF_TYPE, f"{SD}Service"
    yield endpoint, f"{SD}endpoint", endpoint
    for language in (*QUERIES, *(UPDATES if updates else ())):
        yield endpoint, f"{SD}supportedLanguage", f"{SD}{language}"
    for version in VERSIONS:
        yield endpoint, f"{SD}supportedVersion", f"{VERSION}{version}"
    for form in (*SOLUTIONS, *GRAPHS):
        yield endpoint, f"{SD}resultFormat", f"{FORMAT}{FORMATS[form.name]}"
    for form in GRAPHS if updates else ():
        yield endpoint, f"{SD}inputFormat", f"{FORMAT}{FORMATS[form.name]}"
    default = f"{endpoint}#default-graph"
    yield endpoint, f"{SD}defaultDataset", iris.dataset
    yield iris.dataset, RDF_TYPE, f"{SD}Dataset"
    yield iris.dataset, f"{SD}defaultGraph", default
    yield default, RDF_TYPE, f"{SD}Graph"
    yield endpoint, f"{PREFIXES['rdfs']}seeAlso", validator
    yield validator, RDF_TYPE, f"{PREFIXES['dcat']}DataService"
    yield validator, f"{PREFIXES['rdfs']}label", ox.Literal("SHACL validation of graphs that are sent")
    yield validator, f"{PREFIXES['dcat']}endpointURL", validator
    yield validator, f"{PREFIXES['dcterms']}conformsTo", "https://www.w3.org/TR/shacl/"
    yield from _prefixes(iris)


def _prefixes(iris: Iris) -> Iterator[Statement]:
    """The prefixes that a query need not declare, in the form in which the ontology has them."""
    declarations = f"{iris.base}prefixes"
    for prefix, namespace in PREFIXES.items():
        node = f"{declarations}#{prefix}"
        yield declarations, f"{SH}declare", node
        yield node, RDF_TYPE, f"{SH}PrefixDeclaration"
        yield node, f"{SH}prefix", ox.Literal(prefix)
        yield node, f"{SH}namespace", ox.Literal(namespace, datatype=ANY_URI)
