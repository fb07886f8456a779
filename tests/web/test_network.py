"""No query reaches the network: a server that listens on loopback is never connected to."""

import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that anything that fetches from its address would connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def escaped(text: str) -> str:
    """A text whose signs are all codepoint escapes."""
    return "".join(f"\\u{ord(sign):04X}" for sign in text)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE\n#c\n<URL>{ ?s ?p ?o } }",
        "SELECT * { service<URL>{ ?s ?p ?o } }",
        "SELECT * { SERVICE <ESCAPED> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ESCAPED-SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
        "BASE <URL> SELECT * { SERVICE <x> { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * { SERVICE x:y { ?s ?p ?o } }",
        "SELECT * { VALUES ?g { <URL> } SERVICE ?g { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?g) SERVICE SILENT ?g { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
        "SELECT * { FILTER(trueSERVICE<URL>{?s ?p ?o}) }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * { GRAPH <urn:g> { SERVICE <URL> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "CONSTRUCT WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "DESCRIBE ?s WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "ASK { SERVICE <URL> { ?s ?p ?o } }",
        "LOAD <URL>",
        "LOAD SILENT <URL> INTO GRAPH <urn:g>",
    ],
)
def test_refused_without_a_connection(client: FlaskClient, listener: socket.socket, query: str):
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    text = query.replace("ESCAPED-SERVICE", escaped("SERVICE")).replace("ESCAPED", escaped(url)).replace("URL", url)
    response = client.post("/sparql", data={"query": text})
    assert response.status_code == 400, response.text
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("SELECT * FROM <URL> { ?s ?p ?o }", {}),
        ("SELECT * FROM <ESCAPED> { ?s ?p ?o }", {}),
        ("SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }", {}),
        ("PREFIX x: <URL> SELECT * FROM x:y { ?s ?p ?o }", {}),
        ("SELECT * { GRAPH <URL> { ?s ?p ?o } }", {}),
        ("SELECT * { ?s ?p ?o }", {"default-graph-uri": "URL"}),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": "URL"}),
        ("DESCRIBE <URL>", {"format": "nt"}),
    ],
)
def test_names_a_graph_and_fetches_nothing(
    client: FlaskClient, listener: socket.socket, query: str, parameters: dict[str, str]
):
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    text = query.replace("ESCAPED", escaped(url)).replace("URL", url)
    given = urlencode({"query": text, **{name: value.replace("URL", url) for name, value in parameters.items()}})
    response = client.get(f"/sparql?{given}")
    assert response.status_code == 200
    found = response.json["results"]["bindings"] if response.is_json else response.text.split()
    assert found == []
    with pytest.raises(BlockingIOError):
        listener.accept()
