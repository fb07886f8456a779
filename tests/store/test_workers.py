"""A worker process by itself: what it does between jobs."""

import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.frames import Frames, frame

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def store(tmp_path: Path) -> str:
    ox.Store(str(tmp_path)).flush()
    return str(tmp_path)


@contextmanager
def worker(store: str, *, growth: int, memory: int = 2**26) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """A worker that may have grown by so many bytes when it opens another store."""
    ours, theirs = socket.socketpair()
    program = f"import sys; from kg.store import workers; workers.GROWTH = {growth}; workers.main(sys.argv[1:])"
    arguments = [sys.executable, "-c", program, str(theirs.fileno()), store, str(memory)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        ours,
        theirs,
        subprocess.Popen(arguments, stdin=subprocess.PIPE, pass_fds=[theirs.fileno()], env=environment) as process,
    ):
        theirs.close()
        try:
            assert Frames(ours).next() == (b"R", b"")
            yield process, ours
        finally:
            process.kill()


def test_worker_that_has_grown_too_far_ends(store: str):
    with worker(store, growth=-(2**20)) as (process, connection):
        connection.sendall(frame(b"O", store.encode()))
        with pytest.raises(EOFError):
            Frames(connection).next()
        assert process.wait(5) == 0


def test_limit_is_set_anew_for_each_store(store: str):
    with worker(store, growth=2**30) as (process, connection):
        for _ in range(3):
            connection.sendall(frame(b"O", store.encode()))
            assert Frames(connection).next() == (b"R", b"")
            soft, hard = resource.prlimit(process.pid, resource.RLIMIT_DATA)
            assert hard == resource.RLIM_INFINITY
            assert 2**26 < soft < 2**26 + 2**30


def test_store_that_is_not_there_is_told(store: str):
    with worker(store, growth=2**30) as (process, connection):
        connection.sendall(frame(b"O", b"/nowhere"))
        kind, payload = Frames(connection).next()
        assert (kind, b"cannot be opened" in payload) == (b"X", True)
        assert process.wait(5) == 1
