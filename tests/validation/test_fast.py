"""The fast engine behind the interface: the results of pySHACL, in the same form."""

import sys

import pytest
from rdflib import Graph

from kg.errors import UsageError
from kg.iris import PREFIXES
from kg.validation import PyShaclEngine, local_shapes
from kg.validation.fast import ShaclEngine, fast_engine

pytest.importorskip("shacl", reason="needs the fast engine: pip install shacl, where there is a wheel of it")

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
THING = "<https://example.org/thing> <https://example.org/p> "
XSD = PREFIXES["xsd"]


def shapes(turtle: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=HEAD + turtle, format="turtle")


NO_VALUE = shapes("""
    cks:none a sh:PropertyShape ; sh:targetSubjectsOf <https://example.org/p> ; sh:path <https://example.org/p> ;
      sh:in ( cks:nothing ) ; sh:severity sh:Warning ; sh:message "No value is right."@en, "Kein Wert ist recht."@de .
    """)


@pytest.mark.parametrize(
    "value",
    [
        '"x"',
        '"x"@en',
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"2001-13-45"^^<http://www.w3.org/2001/XMLSchema#date>',
        r'"a\nb\tc \"quoted\" \\ \u0001 \u2028 ¶"',
        f'"x"^^<{XSD}string>',
        "<https://example.org/other#p6>",
        "<https://example.org/%C3%A9>",
    ],
)
def test_a_result_is_the_same_whatever_the_value(value):
    lines = [f"{THING}{value} .\n"]
    outcome = ShaclEngine(NO_VALUE).validate(lines)
    assert len(outcome.results) == 1
    assert outcome == PyShaclEngine(NO_VALUE).validate(lines)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("sh:targetSubjectsOf", "[ sh:alternativePath ( <https://example.org/q> <https://example.org/r> ) ]"),
        ("sh:targetSubjectsOf", "( <https://example.org/p> <https://example.org/q> )"),
        ("sh:targetSubjectsOf", "[ sh:inversePath <https://example.org/q> ]"),
        ("sh:targetObjectsOf", "<https://example.org/q>"),
    ],
)
def test_a_result_is_the_same_whatever_the_path_and_the_focus(target, path):
    missing = shapes(f"""
        cks:missing a sh:PropertyShape ; {target} <https://example.org/p> ; sh:path {path} ; sh:minCount 1 ;
          sh:message "It is missing." .
        """)
    lines = [f'{THING}"literal\\n" .\n', f"{THING}<https://example.org/other> .\n"]
    outcome = ShaclEngine(missing).validate(lines)
    assert outcome.results
    assert outcome == PyShaclEngine(missing).validate(lines)


def test_a_sparql_constraint_has_the_same_results():
    old = shapes("""
        cks:Old a sh:NodeShape ; sh:targetSubjectsOf <https://example.org/p> ; sh:severity sh:Info ; sh:sparql cks:old .
        cks:old sh:message "{$this} has {?value}, which is old." ; sh:select
          "SELECT $this ?value WHERE { $this <https://example.org/p> ?value FILTER(?value < 1900) }" .
        """)
    lines = [f'{THING}"{year}"^^<{XSD}integer> .\n' for year in (1899, 1900)]
    outcome = ShaclEngine(old).validate(lines)
    assert [result.severity for result in outcome.results] == ["Info"]
    assert outcome == PyShaclEngine(old).validate(lines)


@pytest.mark.parametrize("line", ["no triple\n", f'{THING}"\ud800" .\n'])
def test_a_line_that_is_no_triple_is_a_failure(line):
    assert ShaclEngine(NO_VALUE).validate([line]).failure is not None


@pytest.mark.parametrize("fault", ['sh:minCount "x"', 'sh:pattern "("', 'sh:sparql [ sh:select "SELEC" ]'])
def test_unsound_shapes_are_wrong_use(fault):
    with pytest.raises(UsageError):
        ShaclEngine(shapes(f"cks:x a sh:PropertyShape ; sh:targetNode cks:x ; sh:path ck:sentAt ; {fault} ."))


def test_no_fast_engine_where_the_package_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "shacl", None)
    assert fast_engine(local_shapes()) is None


def test_the_engine_says_its_version():
    assert ShaclEngine(NO_VALUE).name.startswith("shacl 0.")
