"""A query in the pool, from its arrival to the end of its answer."""

import time

from kg.store.pool_answers import Lease, RunningQuery


class Query:
    """A query that is not yet answered."""

    def __init__(self, query_id: str, text: str, owner: str = "", work: str = "query") -> None:
        self.id = query_id
        self.text = text
        self.owner = owner
        # What messages call it.
        self.work = work
        self.since = time.monotonic()
        self.is_killed = False
        self.is_crowded_out = False
        self.deadline = float("inf")
        self.lease: Lease | None = None

    @property
    def state(self) -> str:
        """Whether it waits for a worker, is evaluated, or its answer is on the way."""
        if self.lease is None:
            return "waiting"
        return "answering" if self.lease.is_answering else "evaluating"

    def running(self, now: float) -> RunningQuery:
        """What is told of it at this time."""
        return RunningQuery(id=self.id, query=self.text, seconds=now - self.since, state=self.state)
