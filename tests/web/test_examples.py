"""The server over the real graph of the example cables: every kind of page, and facts below the threshold."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.iris import DEFAULT_BASE, PREFIXES
from kg.web import create_app
from kg.web.service import EXTENSION

KINDS = ("Cable", "Official", "Meeting", "Agreement", "Tenure", "Position", "Post", "Tag")
DOUBTFUL = """SELECT ?fact ?label ?cable {
  GRAPH <https://w3id.org/cablekg/graph/candidates> { ?fact ck:reportedIn ?cable ; rdfs:label ?label }
} ORDER BY ?fact LIMIT 1"""


@pytest.fixture(scope="module")
def store(example_data) -> ox.Store:
    return ox.Store.read_only(str(example_data / "current" / "store"))


@pytest.fixture(scope="module")
def browser(example_data) -> Iterator[FlaskClient]:
    app = create_app(example_data)
    yield app.test_client()
    app.extensions[EXTENSION].pool.close()


@pytest.mark.parametrize("kind", KINDS)
def test_things_of_every_kind_have_pages_and_data(kind, store, browser):
    found = store.query(f"SELECT ?x {{ ?x a ck:{kind} }} ORDER BY ?x LIMIT 3", prefixes=PREFIXES)
    paths = ["/" + row["x"].value.removeprefix(DEFAULT_BASE) for row in found]
    assert paths
    for path in paths:
        assert browser.get(path, headers={"Accept": "text/html"}).status_code == 303
        assert browser.get(path + ".html").status_code == 200
        turtle = browser.get(path + ".ttl")
        assert len(list(ox.parse(input=turtle.data, format=ox.RdfFormat.TURTLE))) > 3


def test_a_fact_below_the_threshold_is_shown_apart(store, browser):
    (row,) = store.query(DOUBTFUL, prefixes=PREFIXES)
    page = browser.get("/" + row["cable"].value.removeprefix(DEFAULT_BASE) + ".html").get_data(as_text=True)
    before, _, after = page.partition("Less certain")
    assert row["label"].value in after
    assert row["fact"].value.removeprefix(DEFAULT_BASE) not in before
