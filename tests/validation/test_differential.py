"""Cables with random faults: the fast engine and pySHACL find the same, or it is known why not and which is right."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.iris import PREFIXES
from kg.validation import CableResults, Result, engines_for, local_shapes, validate_cables
from kg.validation.checked import ONE_BY_ONE
from tests.validation.mutants import MUTATIONS, lines_of_sources, mutants

pytest.importorskip("shacl", reason="needs the fast engine: pip install shacl, where there is a wheel of it")

# rdflib 7.6 takes NotImplemented for a truth value where a literal is ill-typed.
pytestmark = pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")

SH, XSD = PREFIXES["sh"], PREFIXES["xsd"]
DATATYPE = f"{SH}DatatypeConstraintComponent"
ORDERS = {
    f"{SH}{name}ConstraintComponent"
    for name in ("MinInclusive", "MinExclusive", "MaxInclusive", "MaxExclusive", "LessThan", "LessThanOrEquals")
}
# What XML Schema Definition Language 1.1, part 2, lets stand in literals of these types (sections 3.3.3 and 3.3.9).
# Matches "0.85"^^<http://www.w3.org/2001/XMLSchema#decimal> and "2009-05-05"^^<http://www.w3.org/2001/XMLSchema#date>
WELL_FORMED = re.compile(
    rf"""
    "[+-]? (?: [0-9]+ (?: \. [0-9]* )? | \. [0-9]+ )"\^\^<{re.escape(XSD)}decimal>
    | "-? [0-9]{{4,}} - [0-9]{{2}} - [0-9]{{2}} (?: Z | [+-][0-9]{{2}}:[0-9]{{2}} )?"\^\^<{re.escape(XSD)}date>
    """,
    re.VERBOSE,
)

# Every kind of difference, with who is right by which section of SHACL. The fast engine is, in each.
FAILS = "pySHACL breaks off over a literal that its own datatype cannot hold; both refuse the cable"
ORDERED = "pySHACL puts literals in an order that SPARQL cannot compare, which is a result (SHACL, 4.3 and 4.5)"
LENIENT = "rdflib takes 1e3 for a decimal and an instant for a date; ill-formed is a result (SHACL, 4.1.2)"


def explanation(fast: CableResults, reference: CableResults) -> str | None:
    """Why two engines differ over a cable; None where it is not known."""
    alone, missed = set(fast.results) - set(reference.results), set(reference.results) - set(fast.results)
    if fast.failure is not None or missed:
        return None
    if reference.failure is not None:
        return FAILS if fast.is_refused and any(is_of_type(result) for result in fast.results) else None
    if any(result.component == DATATYPE for result in alone):
        return LENIENT if all(is_ill_formed(result) or is_ordered(result, fast) for result in alone) else None
    return ORDERED if all(is_ordered(result, fast) for result in alone) else None


def is_of_type(result: Result) -> bool:
    return result.component == DATATYPE


def is_ill_formed(result: Result) -> bool:
    return is_of_type(result) and not WELL_FORMED.fullmatch(result.value or "")


def is_ordered(result: Result, fast: CableResults) -> bool:
    """Whether a result is about an order, of a node that has a value of a wrong datatype."""
    wrong = {other.focus for other in fast.results if is_of_type(other)}
    return result.component in ORDERS and result.focus in wrong


def compare(count: int, seed: int, *sources: Path) -> Counter[str]:
    """How often each known difference occurs among so many mutants; AssertionError over any other."""
    engines = engines_for(local_shapes())
    made = {name: (how, lines) for name, how, lines in mutants(lines_of_sources(*sources), count, seed)}
    assert len(made) == count
    cables = {name: lines for name, (_, lines) in made.items()}
    fast = validate_cables(cables, engines.fast, size=ONE_BY_ONE)
    reference = validate_cables(cables, engines.reference)
    with_results = {made[name][0] for name in cables if reference[name].violations}
    assert with_results == set(MUTATIONS), "a mutation never has a result, so it tests little"
    differing = [name for name in cables if fast[name] != reference[name]]
    known = {name: explanation(fast[name], reference[name]) for name in differing}
    for name in differing:
        assert known[name] is not None, f"{made[name][0]}:\nfast {fast[name]}\nreference {reference[name]}"
    return Counter(known.values())


def test_both_engines_find_the_same_in_mutated_cables(examples):
    compare(300, 1, examples)


@pytest.mark.slow
def test_both_engines_find_the_same_in_many_mutated_cables(examples):
    assert set(compare(2000, 2, examples)) == {FAILS, ORDERED, LENIENT}, "take what does not occur out of the list"


@pytest.mark.slow
@pytest.mark.shared
def test_both_engines_find_the_same_in_mutated_cables_of_the_corpus(shared):
    compare(2000, 3, shared / "corpus")
