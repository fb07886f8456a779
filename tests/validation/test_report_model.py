"""What a report lists and what it counts."""

import pytest

from kg.errors import UsageError
from kg.iris import CKS
from kg.validation.report_model import Choice, choice_of, expanded, report_of_cables, report_of_graph
from kg.validation.shapes import project_shapes
from tests.validation.reports import CABLES, DOUBTFUL, GOOD, ODD, VIOLATION, WARNING

TAG = "cks:cable-tag-missing"


def listed(choice: Choice) -> list[tuple[str | None, int]]:
    return [(entry.cable, entry.number) for entry in report_of_cables(CABLES, choice).entries]


def test_everything_is_listed_by_default():
    report = report_of_cables(CABLES)
    assert [(entry.cable, entry.number) for entry in report.entries] == [
        ("09QUITO77", 1),
        ("09QUITO77", 2),
        ("09QUITO80", 1),
    ]
    assert report.refused == ("09QUITO77", "09QUITO79")
    assert report.failures == (("09QUITO79", "ValueError: odd"),)
    assert not report.conforms


def test_threshold_lists_less_and_counts_all():
    report = report_of_cables(CABLES, Choice(severity="Violation"))
    assert [entry.number for entry in report.entries] == [1]
    assert report.severities == {"Violation": 1, "Warning": 2, "Info": 0}


def test_limit_is_a_shape_and_says_what_it_cut():
    report = report_of_cables(CABLES, Choice(limit=1))
    assert listed(Choice(limit=1)) == [("09QUITO77", 1), ("09QUITO77", 2)]
    assert (report.shapes[TAG].results, report.shapes[TAG].listed) == (2, 1)
    assert list(report.cut) == [f"{TAG}: 1 of 2 results are listed"]


@pytest.mark.parametrize(
    ("severity", "cables", "fails"),
    [
        (None, (ODD,), True),
        (None, (DOUBTFUL,), False),
        ("Warning", (DOUBTFUL,), True),
        ("Violation", (DOUBTFUL,), False),
        ("Info", (GOOD,), False),
    ],
)
def test_threshold_says_what_fails(severity, cables, fails):
    assert report_of_cables(cables, Choice(severity=severity)).has_failures is fails


def test_failure_fails_whatever_the_threshold():
    assert report_of_cables(CABLES[2:3], Choice(severity="Violation")).has_failures


def test_chosen_shape_alone_counts():
    report = report_of_cables(CABLES, Choice(shapes=frozenset([CKS + "cable-tag-missing"])))
    assert report.severities == {"Violation": 0, "Warning": 2, "Info": 0}
    assert list(report.shapes) == [TAG]


def test_chosen_focus_node_alone_counts():
    report = report_of_cables(CABLES, Choice(focus=frozenset([VIOLATION.focus])))
    assert report.severities == {"Violation": 1, "Warning": 0, "Info": 0}


def test_node_shape_stands_for_its_property_shapes():
    found = choice_of(project_shapes(), None, None, ["cks:CableShape"], [])
    assert {CKS + "CableShape", CKS + "cable-tag-missing"} <= found.shapes


def test_shape_that_is_not_there_is_wrong_use():
    with pytest.raises(UsageError, match="no shape cks:none"):
        choice_of(project_shapes(), None, None, ["cks:none"], [])


def test_graph_that_has_no_result_conforms():
    report = report_of_graph([], Choice(), validated={"triples": 1})
    assert report.conforms
    assert report.refused is None
    assert not report_of_graph([WARNING], Choice(), validated={"triples": 1}).conforms


def test_seconds_are_told_of_shapes_without_results_too():
    report = report_of_graph([WARNING], Choice(), validated={"triples": 1}, seconds={"cks:x": 0.5})
    assert report.shapes["cks:x"].seconds == 0.5
    assert list(report.shapes) == [TAG, "cks:x"]


def test_expanded():
    assert expanded("cks:x") == CKS + "x"
    assert expanded("https://example.org/x") == "https://example.org/x"
