"""/health and /ready: what they say of the process and of its snapshot."""

import hashlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask

from kg.build.pipeline import Plan, build
from kg.web import health
from kg.web.service import EXTENSION

Serve = Callable[..., AbstractContextManager[Flask]]


def test_health_needs_no_snapshot(tmp_path: Path, serve: Serve):
    with serve(tmp_path) as app:
        text = app.test_client().get("/health")
        as_json = app.test_client().get("/health", headers={"Accept": "application/json"})
    assert (text.status_code, text.text) == (200, "ok idle=0 busy=0 starting=0 waiting=0\n")
    assert as_json.json == {"status": "ok", "idle": 0, "busy": 0, "starting": 0, "waiting": 0}


def test_ready_follows_the_snapshot(
    tmp_path: Path, serve: Serve, publish: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(health, "HOLDS", 0.0)
    with serve(tmp_path) as app:
        client = app.test_client()
        absent = client.get("/ready")
        publish(tmp_path, "one")
        present = client.get("/ready")
        broken = tmp_path / "snapshots" / "two"
        (broken / "store").mkdir(parents=True)
        (broken / "store" / "CURRENT").write_text("nothing\n")
        (broken / "manifest.json").write_text('{"id": "two", "base": "https://w3id.org/cablekg/"}')
        (tmp_path / "current").unlink()
        (tmp_path / "current").symlink_to("snapshots/two")
        unreadable = client.get("/ready")
    assert (absent.status_code, absent.json["title"]) == (503, "No snapshot")
    assert (present.status_code, present.text) == (200, "ready\n")
    assert (unreadable.status_code, unreadable.json["title"]) == (503, "Unusable data folder")
    assert str(tmp_path) not in unreadable.text


def test_verdict_holds_for_a_moment(tmp_path: Path, serve: Serve, publish: Callable[..., Path]):
    with serve(tmp_path) as app:
        client = app.test_client()
        assert client.get("/ready").status_code == 503
        publish(tmp_path, "one")
        assert client.get("/ready").status_code == 503
        time.sleep(health.HOLDS)
        assert client.get("/ready").status_code == 200


def test_server_at_work_is_ready(data: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch):
    with serve(data) as app:
        pool = app.extensions[EXTENSION].pool
        monkeypatch.setattr(pool, "counts", lambda: {"idle": 0, "busy": 2, "starting": 1, "waiting": 9})
        start = time.monotonic()
        assert app.test_client().get("/ready").status_code == 200
        assert time.monotonic() - start < health.PATIENCE
        monkeypatch.undo()


def test_ready_names_what_is_in_quarantine(tmp_path: Path, serve: Serve, plan_of: Callable[..., Plan], examples: Path):
    nameless = "FM AMEMBASSY LISBON\n\nUNCLAS\n\nE.O. 12958: N/A\nTAGS: PO\nSUBJECT: NO NUMBER\n\n1. (U) Fiction.\n"
    (tmp_path / "nameless.txt").write_text(nameless, encoding="utf-8")
    build(plan_of(tmp_path / "data", tmp_path / "nameless.txt", examples / "seventies"))
    with serve(tmp_path / "data") as app:
        text = app.test_client().get("/ready")
        as_json = app.test_client().get("/ready", headers={"Accept": "application/json"})
    digest = hashlib.sha256(nameless.encode()).hexdigest()
    assert text.text == "ready quarantined=1\n"
    assert as_json.json == {"status": "ready", "quarantined": 1, "quarantine": [digest]}
