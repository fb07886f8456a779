"""The cache of answers: what it keeps, what it gives, and when it forgets."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask

from kg.web import caching, outcome
from kg.web.caching import OVERHEAD, Cache, Entry

CABLES = "SELECT ?c { ?c a ck:Cable }"
LARGE = "SELECT * { ?a <urn:number> ?b . ?c <urn:number> ?d } LIMIT 12000"
Serve = Callable[..., AbstractContextManager[Flask]]


class Around:
    """Sees what a request came to, as the access log around the application does."""

    def __init__(self, app: Flask) -> None:
        self.application = app.wsgi_app
        self.environ: dict = {}

    def __call__(self, environ, start_response):
        self.environ = environ
        return self.application(environ, start_response)


def fetch(app: Flask, path: str, **request):
    """An answer, and whether the cache gave it (`hit`), could have given it (`miss`), or was not asked (None)."""
    if not isinstance(app.wsgi_app, Around):
        app.wsgi_app = Around(app)
    response = app.test_client().open(path, **request)
    return response, app.wsgi_app.environ.get(outcome.CACHE)


def ask(app: Flask, query: str = CABLES, method: str = "GET", parameters: dict | None = None, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return fetch(app, "/sparql", method=method, query_string={"query": query, **(parameters or {})}, headers=named)


def test_second_answer_comes_from_the_cache(data: Path, serve: Serve):
    with serve(data) as app:
        (first, missed), (second, hit) = ask(app), ask(app)
    assert (missed, hit) == ("miss", "hit")
    assert second.data == first.data
    ids = [response.headers.pop("KG-Query-Id") for response in (first, second)]
    assert ids[0] != ids[1]
    assert app.wsgi_app.environ[outcome.QUERY_ID] == ids[1]
    assert sorted(second.headers) == sorted(first.headers)


def test_head_comes_from_the_cache(data: Path, serve: Serve):
    with serve(data) as app:
        whole, _ = ask(app)
        head, found = ask(app, method="HEAD")
    assert (found, head.data, head.content_length) == ("hit", b"", len(whole.data))


def test_head_is_not_kept_as_an_answer(data: Path, serve: Serve):
    with serve(data) as app:
        ask(app, method="HEAD")
        assert ask(app)[1] == "miss"


@pytest.mark.parametrize(
    "other",
    [
        {"Accept": "text/csv"},
        {"Accept_Encoding": "gzip"},
        {"Host": "elsewhere.example"},
        {"parameters": {"max-rows": "1"}},
        {"parameters": {"format": "xml"}},
        {"query": CABLES + " "},
    ],
)
def test_other_requests_have_other_answers(data: Path, serve: Serve, other: dict):
    with serve(data) as app:
        ask(app)
        assert ask(app, **other)[1] == "miss"
        assert ask(app, **other)[1] == "hit"


@pytest.mark.parametrize(
    "kept_out",
    [
        {"query": "SELECT (NOW() AS ?t) {}"},
        {"query": "SELECT nonsense"},
        {"query": LARGE},
        {"Authorization": "Bearer x"},
    ],
)
def test_what_is_not_kept(data: Path, serve: Serve, kept_out: dict):
    with serve(data) as app:
        responses = [ask(app, **kept_out) for _ in range(2)]
        assert all(len(response.data) > 0 for response, _ in responses)
        assert {found for _, found in responses} <= {"miss", None}


def test_posts_do_not_reach_the_cache(data: Path, serve: Serve):
    with serve(data) as app:
        ask(app)
        assert fetch(app, "/sparql", method="POST", data={"query": CABLES})[1] is None


def test_pages_are_kept_too(data: Path, serve: Serve):
    with serve(data) as app:
        (first, missed), (second, hit) = [fetch(app, "/cable/09ATLANTIS7.html") for _ in range(2)]
    assert (missed, hit) == ("miss", "hit")
    assert first.data == second.data
    assert "KG-Query-Id" not in second.headers


def test_new_snapshot_is_answered_from_at_once(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    number = "SELECT ?n { <urn:s> <urn:p> ?n }"
    publish(tmp_path, "one", '<urn:s> <urn:p> "1" .\n')
    with serve(tmp_path) as app:
        assert [ask(app, number)[0].json["results"]["bindings"][0]["n"]["value"] for _ in range(2)] == ["1", "1"]
        publish(tmp_path, "two", '<urn:s> <urn:p> "2" .\n')
        assert [ask(app, number)[0].json["results"]["bindings"][0]["n"]["value"] for _ in range(2)] == ["2", "2"]
        assert app.extensions[caching.EXTENSION].counts()["entries"] == 1


def test_cache_that_is_off(data: Path, serve: Serve):
    with serve(data, KG_CACHE="0") as app:
        assert [ask(app)[1] for _ in range(2)] == [None, None]


def entry(body: bytes) -> Entry:
    return Entry(headers=[], unmodified=[], etag="e", is_query=True, body=body)


def test_least_used_goes_first():
    cache = Cache(most=3 * OVERHEAD)
    for name in ("a", "b"):
        assert cache.get("s", (name,)) is None
        cache.put("s", (name,), entry(b"x" * 100))
    assert cache.get("s", ("a",)) is not None
    cache.put("s", ("c",), entry(b"x" * 100))
    assert [cache.get("s", (name,)) is not None for name in ("a", "b", "c")] == [True, False, True]
    assert cache.counts() == {"entries": 2, "bytes": 2 * (OVERHEAD + 101), "hits": 3, "misses": 3}


def test_bytes_are_bounded():
    cache = Cache(most=100_000)
    cache.get("s", ())
    for number in range(1_000):
        cache.put("s", (str(number),), entry(b"x" * number * 7))
        assert cache.counts()["bytes"] <= 100_000
    cache.put("s", ("large",), entry(b"x" * 100_000))
    assert cache.get("s", ("large",)) is None
    assert cache.counts()["entries"] > 0


def test_answer_of_an_old_snapshot_is_not_kept():
    cache = Cache(most=100_000)
    cache.get("old", ("a",))
    cache.get("new", ("a",))
    cache.put("old", ("a",), entry(b"x"))
    assert cache.get("new", ("a",)) is None


def test_same_answer_twice_counts_once():
    cache = Cache(most=100_000)
    cache.get("s", ("a",))
    cache.put("s", ("a",), entry(b"x"))
    cache.put("s", ("a",), entry(b"xyz"))
    assert cache.counts()["bytes"] == OVERHEAD + 4
