"""What the routes share: the snapshot that is served now, its answers through the pool, and the writer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from flask import current_app, g, request

from kg import settings
from kg.iris import Iris
from kg.store.folder import DataFolder, Snapshot
from kg.store.pool import Limits, Pool
from kg.store.pool_answers import Answer, Job
from kg.store.shacl_jobs import ShaclJob
from kg.store.validators import NOWHERE, Validator
from kg.store.writer import Writer
from kg.store.writer_jobs import Write, Written
from kg.web import outcome
from kg.web.rates import network
from kg.web.rows import Row, read

EXTENSION: Final = "kg"
# What one of the server's own queries gives at most, whatever users have put into the graph.
PAGE_ROWS: Final = 10_000
PAGE_BYTES: Final = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Service:
    """The data folder that is served and the pool over it."""

    folder: DataFolder
    pool: Pool
    validators: Pool
    writer: Writer
    max_query: int
    max_nesting: int
    max_rows: int
    max_bytes: int
    cache_bytes: int
    cache_seconds: int
    max_upload: int
    max_shacl: int

    def snapshot(self) -> Snapshot:
        """The snapshot that this request is answered from, the current one; NoSnapshot where there is none."""
        if "snapshot" not in g:
            # Read once: an answer from two snapshots would be true of neither.
            g.snapshot = self.folder.snapshot()
            request.environ[outcome.SNAPSHOT] = g.snapshot.id
        found: Snapshot = g.snapshot
        return found

    def iris(self) -> Iris:
        """The IRIs of the graph that is current now."""
        return Iris(_manifest(self.snapshot().path)["base"])

    def refused(self) -> list[str] | None:
        """The cables that the build of the current snapshot put into quarantine; None of a folder without builds."""
        report = _manifest(self.snapshot().path).get("report")
        return None if report is None else [one["cable"] for one in report["quarantine"]]

    def ask(self, job: Job, seconds: float | None = None) -> Answer:
        """Answer a job from the current snapshot; the query ends where the client leaves."""
        snapshot = self.snapshot()
        if self.folder.is_writable_store:
            # Looked up anew: a slow request would turn the pool back to a snapshot from before a write, and a later one
            # would not see what was written.
            snapshot = self.folder.snapshot()
        return self.pool.ask(
            job,
            snapshot.path,
            seconds=seconds,
            client=request.environ.get("gunicorn.socket"),
            query_id=request.environ.get(outcome.QUERY_ID),
            owner=network(request.environ.get("REMOTE_ADDR", "")),
        )

    def validate(self, job: ShaclJob, seconds: float | None = None) -> Answer:
        """The report that a job asks for; the validation ends where the client leaves."""
        return self.validators.ask(
            job,
            NOWHERE,
            seconds=seconds,
            client=request.environ.get("gunicorn.socket"),
            query_id=request.environ.get(outcome.QUERY_ID),
            owner=network(request.environ.get("REMOTE_ADDR", "")),
        )

    def write(self, write: Write, files: Sequence[IO[bytes]] = (), text: str = "") -> Written:
        """Do a write; the next query sees it. Meanwhile it is listed with its text."""
        written = self.writer.write(
            write,
            files,
            client=request.environ.get("gunicorn.socket"),
            write_id=request.environ.get(outcome.QUERY_ID),
            text=text,
        )
        self.pool.warm(self.folder.snapshot().path)
        return written

    def rows(self, query: str) -> list[Row]:
        """The solutions of one of the server's own queries, at most PAGE_ROWS."""
        return self.table(query)[1]

    def table(self, query: str) -> tuple[tuple[str, ...], list[Row]]:
        """The variables of one of the server's own queries in their order, and its solutions."""
        job = Job(query=query, base=self.iris().base, solutions="rows", rows=PAGE_ROWS, max_bytes=PAGE_BYTES)
        table: dict[str, Any] = json.loads(b"".join(self.ask(job).pieces()))
        return tuple(table["names"]), read(table)


def make_service(data: Path) -> Service:
    """A service over a data folder, with the limits that the settings give."""
    limits = Limits(
        workers=int(settings.get_number("KG_WORKERS")),
        queue=int(settings.get_number("KG_QUEUE")),
        seconds=settings.get_number("KG_TIMEOUT"),
        memory=int(settings.get_number("KG_MEMORY") * 2**20),
    )
    folder = DataFolder(data)
    return Service(
        folder=folder,
        pool=Pool(limits),
        validators=Pool(replace(limits, workers=int(settings.get_number("KG_VALIDATORS"))), Validator),
        writer=Writer(folder, limits),
        max_query=int(settings.get_number("KG_MAX_QUERY")),
        max_nesting=int(settings.get_number("KG_MAX_NESTING")),
        max_rows=int(settings.get_number("KG_MAX_ROWS")),
        max_bytes=int(settings.get_number("KG_MAX_BYTES") * 2**20),
        cache_bytes=int(settings.get_number("KG_CACHE") * 2**20),
        cache_seconds=int(settings.get_number("KG_CACHE_SECONDS")),
        max_upload=int(settings.get_number("KG_MAX_UPLOAD") * 2**20),
        max_shacl=int(settings.get_number("KG_MAX_SHACL") * 2**20),
    )


def service() -> Service:
    """The service of the application that handles this request."""
    found: Service = current_app.extensions[EXTENSION]
    return found


# Where users write, there are snapshots by the thousand.
@lru_cache(maxsize=8)
def _manifest(snapshot: Path) -> dict[str, Any]:
    """The manifest of a snapshot, which never changes."""
    return Snapshot(snapshot).manifest()
