"""Compile the shapes for the whole graph into SPARQL: a check for each constraint of each shape.

Just the targets, paths and constraint components are compiled that these shapes use. A shape with anything else ends
the build, since a constraint that nobody checks would look like one that holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Final, cast

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.errors import BuildError, QuerySyntaxError
from kg.validation.constraints import COMPONENTS, SH, Fault, Place
from kg.validation.graphs import written
from kg.validation.model import Severity
from kg.validation.select import over_all
from kg.validation.shapes import global_shapes, shape_nodes
from kg.validation.targets import TARGETS, Target, facts_focus, named_focus, targets_of

_PATH: Final = URIRef(SH + "path")
_INVERSE: Final = URIRef(SH + "inversePath")
_PROPERTY: Final = URIRef(SH + "property")
_SPARQL: Final = URIRef(SH + "sparql")
_SPARQL_COMPONENT: Final = SH + "SPARQLConstraintComponent"
_SELECT: Final = URIRef(SH + "select")
_PREFIXES: Final = URIRef(SH + "prefixes")
_MESSAGE: Final = URIRef(SH + "message")
_SEVERITY: Final = URIRef(SH + "severity")
_OR: Final = URIRef(SH + "or")
_NOT: Final = URIRef(SH + "not")
# What a shape, and a SPARQL constraint, may say beside its constraints.
_BESIDE: Final = {
    _PATH, _PROPERTY, _SPARQL, _MESSAGE, _SEVERITY, *TARGETS,
    *(URIRef(SH + name) for name in ("name", "description", "order", "group")),
}  # fmt: skip
_OF_SPARQL: Final = {_SELECT, _PREFIXES, _MESSAGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One constraint as SPARQL: each solution is a result, with the focus node in ?this and maybe a ?value.

    `facts` asks the default graph alone. `named` takes its focus nodes from the named graphs of the dataset that it is
    asked of, whose default graph has to be the union of all. `message` may have placeholders such as {?value}.
    """

    shape: str
    component: str
    path: str | None
    severity: Severity
    message: str
    facts: str
    named: str

    @property
    def is_sparql(self) -> bool:
        """Whether the check is a SPARQL constraint of its shape."""
        return self.component == _SPARQL_COMPONENT


@cache
def global_checks() -> tuple[Check, ...]:
    """The checks of the project's own shapes for the whole graph."""
    return compiled(global_shapes())


def compiled(shapes: Graph) -> tuple[Check, ...]:
    """The checks of shapes, sorted; BuildError where something of a shape cannot be compiled."""
    return tuple(sorted(_Shapes(shapes).checks(), key=lambda one: (one.shape, one.component, one.facts)))


class _Shapes:
    """Shapes in compilation."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._numbers = count(1)

    def checks(self) -> Iterator[Check]:
        """The checks of every shape that has targets or hangs on one that has."""
        targets = self._targets()
        self._refuse_idle(targets)
        for shape in sorted(targets, key=str):
            faults = list(self._faults(shape, "?this"))
            focus = facts_focus(targets[shape]), named_focus(targets[shape])
            for fault in faults:
                yield self._check(shape, shape, fault.component, *(_query(one, fault) for one in focus))
            for node in sorted(self._shapes.objects(shape, _SPARQL), key=str):
                queries = (self._constraint_query(shape, node, one) for one in focus)
                yield self._check(shape, node, _SPARQL_COMPONENT, *queries)

    def variable(self) -> str:
        """A variable that no pattern has yet."""
        return f"?v{next(self._numbers)}_"

    def members(self, head: Node) -> list[Node]:
        """The members of a list of the shapes."""
        return list(self._shapes.items(head))

    def conforms(self, shape: Node, focus: str) -> str:
        """An expression that is true where the node of a variable conforms to a shape."""
        if (shape, _SPARQL, None) in self._shapes:
            raise ValueError(f"{shape} has a SPARQL constraint and other shapes refer to it")
        parts = [shape, *sorted(self._shapes.objects(shape, _PROPERTY), key=str)]
        faults = [fault for part in parts for fault in self._faults(part, focus)]
        return " && ".join(f"NOT EXISTS {{ {fault.pattern} }}" for fault in faults) or "true"

    def _check(self, shape: Node, said_by: Node, component: str, facts: str, named: str) -> Check:
        path = self._shapes.value(shape, _PATH)
        severity = self._shapes.value(shape, _SEVERITY)
        # A SPARQL constraint may leave the message to its shape.
        messages = list(self._shapes.objects(said_by, _MESSAGE)) or list(self._shapes.objects(shape, _MESSAGE))
        return Check(
            shape=str(shape),
            component=component,
            path=str(path) if isinstance(path, URIRef) else None,
            severity=cast(Severity, "Violation" if severity is None else str(severity).removeprefix(SH)),
            message=" ".join(sorted(map(str, messages))),
            facts=facts,
            named=named,
        )

    def _faults(self, shape: Node, focus: str) -> Iterator[Fault]:
        place = Place(shape, focus, self._path(shape))
        for predicate, argument in sorted(self._shapes.predicate_objects(shape)):
            if predicate in _BESIDE or not str(predicate).startswith(SH):
                continue
            if predicate not in COMPONENTS:
                raise _refused(shape, f"{written(predicate)} is no constraint that can be checked in the store")
            try:
                fault = COMPONENTS[cast(URIRef, predicate)](self, place, argument)
            except ValueError as error:
                raise _refused(shape, f"{written(predicate)}: {error}") from error
            if fault is not None:
                yield fault

    def _path(self, shape: Node) -> str | None:
        path = self._shapes.value(shape, _PATH)
        if path is None or isinstance(path, URIRef):
            return None if path is None else written(path)
        inverse = self._shapes.value(path, _INVERSE)
        if not isinstance(inverse, URIRef):
            raise _refused(shape, "its path is neither a property nor the inverse of one")
        return f"^{written(inverse)}"

    def _constraint_query(self, shape: Node, node: Node, focus: str) -> str:
        said = {predicate for predicate in self._shapes.predicates(node) if str(predicate).startswith(SH)}
        selects = list(self._shapes.objects(node, _SELECT))
        if not said <= _OF_SPARQL or len(selects) != 1:
            raise _refused(shape, "a SPARQL constraint has one sh:select, and sh:prefixes and sh:message, no more")
        try:
            query = self._prefixes(node) + over_all(str(selects[0]), focus)
            ox.Store().query(query)
        except SyntaxError as error:
            raise _refused(shape, f"its sh:select is no query of SPARQL: {error}") from error
        except (ValueError, QuerySyntaxError) as error:
            raise _refused(shape, str(error)) from error
        return query

    def _prefixes(self, node: Node) -> str:
        declared = {
            f"PREFIX {self._shapes.value(one, URIRef(SH + 'prefix'))}: "
            f"<{self._shapes.value(one, URIRef(SH + 'namespace'))}>\n"
            for prefixes in self._shapes.objects(node, _PREFIXES)
            for one in self._shapes.objects(prefixes, URIRef(SH + "declare"))
        }
        return "".join(sorted(declared))

    def _targets(self) -> dict[Node, tuple[Target, ...]]:
        """The targets of each shape: its own, and for property shapes those of the node shapes that they hang on."""
        own = {shape: found for shape in shape_nodes(self._shapes) if (found := targets_of(self._shapes, shape))}
        every = {shape: set(found) for shape, found in own.items()}
        for shape, found in own.items():
            for hanging in self._shapes.objects(shape, _PROPERTY):
                every.setdefault(hanging, set()).update(found)
        return {shape: tuple(sorted(found)) for shape, found in every.items()}

    def _refuse_idle(self, targets: dict[Node, tuple[Target, ...]]) -> None:
        """Refuse shapes that no target leads to, for nothing would ever be checked against them."""
        reached, waiting = set[Node](), list[Node](targets)
        while waiting:
            shape = waiting.pop()
            if shape not in reached:
                reached.add(shape)
                waiting += self._referred(shape)
        for shape in sorted(shape_nodes(self._shapes) - reached, key=str):
            raise _refused(shape, "no target leads to it")

    def _referred(self, shape: Node) -> Iterator[Node]:
        yield from self._shapes.objects(shape, _PROPERTY)
        yield from self._shapes.objects(shape, _NOT)
        for head in self._shapes.objects(shape, _OR):
            yield from self.members(head)


def _query(focus: str, fault: Fault) -> str:
    value = f" ({fault.value} AS ?value)" if fault.value is not None else ""
    # LATERAL, an extension that Oxigraph has, looks at each focus node by itself; joined, every value in the graph was
    # read for some checks, at a hundred times the cost.
    return f"SELECT DISTINCT ?this{value} WHERE {{ {focus} LATERAL {{ {fault.pattern} }} }}"


def _refused(shape: Node, reason: str) -> BuildError:
    return BuildError(
        f"The shape {shape} is cks:global and cannot be checked over the store: {reason}. Write it with other means "
        "(docs/explanation/validation.md says which), or as a SPARQL constraint."
    )
