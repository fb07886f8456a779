"""Bodies of requests, read in pieces as they come."""

import io

import gevent
import pytest
from werkzeug.exceptions import RequestTimeout

from kg.web import bodies
from kg.web.bodies import PIECE, Paced

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
