"""Hostile queries: each ends soon in a right answer or a status that says why, and nobody else is held up by it."""

import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.servers import (
    MIB,
    NODES,
    PROBLEM,
    Reply,
    Server,
    cpu_seconds,
    data_limit,
    running,
    status_bytes,
)
from tests.waiting import wait_until

LIMIT = 2
WORKERS = 2
# The bounds of the issue: the end of a query, and tiny queries beside it against their idle ones.
END = 3.0
FACTOR = 5
MEMORY = 256
CACHE = 64
IDLE_ROUNDS = 25
TRIPLE = "?{0} ?{0}p ?{0}o"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
PAIRS = "?x <urn:number> ?n . ?y <urn:number> ?m"

Check = Callable[[Reply], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A query, and how it may end: with these statuses, or with an answer that the check takes for right."""

    name: str
    query: str
    statuses: tuple[int, ...] = ()
    right: Check | None = None
    # A long answer that began within the deadline, and is seen to be broken off at it.
    breaks: bool = False
    accept: str = "application/sparql-results+json"


@dataclass(slots=True)
class Seen:
    """What was seen: replies by name, seconds of tiny queries, and the most memory beyond what is allowed."""

    replies: dict[str, Reply] = field(default_factory=dict)
    idle: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    web_before: int = 0
    web_most: int = 0
    workers_over: list[str] = field(default_factory=list)
    workers_seen: int = 0


def rows(count: int) -> Check:
    return lambda reply: len(reply.json()["results"]["bindings"]) == count


def value(expected: str) -> Check:
    """The answer is one row of one value."""

    def check(reply: Reply) -> bool:
        (row,) = reply.json()["results"]["bindings"]
        return [term["value"] for term in row.values()] == [expected]

    return check


def true(reply: Reply) -> bool:
    return reply.json()["boolean"] is True


def triples(least: int) -> Check:
    """An answer in N-Triples whose every line is whole."""
    return lambda reply: reply.body.count(b"\n") >= least and reply.body.endswith(b" .\n")


def nested(depth: int, before: str, after: str, inner: str) -> str:
    return before * depth + inner + after * depth


def doubling(times: int, expression: str) -> str:
    """A text of a thousand characters, made longer so many times by an expression over ?s0, ?s1 …"""
    start = f'BIND("{"a" * 1000}" AS ?s0) '
    steps = (f"BIND({expression.replace('?s', f'?s{step}')} AS ?s{step + 1}) " for step in range(times))
    return f"SELECT (STRLEN(?s{times}) AS ?n) {{ {start}{''.join(steps)} }}"


TIMEOUT = (504,)
HARD = (503, 504)
REFUSED = (400,)
ONES = "1 " * 2000

HOSTILE = (
    Hostile(name="count of a cross product", query=f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", statuses=TIMEOUT),
    Hostile(name="all of a cross product", query=f"SELECT * {{ {CROSS} }}", statuses=TIMEOUT, breaks=True),
    Hostile(
        name="a cross product as a graph",
        query=f"CONSTRUCT {{ ?a ?e ?i . ?g ?b ?f }} {{ {CROSS} }}",
        statuses=TIMEOUT,
        breaks=True,
        accept="application/n-triples",
    ),
    Hostile(name="distinct of a cross product", query=f"SELECT DISTINCT * {{ {CROSS} }}", statuses=HARD, breaks=True),
    Hostile(
        name="distinct count of a cross product",
        query=f"SELECT (COUNT(DISTINCT CONCAT(STR(?n), STR(?m))) AS ?k) {{ {PAIRS} }}",
        statuses=HARD,
    ),
    Hostile(name="order of a cross product", query=f"SELECT * {{ {PAIRS} }} ORDER BY DESC(?m) ?y ?n ?x", statuses=HARD),
    Hostile(
        name="groups of a cross product", query=f"SELECT (MAX(?n) AS ?k) {{ {PAIRS} }} GROUP BY ?x ?y", statuses=HARD
    ),
    Hostile(
        name="many aggregates of a cross product",
        query=f"SELECT {' '.join(f'(SUM(?n + {each}) AS ?s{each})' for each in range(400))} {{ {PAIRS} }}",
        statuses=HARD,
    ),
    Hostile(
        name="text of everything twice",
        query=f'SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?x), STR(?y)); separator=" and ")) AS ?k) {{ {PAIRS} }}',
        statuses=HARD,
    ),
    Hostile(
        name="text of everything",
        query='SELECT (STRLEN(GROUP_CONCAT(STR(?v); separator="")) AS ?k) { ?x <urn:number> ?v }',
        right=value(str(sum(len(str(number)) for number in range(NODES)))),
    ),
    Hostile(
        name="path of either link",
        query="SELECT (COUNT(*) AS ?n) { ?x (<urn:a>|<urn:b>)* ?y }",
        statuses=HARD,
    ),
    Hostile(
        name="path of paths",
        query="SELECT (COUNT(*) AS ?n) { ?x ((<urn:a>|<urn:b>)*/(^<urn:a>|^<urn:b>)*)* ?y }",
        statuses=HARD,
    ),
    Hostile(
        name="path of anything but", query="SELECT (COUNT(*) AS ?n) { ?x (!<urn:c>)+/(!<urn:d>)+ ?y }", statuses=HARD
    ),
    Hostile(
        name="paths joined",
        query="SELECT (COUNT(*) AS ?n) { ?x <urn:a>* ?y . ?y <urn:b>* ?z . ?z <urn:a>* ?x }",
        statuses=HARD,
    ),
    Hostile(
        name="expression that backtracks",
        query=f'ASK {{ FILTER(!REGEX("{"a" * 40}!", "^(a+)+$")) }}',
        right=true,
    ),
    Hostile(
        name="expression that repeats repeats",
        query='SELECT * { ?x <urn:name> ?v FILTER(REGEX(?v, "((((a{100}){100}){100}){100}){100}")) }',
        right=rows(0),
        statuses=TIMEOUT,
    ),
    Hostile(
        name="expressions over a cross product",
        query=f'SELECT (COUNT(*) AS ?n) {{ {PAIRS} FILTER(REGEX(CONCAT(STR(?x), STR(?y)), "(1|2)*.*(3|4)*[^5]*$", "i")) }}',
        statuses=TIMEOUT,
    ),
    Hostile(
        name="an expression for each name",
        query="SELECT (COUNT(*) AS ?n) { ?x <urn:name> ?v . ?y <urn:name> ?w FILTER(REGEX(?v, ?w)) }",
        statuses=TIMEOUT,
    ),
    Hostile(name="replaced text that grows", query=doubling(12, 'REPLACE(?s, "a", "aaaaaaaaaa")'), statuses=HARD),
    Hostile(name="joined text that grows", query=doubling(40, "CONCAT(?s, ?s)"), statuses=HARD),
    Hostile(name="nested braces", query=f"SELECT * {nested(10_000, '{', '}', '')}", statuses=REFUSED),
    Hostile(name="nested parentheses", query=f"SELECT ({nested(10_000, '(', ')', '1')} AS ?x) {{}}", statuses=REFUSED),
    Hostile(name="many !", query=f"ASK {{ FILTER({'!' * 10_000}true) }}", statuses=REFUSED),
    Hostile(name="many unions", query=f"SELECT * {{ {' UNION '.join(['{}'] * 10_000)} }}", statuses=REFUSED),
    Hostile(
        name="nested blank nodes", query=f"SELECT * {{ ?x ?p {nested(10_000, '[ ?p ', ']', '[]')} }}", statuses=REFUSED
    ),
    Hostile(name="nested lists", query=f"SELECT * {{ ?x ?p {nested(10_000, '(', ')', '')} }}", statuses=REFUSED),
    Hostile(
        name="nested paths", query=f"SELECT * {{ ?x {nested(10_000, '(', ')*', '<urn:a>')} ?y }}", statuses=REFUSED
    ),
    Hostile(name="many inverses", query=f"SELECT * {{ ?x {'^' * 10_000}<urn:a> ?y }}", statuses=REFUSED),
    Hostile(
        name="nested triple terms",
        query=f"SELECT * {{ ?x ?p {nested(10_000, '<<( ?s ?p ', ')>>', '?o')} }}",
        statuses=REFUSED,
    ),
    Hostile(name="nested functions", query=f"SELECT ({nested(10_000, 'STR(', ')', '1')} AS ?x) {{}}", statuses=REFUSED),
    Hostile(name="deep subselects", query=nested(10_000, "SELECT * { ", " }", TRIPLE.format("x")), statuses=REFUSED),
    Hostile(
        name="subselects as deep as allowed",
        query=f"SELECT (COUNT(*) AS ?n) {{ {nested(60, '{ SELECT * { ', ' } }', CROSS)} }}",
        statuses=TIMEOUT,
    ),
    Hostile(
        name="nested optionals",
        query=f"SELECT (COUNT(*) AS ?n) {{ {''.join(f'OPTIONAL {{ ?x{n} <urn:a> ?x{n + 1} ' for n in range(120))}{'}' * 120} }}",
        statuses=HARD,
    ),
    Hostile(
        name="nested exists",
        query=f"SELECT (COUNT(*) AS ?n) {{ ?x0 <urn:a> ?y {''.join(f'FILTER NOT EXISTS {{ ?x{n} <urn:a> ?x{n + 1} ' for n in range(120))}{'}' * 120} }}",
        statuses=HARD,
    ),
    Hostile(
        name="exists of a cross product",
        query=f"SELECT (COUNT(*) AS ?k) {{ ?z <urn:name> ?v FILTER NOT EXISTS {{ {PAIRS} FILTER(?n + ?m < 0) }} }}",
        statuses=HARD,
    ),
    Hostile(
        name="minus of cross products",
        query=f"SELECT (COUNT(*) AS ?k) {{ {PAIRS} MINUS {{ {PAIRS} FILTER(?n < ?m) }} }}",
        statuses=HARD,
    ),
    Hostile(
        name="a megabyte of comment",
        query="ASK {} #" + "x" * (MIB - 100),
        right=true,
    ),
    Hostile(name="more than a megabyte", query="ASK {} #" + "x" * MIB, statuses=(413,)),
    Hostile(
        name="a megabyte of values",
        query=f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {'<urn:n:7> ' * 100_000}}} }}",
        right=value("100000"),
    ),
    Hostile(
        name="values crossed",
        query=f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?{name} {{ {ONES}}}' for name in 'abcd')} }}",
        statuses=HARD,
    ),
    Hostile(
        name="a long list of IN",
        query=f"SELECT (COUNT(*) AS ?n) {{ ?x <urn:number> ?v FILTER(?v IN ({','.join(map(str, range(-1, -100_000, -1)))})) }}",
        right=value("0"),
        statuses=TIMEOUT,
    ),
    Hostile(
        name="many filters",
        query=f"SELECT (COUNT(*) AS ?k) {{ {PAIRS} {' '.join(f'FILTER(?n + ?m != {-each})' for each in range(1, 1500))} }}",
        statuses=HARD,
    ),
    Hostile(
        name="many sort keys",
        query=f"SELECT ?x {{ ?x <urn:number> ?n }} ORDER BY {' '.join(f'STR(?n + {each})' for each in range(1000))}",
        right=rows(NODES),
        statuses=HARD,
    ),
    Hostile(
        name="a long describe",
        query=f"DESCRIBE {' '.join(f'<urn:n:{number}>' for number in range(1500))}",
        right=triples(7_500),
        statuses=TIMEOUT,
        accept="application/n-triples",
    ),
    Hostile(
        name="describe of a cross product",
        query=f"DESCRIBE ?a ?d ?g {{ {CROSS} }}",
        statuses=HARD,
        breaks=True,
        accept="application/n-triples",
    ),
    Hostile(
        name="a large template",
        query=f"CONSTRUCT {{ {' '.join(f'?x <urn:t:{each}> ?n .' for each in range(3000))} }} {{ ?x <urn:number> ?n }}",
        statuses=HARD,
        breaks=True,
        accept="application/n-triples",
    ),
    Hostile(
        name="many variables",
        query=f"SELECT {' '.join(f'?v{each}' for each in range(1500))} {{ ?v0 <urn:number> 7 }}",
        right=rows(1),
    ),
    Hostile(
        name="too many variables",
        query=f"SELECT {' '.join(f'?v{each}' for each in range(20_000))} {{ ?v0 <urn:number> 7 }}",
        statuses=REFUSED,
    ),
    Hostile(
        name="too long a describe",
        query=f"DESCRIBE {' '.join(f'<urn:n:{number}>' for number in range(10_000))}",
        statuses=REFUSED,
    ),
    Hostile(
        name="too many patterns",
        query=f"SELECT * {{ {' '.join(f'?x{each} <urn:a> ?x{each + 1} .' for each in range(5000))} }}",
        statuses=REFUSED,
    ),
    Hostile(
        name="a number of many digits",
        query=f"SELECT (COUNT(*) AS ?n) {{ ?x <urn:number> ?v FILTER(?v = {'9' * 500_000}) }}",
        right=value("0"),
    ),
    Hostile(
        name="a service in hiding",
        query="SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        statuses=REFUSED,
    ),
)


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    settings = {"KG_TIMEOUT": str(LIMIT), "KG_MEMORY": str(MEMORY), "KG_CACHE": str(CACHE), "KG_WORKERS": str(WORKERS)}
    with running(data, **settings) as found:
        yield found


@pytest.fixture(scope="module")
def seen(server: Server) -> Seen:
    """What was seen of every hostile query, one after another, with tiny ones before and beside each."""
    found = Seen()
    (web,) = server.web()
    over = threading.Event()
    looking = threading.Thread(target=look, args=(server, web, found, over), daemon=True)
    with closing(Tiny(server)) as tiny:
        for _ in range(4 * IDLE_ROUNDS):
            tiny.seconds()
        found.web_before = status_bytes(web, "VmRSS")
        looking.start()
        for hostile in HOSTILE:
            found.idle += [tiny.seconds() for _ in range(IDLE_ROUNDS)]
            asking = Asking(server, hostile, found)
            while asking.is_alive():
                found.beside.append(tiny.seconds())
            assert wait_until(server.is_at_rest), f"a worker is missing after {hostile.name}"
    over.set()
    looking.join()
    return found


class Tiny:
    """Tiny queries, each another, so that none comes from a cache, on one connection."""

    def __init__(self, server: Server) -> None:
        self._connection = server.connect(timeout=10)
        self._number = 0

    def close(self) -> None:
        self._connection.close()

    def seconds(self) -> float:
        """How long the next one takes."""
        self._number += 1
        start = time.perf_counter()
        self._connection.request("GET", f"/sparql?query=ASK%7B%7D%23{self._number}")
        response = self._connection.getresponse()
        body = response.read()
        taken = time.perf_counter() - start
        assert (response.status, json.loads(body)["boolean"]) == (200, True)
        return taken


class Asking(threading.Thread):
    """A hostile query under way."""

    def __init__(self, server: Server, hostile: Hostile, seen: Seen) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._hostile = hostile
        self._seen = seen
        self.start()

    def run(self) -> None:
        reply = self._server.post(self._hostile.query, Accept=self._hostile.accept)
        self._seen.replies[self._hostile.name] = reply


def look(server: Server, web: int, found: Seen, over: threading.Event) -> None:
    """Look at the memory of every process until it is over."""
    while not over.wait(0.05):
        found.web_most = max(found.web_most, status_bytes(web, "VmRSS"))
        for pid in server.workers():
            limit, taken = data_limit(pid), status_bytes(pid, "RssAnon")
            found.workers_seen += limit is not None
            # Without a limit it has only just begun: its store is not open.
            if limit is not None and taken > limit:
                found.workers_over.append(f"worker {pid} takes {taken // MIB} of {limit // MIB} MiB")


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[math.ceil(len(times) * share) - 1]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_end(seen: Seen, hostile: Hostile):
    reply = seen.replies[hostile.name]
    assert reply.seconds < END
    if reply.broken:
        assert hostile.breaks
        assert reply.status == 200
    elif reply.status == 200:
        assert hostile.right is not None, f"a whole answer, but of what? {reply.body[:200]!r}"
        assert hostile.right(reply)
    else:
        assert reply.status in hostile.statuses, reply.body
        assert reply.headers["Content-Type"] == PROBLEM
        assert reply.json()["status"] == reply.status


def test_there_are_enough(seen: Seen):
    assert len(seen.replies) >= 25
    assert {reply.status for reply in seen.replies.values()} >= {200, 400, 503, 504}


def test_no_process_grows_past_its_limit(seen: Seen):
    assert seen.workers_seen > 100
    assert seen.workers_over == []
    assert seen.web_most - seen.web_before < CACHE * MIB + 64 * MIB


def test_tiny_queries_are_not_held_up(seen: Seen):
    idle, beside = percentile(seen.idle, 0.99), percentile(seen.beside, 0.99)
    print(f"tiny queries: p99 {idle * 1000:.1f} ms idle, {beside * 1000:.1f} ms beside hostile ones")
    assert len(seen.beside) > 500
    assert beside < FACTOR * idle


def test_no_processor_burns_afterwards(seen: Seen, server: Server):
    before = sum(cpu_seconds(pid) for pid in server.processes())
    time.sleep(2)
    assert sum(cpu_seconds(pid) for pid in server.processes()) - before < 0.2


def test_every_worker_is_back(seen: Seen, server: Server):
    counts = server.counts()
    assert (counts["busy"], counts["waiting"], counts["idle"]) == (0, 0, WORKERS + 1)
    assert server.ask(f"SELECT (COUNT(*) AS ?n) {{ ?x <urn:number> ?v }} #{time.time()}").status == 200
