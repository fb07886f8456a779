"""The constraint components that shapes for the whole graph use, each as the SPARQL pattern of what is at fault.

A pattern has no sub-select and fresh variables only, so that it can stand in NOT EXISTS, where shapes that other shapes
refer to are compiled. What cannot be compiled is a ValueError, which the compiler turns into one of the build.
"""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Final, NamedTuple, Protocol

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.iris import PREFIXES
from kg.mapping.ntriples import literal
from kg.validation.graphs import written

SH: Final = PREFIXES["sh"]
# More values than these would need as many joins; no shape counts that far.
MOST_COUNTED: Final = 4

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_IS_A: Final = f"{_TYPE}/<{PREFIXES['rdfs']}subClassOf>*"
# Datatypes by whether a cast of SPARQL tells that a literal has a form of theirs; the others admit every text.
_IS_CAST: Final = {
    **{_XSD + name: True for name in ("boolean", "date", "dateTime", "decimal", "gYear", "integer")},
    _XSD + "string": False,
    PREFIXES["rdf"] + "langString": False,
    PREFIXES["geo"] + "wktLiteral": False,
}
_NODE_KINDS: Final = {SH + "IRI": "isIRI", SH + "Literal": "isLiteral"}


class Fault(NamedTuple):
    """A pattern that matches where a focus node is at fault, and the variable of the value at fault, if one is."""

    component: str
    pattern: str
    value: str | None


class Place(NamedTuple):
    """Where a constraint stands: its shape, the variable of the focus node, and the path from it as SPARQL, if any."""

    shape: Node
    focus: str
    path: str | None


class Compiler(Protocol):
    """What the components need of the compiler: fresh variables, and whether a node conforms to another shape."""

    def variable(self) -> str:
        """A variable that no pattern has yet."""

    def conforms(self, shape: Node, focus: str) -> str:
        """An expression that is true where the node of a variable conforms to a shape."""

    def members(self, head: Node) -> list[Node]:
        """The members of a list of the shapes."""


Component = Callable[[Compiler, Place, Node], Fault | None]


def _on_values(name: str, condition: Callable[[Compiler, Node, str], str]) -> Component:
    """A component that looks at each value by itself; `condition` is true where a value is at fault."""

    def compiled(compiler: Compiler, place: Place, argument: Node) -> Fault:
        if place.path is None:
            return Fault(SH + name, f"FILTER({condition(compiler, argument, place.focus)})", place.focus)
        value = compiler.variable()
        step = f"{place.focus} {place.path} {value} ."
        return Fault(SH + name, f"{step} FILTER({condition(compiler, argument, value)})", value)

    return compiled


def _class(_: Compiler, argument: Node, value: str) -> str:
    # Nearly every value has the class itself, which one look into an index tells.
    class_ = written(argument)
    return f"NOT EXISTS {{ {value} {_TYPE} {class_} }} && NOT EXISTS {{ {value} {_IS_A} {class_} }}"


def _datatype(_: Compiler, argument: Node, value: str) -> str:
    name = str(argument)
    if name not in _IS_CAST:
        raise ValueError(f"no way is known to check the datatype {name} in the store")
    fault = f"!isLiteral({value}) || DATATYPE({value}) != <{name}>"
    if _IS_CAST[name]:
        fault += f" || !COALESCE(<{name}>(STR({value})) = <{name}>(STR({value})), false)"
    return fault


def _in(compiler: Compiler, argument: Node, value: str) -> str:
    return " && ".join(f"!sameTerm({value}, {written(one)})" for one in compiler.members(argument)) or "true"


def _length(_: Compiler, argument: Node, value: str) -> str:
    return f"isBlank({value}) || STRLEN(STR({value})) < {_whole(argument)}"


def _node_kind(_: Compiler, argument: Node, value: str) -> str:
    if str(argument) not in _NODE_KINDS:
        raise ValueError(f"no way is known to check the node kind {argument} in the store")
    return f"!{_NODE_KINDS[str(argument)]}({value})"


def _pattern(_: Compiler, argument: Node, value: str) -> str:
    return f"isBlank({value}) || !REGEX(STR({value}), {literal(str(argument))})"


def _not(compiler: Compiler, argument: Node, value: str) -> str:
    return compiler.conforms(argument, value)


def _or(compiler: Compiler, argument: Node, value: str) -> str:
    return " && ".join(f"!({compiler.conforms(one, value)})" for one in compiler.members(argument)) or "true"


def _at_least(_: Compiler, argument: Node, value: str) -> str:
    # Values that cannot be compared are at fault.
    return f"!COALESCE({value} >= {written(argument)}, false)"


def _at_most(_: Compiler, argument: Node, value: str) -> str:
    return f"!COALESCE({value} <= {written(argument)}, false)"


def _min_count(compiler: Compiler, place: Place, argument: Node) -> Fault | None:
    least = _whole(argument)
    if least == 0:
        return None
    return Fault(
        SH + "MinCountConstraintComponent", f"FILTER NOT EXISTS {{ {_distinct(compiler, place, least)} }}", None
    )


def _max_count(compiler: Compiler, place: Place, argument: Node) -> Fault:
    return Fault(SH + "MaxCountConstraintComponent", _distinct(compiler, place, _whole(argument) + 1), None)


def _has_value(_: Compiler, place: Place, argument: Node) -> Fault:
    pattern = f"FILTER NOT EXISTS {{ {place.focus} {_path(place)} {written(argument)} }}"
    return Fault(SH + "HasValueConstraintComponent", pattern, None)


def _unique_lang(compiler: Compiler, place: Place, argument: Node) -> Fault | None:
    if str(argument) != "true":
        return None
    a, b = compiler.variable(), compiler.variable()
    pattern = (
        f"{place.focus} {_path(place)} {a}, {b} . "
        f'FILTER(LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b})) && !sameTerm({a}, {b}))'
    )
    return Fault(SH + "UniqueLangConstraintComponent", pattern, None)


def _distinct(compiler: Compiler, place: Place, number: int) -> str:
    """A pattern that matches where the path leads to so many different values."""
    if number > MOST_COUNTED:
        raise ValueError(f"counts above {MOST_COUNTED} cannot be checked in the store")
    values = [compiler.variable() for _ in range(number)]
    steps = "".join(f"{place.focus} {_path(place)} {value} . " for value in values)
    differences = " && ".join(f"!sameTerm({a}, {b})" for a, b in combinations(values, 2))
    return f"{steps}FILTER({differences})" if differences else steps


def _path(place: Place) -> str:
    if place.path is None:
        raise ValueError("a constraint on the values of a path stands in a shape without sh:path")
    return place.path


def _whole(argument: Node) -> int:
    value = argument.toPython() if isinstance(argument, Literal) else None
    if not isinstance(value, int):
        raise ValueError(f"{written(argument)} is no whole number")
    return value


COMPONENTS: Final[Mapping[URIRef, Component]] = {
    URIRef(SH + "minCount"): _min_count,
    URIRef(SH + "maxCount"): _max_count,
    URIRef(SH + "hasValue"): _has_value,
    URIRef(SH + "uniqueLang"): _unique_lang,
    **{
        URIRef(SH + parameter): _on_values(f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent", condition)
        for parameter, condition in {
            "class": _class,
            "datatype": _datatype,
            "in": _in,
            "maxInclusive": _at_most,
            "minInclusive": _at_least,
            "minLength": _length,
            "nodeKind": _node_kind,
            "not": _not,
            "or": _or,
            "pattern": _pattern,
        }.items()
    },
}
