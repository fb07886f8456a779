"""Redactions."""

import pytest

from kg.cables.body.marks import lowered
from kg.cables.body.redactions import find_redactions
from kg.cables.clean import clean


def found(text):
    return [(r.kind, r.as_sent, r.extent) for r in find_redactions(clean(text), lowered(clean(text).text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met XXXXXXXXXXXX at noon", ("xxx", "XXXXXXXXXXXX", None)),
        ("met xxxxxxxxxxxx's wife", ("xxx", "xxxxxxxxxxxx", None)),
        ("MinisterXXXXXXXXXXXX", ("xxx", "XXXXXXXXXXXX", None)),
        ("met XXXXXXXX XXXXXXXX there", ("xxx", "XXXXXXXX XXXXXXXX", None)),
        ("met XXXX there", ("xxx", "XXXX", None)),
        ("the nets [...] were wet", ("ellipsis", "[...]", None)),
        ("met with ------ at the quay", ("dashes", "------", None)),
        ("[4½ lines not declassified]", ("not-declassified", "[4½ lines not declassified]", "4½ lines")),
        (
            "[less than 1 line not declassified]",
            ("not-declassified", "[less than 1 line not declassified]", "less than 1 line"),
        ),
        (
            "[1 paragraph (6 lines) not declassified]",
            ("not-declassified", "[1 paragraph (6 lines) not declassified]", "1 paragraph (6 lines)"),
        ),
        ("(text not declassified)", ("not-declassified", "(text not declassified)", None)),
        ("[name\nnot declassified]", ("not-declassified", "[name\nnot declassified]", None)),
    ],
)
def test_redaction(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "VZCZCXXX1234",
        "Summary ------\n\nThe nets",
        "the nets ... were wet",
        "it was not declassified in May",
        "AXXXXB",
        "XXX",
        "[sic]",
    ],
)
def test_no_redaction(text):
    assert found(text) == []
