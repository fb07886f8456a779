"""A query worker: a process that opens one snapshot read-only and answers queries over a socket.

Run by the pool as `python -m kg.store.workers FD STORE MEMORY` (see kg.store.process). It reads one job at a time and
answers it in frames (see kg.store.frames); between jobs it may be told to open another snapshot in place of its own.
"""

import json
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataFolderError
from kg.store import frames
from kg.store.answering import answer
from kg.store.frames import Frames
from kg.store.opening import open_store
from kg.store.process import GROWTH, data_size, limit, run


def main(arguments: Sequence[str]) -> None:
    """Serve on the socket until standard input ends."""
    run(_serve, arguments)


def _serve(connection: socket.socket, path: str, memory: str) -> None:
    """Open one store after the other; `memory` is what a query may take besides, in bytes."""
    arriving = Frames(connection)
    most = 0
    while True:
        store = _open(connection, path)
        data = data_size()
        if most and data > most:
            os._exit(0)
        most = most or data + GROWTH
        if data:
            limit(data + int(memory))
        connection.sendall(frames.frame(b"R"))
        kind, payload = arriving.next()
        while kind == b"Q":
            answer(store, json.loads(payload), connection)
            kind, payload = arriving.next()
        path = payload.decode()
        limit()
        del store


def _open(connection: socket.socket, path: str) -> ox.Store:
    try:
        return open_store(Path(path))
    except (DataFolderError, RuntimeError) as error:
        connection.sendall(frames.frame(b"X", str(error).encode()))
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
