"""Mojibake is repaired where nothing else can be meant, each change is recorded, and the text before can be rebuilt."""

import encodings.cp1252
import io
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cables import as_json, parse
from kg.sources import RawCable, read
from kg.sources.mojibake import as_it_stood, repaired

CP1252 = [
    chr(byte) if character == "\ufffe" else character for byte, character in enumerate(encodings.cp1252.decoding_table)
]


def gone_wrong(text: str, times: int = 1) -> str:
    """The text as it is after its UTF-8 was read as Windows-1252."""
    for _ in range(times):
        text = "".join(CP1252[byte] for byte in text.encode())
    return text


WORDS = [
    "the keeper’s lamp", "“Lights out”", "a – b — c…", "café", "São Tomé", "CÔTE D’OR", "Milošević", "Erdoğan", "İzmir",
    "œuvre", "Nguyễn", "25 °C", "§ 5", "¶2.", "€ 5", "Lamp™", "1\xa0000", "Ångström", "à la", "il a dit : « à »", "Â", "naïve",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("times", [1, 2])
def test_repaired_gives_back_the_word(word, times):
    broken = f"He wrote: {gone_wrong(word, times)}, and left."
    text, repairs = repaired(broken)
    assert text == f"He wrote: {word}, and left."
    assert as_it_stood(text, repairs) == broken


@pytest.mark.parametrize("word", ["the keeper’s lamp", "“Lights out”", "café", "Milošević"])
def test_repaired_reads_latin_1_too(word):
    assert repaired(word.encode().decode("latin-1"))[0] == word


@pytest.mark.parametrize(
    "text",
    [
        *WORDS, "CAFÉ” said he", "“AMANHÃ” is tomorrow", "AMANHÃ — tomorrow", "«Panamá»…", "«Panamá», he wrote", "SÃO", "â",
        "«CAFÉ»", "AMANHÃ…", "Å “here”", "ÄÖÜ", "ASSEMBLÉIA", "Œ‡", "Ã", "â€", "plain", "",
    ],
)  # fmt: skip
def test_repaired_leaves_what_can_be_meant(text):
    assert repaired(text) == (text, ())


def test_repaired_records_each_place():
    text, repairs = repaired("ï»¿The keeperâ€™s cafÃ©")
    assert text == "The keeper’s café"
    assert repairs == ((0, "ï»¿", ""), (10, "â€™", "’"), (16, "Ã©", "é"))


MIXED = st.lists(st.one_of(st.text(max_size=5), st.sampled_from(WORDS).map(gone_wrong), st.sampled_from(CP1252))).map(
    "".join
)


@given(MIXED)
def test_the_text_before_repair_can_be_rebuilt(text):
    now, repairs = repaired(text)
    assert as_it_stood(now, repairs) == text
    assert all(now[start : start + len(after)] == after for start, _, after in repairs)
    assert all(one[0] + len(one[2]) <= other[0] for one, other in pairwise(repairs))


def test_repaired_costs_a_clean_text_nothing():
    text = "2. (C) ¶ The keeper’s lamp — “again” — was lit. " * 20_000
    started = time.process_time()
    assert repaired(text) == (text, ())
    assert time.process_time() - started < 0.01


@pytest.mark.parametrize("unit", ["Ã", "Â", "â€", "â", "áº", "Ã¢", "Ã¢â‚¬", "ï»"])
def test_repaired_takes_linear_time(unit):
    started = time.process_time()
    repaired(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 2


def test_read_repairs_and_says_so(telegram):
    broken = telegram.replace("keepers'", "keepersâ€™").replace("sang in", "sang “Ã©tÃ©” in")
    [cable] = read(["-"], stdin=io.BytesIO(broken.encode()))
    assert isinstance(cable, RawCable)
    assert "“été”" in cable.text
    assert as_it_stood(cable.text, cable.repairs) == broken
    [problem] = [one for one in parse(cable).problems if one.code == "mojibake-repaired"]
    first, *_, last = cable.repairs
    assert (problem.start, problem.end) == (first[0], last[0] + len(last[2]))
    assert str(len(cable.repairs)) in problem.message
    assert as_json(parse(cable))["repairs"][0] == {"start": first[0], "as_found": first[1], "repaired": first[2]}
