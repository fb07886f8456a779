"""Work beside the event loop: whose turn it is, and who is refused."""

import socket
from collections.abc import Callable, Iterator
from threading import Event

import gevent
import pytest

from kg.errors import QueryRefused, ServerBusy
from kg.store.pool_failures import ClientGone
from kg.web import threads
from kg.web.threads import Lane

ME, OTHER = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def held() -> Iterator[tuple[Lane, list[str], Callable[..., gevent.Greenlet]]]:
    """A lane whose thread is held up by a client's work, what is done in it later, and a way to add work."""
    lane, done, go = Lane(), [], Event()
    first = gevent.spawn(lane.do, lambda: go.wait(10), 0, ME)
    gevent.sleep(0)

    def add(name: str, size: int, client: str = ME, connection: socket.socket | None = None) -> gevent.Greenlet:
        added = gevent.spawn(lane.do, lambda: done.append(name), size, client, connection)
        gevent.sleep(0)
        added.go = go
        return added

    yield lane, done, add
    go.set()
    first.get()


def finish(*work: gevent.Greenlet) -> None:
    work[0].go.set()
    gevent.joinall(work, raise_error=True, timeout=10)


def test_shortest_first(held):
    _, done, add = held
    finish(add("long", 3), add("short", 1), add("between", 2))
    assert done == ["short", "between", "long"]


def test_clients_take_turns(held):
    _, done, add = held
    finish(add("first", 1), add("second", 2), add("of another", 9, OTHER), add("of another again", 9, OTHER))
    assert done == ["of another", "first", "of another again", "second"]


def test_who_has_most_gives_way(held, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(threads, "MOST", 2)
    _, done, add = held
    short, long, other = add("short", 1), add("long", 5), add("of another", 9, OTHER)
    with pytest.raises(ServerBusy):
        long.get(timeout=5)
    finish(short, other)
    assert done == ["of another", "short"]


def test_wait_that_is_too_long(held, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(threads, "SECONDS", 0.05)
    _, done, add = held
    with pytest.raises(ServerBusy):
        add("late", 1).get(timeout=5)
    monkeypatch.setattr(threads, "SECONDS", 5)
    finish(add("in time", 1))
    assert done == ["in time"]


def test_client_that_has_gone(held):
    _, done, add = held
    ours, theirs = socket.socketpair()
    with ours, theirs:
        gone, there = add("gone", 1, connection=ours), add("there", 2)
        theirs.close()
        finish(there)
        with pytest.raises(ClientGone):
            gone.get(timeout=5)
    assert done == ["there"]


def test_errors_are_raised_where_they_are_awaited():
    def refuse() -> None:
        raise QueryRefused("no")

    with pytest.raises(QueryRefused):
        Lane().do(refuse, 1)
