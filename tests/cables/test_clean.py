"""Clean text: as long as what was found, artefacts blanked, sentences whole."""

import itertools

import pytest

from kg.cables.clean import clean

CLASS = "UNCLAS QUITO 000034\nSUBJECT: NETS\n\n"


def kinds(text):
    return [(text[start:end], kind) for start, end, kind in clean(text).blanked]


def test_length_and_offsets_stay(telegram):
    found = clean(telegram)
    assert len(found.text) == len(telegram)
    assert all(a == b or b.isspace() for a, b in zip(telegram, found.text, strict=True))


def test_spans_are_sorted_and_disjoint(telegram):
    spans = clean(telegram).blanked
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_link_markup_goes_and_the_word_stays():
    assert clean("[PGOV](#) [PREL](/tag/PREL_0.html)").text.split() == ["PGOV", "PREL"]


def test_numbered_link_goes_whole():
    assert clean("[1](#)1. Nets.").text.split() == ["1.", "Nets."]


@pytest.mark.parametrize("text", ["[see below] (#)", "[a](b c)", "a [1] (2) b"])
def test_other_brackets_stay(text):
    assert clean(text).text == text


@pytest.mark.parametrize(
    "mark",
    [
        "QUITO 00000034  001.2 OF 004",
        "QUITO 00000034 002 OF 003",
        "RIO DE JAN 00000365 001.2 OF 002",
        "Quito 00000034  002 of 002",
    ],
)
def test_page_mark_in_a_sentence_leaves_one_line_break(mark):
    found = clean(f"{CLASS}The nets\n\n{mark}\n\n\nwere wet.")
    assert found.text.endswith("were wet.")
    assert "\n\n" not in found.text[len(CLASS) :]
    assert found.blanked[0][2] == "page-line"


def test_page_mark_after_a_sentence_leaves_a_blank_line():
    assert "dry.\n\n" in clean(f"{CLASS}The nets were dry.\n\nQUITO 00000034 002 OF 003\n\n\nTHE ROPES\n").text


def test_page_mark_in_a_line_takes_its_station_only():
    assert clean(f"{CLASS}of RIO ISTANBUL 00000336 002 OF 003 nets").text.split()[-3:] == ["of", "RIO", "nets"]


@pytest.mark.parametrize("text", ["QUITO 0034 002 OF 003", "12345678 pages", "003 OF 003"])
def test_no_page_mark(text):
    assert not clean(text).blanked


def test_page_line_of_the_1970s_with_its_class_line():
    text = f"{CLASS}the nets\nCONFIDENTIAL\nPAGE 02 QUITO 01234 01 OF 03 291400Z\nwere wet"
    assert [kind for _, kind in kinds(text)] == ["class-line", "page-line"]
    assert clean(text).text.split()[-4:] == ["the", "nets", "were", "wet"]


@pytest.mark.parametrize(
    "lines",
    [
        "\nCONFIDENTIAL\n\nCONFIDENTIAL\n\n",
        "\n CONFIDENTIAL\n CONFIDENTIAL PTQ1234\n",
        "  CONFIDENTIAL\n",
        "\nLIMITED OFFICIAL USE\n\n\n\nLIMITED OFFICIAL USE\n\n",
        "\nS E C R E T\n",
        "\nUNCLASSIFIED\nUNCLASSIFIED\n",
        "\nTOP SECRET\nTOP SECRET NODIS\n",
    ],
)
def test_class_lines_of_both_pages_go_with_the_page_line(lines):
    text = f"{CLASS}1. the nets{lines}PAGE 02        QUITO   01234  291400Z\n\nwere wet\nDOE\n"
    assert clean(text).text.split()[-5:] == ["the", "nets", "were", "wet", "DOE"]


@pytest.mark.parametrize(
    "between",
    [" CONFIDENTIAL\nPAGE 02 QUITO 01234", "\nCONFIDENTIAL\nPAPERS", "\nCONFIDENTIAL NETS\nPAGE 02 QUITO 01234"],
)
def test_class_word_of_the_text_stays(between):
    assert "CONFIDENTIAL" in clean(f"{CLASS}1. the nets were{between}\nand wet\nDOE\n").text


def test_caption_line_in_a_sentence():
    assert kinds(f"{CLASS}the nets\nSIPDIS\nwere wet") == [("SIPDIS", "caption-line")]


def test_caption_line_above_the_fields_stays():
    assert not kinds("UNCLAS QUITO 000034\nSIPDIS\nSUBJECT: NETS\n\nwet")


def test_later_section_goes_with_its_header():
    later = (
        "VZCZCXRO9999\nPP RUEHWEB\nDE RUEHQT #0034/02 0010000\nFM AMEMBASSY QUITO\nTO RUEHC/SECSTATE WASHDC\n\n"
        "UNCLAS SECTION 02 OF 02 QUITO 000034\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: EFIS\nSUBJECT: NETS\nAND ROPES"
    )
    text = f"UNCLAS SECTION 01 OF 02 QUITO 000034\nSUBJECT: NETS\n\n1. the nets\n\n{later}\n\nwere wet"
    assert kinds(text) == [(later, "section-header")]
    assert clean(text).text.split()[-4:] == ["the", "nets", "were", "wet"]


@pytest.mark.parametrize("tail", ["NNNN", "##", ">", "UNCLASSIFIED", "BT"])
def test_tail_goes(tail):
    assert clean(f"{CLASS}1. Nets.\nDOE\n\n{tail}\n").text.split()[-1] == "DOE"


STAMP = "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006"
STAMPED = f"""{STAMP}
UNCLAS LISBON 09901

1. THE CHOIR OF THE LIGHTHOUSE KEEPERS SANG IN THE HARBOR OFFICE,
{STAMP}
UNCLASSIFIED

PAGE 02  LISBON  09901  021015Z

AND Jane Q. Doe
Declassified/Released
US Department of State
EO Systematic Review
05 JUL 2006
THE HARBOR MASTER LISTENED.
NOBODY

*** Current Handling Restrictions *** n/a
*** Current Classification *** UNCLASSIFIED
{STAMP}
NNNN
{STAMP}
"""


def test_stamps_of_the_release_are_blanked_below_the_class_line():
    text = clean(STAMPED).text
    assert text.count("Declassified") == 1
    words = " ".join(text.split())
    assert "HARBOR OFFICE, AND THE HARBOR MASTER LISTENED." in words
    assert words.endswith("LISTENED. NOBODY")


def test_words_about_stamps_are_no_stamps():
    text = "UNCLAS LISBON 09901\n\n1. IT WAS STAMPED Declassified/Released ON MONDAY.\n"
    assert clean(text).text == text


def test_carriage_returns_alone_are_newlines_of_the_clean_text(telegram):
    found = clean(telegram.replace("\n", "\r"))
    assert found.found == telegram.replace("\n", "\r")
    assert found.text == clean(telegram).text


def test_a_carriage_return_stays_where_newlines_end_the_lines():
    assert clean("NETS\rAND\nLAMPS\r\n").text == "NETS\rAND\nLAMPS\r\n"
