"""Cables with faults made at random but always the same: triples lost, doubled, retyped or garbled."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.build.progress import Silent
from kg.build.scratch import partitioned
from kg.build.stages import by_cable
from kg.build.validating import lines_of
from kg.cables import merge
from kg.extraction import extract

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
# Matches the 77 of 09QUITO77
NUMBER: Final = re.compile(r"\d+ $", re.VERBOSE)
# Matches <https://example.org/s> <https://example.org/p> "x" .
LINE: Final = re.compile(r"(?P<subject> \S+ ) [ ] (?P<predicate> \S+ ) [ ] (?P<object> .* ) [ ] \.\n", re.VERBOSE)

TEXTS: Final = (
    "", " ", "x", "X", "0", "-1", "01", "+7", "1.5", "1e3", "NaN", "true", "maybe", "٣", "é", "\\n", "a\\nb",
    "2009-02-30", "2009-05-05", "2009", "2009-05-05T14:30:00Z", "2009-05-05T24:00:00Z", "2001-13-45T00:00:00Z", "0-10",
    "10-0", "0-10 12-14", "09QUITO077", "\\u0000".replace("0000", "FFFD"), "𐀀", "x" * 300,
)  # fmt: skip
TYPES: Final = (
    *(f"^^<{XSD}{name}>" for name in ("string", "integer", "decimal", "date", "dateTime", "boolean", "gYear", "anyURI")),
    "@en", "@x-klingon", "", "^^<https://example.org/none>",
)  # fmt: skip


def lines_of_sources(*sources: Path) -> dict[str, list[str]]:
    """The lines that the cables of some sources are validated by, by canonical id."""
    found = {}
    with partitioned([str(source) for source in sources], Silent()) as (_, _, tasks):
        for task in tasks:
            cables = [merge(raws).cable for raws in by_cable(task.source)]
            found |= lines_of({one.canonical_id: (one, extract(one)) for one in cables if one.canonical_id is not None})
    return found


def mutants(cables: Mapping[str, Sequence[str]], count: int, seed: int) -> Iterator[tuple[str, str, list[str]]]:
    """So many mutants: a canonical id that no other has, the name of what was done, and the lines."""
    chosen, names = random.Random(seed), sorted(cables)
    for number in range(count):
        name, how = chosen.choice(names), list(MUTATIONS)[number % len(MUTATIONS)]
        fresh = NUMBER.sub(str(500_000 + number), name)
        lines = [re.sub(rf"\b{name}\b", fresh, line) for line in cables[name]]
        for _ in range(chosen.choice((1, 1, 2, 4))):
            lines = MUTATIONS[how](lines, chosen)
        yield fresh, how, lines


def _drop(lines: list[str], chosen: random.Random) -> list[str]:
    at = chosen.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def _drop_node(lines: list[str], chosen: random.Random) -> list[str]:
    subject = chosen.choice(lines).partition(" ")[0]
    return [line for line in lines if not line.startswith(f"{subject} ")] or lines


def _duplicate(lines: list[str], chosen: random.Random) -> list[str]:
    one, other = LINE.fullmatch(chosen.choice(lines)), LINE.fullmatch(chosen.choice(lines))
    return [*lines, f"{one['subject']} {one['predicate']} {other['object']} .\n"]


def _retype(lines: list[str], chosen: random.Random) -> list[str]:
    return _with_object(lines, chosen, lambda text: f"{_quoted(text)}{chosen.choice(TYPES)}")


def _garble_value(lines: list[str], chosen: random.Random) -> list[str]:
    def garbled(text: str) -> str:
        if not text.startswith('"'):
            return chosen.choice((f'"{chosen.choice(TEXTS)}"', "<https://example.org/none>", f"{text[:-1]}x>"))
        quoted = _quoted(text)
        return f'"{chosen.choice(TEXTS)}"{text[len(quoted) :]}'

    return _with_object(lines, chosen, garbled)


def _garble_predicate(lines: list[str], chosen: random.Random) -> list[str]:
    at, other = chosen.randrange(len(lines)), LINE.fullmatch(chosen.choice(lines))
    one = LINE.fullmatch(lines[at])
    return [*lines[:at], f"{one['subject']} {other['predicate']} {one['object']} .\n", *lines[at + 1 :]]


def _garble_subject(lines: list[str], chosen: random.Random) -> list[str]:
    at, other = chosen.randrange(len(lines)), LINE.fullmatch(chosen.choice(lines))
    one = LINE.fullmatch(lines[at])
    return [*lines[:at], f"{other['subject']} {one['predicate']} {one['object']} .\n", *lines[at + 1 :]]


def _with_object(lines: list[str], chosen: random.Random, change: Callable[[str], str]) -> list[str]:
    at = chosen.randrange(len(lines))
    one = LINE.fullmatch(lines[at])
    return [*lines[:at], f"{one['subject']} {one['predicate']} {change(one['object'])} .\n", *lines[at + 1 :]]


def _quoted(term: str) -> str:
    """The text of a literal in its quotes; of an IRI the same, as a literal."""
    return term[: term.rindex('"') + 1] if term.startswith('"') else f'"{term[1:-1]}"'


MUTATIONS: Final[Mapping[str, Callable[[list[str], random.Random], list[str]]]] = {
    "drop a triple": _drop,
    "drop a node": _drop_node,
    "duplicate a property": _duplicate,
    "retype a value": _retype,
    "garble a value": _garble_value,
    "garble a predicate": _garble_predicate,
    "garble a subject": _garble_subject,
}
