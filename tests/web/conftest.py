"""A data folder with the invented graph of graph.ttl, and the application over it."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.store.opening import note_sizes
from kg.web import create_app
from kg.web.service import EXTENSION

GRAPH = Path(__file__).with_name("graph.ttl")
BASE = "https://w3id.org/cablekg/"


def make_snapshot(data: Path, name: str, extra: str = "") -> Path:
    """Publish a snapshot with the invented graph and some more N-Quads."""
    snapshot = data / "snapshots" / name
    snapshot.mkdir(parents=True)
    store = ox.Store(str(snapshot / "store"))
    store.bulk_load(path=str(GRAPH), format=ox.RdfFormat.TURTLE)
    store.bulk_load(extra.encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    note_sizes(snapshot / "store")
    (snapshot / "manifest.json").write_text(json.dumps({"id": name, "base": BASE}))
    (snapshot / "void.ttl").write_text(f"<{BASE}.well-known/void#dataset> a <http://rdfs.org/ns/void#Dataset> .\n")
    link = data / "new"
    link.symlink_to(Path("snapshots") / name)
    os.replace(link, data / "current")
    return snapshot


EXTRA = f'<urn:s> <urn:p> "in a graph" <{BASE}graph/provenance> .\n' + "".join(
    f'<urn:n:{number}> <urn:number> "{number}" .\n' for number in range(3000)
)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder; never changed by a test."""
    folder = tmp_path_factory.mktemp("data")
    make_snapshot(folder, "one", EXTRA)
    return folder


@pytest.fixture(scope="session")
def app(data: Path) -> Iterator[Flask]:
    """The application over it."""
    with serving(data) as made:
        yield made


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Flask]:
    """An application over a data folder, under some settings; its workers are gone at the end, those starting too."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        made = create_app(data)
    pools = made.extensions[EXTENSION].pool, made.extensions[EXTENSION].validators
    try:
        yield made
    finally:
        for pool in pools:
            pool.close()
        made.extensions[EXTENSION].writer.close()
        while any(pool.counts()["starting"] for pool in pools):
            time.sleep(0.01)


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[Flask]]:
    """Make an application over a data folder, under some settings."""
    return serving


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()


@pytest.fixture(scope="session")
def publish() -> Callable[..., Path]:
    """Publish another snapshot in a data folder."""
    return make_snapshot
