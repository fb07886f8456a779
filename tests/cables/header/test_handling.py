"""Captions and handling instructions under the class line."""

import pytest

from kg.cables import parse
from kg.cables.clean import clean
from kg.cables.header.handling import is_caption_line, read_handling


def read(text):
    return read_handling(clean(text), None, [(0, len(text))])


@pytest.mark.parametrize(
    "line",
    [
        "DEPT FOR WHA/BSC",
        "NSC FOR DOE, OVP FOR ROE",
        "USDOC FOR 4332/ITA/MAC",
        "AMEMBASSY BRASILIA PASS TO AMCONSUL RECIFE",
        "STATE PASS USTR (DDOE)",
        "H PLEASE PASS TO REPRESENTATIVE DOE",
        "HQ SOUTHCOM ALSO FOR POLAD",
        "FOR D",
        "For EUR/PGI (Doe)",
        "FROM THE AMBASSADOR TO THE SECRETARY",
        "EYES ONLY FOR THE AMBASSADOR",
        "NEA/ELA",
        "EUR/RPM AND S/CT",
    ],
)
def test_instruction(line):
    assert [found.as_sent for found in read(f"\n{line}\n\n").instructions] == [line]


@pytest.mark.parametrize(
    "line", ["1. THE KEEPERS ASKED FOR NETS", "The keepers asked for nets", "SIPDIS", "THE HARBOUR", "FORTY NETS"]
)
def test_no_instruction(line):
    assert read(f"\n{line}\n\n").instructions == ()


def test_an_instruction_goes_on_over_lines_and_ends_at_a_blank_one():
    text = "DEPT ALSO FOR EUR/WE, DRL/IL,\nAND EB\nLABOR FOR ILAB\n\nTHE HARBOUR\n"
    assert [found.value for found in read(text).instructions] == [
        "DEPT ALSO FOR EUR/WE, DRL/IL, AND EB",
        "LABOR FOR ILAB",
    ]


def test_captions_each_once():
    found = read("SIPDIS\n\nNOFORN SENSITIVE\nSipdis\nEYES ONLY FOR THE AMBASSADOR\n")
    assert [caption.value for caption in found.captions] == ["SIPDIS", "NOFORN", "SENSITIVE", "EYES ONLY"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("CORRECTED COPY", None),
        ("C O R R E C T E D COPY - PARAGRAPHS RENUMBERED", "PARAGRAPHS RENUMBERED"),
        ("C O R R E C T E D  C O P Y (ADDRESSEE)", "ADDRESSEE"),
    ],
)
def test_corrected_copy(line, reason):
    found = read(f"SIPDIS\n{line}\n")
    assert [caption.value for caption in found.captions] == ["SIPDIS", "CORRECTED COPY"]
    assert (found.correction.value if found.correction else None) == reason


@pytest.mark.parametrize(
    ("behind", "captions", "correction", "handling"),
    [
        ("SIPDIS", ["SIPDIS"], None, []),
        ("SIPDIS STATE FOR WHA/AND", ["SIPDIS"], None, ["SIPDIS STATE FOR WHA/AND"]),
        ("C O R R E C T E D C O P Y (TEXT)", ["CORRECTED COPY"], "TEXT", []),
        ("NODIS/EXDIS", ["NODIS", "EXDIS"], None, []),
        ("TOSEC 140323", [], None, []),
    ],
)
def test_behind_the_number_of_the_class_line(raw, behind, captions, correction, handling):
    cable = parse(raw(f"FM AMEMBASSY QUITO\n\nUNCLAS QUITO 000034 {behind}\n\nSUBJECT: NETS\n\n1. Nets are wet.\n"))
    assert [caption.value for caption in cable.captions] == captions
    assert (cable.correction.value if cable.correction else None) == correction
    assert [line.value for line in cable.handling] == handling


def test_a_caption_may_be_spaced():
    assert [caption.value for caption in read("N O F O R N\nE F T O\n").captions] == ["NOFORN", "EFTO"]


def test_caption_line():
    assert is_caption_line("NODIS/EXDIS")
    assert not is_caption_line("SIPDIS AND MORE")
    assert not is_caption_line(" ")
