"""Read the W3C's SHACL test suite: from manifests to shapes, data and the results that a validator has to find."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.validation.graphs import term_of, written
from kg.validation.model import Outcome

# Where the suite is published: relative IRIs resolve against this.
PUBLISHED: Final = "https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT: Final = "http://www.w3.org/ns/shacl-test#"
SH: Final = "http://www.w3.org/ns/shacl#"
BLANK: Final = "_:"

# Focus node, path, value, severity, shape and component of a result. Blank nodes are all one, since their names mean
# nothing; a path of several steps and a shape without a name are None, as they are in `kg.validation.model.Result`.
Found = tuple[str, str | None, str | None, str, str | None, str]


@dataclass(frozen=True)
class Test:
    """One test: `id` is its file (`core/node/and-001`); `expected` is None where the shapes must be refused."""

    __test__ = False

    id: str
    data: ox.Dataset
    shapes: ox.Dataset
    expected: Counter[Found] | None

    @property
    def lines(self) -> list[str]:
        """The data as lines of N-Triples."""
        return lines_of(self.data)

    @staticmethod
    def found(outcome: Outcome) -> Counter[Found]:
        """The results of an engine in the form of `expected`."""
        return Counter(
            (
                BLANK if result.focus.startswith(BLANK) else result.focus,
                result.path,
                BLANK if (result.value or "").startswith(BLANK) else result.value,
                result.severity,
                result.shape,
                result.component,
            )
            for result in outcome.results
        )


def read_suite(suite: Path, part: str) -> Iterator[Test]:
    """The tests of a part of the suite (`core`, `sparql`), by id."""
    for path in sorted((suite / part).rglob("*.ttl")):
        graph = _read(suite, path)
        for quad in graph.quads_for_object(ox.NamedNode(SHT + "Validate")):
            yield _test(suite, graph, quad.subject, path)


def lines_of(graph: Iterable[ox.Quad]) -> list[str]:
    """A graph as lines of N-Triples."""
    return [f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in graph]


def _test(suite: Path, graph: ox.Dataset, node: ox.NamedNode, path: Path) -> Test:
    action, result = _one(graph, node, MF + "action"), _one(graph, node, MF + "result")
    return Test(
        id=path.relative_to(suite).with_suffix("").as_posix(),
        data=_read(suite, _file(suite, _one(graph, action, SHT + "dataGraph"))),
        shapes=_read(suite, _file(suite, _one(graph, action, SHT + "shapesGraph"))),
        expected=None if result == ox.NamedNode(SHT + "Failure") else Counter(_results(graph, result)),
    )


def _results(graph: ox.Dataset, report: ox.BlankNode) -> Iterator[Found]:
    for quad in graph.quads_for_subject(report):
        if quad.predicate.value == SH + "result":
            one = {name: _one(graph, quad.object, SH + name) for name in _PROPERTIES}
            yield (
                _iri(one["focusNode"]) or _written(one["focusNode"]),
                _iri(one["resultPath"]),
                None if one["value"] is None else _written(one["value"]),
                one["resultSeverity"].value.rpartition("#")[2],
                _iri(one["sourceShape"]),
                one["sourceConstraintComponent"].value,
            )


_PROPERTIES: Final = (
    "focusNode", "resultPath", "value", "resultSeverity", "sourceShape", "sourceConstraintComponent",
)  # fmt: skip


def _written(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return BLANK if isinstance(term, ox.BlankNode) else written(term_of(str(term)))


def _iri(term: ox.NamedNode | ox.BlankNode | None) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def _one(graph: ox.Dataset, subject: ox.NamedNode | ox.BlankNode, predicate: str):
    found = [quad.object for quad in graph.quads_for_subject(subject) if quad.predicate.value == predicate]
    return found[0] if found else None


def _file(suite: Path, iri: ox.NamedNode) -> Path:
    name = iri.value.removeprefix(PUBLISHED)
    return suite / name if name.endswith(".ttl") else suite / f"{name}.ttl"


def _read(suite: Path, path: Path) -> ox.Dataset:
    base = PUBLISHED + path.relative_to(suite).as_posix()
    return ox.Dataset(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base))
