"""What a worker of the pool may take: memory, and the stack of the engine."""

import contextlib
from pathlib import Path

import pytest

from kg.errors import QueryMemoryExceeded, QueryRefused, QueryTimeout
from kg.store.depth import OPERANDS, STATEMENTS
from kg.store.guard import check
from kg.store.pool import Limits, Pool
from tests.store.pools import HUNGRY, MakePool, ask, make_snapshot


def test_memory_is_bounded(make_pool: MakePool, snapshot: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=60, memory=64 * 2**20))
    with pytest.raises(QueryMemoryExceeded):
        ask(pool, HUNGRY, snapshot)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


def test_memory_is_bounded_after_opening_again(make_pool: MakePool, snapshot: Path, tmp_path: Path):
    pool = make_pool(Limits(workers=1, queue=4, seconds=60, memory=64 * 2**20))
    ask(pool, "ASK {}", make_snapshot(tmp_path, 5))
    ask(pool, "ASK {}", snapshot)
    with pytest.raises(QueryMemoryExceeded):
        ask(pool, HUNGRY, snapshot)
    assert ask(pool, "ASK {}", snapshot).endswith(b"true}")


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
