"""/shacl over real HTTP: reports, refusals with their place, and hostile shapes that hurt nobody."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from tests.faults.servers import PROBLEM, Reply, Server, running

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .\n"
PERSON = (
    PREFIXES
    + "ex:S sh:targetClass ex:Person ; sh:property ex:name .\nex:name sh:path ex:name ; sh:minCount 1 ; sh:message 'A person needs a <b>name</b>.' ."
)
DATA = PREFIXES + "ex:a a ex:Person . ex:b a ex:Person ."
BOUNDARY = "kg-test-boundary"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with running(data, KG_ACCESS_LOG="off", KG_TIMEOUT="6", KG_MEMORY="256", KG_MAX_SHACL="1") as found:
        yield found


def send(server: Server, data: str, shapes: str | None = None, path: str = "/shacl", **headers: str) -> Reply:
    fields = {"data": data} | ({} if shapes is None else {"shapes": shapes})
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    headers.setdefault("Accept", "application/json")
    body = f"{parts}--{BOUNDARY}--\r\n"
    return server.send("POST", path, body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}", **headers)


def test_own_shapes(server):
    found = send(server, DATA, PERSON)
    assert found.status == 200
    assert found.json()["severities"] == {"Violation": 2, "Warning": 0, "Info": 0}
    assert found.headers["Cache-Control"] == "no-store"


def test_shapes_of_the_project(server):
    data = "<urn:a> a <https://w3id.org/cablekg/ontology#Cable> ."
    found = server.send("POST", "/shacl", data, Content_Type="text/turtle", Accept="application/json")
    assert found.status == 200
    assert "cks:cable-canonical-id" in found.json()["shapes"]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_report_in_rdf(server, accept, name):
    found = send(server, DATA, PERSON, Accept=accept)
    assert found.headers["Content-Type"].startswith(accept)
    report = Graph().parse(data=found.body, format=name)
    assert len(list(report.objects(None, SH.result))) == 2
    assert [value.toPython() for value in report.objects(None, SH.conforms)] == [False]


def test_page_of_a_report_has_its_own_policy(server):
    found = send(server, DATA, PERSON, Accept="text/html")
    assert b"A person needs a &lt;b&gt;name&lt;/b&gt;." in found.body
    assert "style-src 'sha256-" in found.headers["Content-Security-Policy"]
    assert "unsafe" not in found.headers["Content-Security-Policy"]


def test_parameters(server):
    found = send(server, DATA, PERSON, "/shacl?limit=1&severity=violation&format=csv")
    assert len(found.body.splitlines()) == 2
    assert send(server, DATA, PERSON, "/shacl?focus=https://example.org/a").json()["severities"]["Violation"] == 1
    assert send(server, DATA, PERSON, "/shacl?shape=https://example.org/S&limit=0").json()["results"] == []


@pytest.mark.parametrize(
    "query",
    [
        "?nonsense=1",
        "?shapes=http://127.0.0.1/",
        "?limit=x",
        "?severity=odd",
        "?format=odd",
        "?timeout=0",
        "?shape=urn:none",
    ],
)
def test_parameter_that_means_nothing_is_refused(server, query):
    found = send(server, DATA, PERSON, "/shacl" + query)
    assert found.status == 400
    assert found.headers["Content-Type"] == PROBLEM


def test_form(server):
    found = server.send("GET", "/shacl", Accept="text/html")
    assert found.status == 200
    assert b'enctype="multipart/form-data"' in found.body
    assert b"<script" not in found.body


@pytest.mark.parametrize(
    ("graph", "shapes", "title", "line"),
    [
        ("<urn:a> <urn:b> <urn:c> .\nnonsense", PERSON, "Data syntax error", 2),
        (DATA, "\n\nnonsense", "Shapes refused", 3),
        (DATA, PERSON.replace("minCount", "minCountt"), "Shapes refused", 3),
    ],
)
def test_fault_is_told_with_its_line(server, graph, shapes, title, line):
    found = send(server, graph, shapes)
    assert (found.status, found.json()["title"], found.json()["line"]) == (400, title, line)


def test_body_over_its_size(server):
    assert send(server, "#" * 2**21).status == 413


@pytest.mark.parametrize(
    "headers", [{"Content_Type": "image/png"}, {"Content_Type": "text/turtle", "Content_Encoding": "gzip"}]
)
def test_body_that_is_not_taken(server, headers):
    found = server.send("POST", "/shacl", DATA, **headers)
    assert found.status == 415
    assert "text/turtle" in found.headers["Accept-Post"]


def test_form_without_data(server):
    assert send(server, " ", PERSON).status == 400


def test_format_that_is_not_there(server):
    assert send(server, DATA, PERSON, Accept="image/png").status == 406


def sparql(text: str) -> str:
    return f'{PREFIXES} ex:S sh:targetNode ex:a ; sh:sparql [ sh:message "m" ; sh:select """{text}""" ] .'


SLOW = [
    PREFIXES + 'ex:S sh:targetNode "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" ; sh:pattern "^(a+)+$" .',
    sparql("SELECT $this ?value { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . ?i ?t ?value }"),
]
MANY = PREFIXES + "".join(f"ex:n{number} ex:next ex:n{number + 1} .\n" for number in range(300))


@pytest.mark.parametrize("shapes", SLOW, ids=["regular expression", "billion results"])
def test_hostile_shapes_end_at_the_deadline_and_others_are_served(server, shapes):
    found = send(server, MANY, shapes, "/shacl?timeout=2")
    assert (found.status, found.headers["Content-Type"]) in [(504, PROBLEM), (503, PROBLEM)]
    assert found.seconds < 20
    assert server.ask("ASK {}").status == 200
    assert send(server, DATA, PERSON).status == 200


@pytest.mark.parametrize(
    "shapes",
    [
        PREFIXES + "ex:S sh:targetNode ex:n0 ; sh:property [ sh:path ex:next ; sh:node ex:S ] .",
        PREFIXES
        + "ex:S sh:targetNode ex:n0 ; sh:property [ sh:minCount 1 ; sh:path "
        + "( ex:p " * 60
        + "ex:q"
        + " )" * 60
        + " ] .",
        PREFIXES
        + "ex:S sh:targetNode ex:n0 ; sh:property [ sh:minCount 1 ; sh:path _:l ] . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ex:p ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l .",
        PREFIXES + "ex:S sh:property " + "[ sh:path ex:p ; sh:property " * 2000 + "ex:T" + " ]" * 2000 + " .",
    ],
    ids=["recursive shape", "nested path", "path without end", "nested shapes"],
)
def test_odd_shapes_get_an_answer(server, shapes):
    found = send(server, MANY, shapes)
    assert found.status in (200, 400, 503, 504)
    assert server.ask("ASK {}").status == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT $this FROM <http://127.0.0.1:PORT/> { $this ?p ?o }",
        "SELECT $this { $this ?p ?o } } LOAD <http://127.0.0.1:PORT/> #",
    ],
)
def test_no_connection_is_made(server, query):
    with socket.create_server(("127.0.0.1", 0)) as trap:
        port = str(trap.getsockname()[1])
        assert send(server, MANY, sparql(query.replace("PORT", port))).status == 400
        imports = f"<urn:x> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:{port}/> ."
        assert send(server, MANY, imports).status == 400
        context = json.dumps({"@context": f"http://127.0.0.1:{port}/", "@id": "urn:a"})
        assert server.send("POST", "/shacl", context, Content_Type="application/ld+json").status == 400
        trap.settimeout(0.2)
        with pytest.raises(TimeoutError):
            trap.accept()


def test_validations_are_counted(server):
    send(server, DATA, PERSON)
    text = server.send("GET", "/metrics").body.decode()
    assert 'kg_validations_total{outcome="answered"}' in text
