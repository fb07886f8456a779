"""Bodies of requests, read in pieces as they come."""

import io

import gevent
import pytest
from werkzeug.exceptions import BadRequest, RequestTimeout

from kg.errors import ServerBusy
from kg.web import bodies
from kg.web.bodies import PIECE, Budget, Held, Paced

BODY = b"first\nsecond\n" + b"x" * (2 * PIECE + 5)


class Slow(io.BytesIO):
    """A body of which each piece takes a while."""

    def read(self, size: int | None = -1) -> bytes:
        gevent.sleep(0.1)
        return super().read(1 if size else 0)


@pytest.mark.parametrize("size", [1, 5, PIECE, PIECE + 1, len(BODY), len(BODY) + 1, -1])
def test_read_gives_as_much_as_was_asked_for(size: int):
    body = Paced(io.BytesIO(BODY))
    assert body.read(size) == BODY[: size if size >= 0 else None]
    assert body.read() == BODY[size:] if size >= 0 else body.read() == b""


def test_nothing_is_read_for_nothing():
    assert Paced(Slow(BODY)).read(0) == b""


def test_lines():
    body = Paced(io.BytesIO(BODY))
    assert body.readline() == b"first\n"
    assert [len(line) for line in body] == [7, 2 * PIECE + 5]


def test_body_that_is_too_slow(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bodies, "PATIENCE", 0.3)
    with pytest.raises(RequestTimeout):
        Paced(Slow(BODY)).read()


def test_body_that_ends_early():
    body = Paced(io.BytesIO(BODY), len(BODY) + 1)
    with pytest.raises(BadRequest, match=f"after {len(BODY)} of its {len(BODY) + 1} bytes"):
        body.read()


def test_longest_body_gives_its_room_to_a_shorter_one():
    budget = Budget(100)
    long, short = Held(budget), Held(budget)
    long.add(b"x" * 90)
    short.add(b"y" * 20)
    assert (budget.taken, short.whole()) == (20, b"y" * 20)
    with pytest.raises(ServerBusy):
        long.add(b"x")
    short.close()
    assert budget.taken == 0


def test_whole_body_keeps_its_room():
    budget = Budget(100)
    whole, late = Held(budget), Held(budget)
    whole.add(b"x" * 90)
    whole.whole()
    with pytest.raises(ServerBusy):
        late.add(b"y" * 20)
    assert budget.taken == 90


def test_body_that_is_no_shorter_is_refused():
    budget = Budget(100)
    first, second = Held(budget), Held(budget)
    first.add(b"x" * 60)
    with pytest.raises(ServerBusy):
        second.add(b"y" * 60)
    assert first.whole() == b"x" * 60
