"""The W3C's tests of the service description, over HTTP."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from tests.conformance import known
from tests.conformance.w3c_http import listed
from tests.conformance.writable import Client, writing

pytestmark = pytest.mark.shared
SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# Domain and range of the properties that the description has, as the specification states them: the classes whose
# instances they lead from and to.
SCHEMA = {
    "endpoint": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "graph": ("NamedGraph", "Graph"),
    "supportedLanguage": ("Service", None),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "feature": ("Service", None),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with writing(tmp_path_factory.mktemp("w3c") / "data") as found:
        yield found


def test_service_description(shared, client, capsys):
    client.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")
    reply = client.send("GET", "/sparql", headers={"Accept": "text/turtle"})
    endpoint = ox.NamedNode(f"http://{client.host}/sparql")
    graph = ox.Dataset(ox.parse(reply.body, ox.RdfFormat.TURTLE))
    verdicts = {
        "returns-rdf": (reply.status, reply.media_type, len(graph) > 0) == (200, "text/turtle", True),
        "has-endpoint-triple": ox.Quad(endpoint, ox.NamedNode(f"{SD}endpoint"), endpoint) in graph,
        "conforms-to-schema": not any(_violations(graph)) and any(graph.quads_for_object(ox.NamedNode(f"{SD}Service"))),
    }
    suites = shared / "suites" / "w3c-sparql"
    names = listed(suites, suites / "sparql11/service-description/manifest.ttl")
    failures = {f"sparql11/service-description#{name}": "wrong" for name in names if not verdicts[name]}
    ran = [f"sparql11/service-description#{name}" for name in names]
    line = known.check("w3c-service-description", ran, failures)
    with capsys.disabled():
        print(f"\n{line}")


def _violations(graph: ox.Dataset) -> Iterator[str]:
    """The statements whose subject or object is not of the class that the vocabulary has for it."""
    types = {(quad.subject, quad.object.value) for quad in graph.quads_for_predicate(RDF_TYPE)}
    for name, (subject, target) in SCHEMA.items():
        for quad in graph.quads_for_predicate(ox.NamedNode(f"{SD}{name}")):
            if (quad.subject, f"{SD}{subject}") not in types:
                yield f"{quad.subject} is no {subject}"
            if target is not None and (quad.object, f"{SD}{target}") not in types:
                yield f"{quad.object} is no {target}"
            if not isinstance(quad.object, ox.NamedNode | ox.BlankNode):
                yield f"{quad.object} of {name} is no resource"
