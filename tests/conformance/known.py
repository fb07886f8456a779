"""The list of known failures: each test of another's suite that fails here, with its cause."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "sparql-conformance.md"
LIST: Final = Path(__file__).with_name("known_failures.tsv")


def known_failures() -> dict[str, str]:
    """Causes by test id (`sparql10/distinct#distinct-1`)."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def check(name: str, ran: Iterable[str], failures: dict[str, str], page: Path = PAGE) -> str:
    """One line with the totals of a run; AssertionError where its failures are not those of the list, or the page that
    tells of the suites has other totals.

    `ran` are the ids of all tests that ran; `failures` tells by id what was wrong.
    """
    ran = set(ran)
    known = known_failures()
    unlisted = [f"{test}: {what}" for test, what in failures.items() if test not in known]
    assert not unlisted, f"{len(unlisted)} tests fail and are not in {LIST.name}:\n" + "\n".join(unlisted)
    passing = sorted(ran & known.keys() - failures.keys())
    assert not passing, f"take these out of {LIST.name}, they pass: {', '.join(passing)}"
    line = f"{name}: passed {len(ran) - len(failures)} failed {len(failures)}"
    assert line in page.read_text(encoding="utf-8").splitlines(), f"{page.name} does not say {line!r}"
    return line
