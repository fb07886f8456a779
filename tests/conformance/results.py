"""Answers to SPARQL queries as values: read from any format, and compared as the specifications define sameness."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from tests.conformance.w3c import File, Term

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
VALUES: Final = {
    "integer": int,
    "decimal": lambda text: Decimal(text).normalize() + 0,
    "double": float,
    "float": float,
    "boolean": lambda text: {"1": "true", "0": "false"}.get(text, text),
}
EMPTY: Final = ox.Literal("")
ROW: Final = ox.NamedNode("urn:row")
Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """The solutions of a SELECT query in the order in which they came."""

    variables: frozenset[str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE query."""

    quads: frozenset[ox.Quad]


Answer = bool | Solutions | Graph


def read(content: bytes, suffix: str, base: str) -> Answer:
    """The answer that a file or a response holds; `suffix` names its format as a file's ending does (`srx`)."""
    if suffix == "csv":
        return _read_csv(content.decode())
    if form := ox.QueryResultsFormat.from_extension(suffix):
        return of_engine(ox.parse_query_results(content, form))
    form = ox.RdfFormat.from_extension(suffix)
    quads = frozenset(ox.parse(content, form, base_iri=base, rename_blank_nodes=True))
    described = _result_set(ox.Dataset(quads))
    return Graph(quads=quads) if described is None else described


def read_file(file: File) -> Answer:
    """The answer in a file of a suite."""
    return read(file.path.read_bytes(), file.path.suffix[1:], file.iri)


def of_engine(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """The answer that the engine's own result is."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return Graph(quads=frozenset(ox.Quad(*triple) for triple in found))
    names = [variable.value for variable in found.variables]
    rows = ({name: row[name] for name in names if row[name] is not None} for row in found)
    return Solutions(variables=frozenset(names), rows=tuple(rows))


def lexical(answer: Answer) -> Answer:
    """What CSV keeps of an answer: strings without their kind, no difference between unbound and empty.

    Of triple terms it has no settled form.
    """
    if not isinstance(answer, Solutions):
        return answer
    rows = tuple({name: _lexical(term) for name, term in row.items() if _lexical(term) != EMPTY} for row in answer.rows)
    return Solutions(variables=answer.variables, rows=rows)


def is_same(found: Answer, expected: Answer, *, is_ordered: bool = False, is_lax: bool = False) -> bool:
    """Whether two answers are the same but for the names of blank nodes.

    The order of solutions counts only where told; of lax answers each solution stands at least once, and at most as
    often as is expected.
    """
    if isinstance(found, Graph) and isinstance(expected, Graph):
        return _canonical(found.quads) == _canonical(expected.quads)
    if not isinstance(found, Solutions) or not isinstance(expected, Solutions):
        return found == expected
    if found.variables != expected.variables:
        return False
    if is_lax:
        had, may = _counted(found), _counted(expected)
        return had.keys() == may.keys() and all(had[row] <= may[row] for row in had)
    return _canonical(_as_quads(found, is_ordered)) == _canonical(_as_quads(expected, is_ordered))


def has_triple_terms(answer: Answer) -> bool:
    """Whether an answer holds triple terms, which not every format can hold."""
    if isinstance(answer, Graph):
        return any(isinstance(quad.object, ox.Triple) for quad in answer.quads)
    return isinstance(answer, Solutions) and any(
        isinstance(term, ox.Triple) for row in answer.rows for term in row.values()
    )


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _as_quads(solutions: Solutions, is_ordered: bool) -> Iterator[ox.Quad]:
    """The solutions as a graph: a node for each row, or for all rows that are equal, with their number."""
    counted = _counted(solutions)
    numbered = (
        enumerate(map(_frozen, solutions.rows)) if is_ordered else ((count, row) for row, count in counted.items())
    )
    for number, row in numbered:
        node = ox.BlankNode()
        yield ox.Quad(node, ROW, ox.Literal(number))
        for name, term in row:
            yield ox.Quad(node, ox.NamedNode(f"urn:variable:{name}"), term)


def _counted(solutions: Solutions) -> Counter[frozenset[tuple[str, Term]]]:
    return Counter(map(_frozen, solutions.rows))


def _frozen(row: Row) -> frozenset[tuple[str, Term]]:
    return frozenset((name, _by_value(term)) for name, term in row.items())


def _by_value(term: Term) -> Term:
    """The term, of a number or truth value that which writes its value in one way; the datatype stays."""
    if isinstance(term, ox.Triple):
        return ox.Triple(term.subject, term.predicate, _by_value(term.object))
    value_of = VALUES.get(term.datatype.value.removeprefix(XSD)) if isinstance(term, ox.Literal) else None
    try:
        return term if value_of is None else ox.Literal(str(value_of(term.value)), datatype=term.datatype)
    except (ValueError, ArithmeticError):
        # Ill-formed: it stands for itself.
        return term


def _lexical(term: Term) -> Term:
    return term if isinstance(term, ox.BlankNode) else ox.Literal(term.value)


def _read_csv(text: str) -> Answer:
    if text in ("true", "false"):
        return text == "true"
    names, *records = csv.reader(io.StringIO(text, newline=""))
    # A lone empty cell is an empty line, which the reader takes for no cell.
    filled = (record or [""] * len(names) for record in records)
    rows = ({name: _cell(cell) for name, cell in zip(names, record, strict=True) if cell} for record in filled)
    return Solutions(variables=frozenset(names), rows=tuple(rows))


def _cell(text: str) -> Term:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.Literal(text)


def _result_set(graph: ox.Dataset) -> Answer | None:
    """The answer that a graph describes in the vocabulary of result sets; None where it describes none."""
    for quad in graph.quads_for_object(ox.NamedNode(f"{RS}ResultSet")):
        node = quad.subject
        for truth in _values(graph, node, "boolean"):
            return truth.value == "true"
        solutions = sorted(_values(graph, node, "solution"), key=lambda each: _index(graph, each))
        return Solutions(
            variables=frozenset(each.value for each in _values(graph, node, "resultVariable")),
            rows=tuple(dict(_bindings(graph, each)) for each in solutions),
        )
    return None


def _bindings(graph: ox.Dataset, solution: Term) -> Iterator[tuple[str, Term]]:
    for binding in _values(graph, solution, "binding"):
        (variable,), (value,) = _values(graph, binding, "variable"), _values(graph, binding, "value")
        yield variable.value, value


def _index(graph: ox.Dataset, solution: Term) -> int:
    return int(next((each.value for each in _values(graph, solution, "index")), "0"))


def _values(graph: ox.Dataset, node: Term, name: str) -> list[Term]:
    return [quad.object for quad in graph.quads_for_subject(node) if quad.predicate.value == RS + name]
