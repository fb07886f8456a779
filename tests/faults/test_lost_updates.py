"""Clients that change one graph at a time, over HTTP: with If-Match no change of theirs is lost, by PUT or by update."""

import threading
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from tests.faults.servers import Server, running

TOKEN = "a-token-of-the-tests"
NT = "application/n-triples"
GRAPH = "/store?graph=urn:g"
QUERY = "/sparql?query=" + quote("SELECT ?n { GRAPH <urn:g> { ?s ?p ?n } }")
CLIENTS, TIMES = 6, 10


def triple(number: int) -> str:
    return f'<urn:s> <urn:p> "{number}" .\n'


def put(server: Server, number: int, **conditions: str) -> int:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content_Type": NT, **conditions}
    return server.send("PUT", GRAPH, triple(number), **headers).status


def put_next(server: Server) -> int:
    read = server.send("GET", GRAPH, Accept=NT)
    return put(server, int(read.body.split(b'"')[1]) + 1, If_Match=read.headers["ETag"])


def update_to_next(server: Server) -> int:
    read = server.send("GET", QUERY, Accept="text/csv")
    number = int(read.body.split()[1])
    text = (
        f"DELETE DATA {{ GRAPH <urn:g> {{ {triple(number)} }} }};"
        f"INSERT DATA {{ GRAPH <urn:g> {{ {triple(number + 1)} }} }}"
    )
    kind = "application/sparql-update"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content_Type": kind, "If_Match": read.headers["ETag"]}
    return server.send("POST", "/sparql", text, **headers).status


@pytest.mark.parametrize("change", [put_next, update_to_next])
def test_no_change_is_lost(tmp_path: Path, change):
    make_empty(DataFolder(tmp_path / "data"))
    statuses: list[int] = []

    def count(server: Server) -> None:
        done = 0
        while done < TIMES:
            statuses.append(status := change(server))
            done += status == 204

    with running(tmp_path / "data", KG_UPDATE_TOKEN=TOKEN) as server:
        assert put(server, 0) == 201
        clients = [threading.Thread(target=count, args=(server,)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        assert server.send("GET", GRAPH, Accept=NT).body.decode() == triple(CLIENTS * TIMES)
    assert set(statuses) == {204, 412}


def test_of_many_that_make_a_graph_one_does(tmp_path: Path):
    make_empty(DataFolder(tmp_path / "data"))
    statuses: list[int] = []
    with running(tmp_path / "data", KG_UPDATE_TOKEN=TOKEN) as server:
        clients = [
            threading.Thread(target=lambda number=number: statuses.append(put(server, number, If_None_Match="*")))
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    assert sorted(statuses) == [201, *[412] * (CLIENTS - 1)]
