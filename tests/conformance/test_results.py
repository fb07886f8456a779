"""The comparison of answers that the suites rest on: what is the same, and what is not."""

import pyoxigraph as ox
import pytest

from tests.conformance.results import Solutions, is_same, lexical, read

XSD = "http://www.w3.org/2001/XMLSchema#"


def rows(*rows: dict[str, object]) -> Solutions:
    return Solutions(variables=frozenset(["x", "y"]), rows=rows)


def number(text: str, datatype: str = "decimal") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


A, B, C = (ox.BlankNode(name) for name in "abc")
ONE, TWO = ox.Literal("one"), ox.Literal("two")


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        (rows({"x": A}, {"x": B}), rows({"x": B}, {"x": C}), True),
        (rows({"x": A, "y": A}), rows({"x": A, "y": B}), False),
        (rows({"x": A, "y": ONE}, {"x": A, "y": TWO}), rows({"x": B, "y": ONE}, {"x": B, "y": TWO}), True),
        (rows({"x": A, "y": ONE}, {"x": A, "y": TWO}), rows({"x": B, "y": ONE}, {"x": C, "y": TWO}), False),
        (rows({"x": ONE}), rows({"x": ONE}, {"x": ONE}), False),
        (rows({"x": ONE}), rows({"y": ONE}), False),
        (rows({}), rows(), False),
        (rows({"x": number("2.50")}), rows({"x": number("2.5")}), True),
        (rows({"x": number("2.5")}), rows({"x": number("2.5", "double")}), False),
        (rows({"x": number("01", "integer")}), rows({"x": number("2", "integer")}), False),
        (True, False, False),
    ],
)
def test_is_same(found, expected, same):
    assert is_same(found, expected) is same


def test_order_counts_where_it_is_told():
    one, other = rows({"x": ONE}, {"x": TWO}), rows({"x": TWO}, {"x": ONE})
    assert is_same(one, other)
    assert not is_same(one, other, is_ordered=True)


def test_reduced_may_leave_out_repeated_solutions_but_not_the_last():
    assert is_same(rows({"x": ONE}), rows({"x": ONE}, {"x": ONE}), is_lax=True)
    assert not is_same(rows({"x": ONE}, {"x": ONE}), rows({"x": ONE}), is_lax=True)
    assert not is_same(rows(), rows({"x": ONE}), is_lax=True)


def test_csv_with_an_unbound_only_variable():
    found = read(b"x\r\n\r\none\r\n", "csv", "urn:base")
    whole = Solutions(variables=frozenset(["x"]), rows=({}, {"x": ox.NamedNode("one:")}))
    assert is_same(read(b"x\r\n\r\none:\r\n", "csv", "urn:base"), lexical(whole))
    assert not is_same(found, lexical(whole))
