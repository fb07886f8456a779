"""Requests at random: none is answered with 500, none hangs, and none costs a worker."""

import http.client
import os
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from tests.faults.fuzz import TOKEN, Fuzzed, fuzzed
from tests.faults.servers import BASE, Server, running
from tests.waiting import wait_until

SEED = int(os.environ.get("KG_FUZZ_SEED", "20261124"))
CLIENTS = 4
# The deadline of a query, and what a request may take beyond: the kernel's and the interpreter's turns.
LIMIT, SLACK = 2, 4
# What a client may be told; 501 and 505 are for methods and versions that HTTP does not have.
ALLOWED = frozenset([200, 204, 206, 301, 302, 303, 304, 307, 308, *range(400, 452), 501, 503, 504, 505])


@pytest.fixture(scope="module", params=["builds", "users"])
def server(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a graph of builds, and one over a folder that its users write to."""
    folder = data
    if request.param == "users":
        folder = tmp_path_factory.mktemp("users") / "data"
        make_empty(DataFolder(folder), BASE)
    settings = {"KG_UPDATE_TOKEN": TOKEN, "KG_ADMIN_TOKEN": TOKEN}
    with running(folder, KG_TIMEOUT=str(LIMIT), KG_MEMORY="256", **settings) as found:
        yield found


def wrong(server: Server, seed: int, seen: Counter[str]) -> str | None:
    """What is wrong with the reply to the request of a seed; None where nothing is."""
    request = fuzzed(seed)
    start = time.monotonic()
    try:
        status = exchange(server, request)
    except TimeoutError:
        return f"seed {seed}: no reply within {LIMIT + SLACK} s to {request.data[:300]!r}"
    taken = time.monotonic() - start
    seen[str(status)] += 1
    if status is None and not request.raw:
        return f"seed {seed}: no status for {request.data[:300]!r}"
    # Who closes its side looks like one who has left.
    if status is not None and status not in ALLOWED and not (request.raw and status == 499):
        return f"seed {seed}: {status} for {request.data[:600]!r}"
    if taken > LIMIT + SLACK:
        return f"seed {seed}: {taken:.1f} s for {request.data[:300]!r}"
    return None


def exchange(server: Server, request: Fuzzed) -> int | None:
    """The status of the reply, read to its end; None where there is none."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT + SLACK) as connection:
        try:
            connection.sendall(request.data)
            if request.raw:
                connection.shutdown(socket.SHUT_WR)
            response = http.client.HTTPResponse(connection, method="HEAD" if request.head else "GET")
            with response:
                response.begin()
                # A long answer may be broken off at the deadline; that is seen, and right.
                with suppress(http.client.IncompleteRead):
                    response.read()
                return response.status
        except (http.client.HTTPException, ConnectionError):
            return None


@pytest.mark.parametrize("count", [1_000, pytest.param(20_000, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])])
def test_requests_at_random(server: Server, count: int):
    print(f"KG_FUZZ_SEED={SEED}, {count} requests")
    (web,) = server.web()
    seen: Counter[str] = Counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        found = list(clients.map(lambda seed: wrong(server, seed, seen), range(SEED, SEED + count)))
    print(dict(sorted(seen.items())))
    assert [each for each in found if each] == []
    assert seen["200"] > count / 20
    assert server.web() == [web], "the web process has ended"
    assert wait_until(server.is_at_rest)
    assert server.counts()["idle"] == 3
    assert server.answers()
