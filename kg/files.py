"""Write files so that a reader sees the whole of one or nothing of it, and the same content gives the same bytes."""

import gzip
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def write_bytes(path: Path, content: bytes) -> None:
    """Put a file in place as a whole: written beside it, flushed to the disk, renamed."""
    beside = path.with_name(path.name + ".tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def write_json(path: Path, value: Any) -> None:
    """Put a JSON file in place as a whole, keys sorted, for people to read."""
    write_bytes(path, as_json(value))


def as_json(value: Any) -> bytes:
    """The bytes of a JSON file: keys sorted, two spaces of indent, a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8", "replace")


def read_json(path: Path) -> Any:
    """The value of a JSON file."""
    return json.loads(path.read_bytes())


def gzipped(lines: Iterable[bytes]) -> bytes:
    """Lines compressed as one gzip member that does not tell the time, so that the same lines give the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=6, mtime=0) as file:
        file.writelines(lines)
    return buffer.getvalue()


def gzip_lines(path: Path) -> Iterator[bytes]:
    """The lines of a gzip file, newlines kept."""
    with gzip.open(path, "rb") as file:
        yield from file


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable, as fsync does for the content of a file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
