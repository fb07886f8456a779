"""Paragraphs, headings and unnumbered text."""

from kg.cables import parse
from kg.cables.body.pieces import MOST_LINES, as_parts, read_pieces
from kg.cables.clean import clean
from kg.sources import RawCable


def parts(text):
    found = clean(text)
    return as_parts(found, read_pieces(found, [], (0, len(text))))


def outline(text):
    return [(part.kind, part.key, part.text) for part in parts(text)]


def test_heading_in_capitals():
    assert outline("1. (C) One.\n\nTHE NETS\n\n2. (C) Two.\n") == [
        ("paragraph", "p1", "One."),
        ("heading", "x1", "THE NETS"),
        ("paragraph", "p2", "Two."),
    ]


def test_heading_underlined():
    assert ("heading", "x1", "The nets") in outline("1. (C) One.\n\nThe nets\n--------\n\n2. (C) Two.\n")


def test_heading_before_a_paragraph_in_title_case():
    assert ("heading", "x1", "The Nets of Winter") in outline("1. (C) One.\n\nThe Nets of Winter\n\n2. (C) Two.\n")


def test_heading_with_dashes_on_its_line():
    assert ("heading", "x1", "NETS") in outline("1. (C) One.\n\nNETS ----------\n\n2. (C) Two.\n")


def test_headings_of_a_paragraph_are_joined():
    (_, _, _, last) = parts("1. (C) One.\n\nTHE NETS\n\nTHE ROPES\n\n2. (C) Two.\n")
    assert last.heading == "THE NETS / THE ROPES"


def test_blank_line_does_not_end_a_paragraph():
    assert (
        outline("1. (C) One and\n\nmore. Then a list:\n\n-- rope\n\n2. (C) Two.\n")[0][2]
        == "One and more. Then a list: -- rope"
    )


def test_text_under_a_heading_is_unnumbered():
    text = "1. (C) One.\n\nTHE NETS\n\nThe nets were wet when we came.\n\n2. (C) Two.\n"
    assert ("unnumbered", "x2", "The nets were wet when we came.") in outline(text)


def test_text_with_a_marking_of_its_own_is_unnumbered():
    part = next(p for p in parts("1. (C) One.\n\n(SBU) Another thing.\n\n2. (C) Two.\n") if p.kind == "unnumbered")
    assert (part.text, part.portion_marking) == ("Another thing.", "SBU")


def test_notice_is_unnumbered():
    text = "1. (C) One.\n\nVisit the post's Classified Website: http://www.example.sgov.gov/x y\n"
    assert outline(text)[1][0] == "unnumbered"


def test_table_is_no_heading():
    text = "1. (C) One:\n\nNets    Ropes   Keepers\n------------------------\n12      14      2\n\n2. (C) Two.\n"
    assert [kind for kind, _, _ in outline(text)] == ["paragraph", "paragraph"]


def test_text_in_capitals_has_headings_only_where_rows_mark_them():
    text = "1. THE KEEPER CAME.\n\nHE WENT TO SEE THE NETS\n\n2. HE LEFT.\n\nCOMMENT\n-------\n\n3. HE CAME BACK.\n"
    assert [text for kind, _, text in outline(text) if kind == "heading"] == ["HE WENT TO SEE THE NETS", "COMMENT"]


def test_entire_text_marking_stands_for_itself():
    assert parts("1. (C - ENTIRE TEXT).\n\n2. Nets.\n")[0].text == "1. (C - ENTIRE TEXT)."


def test_repeated_number_gets_its_own_key():
    text = "1. (C) One.\n\n2. (C) Two.\n\n2. (C) Again.\n"
    assert [part.key for part in parts(text)] == ["p1", "p2", "p2-2"]


def test_heading_between_rows_at_the_end_of_a_line():
    text = "1. (C) One was wet. -------- The Nets --------\n\n2. (C) Two.\n"
    assert outline(text)[:2] == [("paragraph", "p1", "One was wet."), ("heading", "x1", "The Nets")]


def test_dashes_inside_a_line_cut_nothing():
    assert [kind for kind, _, _ in outline("1. (C) He met ------ at the quay.\n\n2. (C) Two.\n")] == ["paragraph"] * 2


DOCUMENT = """\
1. (C) One.

2. (C) The note reads:

BEGIN TEXT:

1. Ropes.

2. Nets.

END TEXT.

The keeper read it twice.

3. (C) Three.
"""


def test_document_numbers_its_paragraphs_anew():
    assert [(part.key, part.text) for part in parts(DOCUMENT)] == [
        ("p1", "One."),
        ("p2", "The note reads: BEGIN TEXT:"),
        ("p1-2", "Ropes."),
        ("p2-2", "Nets. END TEXT."),
        ("x1", "The keeper read it twice."),
        ("p3", "Three."),
    ]


def test_number_inside_a_document_alone_counts_as_repeated():
    text = DOCUMENT.replace("END TEXT.", "3. Wood.\n\n4. Tar.\n\nEND TEXT.")
    assert [part.key for part in parts(text)] == ["p1", "p2", "p1-2", "p2-2", "p3-2", "p4-2", "x1", "p3"]


def test_document_that_the_numbers_run_through_is_no_list_of_its_own():
    text = "1. (C) Begin text:\n\n2. (C) Ropes.\n\n3. (C) Nets. End text.\n\n4. (C) Four.\n"
    assert [part.key for part in parts(text)] == ["p1", "p2", "p3", "p4"]


def test_mark_is_no_heading():
    text = "1. (C) One:\n\nBEGIN TEXT\n----------\n\nThe nets were wet.\n\nEND TEXT\n\n2. (C) Two.\n"
    assert [(part.key, part.heading) for part in parts(text)] == [("p1", None), ("p2", None)]


def test_heading_with_a_portion_marking():
    (_, heading, last) = parts("1. (C) One.\n\n(C) THE NETS\n\n2. (C) Two.\n")
    assert (heading.kind, heading.text, heading.portion_marking, last.heading) == (
        "heading",
        "THE NETS",
        "C",
        "THE NETS",
    )


def test_paragraph_of_what_was_taken_out():
    assert [part.text for part in parts("1. (C) [...]\n\n2. (C) xxxxxxxxxxxx\n\n3. xxxxxxxxxxxx\n")] == [
        "[...]",
        "xxxxxxxxxxxx",
        "xxxxxxxxxxxx",
    ]


def test_lines_beyond_the_bound_are_one_part_and_a_problem():
    text = (
        "1. (C) The nets are wet.\n\n" + "A\n\n" * (MOST_LINES // 2) + "2. (C) The boats are out.\n\nThe last line.\n"
    )
    cable = parse(RawCable(source="s", position=1, format="telegram", encoding="utf-8", metadata=(), text=text))
    [problem] = [problem for problem in cable.problems if problem.code == "body-too-long"]
    last = cable.parts[-1]
    assert (last.kind, last.start, last.end) == ("unnumbered", text.index("2. (C)"), len(text) - 1)
    assert text[problem.start : problem.end].strip() == text[last.start : last.end]
