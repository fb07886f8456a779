"""A real process validates: bounded, secluded, and gone afterwards."""

import json
import socket
import subprocess
import sys
import threading
import time

import pytest

from kg.errors import DataSyntaxError, QueryError, QueryMemoryExceeded, ShapesRefused, UsageError
from kg.store.pool import Limits, Pool
from kg.store.shacl_jobs import DATA, SHAPES, Sent, ShaclJob
from kg.store.validators import NOWHERE, Validator, validate
from kg.validation.worker import Answered, Refused

MEMORY = 512 * 2**20
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .\n"
PERSON = PREFIXES + "ex:S sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
# No engine here ends with it in a human's time.
CATASTROPHE = PREFIXES + 'ex:S sh:targetNode "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" ; sh:pattern "^(a+)+$" .'


def job(data: str, own: str | None = None, *, form: str = "json", syntax: str = "ttl", **more) -> ShaclJob:
    graphs = [Sent(role=DATA, form=syntax, name="data", content=data.encode())]
    if own is not None:
        graphs.append(Sent(role=SHAPES, form="ttl", name="shapes", content=own.encode()))
    return ShaclJob(graphs=tuple(graphs), form=form, base="https://w3id.org/cablekg/", **more)


def test_own_shapes():
    content, has_failures = validate(job(PREFIXES + "ex:a a ex:Person .", PERSON), MEMORY)
    found = json.loads(content)
    assert has_failures
    assert found["severities"]["Violation"] == 1
    assert found["validated"] == {"triples": 1, "focus nodes": 1}


def test_shapes_of_the_project():
    data = "<https://w3id.org/cablekg/cable/09QUITO77> a <https://w3id.org/cablekg/ontology#Cable> ."
    content, has_failures = validate(job(data, limit=0), MEMORY)
    found = json.loads(content)
    assert has_failures
    assert found["shapes"]["cks:cable-canonical-id"] == {"results": 1, "listed": 0}


@pytest.mark.parametrize(
    ("data", "syntax"),
    [
        ("<urn:a> <urn:p> <urn:b> .", "nt"),
        ("<urn:a> <urn:p> <urn:b> <urn:g> .", "nq"),
        ("<urn:g> { <urn:a> <urn:p> <urn:b> . }", "trig"),
        ('{"@id": "urn:a", "urn:p": {"@id": "urn:b"}}', "jsonld"),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:u='urn:'>"
            "<rdf:Description rdf:about='urn:a'><u:p rdf:resource='urn:b'/></rdf:Description></rdf:RDF>",
            "rdf",
        ),
    ],
)
def test_every_syntax_is_read(data, syntax):
    shapes = PREFIXES + "ex:S sh:targetSubjectsOf <urn:p> ; sh:nodeKind sh:Literal ."
    assert json.loads(validate(job(data, shapes, syntax=syntax), MEMORY)[0])["severities"]["Violation"] == 1


def test_broken_data_are_told_with_their_place():
    with pytest.raises(DataSyntaxError, match="data: error at 2:"):
        validate(job("<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense", PERSON), MEMORY)


def test_broken_shapes_are_told_with_their_place():
    with pytest.raises(ShapesRefused, match="shapes: error at 1:"):
        validate(job("", "nonsense ."), MEMORY)


def test_triple_term_is_refused():
    with pytest.raises(DataSyntaxError, match="triple term"):
        validate(job("<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .", PERSON), MEMORY)


def test_remote_context_is_refused():
    with pytest.raises(DataSyntaxError, match="context"):
        validate(job('{"@context": "http://127.0.0.1:9/", "@id": "urn:a"}', PERSON, syntax="jsonld"), MEMORY)


def test_shape_that_is_not_there_is_wrong_use():
    with pytest.raises(UsageError, match="no shape urn:none"):
        validate(job("", PERSON, shapes=("urn:none",)), MEMORY)


def test_memory_is_bounded():
    data = PREFIXES + " ".join(f"ex:a{n} a ex:Person ." for n in range(100_000))
    with pytest.raises(QueryMemoryExceeded, match="The validation needed more memory"):
        validate(job(data, PERSON), 32 * 2**20)


def test_report_is_bounded():
    with pytest.raises(QueryError, match="more bytes"):
        validate(job(PREFIXES + "ex:a a ex:Person .", PERSON, max_bytes=100), MEMORY)


def test_process_ends_itself_where_nobody_ends_it():
    started = time.monotonic()
    with pytest.raises(QueryError, match="SIGXCPU"):
        validate(job("<urn:a> <urn:b> <urn:c> .", CATASTROPHE, seconds=0.5), MEMORY)
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "SELECT $this FROM <http://127.0.0.1:{port}/> WHERE {{ $this ?p ?o }}",
        "SELECT $this WHERE {{ $this ?p ?o }} # SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    ],
)
def test_no_connection_is_made(query):
    with socket.create_server(("127.0.0.1", 0)) as server:
        shapes = f'{PREFIXES} ex:S sh:targetNode ex:a ; sh:sparql [ sh:select "{query.format(port=server.getsockname()[1])}" ] .'
        with pytest.raises(ShapesRefused):
            validate(job("<urn:a> <urn:b> <urn:c> .", shapes), MEMORY)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()


SECLUDED = """
import socket, urllib.request
from kg.validation.seclusion import Secluded, seclude
seclude()
for reach in (lambda: urllib.request.urlopen("http://127.0.0.1:{port}/"),
              lambda: socket.create_connection(("127.0.0.1", {port})),
              lambda: open("/etc/passwd"), lambda: open("/tmp/kg-secluded", "w"),
              lambda: __import__("os").system("true"), lambda: __import__("subprocess").run(["true"])):
    try:
        reach()
    except Secluded as refused:
        print(refused)
import colorsys
print("imports go on")
"""


def test_secluded_process_reaches_nothing():
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = SECLUDED.format(port=server.getsockname()[1])
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    assert len(found.stdout.splitlines()) == 7, found.stdout
    assert found.stdout.endswith("imports go on\n")


@pytest.fixture(scope="module")
def pool():
    made = Pool(Limits(workers=1, queue=4, seconds=20, memory=MEMORY), Validator)
    yield made
    made.close()
    while made.counts()["starting"]:
        time.sleep(0.01)


def test_pool_answers_again_and_again(pool):
    for _ in range(3):
        answer = pool.ask(job(PREFIXES + "ex:a a ex:Person .", PERSON), NOWHERE)
        assert json.loads(b"".join(answer.pieces()))["severities"]["Violation"] == 1


def test_pool_ends_a_validation_at_its_deadline(pool):
    with pytest.raises(QueryError, match="The validation did not end within 1 seconds"):
        pool.ask(job("<urn:a> <urn:b> <urn:c> .", CATASTROPHE), NOWHERE, seconds=1)


def test_operator_stops_a_validation(pool):
    found: list[Exception] = []

    def ask() -> None:
        try:
            pool.ask(job("<urn:a> <urn:b> <urn:c> .", CATASTROPHE), NOWHERE, query_id="hang")
        except QueryError as error:
            found.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while not any(each.id == "hang" and each.state == "evaluating" for each in pool.running()):
        time.sleep(0.01)
    assert pool.kill("hang")
    thread.join(20)
    assert str(found[0]) == "The validation was stopped by whoever runs the server."


def test_last_answer_says_so():
    for answer in (Answered("json", b"{}", has_failures=False), Refused("data", "odd")):
        assert b'"last": true' in answer.frames(is_last=True)
        assert b'"last"' not in answer.frames(is_last=False)
