"""A query worker: a process that opens one snapshot read-only and answers queries over a socket.

Run by the pool as `python -m kg.store.workers FD STORE MEMORY`. It reads one job at a time and answers it in frames
(see kg.store.frames); between jobs it may be told to open another snapshot in place of its own.

The worker never outlives the pool: its standard input is a pipe that the pool holds, and at its end the process exits,
in the middle of a query too. Queries run on a thread with a large stack, since the engine's parser recurses.
"""

import json
import os
import re
import resource
import socket
import sys
import threading
import traceback
from typing import Final

import pyoxigraph as ox

from kg.store import frames
from kg.store.answering import GRAPHS as GRAPHS
from kg.store.answering import answer
from kg.store.frames import Frames

STACK: Final = 256 * 2**20
# A worker whose data has grown by so many bytes since its first store was open ends itself at the next one.
GROWTH: Final = 128 * 2**20
VM_DATA: Final = re.compile(r"^VmData:\s+(\d+) kB", re.MULTILINE)  # VmData:     77312 kB


def main(arguments: list[str]) -> None:
    """Serve on the socket until standard input ends."""
    descriptor, path, memory = arguments
    threading.excepthook = _die
    threading.stack_size(STACK)
    worker = (socket.socket(fileno=int(descriptor)), path, int(memory))
    threading.Thread(target=_serve, args=worker, daemon=True).start()
    while os.read(0, 1):
        pass
    os._exit(0)


def _serve(connection: socket.socket, path: str, memory: int) -> None:
    """Open one store after the other; `memory` is what a query may take besides."""
    arriving = Frames(connection)
    most = 0
    while True:
        store = _open(connection, path)
        data = _data()
        if most and data > most:
            os._exit(0)
        most = most or data + GROWTH
        _limit(data + memory if data else resource.RLIM_INFINITY)
        connection.sendall(frames.frame(b"R"))
        kind, payload = arriving.next()
        while kind == b"Q":
            answer(store, json.loads(payload), connection)
            kind, payload = arriving.next()
        path = payload.decode()
        _limit(resource.RLIM_INFINITY)
        del store


def _open(connection: socket.socket, path: str) -> ox.Store:
    try:
        return ox.Store.read_only(path)
    except OSError as error:
        connection.sendall(frames.error("open", str(error)))
        os._exit(1)


def _data() -> int:
    """The bytes of the process's data: what RLIMIT_DATA counts; 0 where /proc is missing."""
    # VmData, not VmSize: mapped files of the store do not count.
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            match = VM_DATA.search(status.read())
    except FileNotFoundError:
        return 0
    return int(match[1]) * 1024 if match else 0


def _limit(data: int) -> None:
    # The hard limit stays open: at the next store the limit is another.
    resource.setrlimit(resource.RLIMIT_DATA, (data, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _die(what: threading.ExceptHookArgs) -> None:
    """End the process with the thread: a worker without its thread would only look alive."""
    if what.exc_type is not EOFError:
        traceback.print_exception(what.exc_type, what.exc_value, what.exc_traceback)
        sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
