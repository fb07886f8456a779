"""Check that every official, meeting, agreement and tenure of a graph has evidence whose offsets give back the words.

Looks at the default graph and at the candidates. The words of a mention are its label; an official's are names of that
person, a tenure's those of its role, whose place the tenure itself tells. Prints for each class how many there are, how
many have evidence, and how many of these have right offsets all over; then what is wrong. The exit code is 1 if
anything is.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.explain import Ask, asking
from kg.iris import Iris
from kg.mapping.chiefs import RULE
from kg.store.folder import DataFolder
from kg.store.opening import open_store

CLASSES: Final = ("Official", "Meeting", "Agreement", "Tenure")
_EVIDENCE: Final = """
SELECT ?thing ?label ?mention ?words ?spans ?text ?rule ?role_spans WHERE {
  ?thing a ?class ; rdfs:label ?label .
  OPTIONAL {
    ?thing ck:evidence|^ck:refersTo ?mention .
    ?mention ck:inPart/ck:text ?text ; rdfs:label ?words
    OPTIONAL { ?mention ck:spans ?several }
    OPTIONAL { ?mention ck:rule ?rule }
    BIND(COALESCE(?several, REPLACE(STR(?mention), "^.*-([0-9]+-[0-9]+)$", "$1")) AS ?spans)
  }
  OPTIONAL { ?thing ck:spans ?role_spans }
}
"""
_NAMES: Final = "SELECT ?thing ?name WHERE { ?thing a ck:Official ; rdfs:label|skos:altLabel ?name }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many things of a class there are, have evidence, and have right offsets; `wrong` tells of the others."""

    name: str
    things: int
    with_evidence: int
    right: int
    wrong: tuple[str, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", nargs="?", type=Path, default=Path("data"), help="the data folder")
    found = list(outcomes(arguments.parse_args().data))
    for one in found:
        print(f"{one.name:<10} {one.things:>7,}  with evidence {one.with_evidence:>7,}  offsets right {one.right:>7,}")
    for one in found:
        for message in one.wrong:
            print(message)
    sys.exit(1 if any(one.wrong for one in found) else 0)


def outcomes(data: Path) -> Iterator[Outcome]:
    """The outcome for each class of the current snapshot of a data folder."""
    snapshot = DataFolder(data).snapshot()
    iris = Iris(snapshot.manifest()["base"])
    ask = asking(open_store(snapshot.store), iris.graph("candidates"))
    names: dict[str, set[str]] = {}
    for row in ask(_NAMES, {}):
        names.setdefault(row["thing"], set()).add(row["name"])
    for name in CLASSES:
        yield _outcome(ask, iris, name, names)


def _outcome(ask: Ask, iris: Iris, name: str, names: dict[str, set[str]]) -> Outcome:
    things: dict[str, list[str]] = {}
    bare: set[str] = set()
    for row in ask(_EVIDENCE.replace("?class", f"ck:{name}"), {}):
        wrong = things.setdefault(row["thing"], [])
        if "mention" not in row:
            bare.add(row["thing"])
            wrong.append(f"{iris.shorten(row['thing'])}: no evidence")
            continue
        place = f"{iris.shorten(row['thing'])}: {iris.shorten(row['mention'])}"
        wrong += [f"{place}: {message}" for message in _mistakes(row, names.get(row["thing"]))]
    return Outcome(
        name=name,
        things=len(things),
        with_evidence=len(things) - len(bare),
        right=sum(not wrong for wrong in things.values()),
        wrong=tuple(sorted(message for wrong in things.values() for message in wrong)),
    )


def _mistakes(row: dict[str, str], names: set[str] | None) -> Iterator[str]:
    """What is wrong with one mention as evidence for one thing; `names` are those of an official."""
    text = row["text"]
    spans = _spans(row["spans"])
    words = [text[start:end] for start, end in spans]
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        yield f"{row['spans']} does not lie in the text"
    elif words[0] != row["words"]:
        yield f"{words[0]!r} stands at {row['spans']}, and not {row['words']!r}"
    elif row.get("rule") == RULE:
        return  # the words are a title
    elif names is not None and (others := [word for word in words if word not in names]):
        yield f"{others[0]!r} is no name of the person"
    for number, (start, end) in enumerate(_spans(row.get("role_spans", ""))):
        # The label of a tenure is the name of its holder, a colon and the words of the role, folded; these stand first.
        is_label = number or row["label"].endswith(" ".join(text[start:end].split()))
        if not 0 <= start < end <= len(text) or not is_label:
            yield f"{text[start:end]!r} is no role of {row['label']!r}"


def _spans(text: str) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, _, end in (span.partition("-") for span in text.split())]


if __name__ == "__main__":
    main()
