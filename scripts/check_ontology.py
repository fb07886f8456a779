"""Hold the ontology against the pitfalls of OOPS! and the tests of FOOPS!, as far as they need no network.

usage: python -m scripts.check_ontology [--write]

Prints a table for each catalogue; the exit code is 1 where a check finds a fault that is not among those left with a
reason. With --write the tables go into docs/reference/ontology-checks.md.
"""

import sys
from pathlib import Path
from typing import Final

from rdflib import Graph

from scripts.ontology_checks.fair import TESTS
from scripts.ontology_checks.model import FILE, Check, Finding, Verdict, judge
from scripts.ontology_checks.pitfalls import PITFALLS

PAGE: Final = Path(__file__).parents[1] / "docs" / "reference" / "ontology-checks.md"
MARK: Final = "<!-- what follows is written by python -m scripts.check_ontology --write -->\n"
CATALOGUES: Final = (("OOPS! pitfalls", PITFALLS), ("FOOPS! tests", TESTS))


def findings(checks: tuple[Check, ...], graph: Graph) -> list[Finding]:
    """How each check of a catalogue comes out."""
    return [judge(check, graph) for check in checks]


def table(title: str, found: list[Finding]) -> str:
    """A catalogue as a Markdown table under a heading that counts the verdicts."""
    counts = ", ".join(f"{n} {v.value}" for v in Verdict if (n := sum(f.verdict is v for f in found)))
    rows = "".join(f"| {f.check.code} | {f.check.title} | {f.verdict.value} | {f.note} |\n" for f in found)
    return f"\n## {title}: {counts}\n\n| code | looks for | verdict | |\n|---|---|---|---|\n{rows}"


def report(graph: Graph) -> tuple[str, bool]:
    """The tables of all catalogues, and whether there is a new fault."""
    judged = [(title, findings(checks, graph)) for title, checks in CATALOGUES]
    faulty = any(finding.new for _, found in judged for finding in found)
    return "".join(table(title, found) for title, found in judged), faulty


def main() -> int:
    text, faulty = report(Graph().parse(FILE))
    if "--write" in sys.argv[1:]:
        kept = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
        PAGE.write_text(kept + MARK + text, encoding="utf-8", newline="\n")
    else:
        print(text)
    return int(faulty)


if __name__ == "__main__":
    sys.exit(main())
