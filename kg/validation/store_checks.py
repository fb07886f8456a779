"""Check the shapes for the whole graph over the loaded store, as SPARQL, with results as an engine would give them."""

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.iris import Iris
from kg.validation.compiling import Check
from kg.validation.graphs import node, written
from kg.validation.model import VIOLATION, Result

# The named graphs whose nodes are checked too. What they say is completed by the default graph, never the reverse:
# who queries the facts alone must find them whole.
CHECKED_GRAPHS: Final = ("candidates", "provenance")

# Of each check so many warnings and remarks are kept, and all are counted; every violation is kept, for it takes a
# cable out.
KEPT: Final = 1000

# Matches {?value}
_PLACEHOLDER: Final = re.compile(r"\{ [?$] (\w+) \}", re.VERBOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one check found: its results, sorted and maybe cut off, how many there are in all, and how long it took."""

    check: Check
    results: tuple[Result, ...]
    count: int
    seconds: float


def check_store(
    store: ox.Store, checks: Iterable[Check], iris: Iris, clock: Callable[[], float], kept: int = KEPT
) -> list[Checked]:
    """What each check finds in the default graph, and then for nodes that only the checked named graphs describe."""
    named = [graph for name in CHECKED_GRAPHS if store.contains_named_graph(graph := ox.NamedNode(iris.graph(name)))]
    done = []
    for check in checks:
        start = clock()
        count, results = _sorted(check, set(_results(store, check, named)), kept)
        done.append(Checked(check=check, results=results, count=count, seconds=clock() - start))
    return done


def _sorted(check: Check, found: set[Result], kept: int) -> tuple[int, tuple[Result, ...]]:
    if check.severity == VIOLATION:
        return len(found), tuple(sorted(found, key=_rank))
    return len(found), tuple(heapq.nsmallest(kept, found, key=_rank))


def _rank(result: Result) -> tuple[int, str, str, str, str, str, str]:
    return result.rank


def _results(store: ox.Store, check: Check, named: Sequence[ox.NamedNode]) -> Iterator[Result]:
    yield from (_result(check, row) for row in _rows(store.query(check.facts)))
    if named:
        answer = store.query(check.named, default_graph=[ox.DefaultGraph(), *named], named_graphs=list(named))
        yield from (_result(check, row) for row in _rows(answer) if not _is_fact(store, row["this"]))


def _rows(answer: object) -> Iterator[dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: solution[name] for name in names if solution[name] is not None}


def _is_fact(store: ox.Store, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> bool:
    if isinstance(term, ox.Literal):
        return False
    return next(store.quads_for_pattern(term, None, None, ox.DefaultGraph()), None) is not None


def _result(check: Check, row: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]) -> Result:
    # A SPARQL constraint that names no value is about the focus node, as SHACL has it (5.3.2).
    value = row.get("value", row["this"] if check.is_sparql and check.path is None else None)
    focus = row["this"]
    return Result(
        focus=focus.value if isinstance(focus, ox.NamedNode) else written(node(focus)),
        path=check.path,
        value=None if value is None else written(node(value)),
        message=_PLACEHOLDER.sub(lambda found: row[found[1]].value if found[1] in row else found[0], check.message),
        severity=check.severity,
        shape=check.shape,
        component=check.component,
    )
