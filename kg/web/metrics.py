"""/metrics: what the server counts, in Prometheus's text format."""

import time
from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder

from kg import __version__
from kg.errors import DataFolderError
from kg.web import caching, outcome
from kg.web.access_log import AccessLog
from kg.web.exchange import Exchange
from kg.web.service import Service

blueprint = Blueprint("metrics", __name__)
EXTENSION: Final = "kg.metrics"
SECONDS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
SPAWNED: Final = "spawned"
WAITING: Final = "waiting"


class Metrics:
    """The counts of one application; each exchange is counted as it ends."""

    def __init__(self, served: Service, cache: caching.Cache, log: AccessLog | None) -> None:
        self.registry = CollectorRegistry()
        self.log = log
        queries = Counter("kg_queries", "Queries answered or refused.", ["outcome"], registry=self.registry)
        self._queries = {name: queries.labels(name) for name in outcome.OUTCOMES}
        self._writes = Counter("kg_writes", "Writes done or refused.", ["kind", "outcome"], registry=self.registry)
        self._write_seconds = Histogram(
            "kg_write_seconds", "From a write to the end of its answer.", buckets=SECONDS, registry=self.registry
        )
        self._validations = Counter(
            "kg_validations", "Validations done or refused.", ["outcome"], registry=self.registry
        )
        self._validation_seconds = Histogram(
            "kg_validation_seconds", "From a graph to the end of its report.", buckets=SECONDS, registry=self.registry
        )
        self._query_seconds = Histogram(
            "kg_query_seconds", "From a query to the end of its answer.", buckets=SECONDS, registry=self.registry
        )
        self._first_byte = Histogram(
            "kg_query_first_byte_seconds",
            "From a query to the first byte of its answer.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._requests = Counter("kg_http_requests", "Requests answered.", ["status"], registry=self.registry)
        # Looked up here faster than there.
        self._by_status: dict[int, Counter] = {}
        self._sent = Counter("kg_http_sent_bytes", "Bytes of bodies sent.", registry=self.registry)
        ProcessCollector(registry=self.registry)
        self.registry.register(_State(served, cache, log))

    def __call__(self, exchange: Exchange) -> None:
        """Count an exchange."""
        status = exchange.status
        if status not in self._by_status:
            self._by_status[status] = self._requests.labels(status)
        self._by_status[status].inc()
        self._sent.inc(exchange.sent)
        if (kind := exchange.environ.get(outcome.WRITE)) is not None:
            self._writes.labels(kind, exchange.outcome).inc()
            self._write_seconds.observe(exchange.seconds)
        elif outcome.VALIDATION in exchange.environ:
            self._validations.labels(exchange.outcome).inc()
            self._validation_seconds.observe(exchange.seconds)
        elif outcome.QUERY_ID in exchange.environ:
            self._queries[exchange.outcome].inc()
            self._query_seconds.observe(exchange.seconds)
            if exchange.first_byte is not None:
                self._first_byte.observe(exchange.first_byte)


class _State:
    """What the pool, the cache and the data folder tell when they are asked."""

    def __init__(self, served: Service, cache: caching.Cache, log: AccessLog | None) -> None:
        self._served = served
        self._cache = cache
        self._log = log

    def collect(self) -> Iterator[Metric]:
        """The metrics of this moment."""
        yield InfoMetricFamily("kg_build", "The version of the server.", {"version": __version__})
        yield from self._of_pool()
        yield from self._of_validators()
        yield from self._of_cache()
        yield from self._of_snapshot()
        lost = 0 if self._log is None else self._log.lines.lost
        yield CounterMetricFamily("kg_access_log_lost_lines", "Lines of the access log that were lost.", lost)

    def _of_pool(self) -> Iterator[Metric]:
        pool = self._served.pool
        counts = pool.counts()
        yield GaugeMetricFamily("kg_queries_waiting", "Queries that wait for a worker.", counts[WAITING])
        writing = len(self._served.writer.running())
        yield GaugeMetricFamily("kg_writes_running", "Writes that wait for the writer or are being done.", writing)
        workers = GaugeMetricFamily("kg_workers", "Query workers by state.", labels=["state"])
        for state, count in counts.items():
            if state != WAITING:
                workers.add_metric([state], count)
        yield workers
        yield CounterMetricFamily("kg_workers_started", "Query workers started.", pool.events[SPAWNED])
        ends = CounterMetricFamily(
            "kg_query_ends", "Queries ended before their answer was, by reason.", labels=["reason"]
        )
        for reason, count in sorted(pool.events.items()):
            if reason != SPAWNED:
                ends.add_metric([reason], count)
        yield ends

    def _of_validators(self) -> Iterator[Metric]:
        counts = self._served.validators.counts()
        yield GaugeMetricFamily("kg_validations_waiting", "Validations that wait for a process.", counts[WAITING])
        validators = GaugeMetricFamily("kg_validators", "Processes that validate, by state.", labels=["state"])
        for state, count in counts.items():
            if state != WAITING:
                validators.add_metric([state], count)
        yield validators

    def _of_cache(self) -> Iterator[Metric]:
        counts = self._cache.counts()
        yield CounterMetricFamily("kg_cache_hits", "Requests answered from memory.", counts["hits"])
        yield CounterMetricFamily("kg_cache_misses", "Requests whose answer was not in memory.", counts["misses"])
        yield GaugeMetricFamily("kg_cache_answers", "Answers in memory.", counts["entries"])
        yield GaugeMetricFamily("kg_cache_bytes", "Bytes that these take.", counts["bytes"])

    def _of_snapshot(self) -> Iterator[Metric]:
        snapshot = InfoMetricFamily("kg_snapshot", "The snapshot that is served.", labels=["id"])
        age = GaugeMetricFamily("kg_snapshot_age_seconds", "Seconds since it was published.")
        try:
            found = self._served.folder.snapshot()
            published = self._served.folder.current.lstat().st_mtime
        except (DataFolderError, FileNotFoundError):
            pass  # There is none: no sample is one too.
        else:
            snapshot.add_metric([found.id], {})
            age.add_metric([], max(0.0, time.time() - published))
        yield snapshot
        yield age


def register(app: Flask, served: Service, log: AccessLog | None) -> Metrics:
    """Let the application tell what is counted; the counts, for its exchanges to be put in."""
    counted = Metrics(served, app.extensions[caching.EXTENSION], log)
    app.extensions[EXTENSION] = counted
    app.register_blueprint(blueprint)
    return counted


@blueprint.get("/metrics")
def metrics() -> Response:
    """Every metric, in the format that Prometheus asks for."""
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    counted: Metrics = current_app.extensions[EXTENSION]
    return Response(encode(counted.registry), content_type=content_type)
