"""Queries that use no term of ours give the same things as queries that do: those of docs/reference/standard-terms.md."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.iris import CK, DEFAULT_BASE, PREFIXES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "standard-terms.md"
# A heading and the two queries under it.
PAIR = re.compile(
    r"^## (?P<question>[^\n]+)\n\n```sparql\n(?P<standard>.+?)```\n\n```sparql\n(?P<own>.+?)```", re.M | re.S
)
PAIRS = {found["question"]: (found["standard"], found["own"]) for found in PAIR.finditer(PAGE.read_text("utf-8"))}


def solutions(store: ox.Store, query: str) -> Counter[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return Counter(tuple(map(str, solution)) for solution in found)


def test_every_question_of_the_page_has_its_pair():
    assert len(PAIRS) == PAGE.read_text("utf-8").count("\n## ") >= 10


@pytest.mark.parametrize("question", PAIRS)
def test_only_the_second_query_uses_a_term_of_ours(question):
    standard, own = PAIRS[question]
    assert re.search(r"\bcks?:", standard) is None
    assert CK not in standard
    assert DEFAULT_BASE not in standard + own
    assert re.search(r"\bck:", own)


@pytest.mark.parametrize("question", PAIRS)
def test_both_queries_give_the_same_over_the_examples(question, example_store):
    standard, own = (solutions(example_store, query) for query in PAIRS[question])
    assert standard == own
    assert standard, "a question that the examples do not answer shows nothing"


@pytest.mark.shared
@pytest.mark.parametrize("question", PAIRS)
def test_both_queries_give_the_same_over_real_cables(question, corpus_store):
    standard, own = (solutions(corpus_store, query) for query in PAIRS[question])
    assert standard == own
    assert standard
