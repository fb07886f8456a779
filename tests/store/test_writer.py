"""The writer of a data folder: what it publishes, and that whatever fails leaves nothing."""

import gzip
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.build.empty import make_empty
from kg.errors import (
    DataSyntaxError,
    KgError,
    NotInGraph,
    NotWritable,
    PreconditionFailed,
    QuerySyntaxError,
    QueryTimeout,
    ServerBusy,
    UpdateConflict,
    UpdateRefused,
    UploadTooLarge,
)
from kg.store.folder import DataFolder
from kg.store.pool import Limits
from kg.store.pool_failures import ClientGone
from kg.store.writer import Writer
from kg.store.writer_bench import BATCH, FEW, KEPT, MOST_NESTED
from kg.store.writer_jobs import Kind, Write, Written

BASE = "http://example.org/"
LIMITS = Limits(workers=1, queue=1, seconds=20, memory=2**29)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    make_empty(made, BASE)
    return made


@pytest.fixture
def writer(folder: DataFolder) -> Iterator[Writer]:
    found = Writer(folder, LIMITS)
    yield found
    found.close()


def update(text: str) -> Write:
    return Write(kind="update", base=BASE, text=text)


Sent = tuple[Write, tuple[bytes, ...]]


def sent(kind: Kind, graph: str, *contents: bytes, form: str = "ttl", **fields: Any) -> Sent:
    return Write(kind=kind, base=BASE, graph=graph, formats=(form,) * len(contents), **fields), contents


def send(writer: Writer, sent: Sent) -> Written:
    """Write what is sent, each graph in a file."""
    write, contents = sent
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in contents]
        for file, content in zip(files, contents, strict=True):
            file.write(content)
            file.flush()
        return writer.write(write, files)


def quads(folder: DataFolder) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(folder.snapshot().store))}


def test_write_is_in_the_next_snapshot(folder: DataFolder, writer: Writer):
    written = writer.write(update("INSERT DATA { <a> <b> 1 ; rdfs:label 'a' }"))
    snapshot = folder.snapshot()
    assert snapshot.id == written.snapshot
    manifest = snapshot.manifest()
    assert (manifest["id"], manifest["base"], manifest["previous"]) == (written.snapshot, BASE, "empty")
    assert len(quads(folder)) == 2


def test_same_writes_make_the_same_ids(tmp_path: Path):
    ids = []
    for name in ("one", "two"):
        made = DataFolder(tmp_path / name)
        make_empty(made, BASE)
        writer = Writer(made, LIMITS)
        ids.append(
            [
                writer.write(update("INSERT DATA { <a> <b> 1 }")).snapshot,
                send(writer, sent("put", "urn:g", b"<a> <b> 2 .")).snapshot,
                send(writer, sent("put", "urn:g", b"<a> <b> 3 .")).snapshot,
            ]
        )
        writer.close()
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_old_snapshots_are_removed(folder: DataFolder, writer: Writer):
    last = [writer.write(update(f"INSERT DATA {{ <a> <b> {number} }}")).snapshot for number in range(6)][-KEPT:]
    assert sorted(path.name for path in folder.snapshots.iterdir()) == sorted(last)


@pytest.mark.parametrize(
    ("write", "error"),
    [
        ((update("INSERT DATA { <a> <b> 1 } ; INSERT DATA { <a"), ()), QuerySyntaxError),
        ((update("INSERT DATA { <a> <b> 1 } ; DROP GRAPH <urn:none>"), ()), UpdateConflict),
        (sent("put", "", b"<a> <b> 1 . \n <a> <b"), DataSyntaxError),
        (sent("put", "urn:g", b"<a> <b> 1 .", b"<a> <b"), DataSyntaxError),
        (
            sent("post", "urn:g", b'{"@id": "urn:g", "@graph": [{"@id": "urn:a", "urn:b": 1}]}', form="jsonld"),
            DataSyntaxError,
        ),
        (sent("put", "urn:g", b"no gzip", encoding="gzip", most=100), DataSyntaxError),
        (sent("put", "urn:g", gzip.compress(b"<a> <b> 1 .")[:-9], encoding="gzip", most=100), DataSyntaxError),
        (sent("put", "urn:g", gzip.compress(b"<a> <b> 1 ." * 10**6), encoding="gzip", most=10**6), UploadTooLarge),
        (sent("delete", "urn:none"), NotInGraph),
    ],
)
def test_what_fails_changes_nothing(folder: DataFolder, writer: Writer, write, error):
    before = writer.write(update("INSERT DATA { <a> <b> 0 } ; INSERT DATA { GRAPH <urn:g> { <a> <b> 0 } }")).snapshot
    was = quads(folder)
    with pytest.raises(error):
        send(writer, write)
    assert (folder.snapshot().id, quads(folder)) == (before, was)
    writer.write(update("INSERT DATA { <a> <b> 2 }"))
    assert len(quads(folder)) == 3


@pytest.mark.parametrize(
    ("content", "form", "place"),
    [
        (b"<urn:a> <urn:b>\n  bad .", "ttl", "error at 2:3: "),
        (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .", "nt", "error at 2:"),
        (b"<rdf:RDF", "rdf", ""),
        (b'{"@context": "http://127.0.0.1:9/x"}', "jsonld", ""),
    ],
)
def test_fault_in_a_graph_has_its_place(writer: Writer, content, form, place):
    with pytest.raises(DataSyntaxError, match=f"^{place}"):
        send(writer, sent("put", "urn:g", content, form=form))


def test_put_takes_the_place_and_post_adds(folder: DataFolder, writer: Writer):
    assert not send(writer, sent("put", "urn:g", b"<a> <b> 1 .")).existed
    assert send(writer, sent("put", "urn:g", b"<a> <b> 2 .")).existed
    assert send(writer, sent("post", "urn:g", b"<a> <b> 3 .", b"<a> <b> 4 .")).existed
    assert {quad.split('"')[1] for quad in quads(folder)} == {"2", "3", "4"}
    send(writer, sent("delete", "urn:g"))
    assert quads(folder) == set()


def test_blank_nodes_of_two_graphs_are_two(folder: DataFolder, writer: Writer):
    for form, content in (("ttl", b"_:x <urn:p> 1 ."), ("jsonld", b'{"@id": "_:x", "urn:p": 1}')):
        send(writer, sent("post", "urn:g", content, content, form=form))
    assert len({quad.split()[0] for quad in quads(folder)}) == 4


def test_write_is_bound_to_a_snapshot(folder: DataFolder, writer: Writer):
    first = writer.write(update("INSERT DATA { <a> <b> 1 }")).snapshot
    bound = replace(update("INSERT DATA { <a> <b> 2 }"), expected=first)
    writer.write(bound)
    with pytest.raises(PreconditionFailed, match="Read it again"):
        writer.write(bound)
    assert len(quads(folder)) == 2


def test_write_is_bound_to_whether_its_graph_is_there(folder: DataFolder, writer: Writer):
    for graph in ("", "urn:g"):
        with pytest.raises(PreconditionFailed, match="If-Match"):
            send(writer, sent("put", graph, b"<a> <b> 1 .", existing=True))
        assert not send(writer, sent("put", graph, b"<a> <b> 1 .", existing=False)).existed
        with pytest.raises(PreconditionFailed, match="If-None-Match"):
            send(writer, sent("post", graph, b"<a> <b> 2 .", existing=False))
        assert send(writer, sent("put", graph, b"<a> <b> 3 .", existing=True)).existed
    assert {quad.split('"')[1] for quad in quads(folder)} == {"3"}


def test_large_graph_is_loaded(folder: DataFolder, writer: Writer):
    content = b"".join(b"<urn:s%d> <urn:p> %d .\n" % (number, number) for number in range(FEW + BATCH + 1))
    send(writer, sent("put", "urn:g", gzip.compress(content, 1), encoding="gzip", most=2**24))
    assert len(ox.Store.read_only(str(folder.snapshot().store))) == FEW + BATCH + 1


def nested(levels: int) -> bytes:
    return b"<urn:s> <urn:p> " + b"<<( <urn:a> <urn:b> " * levels + b"<urn:c>" + b" )>>" * levels + b" ."


@pytest.mark.parametrize("graph", ["", "urn:g", "*"])
def test_nested_triple_terms_are_bounded(folder: DataFolder, writer: Writer, graph: str):
    form = "trig" if graph == "*" else "ttl"
    for levels in (MOST_NESTED + 1, 50_000):
        with pytest.raises(DataSyntaxError, match="nested deeper than 128 levels"):
            send(writer, sent("put", graph, nested(levels), form=form))
    assert quads(folder) == set()
    send(writer, sent("put", graph, nested(MOST_NESTED), form=form))
    assert len(quads(folder)) == 1


def test_graph_too_deep_to_be_parsed_ends_the_writer_and_no_more(folder: DataFolder, writer: Writer):
    with pytest.raises(UpdateRefused, match="too deep for the engine"):
        send(writer, sent("put", "", nested(1_000_000), form="nt"))
    send(writer, sent("put", "", nested(1)))
    assert len(quads(folder)) == 1


def test_dataset_takes_the_place_of_all(folder: DataFolder, writer: Writer):
    writer.write(update("INSERT DATA { <a> <b> 1 }"))
    send(writer, sent("put", "*", b"<urn:g> { <urn:s> <urn:p> 1 }", form="trig"))
    assert [quad.split()[-1] for quad in quads(folder)] == ["<urn:g>"]


def test_write_over_its_time_is_stopped(folder: DataFolder):
    writer = Writer(folder, Limits(workers=1, queue=1, seconds=1.5, memory=2**29))
    send(writer, sent("put", "", b"".join(b"<urn:s%d> <urn:p> %d .\n" % (n, n) for n in range(3000))))
    before = folder.snapshot().id
    with pytest.raises(QueryTimeout, match="Nothing was changed"):
        writer.write(update("INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?i) }"))
    assert folder.snapshot().id == before
    writer.write(update("CLEAR ALL"))
    assert quads(folder) == set()
    writer.close()


def test_what_a_killed_writer_left_is_removed(folder: DataFolder, writer: Writer):
    writer.write(update("INSERT DATA { <a> <b> 1 }"))
    child = writer._child
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait(5)
    (folder.snapshots / "left").mkdir()
    (folder.work / "next").mkdir()
    writer.write(update("INSERT DATA { <a> <b> 2 }"))
    assert len(quads(folder)) == 2
    assert not (folder.snapshots / "left").exists()
    assert [path.name for path in folder.work.iterdir()] == ["store"]


def test_two_writers_do_not_write_at_once(folder: DataFolder, writer: Writer):
    writer.write(update("INSERT DATA { <a> <b> 1 }"))
    other = Writer(folder, LIMITS)
    with pytest.raises(NotWritable, match="Another server writes"):
        other.write(update("INSERT DATA { <a> <b> 2 }"))
    writer.close()
    other.write(update("INSERT DATA { <a> <b> 2 }"))
    other.close()
    assert len(quads(folder)) == 2


def test_writer_ends_with_its_starter(folder: DataFolder, writer: Writer):
    writer.write(update("INSERT DATA { <a> <b> 1 }"))
    child = writer._child
    assert child is not None
    assert child._process.stdin is not None
    child._process.stdin.close()
    assert child._process.wait(5) == 0


def test_client_that_has_left_writes_nothing(folder: DataFolder, writer: Writer):
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(ClientGone):
        writer.write(update("INSERT DATA { <a> <b> 1 }"), client=ours)
    assert folder.snapshot().id == "empty"


def test_few_writes_wait(folder: DataFolder, writer: Writer):
    send(writer, sent("put", "", b"".join(b"<urn:s%d> <urn:p> %d .\n" % (n, n) for n in range(2000))))
    slow = update("INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) > 20) }")
    results: list[str] = []

    def write() -> None:
        try:
            writer.write(slow)
        except KgError as error:
            results.append(type(error).__name__)
        else:
            results.append("done")

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    assert sorted(results) == [ServerBusy.__name__] * 2 + ["done"] * 2
