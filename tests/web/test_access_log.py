"""The access log: one line a request, with what it came to, whatever clients send or do."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from kg.errors import UsageError
from kg.web import access_log, log_lines
from kg.web.exchange import Exchange
from kg.web.log_lines import LogLines
from kg.web.metrics import EXTENSION
from tests.faults.servers import Server, running
from tests.waiting import wait_until

Serve = Callable[..., AbstractContextManager[Flask]]
MANY = "SELECT * { ?a <urn:number> ?b . ?c <urn:number> ?d } LIMIT 100000"


def lines(app: Flask, file: Path) -> list[dict]:
    app.extensions[EXTENSION].log.lines.flush()
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_line_of_a_query(data: Path, serve: Serve, tmp_path: Path):
    log = tmp_path / "access.log"
    with serve(data, KG_ACCESS_LOG=str(log)) as app:
        client = app.test_client()
        headers = {"User-Agent": "tester/1", "Referer": "https://secret.example/", "Authorization": "Bearer s3cret"}
        answers = [client.get("/sparql?query=ASK{}", headers=headers, buffered=True) for _ in range(2)]
        answers.append(client.get("/sparql?query=ASK{}", buffered=True))
        answers.append(client.get("/sparql?query=ASK{}", buffered=True))
        found = lines(app, log)
    assert [line["query"] for line in found] == [answer.headers["KG-Query-Id"] for answer in answers]
    assert [line["cache"] for line in found] == [None, None, "miss", "hit"]
    assert {(line["status"], line["outcome"], line["bytes"]) for line in found} == {(200, "answered", 26)}
    assert (found[0]["agent"], found[0]["method"], found[0]["path"]) == ("tester/1", "GET", "/sparql")
    assert found[0]["client"] == "127.0.0.1"
    assert abs(datetime.fromisoformat(found[0]["time"]).timestamp() - time.time()) < 60
    assert "s3cret" not in log.read_text()
    assert "secret.example" not in log.read_text()


@pytest.mark.parametrize(
    ("path", "status", "outcome"),
    [
        ("/sparql?query=SELECT", 400, "syntax"),
        ("/sparql?query=SELECT*{SERVICE<http://x>{}}", 400, "refused"),
        ("/query?query=SELECT", 400, "syntax"),
        ("/sparql?query=SELECT*{?s%20?p%20?o}&max-rows=1", 200, "cut"),
        ("/cable/none", 404, "rejected"),
        ("/none", 404, "rejected"),
    ],
)
def test_outcome(data: Path, serve: Serve, tmp_path: Path, path: str, status: int, outcome: str):
    log = tmp_path / "access.log"
    with serve(data, KG_ACCESS_LOG=str(log)) as app:
        app.test_client().get(path, buffered=True)
        (line,) = lines(app, log)
    assert (line["status"], line["outcome"]) == (status, outcome)


def test_stream_counts_what_was_written(data: Path, serve: Serve, tmp_path: Path):
    log = tmp_path / "access.log"
    with serve(data, KG_ACCESS_LOG=str(log)) as app:
        whole = app.test_client().get("/sparql", query_string={"query": MANY, "format": "csv"})
        size = len(whole.data)
        whole.close()
        left = app.test_client().get("/sparql", query_string={"query": MANY, "format": "csv"}, buffered=False)
        pieces = iter(left.response)
        first = len(next(pieces))
        next(pieces)
        left.close()
        found = lines(app, log)
    assert [(line["bytes"], line["outcome"]) for line in found] == [(size, "answered"), (first, "left")]


def test_hostile_text_stays_within_its_line(data: Path, serve: Serve, tmp_path: Path):
    log = tmp_path / "access.log"
    with serve(data, KG_ACCESS_LOG=str(log)) as app:
        environ = {"HTTP_USER_AGENT": 'a"\n{"forged":1}\x1b[31m\xe2\x80\xae' + "x" * 10_000}
        app.test_client().get("/a%0a%1b%22%E2%80%AE", environ_overrides=environ, buffered=True)
        app.test_client().open("/", method="X" * 1_000, buffered=True)
        text = log_text(app, log)
        found = lines(app, log)
    assert len(found) == 2
    assert text.isascii()
    assert "\x1b" not in text
    assert found[0]["path"] == '/a\n\x1b"\u202e'
    assert all(len(str(value)) <= access_log.LONGEST_FIELD for line in found for value in line.values())


def log_text(app: Flask, file: Path) -> str:
    app.extensions[EXTENSION].log.lines.flush()
    return file.read_text()


def test_log_may_be_moved_away_and_may_be_off(data: Path, serve: Serve, tmp_path: Path):
    log = tmp_path / "access.log"
    with serve(data, KG_ACCESS_LOG=str(log)) as app:
        app.test_client().get("/health", buffered=True)
        assert len(lines(app, log)) == 1
        log.rename(tmp_path / "old")
        app.test_client().get("/health", buffered=True)
        assert len(lines(app, log)) == 1
    with serve(data, KG_ACCESS_LOG="off") as app:
        assert app.extensions[EXTENSION].log is None
        assert app.test_client().get("/health").status_code == 200


def test_log_that_cannot_be_written_is_refused(data: Path, serve: Serve, tmp_path: Path):
    with (
        pytest.raises(UsageError, match="No log can be written"),
        serve(data, KG_ACCESS_LOG=str(tmp_path / "no" / "log")),
    ):
        pass


def test_slow_query_is_told_with_its_text(data: Path, serve: Serve, capfd: pytest.CaptureFixture[str]):
    with serve(data, KG_SLOW="0.000001", KG_ACCESS_LOG="off") as app:
        answer = app.test_client().get("/sparql", query_string={"query": "ASK {} # é" + "x" * 5_000}, buffered=True)
        app.test_client().get("/health", buffered=True)
        for sink in app.wsgi_app._sinks:
            if isinstance(sink, access_log.SlowLog):
                sink.lines.flush()
    (line,) = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert line["slow_query"] == answer.headers["KG-Query-Id"]
    assert line["text"].startswith("ASK {} # éx")
    assert len(line["text"]) < 5_000


def test_full_pipe_stops_nobody_and_loses_the_oldest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(log_lines, "MOST", 100)
    reader, writer = os.pipe()
    written = LogLines(writer)
    for _ in range(100):
        written.add("x" * 2_000)
    time.sleep(0.3)
    for number in range(150):
        written.add(str(number))
    assert written.lost == 50
    os.set_blocking(reader, False)
    found = b""
    until = time.monotonic() + 10
    while not found.endswith(b"\n149\n") and time.monotonic() < until:
        try:
            found += os.read(reader, 1 << 20)
        except BlockingIOError:
            time.sleep(0.01)
    assert found.splitlines()[100:] == [str(number).encode() for number in range(50, 150)]


def test_lines_are_written_at_the_end_of_the_process(tmp_path: Path):
    program = "import sys; from kg.web.log_lines import LogLines; LogLines(sys.argv[1]).add('last')"
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "log")], check=True, timeout=30)
    assert (tmp_path / "log").read_text() == "last\n"


STREAM = quote("SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")
ENDLESS = quote("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")


@pytest.mark.parametrize(
    ("query", "status", "outcome", "has_bytes"),
    [
        (STREAM, 200, "left", True),
        (ENDLESS, 499, "left", False),
        (STREAM, 200, "timeout", True),
        (ENDLESS, 504, "timeout", True),
    ],
)
def test_ends_of_a_real_server(data: Path, tmp_path: Path, query: str, status: int, outcome: str, has_bytes: bool):
    log = tmp_path / "access.log"
    with running(data, KG_ACCESS_LOG=str(log), KG_TIMEOUT="2") as server:
        if outcome == "left":
            with closing(server.connect()) as connection:
                connection.request("GET", f"/sparql?query={query}")
                if query == STREAM:
                    connection.getresponse().read(1)
                else:
                    assert wait_until(lambda: server.counts()["busy"] == 1)
        else:
            server.send("GET", f"/sparql?query={query}")
        assert wait_until(lambda: server.counts()["busy"] == 0)
        found = [samples for line in metric_lines(server) if (samples := line.split())[0].startswith("kg_query_ends")]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    (line,) = [line for line in lines if line["path"] == "/sparql" and line["outcome"] != "answered"]
    assert (line["status"], line["outcome"], line["bytes"] > 0) == (status, outcome, has_bytes)
    reason = "client-gone" if outcome == "left" else "timeout"
    assert found == [[f'kg_query_ends_total{{reason="{reason}"}}', "1.0"]]


def metric_lines(server: Server) -> list[str]:
    return server.send("GET", "/metrics").body.decode().splitlines()


def test_application_that_fails_is_told():
    told: list[Exchange] = []

    def failing(environ, start_response):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        Exchange({"REQUEST_METHOD": "GET"}, [told.append]).ask(failing, lambda *_: None)
    assert [(exchange.status, exchange.outcome) for exchange in told] == [(500, "failed")]
