"""Marks that begin and end a stretch of the body."""

import pytest

from kg.cables.body.marks import KINDS, after_mark, documents, lowered, marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BEGIN TEXT", [("text", False)]),
        ("It was wet. End summary.", [("summary", True)]),
        ("END\nSUMMARY", [("summary", True)]),
        ("END SUMMARY AND COMMENT.", [("summary", True)]),
        ("End Summary/Action request", [("summary", True)]),
        ("Begin unofficial translation:", [("text", False)]),
        ("(End Embassy comment)", [("comment", True)]),
        ("BEGIN TALKING POINTS\n\nEND TALKING POINTS", [("talking-points", False), ("talking-points", True)]),
        ("BEGIN NON-PAPER END NON-PAPER", [("non-paper", False), ("non-paper", True)]),
        ("End summay.", [("summary", True)]),
    ],
)
def test_marks(text, expected):
    assert [(mark.kind, mark.is_end) for mark in marks(text, lowered(text), 0, len(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "at the end of the statement he left",
        "They begin text messages with a name",
        "the weekend note. ",
        "the END of it",
        "End Cable Text",
        "He would begin a letter to her",
    ],
)
def test_no_marks(text):
    assert marks(text, lowered(text), 0, len(text)) == []


def test_documents_are_outermost_and_closed():
    text = "BEGIN TEXT: BEGIN QUOTE: a END QUOTE. END TEXT. BEGIN NOTE: b"
    assert [text[slice(*span)] for span in documents(text, 0, len(text))] == [text[: text.index(" BEGIN NOTE")]]


def test_text_behind_a_mark():
    text = "COMMENT: (C)  Wet."
    assert text[after_mark(text, len("COMMENT"), len(text)) :] == "Wet."


def test_small_letters_keep_the_length():
    assert len(lowered("İSTANBUL ß")) == len("İSTANBUL ß")


@pytest.mark.parametrize(
    "text", ["BEGIN \u212aEY POINTS:", "begin tal\u212aing po\u0130nts", "BEG\u0130N QUOT\u0130E:"]
)
def test_letters_like_others_raise_nothing(text):
    for mark in marks(text, lowered(text), 0, len(text)):
        assert mark.kind in KINDS.values()
