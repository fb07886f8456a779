"""Extraction of a long text takes work in proportion to its length, whatever it is full of."""

import sys
from collections.abc import Callable
from itertools import product

import pytest

from kg.extraction import extract

SHORT, LONG = 50_000, 200_000  # characters
# Four times the text may take so many times the work; of what grows with the square it would be sixteen.
MOST = 6.0
NAMES = ["".join(letters) for letters in product(("Bor", "Dul", "Fam", "Gis", "Hev", "Lom", "Nat", "Piv", "Rug", "Tes",
    "Vak", "Zol"), ("and", "elk", "imt", "ork", "usk", "ylt", "arn", "ent"), ("ari", "eno", "ilu", "oma", "ude", "yki"))]  # fmt: skip

KINDS: dict[str, Callable[[int, str], str]] = {
    "officials": lambda i, name: f"Minister Velka {name} opened the pier. ",
    "surnames": lambda i, name: f"Senator {name} came. The crowd cheered when {name} left. ",
    "names without a stop": lambda i, name: f"Minister Velka {name}, ",
    "meetings": lambda i, name: f"Minister {name} met Senator Varga in Lima on May {i % 28 + 1}. ",
    "visits": lambda i, name: f"President {name} visited Peru in June 200{i % 9}. ",
    "embassy contacts": lambda i, name: f"{name} told Poloff on January {i % 28 + 1} that it rained. ",
    "agreements": lambda i, name: f"Peru and Chile signed the {name} Agreement on May {i % 28 + 1}. ",
    "understandings": lambda i, name: f"Peru and Chile agreed on a list of {name.lower()} boats. ",
    "text in capitals": lambda i, name: f"MINISTER {name.upper()} MET POLOFF ON MAY {i % 28 + 1}. ",
    "pronouns": lambda i, name: f"They met on May {i % 28 + 1}. ",
    "dates": lambda i, name: f"It rained on May {i % 28 + 1}, last week, and in June 200{i % 9}. ",
    "one word": lambda i, name: "Minister ",
}


def work(cable) -> int:
    """How many calls the extraction of a cable takes."""
    calls = 0

    def count(frame, event, argument) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(cable)
    finally:
        sys.setprofile(before)
    return calls


def text(kind: str, size: int) -> str:
    pieces, length, number = [], 0, 0
    while length < size:
        pieces.append(KINDS[kind](number, NAMES[number % len(NAMES)]))
        length, number = length + len(pieces[-1]), number + 1
    return "".join(pieces)


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_as_the_text_does(kind, cable_of):
    extract(cable_of(text(kind, 2_000)))  # tables are read once
    short, long = (work(cable_of(text(kind, size))) for size in (SHORT, LONG))
    assert long < MOST * short, f"{long / short:.1f} times the work"
