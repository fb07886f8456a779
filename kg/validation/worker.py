"""A process that validates graphs of others: secluded, bounded in memory and time, and killed at any moment.

Run as `python -m kg.validation.worker FD MEMORY` (see kg.store.process). It has no store. It reads one job at a time
(kg.store.shacl_jobs) and answers with the report in frames, as a query worker does.
"""

import json
import math
import os
import resource
import socket
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

from kg.errors import UsageError
from kg.iris import Iris
from kg.resources import folder
from kg.store import frames
from kg.store.frames import Frames
from kg.store.graphs import GRAPHS, placed
from kg.store.process import GROWTH, data_size, limit, run
from kg.store.shacl_jobs import DATA, SHAPES, Sent, ShaclJob
from kg.validation.graph_check import validate_graph
from kg.validation.graphs import graph_of_quads
from kg.validation.own_shapes import NamedText, ShapesFault, refuse_faults
from kg.validation.report_formats import written
from kg.validation.report_html import prepare
from kg.validation.report_model import Report, choice_of
from kg.validation.seclusion import Secluded, seclude
from kg.validation.shapes import flattened, read_shapes

PIECE: Final = 64 * 2**10
# The pool ends a worker at its deadline. Where the pool is gone, this is what does: a regular expression holds the
# interpreter's lock, so that nothing in the process could look at its clock.
MARGIN: Final = 2
# In the last frame of an answer after which the process ends itself: it has grown too far for another job.
LAST: Final = {"last": True}


class DataFault(Exception):
    """Data that are not the RDF that they are said to be; the text says where."""


class TooLong(Exception):
    """A report over its cap of bytes."""


# Exceptions about a job, and the name of each in an X frame.
ERRORS: Final[dict[type[Exception], str]] = {
    DataFault: "data",
    ShapesFault: "shapes",
    Secluded: "shapes",
    TooLong: "cut",
    UsageError: "usage",
}


def main(arguments: Sequence[str]) -> None:
    """Serve on the socket until standard input ends."""
    run(_serve, arguments)


def _serve(connection: socket.socket, memory: str) -> None:
    # The template and the project's shapes are read before files are out of reach.
    project = flattened(read_shapes(folder("shapes")))
    prepare()
    seclude()
    arriving = Frames(connection)
    before = data_size()
    if before:
        limit(before + int(memory))
    connection.sendall(frames.frame(b"R"))
    while True:
        job = ShaclJob.from_payload(arriving.next()[1])
        if job.seconds:
            _bound_time(job.seconds)
        answer = _answer(job, project)
        has_grown = data_size() > before + GROWTH
        connection.sendall(answer.frames(is_last=has_grown))
        if has_grown:
            os._exit(0)


def _answer(job: ShaclJob, project: Graph) -> "Answered | Refused":
    try:
        report = _report(job, project)
        content = written(report, job.form, Iris(job.base)).encode()
        if job.max_bytes and len(content) > job.max_bytes:
            raise TooLong("bytes")
    except MemoryError:
        return Refused("memory", "")
    except tuple(ERRORS) as error:
        return Refused(next(name for kind, name in ERRORS.items() if isinstance(error, kind)), str(error))
    return Answered(job.form, content, has_failures=report.has_failures)


def _report(job: ShaclJob, project: Graph) -> Report:
    own = [one for one in job.graphs if one.role == SHAPES]
    data = _graph([one for one in job.graphs if one.role == DATA], DataFault)
    shapes = _graph(own, ShapesFault) if own else project
    if own:
        refuse_faults(shapes, [NamedText(name=one.name, text=one.content.decode("utf-8", "replace")) for one in own])
    choice = choice_of(shapes, job.severity, job.limit, job.shapes, job.focus)
    return validate_graph(data, shapes, choice, with_times=job.with_times)


def _graph(sent: Iterable[Sent], fault: type[Exception]) -> Graph:
    return graph_of_quads(quad for one in sent for quad in _quads(one, fault))


def _quads(sent: Sent, fault: type[Exception]) -> Iterator[ox.Quad]:
    name = f"{sent.name}: " if sent.name else ""
    try:
        for quad in ox.parse(sent.content, GRAPHS[sent.form], base_iri=sent.base, rename_blank_nodes=True):
            if isinstance(quad.object, ox.Triple):
                raise fault(f"{name}a triple term is no part of RDF 1.1, which SHACL validates")
            yield quad
    except SyntaxError as error:
        raise fault(name + placed(error)) from None


def _bound_time(seconds: float) -> None:
    """Let the system end this process when it has worked for so long."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + MARGIN
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


@dataclass(frozen=True, slots=True)
class Answered:
    """A report that is written; whether it has what counts as a failure."""

    form: str
    content: bytes
    has_failures: bool

    def frames(self, *, is_last: bool) -> bytes:
        """The answer as frames."""
        head = {"format": self.form, "encoding": None, "cut": None, "has_failures": self.has_failures}
        pieces = (self.content[start : start + PIECE] for start in range(0, len(self.content), PIECE))
        return b"".join(
            [
                frames.frame(b"H", json.dumps(head).encode()),
                *(frames.frame(b"D", piece) for piece in pieces),
                frames.frame(b"E", json.dumps(LAST).encode() if is_last else b""),
            ]
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A job that gets no report: the name of the error, and its text."""

    error: str
    detail: str

    def frames(self, *, is_last: bool) -> bytes:
        """The answer as a frame."""
        record = {"error": self.error, "detail": self.detail} | (LAST if is_last else {})
        return frames.frame(b"X", json.dumps(record).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
