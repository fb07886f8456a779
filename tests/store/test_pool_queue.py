"""The queue of queries that wait for a worker."""

import contextlib
import threading
import time
from pathlib import Path

import pytest

from kg.errors import QueryError, QueryKilled, ServerBusy
from kg.store.pool import Limits
from kg.store.pool_answers import Job
from tests.store.pools import BASE, ENDLESS, MakePool, ask
from tests.waiting import wait_until


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


def test_whoever_crowds_the_queue_makes_room_and_waits_for_others(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=3, seconds=20, memory=512 * 2**20))
    refused: list[str] = []
    answered: list[str] = []

    def run(query_id: str, owner: str, query: str) -> None:
        try:
            pool.ask(Job(query=query, base=BASE), snapshot, query_id=query_id, owner=owner).close()
            answered.append(query_id)
        except QueryKilled:
            pass
        except ServerBusy:
            refused.append(query_id)

    crowd = [(str(number), "crowd", ENDLESS) for number in range(4)]
    threads = [threading.Thread(target=run, args=each) for each in (*crowd, ("one", "other", "ASK {}"))]
    for number, thread in enumerate(threads, 1):
        thread.start()
        assert wait_until(lambda: len(pool.running()) + len(refused) == number)  # noqa: B023
        assert wait_until(lambda: pool.counts()["busy"] == 1)
    assert wait_until(lambda: refused == ["3"])
    # No owner of as many gains by it, nor does the crowd.
    with pytest.raises(ServerBusy):
        pool.ask(Job(query=ENDLESS, base=BASE), snapshot, query_id="more", owner="crowd")
    assert pool.kill("0")
    assert wait_until(lambda: answered == ["one"])
    assert pool.kill("1")
    assert pool.kill("2")
    for thread in threads:
        thread.join(5)
