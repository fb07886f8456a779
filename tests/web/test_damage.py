"""A damaged snapshot under a server: no request is told that its query took too much memory, or that the server failed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.store.opening import SIZES
from kg.web import health

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
DETAIL = "The snapshot that is served is damaged or gone. Build it again; the server's log has the reason."


def tables(snapshot: Path) -> list[Path]:
    """The files that hold the store's content."""
    return sorted((snapshot / "store").glob("*.sst"))


def is_told(client: FlaskClient, *paths: str) -> bool:
    for path in paths:
        response = client.get(path, headers={"Accept": "application/json"})
        assert (response.status_code, response.json["title"]) == (503, "Unusable data folder"), path
        assert response.json["detail"] == DETAIL
    return True


def test_file_of_another_size(tmp_path: Path, publish: Callable[..., Path], serve, caplog: pytest.LogCaptureFixture):
    file = tables(publish(tmp_path, "one"))[0]
    file.write_bytes(b"junk\n")
    with serve(tmp_path) as app:
        assert is_told(app.test_client(), "/ready", f"/sparql?query={COUNT}", "/cables")
    assert f"{file.name} has 5 bytes and had " in caplog.text


def test_damage_to_a_snapshot_that_is_turned_to(
    tmp_path: Path, publish: Callable[..., Path], serve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(health, "HOLDS", 0.0)
    publish(tmp_path, "one")
    with serve(tmp_path) as app:
        client = app.test_client()
        assert client.get("/ready").status_code == 200
        new = publish(tmp_path, "two")
        for file in tables(new):
            file.write_bytes(b"")
        assert is_told(client, "/ready", f"/sparql?query={COUNT}")


def test_checksums_of_the_engine(tmp_path: Path, publish: Callable[..., Path], serve, caplog: pytest.LogCaptureFixture):
    snapshot = publish(tmp_path, "one")
    for file in tables(snapshot):
        content = file.read_bytes()
        # The first block is content; the index, at the end, stays whole.
        file.write_bytes(bytes(byte ^ 0xFF for byte in content[:64]) + content[64:])
    with serve(tmp_path) as app:
        assert is_told(app.test_client(), f"/sparql?query={COUNT}")
    assert "Corruption" in caplog.text


def test_query_that_ends_its_worker_on_a_damaged_file(tmp_path: Path, publish: Callable[..., Path], serve):
    snapshot = publish(tmp_path, "one")
    noted = (snapshot / SIZES).read_bytes()
    (snapshot / SIZES).unlink()
    with serve(tmp_path, KG_MEMORY="64") as app:
        client = app.test_client()
        assert client.get("/ready").status_code == 200
        # Damaged after the workers have opened it.
        (snapshot / SIZES).write_bytes(noted)
        for file in tables(snapshot):
            file.write_bytes(b"junk\n")
        hungry = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f ?b ?d"
        assert is_told(client, f"/sparql?query={hungry}")
