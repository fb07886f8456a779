"""Classified By lines."""

import pytest

from kg.cables.classified_by import read_classified_by
from kg.cables.clean import clean


def read(text):
    return read_classified_by(clean(text), 0, len(text))


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Political Counselor Jane Q. Doe.\nReasons: 1.4 (b) and (d).", "Jane Q. Doe", "Political Counselor"),
        ("DCM John Roe for reasons 1.4 (b) and (d)", "John Roe", "DCM"),
        ("John Roe, Director, INR/OPS. REASON: 1.4(C)", "John Roe", "Director, INR/OPS"),
        ("Classified by Polmincouns John Roe for reasons\n1.4.(b), (d)", "John Roe", "Polmincouns"),
        ("CHARGE D'AFFAIRES JANE DOE FOR REASONS 1.4 B, D", "JANE DOE", "CHARGE D'AFFAIRES"),
        ("Charge d'Affaires, a.i., Jane Doe, reasons 1.4 (b) a\nnd (d)", "Jane Doe", "Charge d'Affaires, a.i."),
        ("MINISTER-COUNSELOR FOR POLITICAL AFFAIRS JOHN ROE FO\nR REASONS 1.4 (B)", "JOHN ROE", None),
        ("Ambassador Clark T. Roe, Jr. Reasons 1.4 (b)", "Clark T. Roe, Jr.", "Ambassador"),
        ("ECONMINCOUNS John Roe. Reason 1.4 (d)", "John Roe", "ECONMINCOUNS"),
        ("AMBASSADOR JOHN Q. ROE. REASONS 1.4 (B)", "JOHN Q. ROE", "AMBASSADOR"),
        ("CHARGE D'AFFAIRES JOHN ROE. REASON 1.4 (D)", "JOHN ROE", "CHARGE D'AFFAIRES"),
        ("P/E CHIEF ROE, REASONS 1.4 (b) & (d).", "ROE", "P/E CHIEF"),
    ],
)
def test_name_and_title(text, name, title):
    found = read(text)
    assert found.name == name
    assert title is None or found.title == title


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("DCM Roe for reasons 1.4 (b) and (d)", ("1.4 (b)", "1.4 (d)")),
        ("DCM Roe, reasons 1.5 (b/d)", ("1.5 (b)", "1.5 (d)")),
        ("DCM Roe for reasons 1.4 b and d.", ("1.4 (b)", "1.4 (d)")),
        ("DCM Roe. Reason: 1.4(b) a\nnd (d)", ("1.4 (b)", "1.4 (d)")),
        ("DCM Roe - 1.5 B,D", ("1.5 (b)", "1.5 (d)")),
        ("DCM Roe, reasons 1,4 (C)", ("1.4 (c)",)),
        ("DCM Roe", ()),
    ],
)
def test_reasons(text, reasons):
    assert read(text).reasons == reasons


def test_line_without_a_person():
    assert read("SECTION 1.5 (B)").name is None
