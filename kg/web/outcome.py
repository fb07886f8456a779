"""What a request came to, written into its environ for the access log and the metrics around the application."""

from collections.abc import Mapping
from typing import Final

from kg.errors import (
    DataFolderError,
    KgError,
    QueryCutOff,
    QueryKilled,
    QueryMemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    ServerBusy,
)
from kg.store.pool_failures import ClientGone, WorkerKilled

# The id of the query, as in the header KG-Query-Id.
QUERY_ID: Final = "kg.query_id"
# The text of the query.
QUERY: Final = "kg.query"
# Set where it was a validation.
VALIDATION: Final = "kg.validation"
# What kind of write it was: see kg.store.writer_jobs.Kind.
WRITE: Final = "kg.write"
# `hit` where the cache had the answer, `miss` where it could have had it.
CACHE: Final = "kg.cache"
# By which cap the answer was cut off: `rows` or `bytes`.
CUT: Final = "kg.cut"
# The id of the snapshot that the answer was made from.
SNAPSHOT: Final = "kg.snapshot"
# What went wrong, one of NAMES.
ERROR: Final = "kg.error"
ANSWERED: Final = "answered"
CUT_OFF: Final = "cut"
LEFT: Final = "left"
REJECTED: Final = "rejected"
FAILED: Final = "failed"
# The outcome that an error stands for; the others are told by their status.
NAMES: Final[Mapping[type[KgError], str]] = {
    QuerySyntaxError: "syntax",
    QueryRefused: "refused",
    QueryTimeout: "timeout",
    QueryMemoryExceeded: "memory",
    QueryCutOff: CUT_OFF,
    QueryKilled: "killed",
    ServerBusy: "busy",
    ClientGone: LEFT,
    WorkerKilled: "died",
    DataFolderError: "unready",
}
OUTCOMES: Final = (ANSWERED, *NAMES.values(), REJECTED, FAILED)


def name_of(error: KgError) -> str:
    """The outcome of a request that ends in this error."""
    named = next((NAMES[each] for each in type(error).__mro__ if each in NAMES), None)
    return named or (REJECTED if error.status < 500 else FAILED)
