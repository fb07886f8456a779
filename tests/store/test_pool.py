"""Answers of the pool: formats, whole graphs, and the errors of queries."""

import json
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import (
    NotInGraph,
    QueryError,
    QueryKilled,
    QueryMemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    UnknownFunction,
)
from kg.store.graphs import GRAPHS
from kg.store.pool import Limits, Pool
from kg.store.pool_answers import Job
from kg.store.pool_failures import NotAcceptable
from kg.store.pool_worker import Worker
from tests.store.pools import BASE, ENDLESS, HUNGRY, STREAM, MakePool, ask, is_running
from tests.waiting import wait_until


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


def test_answer_left_unread_frees_its_worker(pool: Pool, snapshot: Path):
    answer = pool.ask(Job(query="SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }", base=BASE), snapshot)
    answer.close()
    assert pool.counts()["busy"] == 0


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
