"""Pools of workers for the tests, and what is asked of them."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.store.pool import Limits, Pool
from kg.store.pool_answers import Answer, Job

BASE = "https://example.org/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
HUNGRY = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f ?b ?d"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
ALL = "SELECT ?s ?o { ?s ?p ?o }"
PAIRS = "SELECT ?s ?o { ?s ?p ?x . ?o ?q ?y }"
LIMITS = Limits(workers=2, queue=8, seconds=20, memory=512 * 2**20)
MakePool = Callable[[Limits], Pool]


def make_snapshot(folder: Path, triples: int) -> Path:
    store = ox.Store(str(folder / "store"))
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(str(n) * 3)) for n in range(triples)
    )
    store.flush()
    return folder


def ask(pool: Pool, query: str, snapshot: Path, seconds: float | None = None, **fields) -> bytes:
    answer = pool.ask(Job(query=query, base=BASE, **fields), snapshot, seconds=seconds)
    return b"".join(answer.pieces())


def take(pool: Pool, query: str, snapshot: Path, **fields) -> tuple[Answer, bytes]:
    answer = pool.ask(Job(query=query, base=BASE, **fields), snapshot)
    return answer, b"".join(answer.pieces())


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    # The first thread may have ended before the others, with which the files are open still.
    return fields[0] != "Z" or int(fields[17]) > 1
