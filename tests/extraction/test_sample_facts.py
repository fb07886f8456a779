"""Drawing a sample of facts for reading by eye: scripts/sample_facts.py."""

import runpy
from pathlib import Path

import pytest

from kg.build.extracting import extract_to
from kg.build.progress import Silent

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "sample_facts.py"))
facts, drawn, parts, lines, table = (SCRIPT[name] for name in ("facts", "drawn", "parts", "lines", "table"))


@pytest.fixture(scope="module")
def folder(examples, tmp_path_factory):
    out = tmp_path_factory.mktemp("extracted")
    extract_to([str(examples / "telegrams")], out, 1, Silent())
    return out


@pytest.mark.parametrize("kind", ["officials", "meetings", "agreements"])
def test_words_of_a_fact_are_marked_where_they_stand(kind, folder, examples):
    every = list(facts(folder, kind))
    texts = dict(parts([examples / "telegrams"], {fact.cable for fact in every}))
    assert every
    for fact in every:
        part, start, end = fact.spans[0]
        assert f"»{texts[fact.cable][part][start:end]}«" in "\n".join(lines(fact, texts[fact.cable]))


def test_a_seed_draws_the_same_facts_whatever_others_there_are(folder):
    every = list(facts(folder, "officials"))
    sample = drawn(every, 5, "1")
    rest = [fact for fact in every if fact not in drawn(every, 7, "1")]
    assert drawn([*reversed(sample), *rest], 5, "1") == sample
    assert drawn(every, 5, "2") != sample


def test_cables_are_left_out(folder):
    left = {fact.cable for fact in facts(folder, "officials", {"06LISBON9107"})}
    assert "06LISBON9107" not in left
    assert left


def test_the_table_waits_for_verdicts(folder):
    sample = drawn(facts(folder, "meetings"), 1, "1")
    head, row = table(sample)
    assert head.split("\t") == ["cable", "place", "rule", "verdict", "reason"]
    assert row.split("\t") == [sample[0].cable, sample[0].place, sample[0].rule, "", ""]
