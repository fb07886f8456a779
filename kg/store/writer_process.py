"""The writer: the one process that changes the store of a data folder, one write at a time.

Run as `python -m kg.store.writer_process FD DATA MEMORY` (see kg.store.process). It holds the folder's lock as long as
it lives. Files come over the socket as descriptors, so that a large graph is not copied once more.
"""

import gzip
import json
import os
import socket
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

from kg.errors import DataFolderBusy, DataFolderError
from kg.store import frames
from kg.store.folder import DataFolder
from kg.store.frames import Frames
from kg.store.graphs import Missing
from kg.store.process import GROWTH, data_size, limit, run
from kg.store.writer_bench import Bench, DataFault, Unmet
from kg.store.writer_jobs import Write

# A writer whose server was killed is gone in some milliseconds.
LOCK_SECONDS: Final = 5.0
LOOK: Final = 0.02
MOST_FILES: Final = 64
PIECE: Final = 2**18


class TooLarge(Exception):
    """A body that has more bytes after decompression than a body may have."""


# Exceptions about a write, and the name of each in an X frame. The engine's syntax errors are of updates.
ERRORS: Final[dict[type[Exception], str]] = {
    DataFault: "data",
    Unmet: "condition",
    TooLarge: "too-large",
    Missing: "missing",
    SyntaxError: "syntax",
    OSError: "disk",
    DataFolderError: "disk",
    RuntimeError: "conflict",
    ValueError: "failed",
}


class WithFiles:
    """The receiving end of a socket over which files come besides."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._files: list[int] = []

    def recv(self, size: int) -> bytes:
        """The next bytes; files that come with them are kept."""
        data, descriptors, _, _ = socket.recv_fds(self._connection, size, MOST_FILES)
        self._files += descriptors
        return data

    @contextmanager
    def files(self) -> Iterator[list[IO[bytes]]]:
        """The files that have come since they were last asked for; they are closed afterwards."""
        with ExitStack() as stack:
            descriptors, self._files = self._files, []
            yield [stack.enter_context(os.fdopen(descriptor, "rb")) for descriptor in descriptors]


def main() -> None:
    """Serve until standard input ends."""
    run(_serve, sys.argv[1:])


def _serve(connection: socket.socket, data: str, memory: str) -> None:
    """Do one write after the other; `memory` is what one may take besides the open store, in bytes."""
    received = WithFiles(connection)
    arriving = Frames(received)
    folder = DataFolder(Path(data))
    with ExitStack() as stack:
        try:
            _hold(folder, stack)
            bench = Bench(folder)
            bench.open()
        except (OSError, DataFolderError) as error:
            connection.sendall(frames.frame(b"X", str(error).encode()))
            os._exit(1)
        before = data_size()
        if before:
            limit(before + int(memory))
        connection.sendall(frames.frame(b"R"))
        while True:
            kind, payload = arriving.next()
            if kind == b"F":
                continue
            write = Write.from_json(payload)
            with received.files() as files:
                connection.sendall(_answer(bench, write, files, before + GROWTH))


def _hold(folder: DataFolder, stack: ExitStack) -> None:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            stack.enter_context(folder.held())
        except DataFolderBusy:
            if time.monotonic() > until:
                raise
            time.sleep(LOOK)
        else:
            return


def _answer(bench: Bench, write: Write, files: list[IO[bytes]], most: int) -> bytes:
    """Do a write; the frame that tells what came of it, and whether the process has grown too far for another."""
    try:
        with ExitStack() as stack:
            plain = [stack.enter_context(_plain(file, write, bench.folder.path)) for file in files]
            written = bench.write(write, plain)
    except MemoryError:
        return frames.error("memory", "")
    except tuple(ERRORS) as error:
        name = next(name for kind, name in ERRORS.items() if isinstance(error, kind))
        return frames.error(name, str(error))
    return frames.frame(b"E", json.dumps({**asdict(written), "last": data_size() > most}).encode())


@contextmanager
def _plain(file: IO[bytes], write: Write, beside: Path) -> Iterator[IO[bytes]]:
    """A body as it is after decompression, in a nameless file in some folder."""
    if write.encoding is None:
        yield file
        return
    file.seek(0)
    with tempfile.TemporaryFile(dir=beside) as plain:
        try:
            with gzip.GzipFile(fileobj=file) as packed:
                while piece := packed.read(PIECE):
                    plain.write(piece)
                    if plain.tell() > write.most:
                        raise TooLarge(f"The body has more than {write.most} bytes when it is unpacked.")
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise DataFault(f"The body is not whole gzip, as Content-Encoding says: {error}") from None
        yield plain


if __name__ == "__main__":
    main()
