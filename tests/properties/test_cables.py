"""Laws of the parser: it never raises, its offsets hold, ids survive being written and read."""

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cables import CanonicalId, as_json, identify, merge, parse, parse_id, repair_id
from kg.cables.account.accounting import FALLBACKS, account, count
from kg.cables.clean import clean
from kg.cables.ids.stations import station
from kg.cables.model import Cable
from kg.sources import RawCable, read
from kg.sources.decoding import line_broken
from kg.tables import posts_by_station

ROOT = Path(__file__).parents[2]
HEADER = (ROOT / "tests" / "cables" / "conftest.py").read_text(encoding="utf-8").split('"""')[3]
PIECES = st.sampled_from(
    [line + "\n" for line in HEADER.split("\n")]
    + ["¶2. (C) ", "[1](#)3. ", "(S/NF) ", "PAGE 02  QUITO  01234  01 OF 02  291400Z ", "QUITO 00000034 001.2 OF 002"]
    + [
        "\n",
        "\n\n",
        " ",
        "\t",
        "-----\n",
        "X",
        "é",
        "İ",
        "ß",
        "\u2028",
        "\x85",
        "\ud800",
        "REF: ",
        "1.4 (b)",
        "09",
        "END SUMMARY",
        "BEGIN TEXT\n",
        "END TEXT.",
        "1. Net\n",
        "(Note: ",
        "End note.)",
        "COMMENT: ",
        "-- rope\n",
        "Nets    12    14\n",
        "[...]",
        "[4 lines not declassified]",
        "QTE ",
        " UNQTE",
    ]
)


def raw(text: str, **metadata: str) -> RawCable:
    return RawCable(
        source="s", position=1, format="telegram", encoding="utf-8", metadata=tuple(sorted(metadata.items())), text=text
    )


@given(st.text())
def test_any_text(assert_coordinates_hold, text):
    cable = parse(raw(text))
    assert_coordinates_hold(cable)
    as_json(cable)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_lines_of_telegrams_in_any_order(assert_coordinates_hold, text):
    cable = parse(raw(text))
    assert_coordinates_hold(cable)
    assert_every_line_is_accounted_for(cable)
    assert identify(raw(text)) == (cable.canonical_id, cable.section)


def assert_every_line_is_accounted_for(cable: Cable) -> None:
    """Sorted disjoint stretches, each within a line, that cover all that is not white space."""
    text, consumed = cable.raw.text, account(cable)
    reached = 0
    for stretch in consumed:
        assert reached <= stretch.start < stretch.end
        assert not text[reached : stretch.start].strip()
        assert "\n" not in text[stretch.start : stretch.end]
        assert stretch.rule
        reached = stretch.end
    assert not text[reached:].strip()
    assert count(cable).total() == sum(1 for line in line_broken(text).split("\n") if line.strip())


@given(st.text())
def test_any_text_is_accounted_for(text):
    assert_every_line_is_accounted_for(parse(raw(text)))


@st.composite
def mutated(draw):
    """The invented telegram with lines dropped, doubled or swapped, and characters lost."""
    lines = HEADER.split("\n")
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["drop", "double", "swap", "cut", "letter"]))
        if kind == "drop":
            lines[at] = ""
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: draw(st.integers(0, 40))]
        else:
            lines[at] = lines[at].replace(draw(st.sampled_from("AEIOU0123 .:")), "")
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_mutated_telegram(assert_coordinates_hold, text):
    cable = parse(raw(text))
    assert_coordinates_hold(cable)
    assert_every_line_is_accounted_for(cable)
    assert identify(raw(text)) == (cable.canonical_id, cable.section)


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map("".join))
def test_merging_in_any_order(assert_coordinates_hold, one, other):
    raws = [raw(one, reference_id="09QUITO1"), raw(other, reference_id="09QUITO1", created="1/2/2009 03:04")]
    merged = merge(raws)
    assert merged == merge(raws[::-1])
    assert merged.duplicates + merged.sections_joined == 1
    assert_coordinates_hold(merged.cable)


@given(st.text())
def test_clean_text_keeps_its_length(text):
    found = clean(text)
    assert len(found.text) == len(text)
    ends = [0, *(end for _, end, _ in found.blanked)]
    starts = [start for start, _, _ in found.blanked]
    assert all(end <= start for end, start in zip(ends, starts, strict=False))


@given(
    st.integers(1945, 2044),
    st.sampled_from(sorted({station(name) for name in posts_by_station()})),
    st.integers(1, 999_999),
)
def test_id_written_and_read(year, name, number):
    known = CanonicalId(year, name, number)
    assert parse_id(str(known)) == known
    assert parse_id(f"{year}{name}{number:06d}") == known
    assert parse_id(f" {year % 100:02d} {name} {number:05d} ") == known


@given(st.text())
def test_any_text_as_id(text):
    known = parse_id(text)
    assert known is None or parse_id(str(known)) == known


@pytest.mark.parametrize(
    "piece",
    [
        "1. (C) A.\n",
        "1. A.\n",
        "(C) a\n\n",
        "A B\n\n",
        "a -----\n",
        "- a\n\n",
        "a   b   c\n",
        "a" + " " * 5000 + "\n",
        "BEGIN TEXT\n",
        "END TEXT\n",
        "BEGIN TEXT\n1. A\n2. B\nEND TEXT\n",
        "(Note: ",
        "COMMENT\n\n",
        "QTE a UNQTE ",
        "XXXXXXX ",
        "[4 lines not declassified ",
        "DOE\n",
    ],
)
def test_repetition_in_the_body_is_read_in_time(piece):
    start = time.process_time()
    parse(raw(HEADER + piece * (250_000 // len(piece))))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("inner", ["BEGIN TEXT\n", "(Note: ", "Comment: "])
@pytest.mark.parametrize("outer", ["END TEXT\n", "End note.) ", "\n\nTHE NETS\n\n"])
def test_regions_take_no_more_room_than_a_few_texts(inner, outer):
    cable = parse(raw(HEADER + (inner * 400 + outer * 400) * 8))
    assert sum(len(region.as_sent) for region in cable.regions) < 50 * len(cable.raw.text)


def test_a_megabyte_is_read_in_time():
    start = time.process_time()
    parse(raw(HEADER + (HEADER[HEADER.index("SUMMARY") :] * 1200)[:1_000_000]))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "piece", [" ", "\n", "(", "-", "[", "C ", "S E C R E T ", "A B ", "1.", "http://a", "XMT ", "END "]
)
def test_repetition_is_read_in_time(piece):
    start = time.process_time()
    parse(raw(HEADER + piece * (500_000 // len(piece))))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "piece",
    [
        "P 0",
        "1 1 Z ",
        "RUEHA/B\n",
        "RUEHA ",
        " INFO USA",
        "XMT A\n",
        "SIPDIS\n",
        "A FOR ",
        "EUR, ",
        "C O N",
        "A:B\n",
        "EUR-12 ",
    ],
)
@pytest.mark.parametrize("place", ["VZCZC", "INFO ", "SIPDIS"])
def test_repetition_in_the_header_is_read_in_time(piece, place):
    start = time.process_time()
    account(parse(raw(HEADER.replace(place, piece * (300_000 // len(piece)) + "\n" + place, 1))))
    assert time.process_time() - start < 3


@pytest.fixture(scope="module")
def corpus(shared):
    folder = shared / "corpus"
    names = ["09BOGOTA335.txt", "cables.csv", "cablegate_sample.csv", "pages"]
    return [item for item in read([folder / name for name in names]) if isinstance(item, RawCable)]


@pytest.mark.shared
def test_corpus_coordinates(assert_coordinates_hold, corpus):
    assert len(corpus) >= 451
    for item in corpus:
        cable = parse(item)
        assert_coordinates_hold(cable)
        assert identify(item) == (cable.canonical_id, cable.section)
        assert [part for part in cable.parts if part.kind in ("paragraph", "unnumbered")]


@pytest.mark.shared
def test_corpus_text_against_metadata(corpus):
    """What is read from the text alone agrees with what the release says; the exceptions are releases' own mistakes."""
    wrong: dict[str, set[str]] = {}
    for item in corpus:
        cable = parse(item)
        for problem in cable.problems:
            if problem.code.startswith("metadata-"):
                wrong.setdefault(problem.code, set()).add(cable.canonical_id)
    assert wrong == {
        "metadata-date-differs": {"09RANGOON378"},
        # Captions that stand nowhere but in a portion marking, and texts under the header of another cable.
        "metadata-classification-differs": {"06SEOUL2238", "08LONDON1991", "10MEXICO614"},
    }


WRECKED = st.builds(
    lambda one, at, piece: one[: at % (len(one) + 1)] + piece + one[at % (len(one) + 1) + len(piece) // 2 :],
    st.sampled_from(["09BOGOTA335", "08SECTION01OF04HARARE754", "1976NEWDE04668", "09EFTOLONDON2468", "75PORTO12"]),
    st.integers(min_value=0, max_value=40),
    st.text(alphabet="ABCEFINOST0179 ", max_size=6),
)


@given(st.one_of(WRECKED, st.text(alphabet="09OISECTNFABKU1 _", max_size=40), st.text(max_size=60)))
def test_a_repaired_id_needs_no_repair(text):
    once = repair_id(text)
    if once is not None:
        assert parse_id(str(once.id)) == once.id
        again = repair_id(str(once.id))
        assert again is not None
        assert (again.id, again.reason) == (once.id, None)


@pytest.mark.shared
def test_corpus_lines_are_accounted_for(corpus):
    """Under one line in a hundred is explained by a fallback alone."""
    lines: Counter[str] = Counter()
    for item in corpus:
        if item.source.endswith("cables.csv"):
            cable = parse(item)
            assert_every_line_is_accounted_for(cable)
            lines += count(cable)
    assert lines.total() > 50_000
    assert sum(lines[rule] for rule in FALLBACKS) < lines.total() / 100
