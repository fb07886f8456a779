"""The watch over busy workers: deadlines, and slow readers while others wait."""

import threading
import time
from pathlib import Path

import pytest

from kg.errors import QueryTimeout
from kg.store.pool import Limits, Pool
from kg.store.pool_answers import Job
from kg.store.pool_watch import PATIENCE
from tests.store.pools import BASE, ENDLESS, STREAM, MakePool, ask
from tests.waiting import wait_until


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
