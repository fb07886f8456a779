"""The page on the cable that the project began with names every miss in it, and gives each a reason."""

import re
from pathlib import Path

import pytest

from kg.build.evaluating import annotation_files, evaluate_sources
from kg.build.progress import Silent
from kg.evaluation.model import KINDS

SEED = "09BOGOTA335"
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "seed.md"
ROW = re.compile(r"^\| (\w+) \| ([\w ]+) \| ([\w-]+ \d+-\d+|¶\d+) \| ([\w-]*) ?\| (.*) \|\n", re.MULTILINE)


@pytest.fixture(scope="module")
def outcome(shared):
    """The evaluation of that cable alone."""
    files = annotation_files(shared / "gold" / "dev", frozenset({SEED}))
    return evaluate_sources(files, [str(shared / "corpus" / f"{SEED}.txt")], KINDS, 1, Silent()).evaluation


@pytest.mark.shared
def test_every_miss_has_its_row(outcome, request):
    misses = [
        (one.kind, one.outcome, one.place, one.detail.split()[0] if one.outcome == "false" else "")
        for one in outcome.misses()
    ]
    page = PAGE.read_text("utf-8")
    reasons = {row[:4]: row[4] for row in ROW.findall(page)}
    if request.config.getoption("--update-golden"):
        rows = "".join(f"| {' | '.join(miss)} | {reasons.get(miss, '')} |\n" for miss in misses)
        PAGE.write_text(ROW.sub("", page).rstrip("\n") + f"\n{rows}", encoding="utf-8")
        reasons = {miss: reasons.get(miss, "") for miss in misses}
    assert list(reasons) == misses
    assert all(reasons.values()), "a miss has no reason yet"


@pytest.mark.shared
def test_the_page_counts_what_is_annotated(outcome):
    counts = {kind: figures["gold"] for kind, figures in outcome.figures().items()}
    told = re.search(r"has (\d+) officials, (\d+) meetings and (\d+) agreements", PAGE.read_text("utf-8"))
    assert told is not None
    assert tuple(map(int, told.groups())) == (counts["officials"], counts["meetings"], counts["agreements"])
