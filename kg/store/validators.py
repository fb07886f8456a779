"""The side of whoever wants a graph validated: start the process, and for the pool of a server what it has to know."""

from pathlib import Path
from typing import Final

from kg.errors import QueryError
from kg.store.child import Child, Died
from kg.store.pool_answers import Lease
from kg.store.pool_worker import Worker
from kg.store.shacl_jobs import ShaclJob

MODULE: Final = "kg.validation.worker"
# In place of the folder of a snapshot.
NOWHERE: Final = Path()


class Validator(Worker):
    """A process that validates graphs; it has no snapshot."""

    work = "validation"

    def __init__(self, snapshot: Path, memory: int) -> None:
        Child.__init__(self, MODULE, str(memory))
        self.snapshot = snapshot
        self.ended_for = None
        self.unread_since = None

    def why_unopened(self) -> str | None:
        """None: there is nothing to open."""
        return None


def validate(job: ShaclJob, memory: int) -> tuple[bytes, bool]:
    """The report that a job asks for, and whether it has failures; it may take any time.

    Raises what kg.store.pool_failures tells of: DataSyntaxError, ShapesRefused, QueryMemoryExceeded.
    """
    try:
        worker = Validator.start(NOWHERE, memory)
    except Died as died:
        raise QueryError(str(died)) from None
    lease = Lease("", worker, float("inf"), None, lambda _: worker.stop(), lambda _: None)
    if not lease.send(job):
        raise QueryError("The process that validates was gone before it had the data. Try again.")
    answer = lease.receive()
    return b"".join(answer.pieces()), answer.has_failures
