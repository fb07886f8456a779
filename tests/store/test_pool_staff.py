"""The workers of the pool: over a new snapshot, in place of those that died, and at its end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import DataFolderError, ServerBusy
from kg.store.pool import Limits, Pool
from kg.store.pool_answers import Job
from tests.store.pools import BASE, ENDLESS, LIMITS, MakePool, ask, is_running, make_snapshot
from tests.waiting import wait_until


def test_workers_print_no_backtrace(make_pool: MakePool, snapshot: Path, monkeypatch: pytest.MonkeyPatch):
    # It would push the reason of a death out of the last of what is printed.
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    pool = make_pool(LIMITS)
    ask(pool, "ASK {}", snapshot)
    environment = Path(f"/proc/{pool.staff.idle[0].pid}/environ").read_bytes().split(b"\0")
    assert b"RUST_BACKTRACE=0" in environment


def test_worker_that_is_killed_from_outside_is_replaced(pool: Pool, snapshot: Path):
    ask(pool, "ASK {}", snapshot)
    assert wait_until(lambda: pool.counts()["starting"] == 0)
    pids = [worker.pid for worker in pool.staff.idle]
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
    pids = {worker.pid for worker in pool.staff.idle}
    assert b"5" in ask(pool, count, other, solutions="csv")
    assert wait_until(lambda: len(pool.staff.idle) == 3)
    assert {worker.snapshot for worker in pool.staff.idle} == {other}
    assert {worker.pid for worker in pool.staff.idle} == pids


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
            taken.append({worker.pid: resources(worker.pid) for worker in pool.staff.idle})
    before, after = taken
    assert before.keys() == after.keys()
    assert pool.events["spawned"] == 2
    for pid, (data, files) in after.items():
        assert data < before[pid][0] + 16 * 2**20
        assert files <= before[pid][1] + 1


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
    pids = [worker.pid for worker in pool.staff.idle]
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
while not pool.staff.busy or pool.staff.starting:
    time.sleep(0.01)
print(*[worker.pid for worker in [*pool.staff.busy, *pool.staff.idle]], flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        pids = [int(pid) for pid in holder.stdout.readline().split()]
        assert len(pids) == 2
        holder.kill()
    assert wait_until(lambda: not any(is_running(pid) for pid in pids), 5)
