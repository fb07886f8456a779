"""/metrics: what is counted, in the form that Prometheus reads."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text

Serve = Callable[..., AbstractContextManager[Flask]]


def samples(client: FlaskClient) -> dict[tuple, float]:
    text = client.get("/metrics").text
    return {
        (sample.name, *sample.labels.values()): sample.value for family in read_text(text) for sample in family.samples
    }


def test_queries_are_counted_by_outcome(data: Path, serve: Serve):
    with serve(data) as app:
        client = app.test_client()
        for query in ("ASK {}", "ASK {}", "SELECT", "SELECT * { SERVICE <http://x> {} }"):
            client.get("/sparql", query_string={"query": query}, buffered=True)
        client.get("/none", buffered=True)
        found = samples(client)
    assert found["kg_queries_total", "answered"] == 2
    assert found["kg_queries_total", "syntax"] == found["kg_queries_total", "refused"] == 1
    assert found["kg_query_seconds_count",] == found["kg_query_first_byte_seconds_count",] == 4
    assert (found["kg_http_requests_total", "200"], found["kg_http_requests_total", "400"]) == (2, 2)
    assert found["kg_http_requests_total", "404"] == 1
    assert (found["kg_cache_hits_total",], found["kg_cache_answers",]) == (1, 1)
    assert found["kg_workers_started_total",] == 3


def test_snapshot_and_workers_are_told(data: Path, serve: Serve):
    with serve(data) as app:
        client = app.test_client()
        assert client.get("/ready").status_code == 200
        found = samples(client)
    assert found["kg_snapshot_info", "one"] == 1
    assert 0 <= found["kg_snapshot_age_seconds",] < 3600
    assert found["kg_workers", "idle"] + found["kg_workers", "starting"] == 3
    assert found["kg_queries_waiting",] == found["kg_workers", "busy"] == 0
    assert found["process_resident_memory_bytes",] > 2**20


def test_without_a_snapshot_the_rest_is_told(tmp_path: Path, serve: Serve):
    with serve(tmp_path) as app:
        found = samples(app.test_client())
    assert "kg_snapshot_age_seconds" not in {name for name, *_ in found}
    assert found["kg_workers", "idle"] == 0


def test_openmetrics_for_who_asks(client: FlaskClient):
    response = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert response.content_type.startswith("application/openmetrics-text")
    assert "kg_queries" in {family.name for family in read_openmetrics(response.text)}


def test_metrics_are_never_kept(client: FlaskClient):
    first, second = client.get("/metrics"), client.get("/metrics")
    assert first.text != second.text
    assert "ETag" not in first.headers
