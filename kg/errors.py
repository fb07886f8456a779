"""The exceptions of the project, one tree:

KgError
├── UsageError              a call, an option or a setting that cannot mean anything
├── SourceError             an input that cannot be read
│   ├── SourceNotFound
│   └── SourceUnreadable
├── DataFolderError         a data folder that is not one, or is in use
│   ├── NoSnapshot
│   ├── DataFolderBusy
│   └── NotWritable
├── BuildError              a build that cannot go on
├── ServerRefused           a running server that does not do what it is asked
├── NotInGraph              a thing of which the graph says nothing
└── QueryError              a query that gets no answer
    ├── QuerySyntaxError
    │   └── UpdateSyntaxError
    ├── QueryRefused
    │   ├── UpdateAsQuery
    │   └── UpdateRefused
    ├── UnknownFunction
    ├── QueryTimeout
    ├── QueryMemoryExceeded
    ├── QueryCutOff
    ├── QueryKilled
    ├── ServerBusy
    ├── UpdateConflict
    ├── PreconditionFailed
    ├── WriteUnderWay
    ├── DataSyntaxError
    ├── ShapesRefused
    └── UploadTooLarge

Odd data is never an exception: it is a `Problem` on the cable that has it (kg.cables.model) or a `SourceProblem`
(kg.sources.model). Every class has a `title`, which the command line and the HTTP answers share, and the HTTP `status`
that belongs to it.
"""

from typing import ClassVar


class KgError(Exception):
    """Something the project reports to its user: what went wrong, where, and what to do."""

    title: ClassVar[str] = "Error"
    status: ClassVar[int] = 500


class UsageError(KgError):
    """A call, an option or a setting that cannot mean anything."""

    title = "Wrong use"
    status = 400


class SourceError(KgError):
    """An input that cannot be read."""

    title = "Unusable source"
    status = 400


class SourceNotFound(SourceError):
    """There is nothing at the path given."""

    title = "Source not found"
    status = 404


class SourceUnreadable(SourceError):
    """There is something at the path, but it cannot be read as what it claims to be."""

    title = "Source unreadable"


class DataFolderError(KgError):
    """A data folder that is not one, or that cannot be used now."""

    title = "Unusable data folder"


class NoSnapshot(DataFolderError):
    """The data folder holds no published snapshot."""

    title = "No snapshot"
    status = 503


class DataFolderBusy(DataFolderError):
    """Another build holds the data folder."""

    title = "Data folder in use"
    status = 503


class NotWritable(DataFolderError):
    """The store of a data folder cannot be written to: another process holds it, or the disk says no."""

    title = "Store not writable"


class BuildError(KgError):
    """A build that cannot go on; what was served before is untouched."""

    title = "Build failed"


class ServerRefused(KgError):
    """A running server that cannot be reached, or that does not do what it is asked."""

    title = "The server refuses"
    status = 502


class NotInGraph(KgError):
    """A thing of which the graph says nothing."""

    title = "Not in the graph"
    status = 404


class QueryError(KgError):
    """A query that gets no answer."""

    title = "Query failed"


class QuerySyntaxError(QueryError):
    """A query that is not SPARQL."""

    title = "Query syntax error"
    status = 400


class UpdateSyntaxError(QuerySyntaxError):
    """An update that is not SPARQL."""

    title = "Update syntax error"


class QueryRefused(QueryError):
    """A query that the endpoint does not run: an update, a SERVICE, nesting over the limit."""

    title = "Query refused"
    status = 400


class UpdateAsQuery(QueryRefused):
    """An update that was sent as a query."""


class UpdateRefused(QueryRefused):
    """An update that the endpoint does not run: a LOAD, a SERVICE, nesting over the limit."""

    title = "Update refused"


class UnknownFunction(QueryError):
    """A query that calls a function which is neither SPARQL's nor the engine's."""

    title = "Unknown function"
    status = 400


class QueryTimeout(QueryError):
    """A query that ran into its deadline."""

    title = "Query timeout"
    status = 504


class QueryMemoryExceeded(QueryError):
    """A query whose worker ran into its memory limit."""

    title = "Query memory exceeded"
    status = 503


class QueryCutOff(QueryError):
    """An answer that reached its cap of rows or bytes after its beginning had been sent."""

    title = "Answer cut off"
    status = 503


class QueryKilled(QueryError):
    """A query that an operator stopped."""

    title = "Query stopped"
    status = 503


class ServerBusy(QueryError):
    """All workers are taken and the queue is full."""

    title = "Server busy"
    status = 503


class UpdateConflict(QueryError):
    """An update that the graphs do not allow: it makes one that is there already, or drops one that is not."""

    title = "Update failed"
    status = 409


class PreconditionFailed(QueryError):
    """A write on a condition (If-Match and its like) that does not hold when its turn has come."""

    title = "Precondition failed"
    status = 412


class WriteUnderWay(QueryError):
    """A write that is to be stopped and has begun."""

    title = "Write under way"
    status = 409


class DataSyntaxError(QueryError):
    """A body that is not the RDF that it is said to be."""

    title = "Data syntax error"
    status = 400


class ShapesRefused(QueryError):
    """Shapes that are not applied: malformed ones, and those that would reach another server or a file."""

    title = "Shapes refused"
    status = 400


class UploadTooLarge(QueryError):
    """A body over the largest size."""

    title = "Upload too large"
    status = 413
