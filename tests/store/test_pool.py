"""The pool of query workers: answers, deadlines, memory, the queue, and what happens when processes die."""

import contextlib
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from kg.errors import (
    DataFolderError,
    NotInGraph,
    QueryCutOff,
    QueryError,
    QueryKilled,
    QueryMemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    ServerBusy,
    UnknownFunction,
)
from kg.store.answering import GRAPHS
from kg.store.depth import OPERANDS, STATEMENTS
from kg.store.guard import check
from kg.store.output import SMALL, WORTH
from kg.store.pool import PATIENCE, Limits, Pool
from kg.store.pool_answers import Answer, Job, NotAcceptable
from kg.store.pool_worker import Worker

BASE = "https://example.org/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
HUNGRY = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f ?b ?d"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
LIMITS = Limits(workers=2, queue=8, seconds=20, memory=512 * 2**20)

MakePool = Callable[[Limits], Pool]


def make_snapshot(folder: Path, triples: int) -> Path:
    store = ox.Store(str(folder / "store"))
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(str(n) * 3)) for n in range(triples)
    )
    store.flush()
    return folder


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_snapshot(tmp_path_factory.mktemp("snapshot"), 3000)


@pytest.fixture
def make_pool() -> Iterator[MakePool]:
    made: list[Pool] = []

    def make(limits: Limits) -> Pool:
        made.append(Pool(limits))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


@pytest.fixture
def pool(make_pool: MakePool) -> Pool:
    return make_pool(LIMITS)


def ask(pool: Pool, query: str, snapshot: Path, seconds: float | None = None, **fields) -> bytes:
    answer = pool.ask(Job(query=query, base=BASE, **fields), snapshot, seconds=seconds)
    return b"".join(answer.pieces())


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_small_answer_is_whole(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query="ASK { ?s ?p ?o }", base=BASE), snapshot)
    assert answer.body == b'{"head":{},"boolean":true}'


def test_large_answer_comes_in_pieces(pool: Pool, snapshot: Path):
    answer = pool.ask(
        Job(query="SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } LIMIT 20000", base=BASE, solutions="csv"), snapshot
    )
    assert answer.body is None
    assert b"".join(answer.pieces()).count(b"\n") == 20_001


def test_graph_has_its_format(pool: Pool, snapshot: Path):
    text = ask(pool, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1", snapshot, graph="nt")
    assert len(list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))) == 1


def test_rows_are_cut_and_say_so(pool: Pool, snapshot: Path):
    table = json.loads(ask(pool, "SELECT ?s ?o { ?s ?p ?o }", snapshot, solutions="rows", rows=5))
    assert (table["names"], len(table["rows"]), table["cut"]) == (["s", "o"], 5, "rows")


ALL = "SELECT ?s ?o { ?s ?p ?o }"
PAIRS = "SELECT ?s ?o { ?s ?p ?x . ?o ?q ?y }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


def take(pool: Pool, query: str, snapshot: Path, **fields) -> tuple[Answer, bytes]:
    answer = pool.ask(Job(query=query, base=BASE, **fields), snapshot)
    return answer, b"".join(answer.pieces())


@pytest.mark.parametrize(("form", "rows"), [("json", 2999), ("csv", 10), ("xml", 1), ("tsv", 2000)])
def test_rows_over_the_cap_are_cut_off(pool: Pool, snapshot: Path, form: str, rows: int):
    answer, body = take(pool, ALL, snapshot, solutions=form, max_rows=rows)
    assert answer.cut == "rows"
    counts = {"json": body.count(b'"s":{'), "xml": body.count(b"<result>")}
    assert counts.get(form, body.count(b"\n") - 1) == rows


def test_cap_stops_the_evaluation(pool: Pool, snapshot: Path):
    answer, body = take(pool, STREAM, snapshot, max_rows=10)
    assert (answer.cut, len(json.loads(body)["results"]["bindings"])) == ("rows", 10)


def test_answer_under_its_cap_is_whole(pool: Pool, snapshot: Path):
    answer, body = take(pool, ALL, snapshot, solutions="csv", max_rows=3000)
    assert (answer.cut, body.count(b"\n")) == (None, 3001)


def test_small_cap_is_a_clean_cut_however_long_the_answer(pool: Pool, snapshot: Path):
    answer, body = take(pool, PAIRS, snapshot, max_rows=SMALL.rows)
    assert (answer.cut, len(json.loads(body)["results"]["bindings"])) == ("rows", SMALL.rows)


@pytest.mark.parametrize("form", ["json", "csv", "xml", "tsv"])
def test_large_cap_breaks_off(pool: Pool, snapshot: Path, form: str):
    answer = pool.ask(Job(query=PAIRS, base=BASE, solutions=form, max_rows=50_000), snapshot)
    with pytest.raises(QueryCutOff, match="more rows"):
        for _ in answer.pieces():
            pass
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_large_cap_of_bytes_breaks_off(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query=PAIRS, base=BASE, max_bytes=SMALL.bytes + 1), snapshot)
    with pytest.raises(QueryCutOff, match="more bytes"):
        for _ in answer.pieces():
            pass


def test_bytes_over_the_cap_are_cut_off(pool: Pool, snapshot: Path):
    answer, body = take(pool, ALL, snapshot, max_bytes=5000)
    assert answer.cut == "bytes"
    assert 4800 < len(body) <= 5000
    assert json.loads(body)["results"]["bindings"]


@pytest.mark.parametrize("form", GRAPHS)
def test_graph_is_cut_off_after_a_triple(pool: Pool, snapshot: Path, form: str):
    answer, body = take(pool, GRAPH, snapshot, graph=form, max_rows=7)
    assert (answer.cut, len(list(ox.parse(body, format=GRAPHS[form])))) == ("rows", 7)


@pytest.mark.parametrize("form", GRAPHS)
@pytest.mark.parametrize("most", [5000, 100_000])
def test_graph_is_cut_off_at_its_bytes(pool: Pool, snapshot: Path, form: str, most: int):
    answer, body = take(pool, GRAPH, snapshot, graph=form, max_bytes=most)
    assert answer.cut == "bytes"
    assert most * 0.8 < len(body) <= most
    assert list(ox.parse(body, format=GRAPHS[form]))


def test_graph_under_its_caps_is_whole(pool: Pool, snapshot: Path):
    answer, body = take(pool, GRAPH, snapshot, graph="nt", max_rows=3000, max_bytes=2**20)
    assert (answer.cut, body.count(b"\n")) == (None, 3000)


def test_graph_over_a_large_cap_breaks_off(pool: Pool, snapshot: Path):
    query = "CONSTRUCT { ?s ?p ?b } { ?s ?p ?x . ?a ?q ?b }"
    answer = pool.ask(Job(query=query, base=BASE, graph="nt", max_rows=50_000), snapshot)
    with pytest.raises(QueryCutOff):
        for _ in answer.pieces():
            pass


def test_table_is_cut_to_the_lower_cap(pool: Pool, snapshot: Path):
    answer, body = take(pool, ALL, snapshot, solutions="rows", rows=100, max_rows=3)
    assert (answer.cut, len(json.loads(body)["rows"])) == ("rows", 3)


def unzstd(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


@pytest.mark.parametrize(("encoding", "expand"), [("gzip", gzip.decompress), ("zstd", unzstd)])
@pytest.mark.parametrize("query", [ALL, PAIRS + " LIMIT 30000"])
def test_worker_compresses(pool: Pool, snapshot: Path, encoding: str, expand: Callable[[bytes], bytes], query: str):
    answer, body = take(pool, query, snapshot, encoding=encoding)
    plain = ask(pool, query, snapshot)
    assert answer.encoding == encoding
    assert len(body) < len(plain) / 3
    assert expand(body) == plain


def test_short_answer_is_not_compressed(pool: Pool, snapshot: Path):
    query = "SELECT ?o {{ ?s ?p ?o }} LIMIT {}"
    assert len(ask(pool, query.format(8), snapshot)) < WORTH < len(ask(pool, query.format(30), snapshot))
    assert take(pool, query.format(8), snapshot, encoding="gzip")[0].encoding is None
    assert take(pool, query.format(30), snapshot, encoding="gzip")[0].encoding == "gzip"


def test_cut_answer_is_compressed(pool: Pool, snapshot: Path):
    answer, body = take(pool, PAIRS, snapshot, encoding="gzip", max_rows=5000)
    assert (answer.encoding, answer.cut) == ("gzip", "rows")
    assert len(json.loads(gzip.decompress(body))["results"]["bindings"]) == 5000


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compressed_answer_begins_early(pool: Pool, snapshot: Path, encoding: str):
    answer = pool.ask(Job(query=STREAM, base=BASE, encoding=encoding), snapshot)
    expander = zlib.decompressobj(31) if encoding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    assert expander.decompress(next(answer.pieces())).startswith(b'{"head"')
    answer.close()


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compressed_answer_that_is_broken_off_has_no_end(pool: Pool, snapshot: Path, encoding: str):
    answer = pool.ask(Job(query=STREAM, base=BASE, encoding=encoding), snapshot, seconds=0.5)
    expander = zlib.decompressobj(31) if encoding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    pieces = []
    with pytest.raises(QueryTimeout):
        pieces.extend(answer.pieces())
    for piece in pieces:
        expander.decompress(piece)
    assert not expander.eof


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    store = ox.Store(str(folder / "store"))
    node = ox.NamedNode("urn:a")
    store.extend(
        ox.Quad(node, node, ox.Literal(name), graph) for name, graph in [("d", ox.DefaultGraph()), ("g", node)]
    )
    store.add_graph(ox.NamedNode("urn:empty"))
    store.flush()
    return folder


@pytest.mark.parametrize(("graph", "values"), [("", ["d"]), ("urn:a", ["g"]), ("*", ["d", "g"]), ("urn:empty", [])])
def test_graph_is_dumped(pool: Pool, dataset: Path, graph: str, values: list[str]):
    answer = pool.ask(Job(base=BASE, graph="nq" if graph == "*" else "ttl", dump=graph, max_rows=1), dataset)
    quads = ox.parse(b"".join(answer.pieces()), format=GRAPHS[answer.format])
    assert (sorted(quad.object.value for quad in quads), answer.cut) == (values, None)


def test_format_that_cannot_hold_the_answer(pool: Pool, snapshot: Path):
    triple = "CONSTRUCT { <urn:s> <urn:p> <<( <urn:a> <urn:b> <urn:c> )>> } WHERE {}"
    with pytest.raises(QueryRefused, match="JSON-LD does not support RDF"):
        pool.ask(Job(query=triple, base=BASE, graph="jsonld"), snapshot)
    assert b"<<(" in b"".join(pool.ask(Job(query=triple, base=BASE, graph="nt"), snapshot).pieces())


def test_graph_that_is_not_there(pool: Pool, dataset: Path):
    with pytest.raises(NotInGraph, match="no graph <urn:none>"):
        pool.ask(Job(base=BASE, dump="urn:none"), dataset)


def test_running_queries_are_told_and_killed(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=20, memory=512 * 2**20))
    failures: list[QueryError] = []

    def run(query_id: str) -> None:
        with pytest.raises(QueryKilled) as caught:
            pool.ask(Job(query=ENDLESS, base=BASE), snapshot, query_id=query_id)
        failures.append(caught.value)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("first", "second")]
    for number, thread in enumerate(threads):
        thread.start()
        assert wait_until(lambda: len(pool.running()) > number)  # noqa: B023
    assert wait_until(lambda: pool.running()[0].state == "evaluating")
    assert [(query.id, query.query, query.state) for query in pool.running()] == [
        ("first", ENDLESS, "evaluating"),
        ("second", ENDLESS, "waiting"),
    ]
    assert (pool.kill("second"), pool.kill("first"), pool.kill("third")) == (True, True, False)
    for thread in threads:
        thread.join(5)
    assert (len(failures), pool.running(), pool.events["killed"]) == (2, [], 2)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_queries_take_their_turns(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=9, seconds=20, memory=512 * 2**20))
    names = [str(number) for number in range(6)]

    def run(query_id: str) -> None:
        with contextlib.suppress(QueryKilled):
            pool.ask(Job(query=ENDLESS, base=BASE), snapshot, query_id=query_id)

    threads = [threading.Thread(target=run, args=(name,)) for name in names]
    for number, thread in enumerate(threads, 1):
        thread.start()
        assert wait_until(lambda: len(pool.running()) == number)  # noqa: B023
    for name in names:
        assert wait_until(lambda: pool.running()[0].state == "evaluating")
        assert pool.running()[0].id == name
        assert pool.kill(name)
        assert wait_until(lambda: all(query.id != name for query in pool.running()))  # noqa: B023
    for thread in threads:
        thread.join(5)


def test_query_is_killed_before_its_worker_has_the_job(
    make_pool: MakePool, snapshot: Path, monkeypatch: pytest.MonkeyPatch
):
    pool = make_pool(Limits(workers=1, queue=4, seconds=20, memory=512 * 2**20))
    send = Worker.send

    def killed_meanwhile(worker: Worker, frame: bytes) -> None:
        assert pool.kill("first")
        assert wait_until(lambda: not is_running(worker.pid))
        send(worker, frame)

    ask(pool, "ASK {}", snapshot)
    monkeypatch.setattr(Worker, "send", killed_meanwhile)
    with pytest.raises(QueryKilled):
        pool.ask(Job(query="ASK {}", base=BASE), snapshot, query_id="first")
    assert (pool.running(), pool.events["killed"]) == ([], 1)


def test_answer_under_way_is_killed(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query=STREAM, base=BASE), snapshot)
    assert [(query.id, query.state) for query in pool.running()] == [(answer.id, "answering")]
    assert pool.kill(answer.id)
    with pytest.raises(QueryKilled):
        for _ in answer.pieces():
            pass
    assert pool.running() == []


def test_events_are_counted(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=20, memory=64 * 2**20))
    for query, error in ((ENDLESS, QueryTimeout), (HUNGRY, QueryMemoryExceeded), ("{" * 200_000, QueryRefused)):
        with pytest.raises(error):
            ask(
                pool,
                "SELECT * " + query if query[0] == "{" else query,
                snapshot,
                seconds=0.5 if error is QueryTimeout else 20,
            )
    pool.ask(Job(query=STREAM, base=BASE), snapshot).close()
    ask(pool, "ASK {}", snapshot)
    counted = {name: pool.events[name] for name in ("timeout", "memory", "overflow", "client-gone", "killed", "died")}
    assert counted == {"timeout": 1, "memory": 1, "overflow": 1, "client-gone": 1, "killed": 0, "died": 0}
    assert pool.events["spawned"] >= 5


def test_syntax_error(pool: Pool, snapshot: Path):
    with pytest.raises(QuerySyntaxError, match=r"1:\d+"):
        ask(pool, "SELECT", snapshot)


@pytest.mark.parametrize("query", ["SELECT (<urn:f>(1) AS ?a) {}", "ASK { ?s ?p ?o FILTER(<urn:f>(?o)) }"])
def test_unknown_function(pool: Pool, snapshot: Path, query: str):
    with pytest.raises(UnknownFunction, match=r"<urn:f>") as caught:
        ask(pool, query, snapshot)
    assert caught.value.status == 400


def test_kind_of_answer_that_the_client_does_not_take(pool: Pool, snapshot: Path):
    with pytest.raises(NotAcceptable, match="graph"):
        ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", snapshot, graph=None)


def test_deadline_kills(pool: Pool, snapshot: Path):
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match="seconds and was stopped"):
        ask(pool, ENDLESS, snapshot, seconds=0.5)
    assert time.monotonic() - start < 5
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_deadline_of_one_leaves_the_others(pool: Pool, snapshot: Path):
    victim = threading.Thread(target=pytest.raises, args=(QueryTimeout, ask, pool, ENDLESS, snapshot, 1.0))
    victim.start()
    times = []
    while victim.is_alive():
        start = time.monotonic()
        ask(pool, "ASK {}", snapshot)
        times.append(time.monotonic() - start)
    victim.join()
    assert sorted(times)[len(times) // 2] < 0.5


def test_answer_broken_off_in_its_midst_is_an_error(pool: Pool, snapshot: Path):
    query = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    answer = pool.ask(Job(query=query, base=BASE), snapshot, seconds=1)
    with pytest.raises(QueryTimeout):
        for _ in answer.pieces():
            pass


def test_answer_left_unread_frees_its_worker(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query="SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }", base=BASE), snapshot)
    answer.close()
    assert pool.counts()["busy"] == 0


def test_memory_is_bounded(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=60, memory=64 * 2**20))
    with pytest.raises(QueryMemoryExceeded):
        ask(pool, HUNGRY, snapshot)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_workers_print_no_backtrace(make_pool: MakePool, snapshot: Path, monkeypatch: pytest.MonkeyPatch):
    # It would push the reason of a death out of the last of what is printed.
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    pool = make_pool(LIMITS)
    ask(pool, "ASK {}", snapshot)
    environment = Path(f"/proc/{pool._idle[0].pid}/environ").read_bytes().split(b"\0")
    assert b"RUST_BACKTRACE=0" in environment


def test_overflow_of_the_stack_is_told(pool: Pool, snapshot: Path):
    # Nothing that passes the guard is so deep.
    with pytest.raises(QueryRefused, match="too deep for the engine"):
        ask(pool, "SELECT * {" + "{" * 200_000 + "}" * 200_000 + "}", snapshot)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


# The brackets around count too.
MOST = OPERANDS - 5


@pytest.mark.parametrize(
    "deepest",
    [
        "?s ?p ?o . " * STATEMENTS,
        "?s ?p (" + "1 " * STATEMENTS + ")",
        "OPTIONAL { ?s ?p ?o }" * STATEMENTS,
        "?s <urn:p>" + "/<urn:p>" * STATEMENTS + " ?o",
        "?s <urn:p>" + "|<urn:p>" * MOST + " ?o",
        "{ ?s ?p ?o }" + " UNION { ?s ?p ?o }" * (MOST // 2),
        "FILTER(1" + "+1" * MOST + ")",
        "FILTER(?x = 1" + " || ?x = 1" * MOST + ")",
        "?s " + "(" * 120 + "<urn:p>|<urn:q>" + ")*" * 120 + " ?o",
        "{" * 120 + "?s ?p ?o" + "}" * 120,
        "FILTER(" + "!" * 120 + "1)",
        "OPTIONAL { ?s ?p ?o " * 120 + "}" * 120,
        "VALUES ?x { " + "1 " * 500_000 + "}",
        "FILTER(?x IN (" + "<urn:a>," * 100_000 + "1))",
    ],
)
def test_stack_bears_the_most_that_passes(pool: Pool, snapshot: Path, deepest: str):
    query = f"SELECT * {{ {deepest} }} LIMIT 1"
    check(query, 128)
    with contextlib.suppress(QueryTimeout):
        ask(pool, query, snapshot, seconds=1)


def test_queue_is_bounded(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=1, seconds=3, memory=512 * 2**20))
    outcomes: list[str] = []

    def run() -> None:
        try:
            ask(pool, ENDLESS, snapshot, seconds=2)
        except QueryError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert outcomes[0] == "ServerBusy"
    assert "QueryTimeout" in outcomes


def test_slow_reader_makes_room_for_who_waits(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=20, memory=512 * 2**20))
    answer = pool.ask(Job(query=STREAM, base=BASE), snapshot)
    pieces = answer.pieces()
    next(pieces)
    start = time.monotonic()
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")
    assert PATIENCE - 0.5 < time.monotonic() - start < PATIENCE + 2
    with pytest.raises(QueryTimeout, match="read too slowly"):
        for _ in pieces:
            pass


def test_slow_reader_is_left_alone_where_nobody_waits(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query="SELECT * { ?a ?p ?b . ?c ?q ?d } LIMIT 50000", base=BASE, solutions="csv"), snapshot)
    pieces = answer.pieces()
    start = next(pieces)
    time.sleep(PATIENCE + 0.5)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")
    assert (start + b"".join(pieces)).count(b"\n") == 50_001


def test_long_evaluation_is_no_slow_reader(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=PATIENCE + 2, memory=512 * 2**20))
    start = time.monotonic()
    heavy = threading.Thread(target=pytest.raises, args=(QueryTimeout, ask, pool, ENDLESS, snapshot))
    heavy.start()
    assert wait_until(lambda: pool.counts()["busy"] == 1)
    ask(pool, "ASK {}", snapshot)
    heavy.join()
    assert time.monotonic() - start > PATIENCE + 1.9


def test_worker_that_is_killed_from_outside_is_replaced(pool: Pool, snapshot: Path):
    ask(pool, "ASK {}", snapshot)
    assert wait_until(lambda: pool.counts()["starting"] == 0)
    pids = [worker.pid for worker in pool._idle]
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    assert wait_until(lambda: not any(is_running(pid) for pid in pids))
    for _ in range(10):
        assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_new_snapshot_is_opened_in_place(pool: Pool, snapshot: Path, tmp_path: Path):
    other = make_snapshot(tmp_path, 5)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert b"3000" in ask(pool, count, snapshot, solutions="csv")
    assert wait_until(lambda: pool.counts()["starting"] == 0)
    pids = {worker.pid for worker in pool._idle}
    assert b"5" in ask(pool, count, other, solutions="csv")
    assert wait_until(lambda: len(pool._idle) == 3)
    assert {worker.snapshot for worker in pool._idle} == {other}
    assert {worker.pid for worker in pool._idle} == pids


def resources(pid: int) -> tuple[int, int]:
    """The bytes of data and the open files of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmData:")[2].split()[0]) * 1024, len(os.listdir(f"/proc/{pid}/fd"))


def test_opening_again_and_again_takes_nothing(make_pool: MakePool, snapshot: Path, tmp_path: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=20, memory=64 * 2**20))
    places = [snapshot, make_snapshot(tmp_path, 5)]
    taken = []
    for turn in range(300):
        ask(pool, "SELECT * { ?s ?p ?o } ORDER BY ?o", places[turn % 2])
        if turn in (20, 299):
            assert wait_until(lambda: pool.counts()["starting"] == 0)
            taken.append({worker.pid: resources(worker.pid) for worker in pool._idle})
    before, after = taken
    assert before.keys() == after.keys()
    assert pool.events["spawned"] == 2
    for pid, (data, files) in after.items():
        assert data < before[pid][0] + 16 * 2**20
        assert files <= before[pid][1] + 1


def test_memory_is_bounded_after_opening_again(make_pool: MakePool, snapshot: Path, tmp_path: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=60, memory=64 * 2**20))
    ask(pool, "ASK {}", make_snapshot(tmp_path, 5))
    ask(pool, "ASK {}", snapshot)
    with pytest.raises(QueryMemoryExceeded):
        ask(pool, HUNGRY, snapshot)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_answer_from_an_old_snapshot_goes_on(pool: Pool, snapshot: Path, tmp_path: Path):
    answer = pool.ask(
        Job(query="SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y } LIMIT 50000", base=BASE, solutions="csv"), snapshot
    )
    ask(pool, "ASK {}", make_snapshot(tmp_path, 1))
    assert b"".join(answer.pieces()).count(b"\n") == 50_001


def test_snapshot_that_cannot_be_opened(pool: Pool, tmp_path: Path):
    with pytest.raises(DataFolderError, match="No worker can open"):
        ask(pool, "ASK {}", tmp_path)


def test_closed_pool_leaves_no_process(make_pool: MakePool, snapshot: Path):
    pool = make_pool(LIMITS)
    ask(pool, "ASK {}", snapshot)
    assert wait_until(lambda: pool.counts()["starting"] == 0)
    pids = [worker.pid for worker in pool._idle]
    pool.close()
    assert pids
    assert not any(is_running(pid) for pid in pids)
    with pytest.raises(ServerBusy):
        ask(pool, "ASK {}", snapshot)


def test_workers_end_with_the_process_that_holds_the_pool(snapshot: Path):
    program = f"""
import threading, time
from pathlib import Path
from kg.store.pool import Limits, Pool
from kg.store.pool_answers import Job
pool = Pool(Limits(workers=1, queue=1, seconds=60, memory=2**29))
threading.Thread(target=pool.ask, args=(Job(query={ENDLESS!r}, base="urn:"), Path({str(snapshot)!r})), daemon=True).start()
while not pool._busy or pool._starting:
    time.sleep(0.01)
print(*[worker.pid for worker in [*pool._busy, *pool._idle]], flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        pids = [int(pid) for pid in holder.stdout.readline().split()]
        assert len(pids) == 2
        holder.kill()
    assert wait_until(lambda: not any(is_running(pid) for pid in pids), 5)
