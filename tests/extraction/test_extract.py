"""Laws of extraction: it never raises, its offsets give back the words, and the same cable gives the same facts."""

import dataclasses
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cables.model import Cable, Part
from kg.extraction import as_json, extract
from kg.extraction.model import Facts
from kg.sources.model import RawCable

WORDS = [
    "President",
    "Minister",
    "Ana",
    "Orlan",
    "Varga",
    "Peruvian",
    "GOC",
    "told",
    "met",
    "with",
    "the",
    "Ambassador",
    "on",
    "January",
    "20",
    "in",
    "Lima",
    ",",
    "and",
    "agreed",
    "to",
    "signed",
    "Convention",
    "Accord",
    "visit",
    "his",
    "he",
    "two",
    "(",
    ")",
    "--",
    "'s",
    ".",
    ";",
    "XXXXXXXX",
    "Dr.",
    "al-Orlan",
    "U.S.",
    "A/S",
    "Peru-Chile",
    "meeting",
    "talks",
    "summit",
    "lunch",
    "they",
    "former",
    "of",
    "for",
    "as",
    "head",
    "third",
    "series",
    "Plan",
    "MOU",
    "deal",
    "ORLAN",
    "said",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))


def cable(texts: list[str]) -> Cable:
    parts = tuple(
        Part(
            kind="paragraph",
            key=f"p{n}",
            number=n,
            text=text,
            start=0,
            end=len(text),
            segments=((0, 0, len(text)),) if text else (),
        )
        for n, text in enumerate(texts, start=1)
    )
    raw = RawCable(source="t", position=1, format="telegram", encoding="utf-8", metadata=(), text="\n".join(texts))
    return Cable(canonical_id="09BOGOTA1", raw=raw, parts=parts)


def offsets(facts: Facts) -> list[tuple[str, int, int, str]]:
    out = [
        (m.part, start, end, m.text)
        for thing in (*facts.persons, *facts.agreements)
        for m in thing.mentions
        for start, end in m.spans
    ]
    out += [(r.evidence.part, r.evidence.start, r.evidence.end, r.text) for p in facts.persons for r in p.roles]
    out += [(m.evidence.part, m.evidence.start, m.evidence.end, m.quote) for m in facts.meetings]
    return out


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_extract_never_raises_and_offsets_give_back_the_words(texts):
    made = cable(texts)
    facts = extract(made)
    found = {part.key: part.text for part in made.parts}
    for part, start, end, text in offsets(facts):
        assert 0 <= start < end
        assert found[part][start:end] == text
    as_json(made, facts)


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, max_size=3))
def test_capitals_never_raise(texts):
    extract(cable([text.upper() for text in texts]))


def test_same_cable_gives_the_same_facts(cable_of):
    made = cable_of("Trade Minister Ana Orlan met with Consul Jo Varga and agreed on a list of ports.", signer="TELIC")
    assert extract(made) == extract(dataclasses.replace(made))


def test_facts_do_not_hang_on_the_hash_seed():
    code = (
        "from kg.extraction.tokens import read_part; from kg.extraction.sightings import sightings;"
        "from kg.extraction.nationality import Setting;"
        "r = read_part('p1', 'paragraph', 1, 'Trade Minister Ana Orlan met Consul Jo Varga.', is_capitals=False);"
        "print(sightings(r, Setting(host='CO', host_basis='host-country', government={}.get, year=2009)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    "word", ["Minister ", "Ana ", "met with ", "agreement ", "January 1, ", "(", "-- ", "a", "A. "]
)
def test_a_megabyte_takes_seconds_not_minutes(word):
    started = time.process_time()
    extract(cable([word * (300_000 // len(word))]))
    assert time.process_time() - started < 20


def test_empty_cable_has_no_facts(cable_of):
    assert extract(cable_of()) == Facts(persons=(), meetings=(), agreements=())
