"""Classified By lines."""

import pytest

from kg.cables.clean import clean
from kg.cables.fields.classified_by import read_classified_by, read_derived_from


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
        ("AMBASSADOR TO PERU JOHN ROE. REASON 1.5(D)", "JOHN ROE", "AMBASSADOR TO PERU"),
        ("Special Envoy for Peru and Chile\nJohn C. Roe", "John C. Roe", "Special Envoy for Peru and Chile"),
        ("Ambassador to Ruritania John Roe", "John Roe", "Ambassador to Ruritania"),
        ("DEPUTY ASSISTANT SECRETARY OF STATE FOR CENTRAL ASIA PAUL ROE FOR REASONS 1.4 (B)", "PAUL ROE", None),
        ("RSO - JOHN Q. ROE. REASON 1.5(D)", "JOHN Q. ROE", "RSO"),
        ("Acting DCM/Jane Roe for reasons 1.4 (b)", "Jane Roe", "Acting DCM"),
        ("Charge, d,Affaires a. i. Jane F. Roe, reason 1.4 (b)", "Jane F. Roe", None),
        ("Charge d'Affairs John Roe", "John Roe", "Charge d'Affairs"),
        ("Ambasasdor John Roe, Reasons 1.4 (b)", "John Roe", "Ambasasdor"),
        ("AMBSSADOR JANE Q. ROE.", "JANE Q. ROE", "AMBSSADOR"),
        ("Polictical Couselor Jane Roe", "Jane Roe", "Polictical Couselor"),
        ("A E/MIN COUNS. JOHN ROE, REASONS 1.4(B)", "JOHN ROE", "A E/MIN COUNS"),
        ("A/ Pol Min Mary Roe for reasons 1.5(b)", "Mary Roe", "A/ Pol Min"),
        ("NEA Lawrence E. Roe for reasons EO 12958\n1.4(b)", "Lawrence E. Roe", "NEA"),
        ("DCM ANNA ROE BASED ON E.O.12958 REASONS 1.4 (b)", "ANNA ROE", "DCM"),
        ("DCM ANNA ROE DUE TO REASONS 1.4 (b)", "ANNA ROE", "DCM"),
        ("DCM Anna Roe under Section 1.4 (b)", "Anna Roe", "DCM"),
        ("J. Dean Roe (acting) for reasons 1.4 (b)", "J. Dean Roe", "acting"),
        ("POL/ECONOFF. S.K. ROE. REASON: 1.5(D)", "S.K. ROE", "POL/ECONOFF"),
        ("LEE 0. ROE, DIRECTOR, SA/PAB, DEPARTMENT OF STATE", "LEE 0. ROE", None),
        ("Deputy Coordinator Jane R\noe for reasons 1.4 (b)", "Jane Roe", "Deputy Coordinator"),
        ("Director for Economic Affair\ns E. Anthony Roe", "E. Anthony Roe", "Director for Economic Affairs"),
        ("Clasified by: (U) Classfied By: IO Molly Roe for reasons 1.4 (b)", "Molly Roe", "IO"),
        ("This message was classified by DCM Jane Roe", "Jane Roe", "DCM"),
        ("Jane de la Roe, Consul", "Jane de la Roe", "Consul"),
        ("Acting Chief Arms Control Delegate Chris Roe", "Chris Roe", "Acting Chief Arms Control Delegate"),
        ("ROE, AMBASSADOR, DOS, AMB; REASON: 1.4(B)", "ROE", "AMBASSADOR, DOS, AMB"),
        ("AmbassadorJane Roe for reasons 1.4 (b)", "Jane Roe", "Ambassador"),
        ("DCM JANE ROE IN ACCORDANCE WITH THE ORDER", "JANE ROE", "DCM"),
        ("DCM JANE ROE PURSUANT TO THE ORDER", "JANE ROE", "DCM"),
        ('DCM Robert "Bob" Roe', 'Robert "Bob" Roe', "DCM"),
        ("a/s jane roe for reasons 1.4 (b)", "jane roe", "a/s"),
        ("Ambassador McRoe", "McRoe", "Ambassador"),
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


@pytest.mark.parametrize(
    "text",
    ["SECTION 1.5 (B)", "Political Counselor for reasons 1.4 (b)", "Derived from DSCG 05-1", "E.O. 12958", "1.4 (b)"],
)
def test_line_without_a_person(text):
    assert read(text).names == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AF KARL ROE, ACTING AND S/CT DAS JANE LARK; REASON: 1.4 (B)", ("KARL ROE", "JANE LARK")),
        ("DCM John Roe and Political Counselor Jane Lark for reasons 1.4 (b)", ("John Roe", "Jane Lark")),
        ("Ambassador to Peru Jane Roe and A/DCM John Lark", ("Jane Roe", "John Lark")),
        ("Special Envoy for Peru and Chile John Roe", ("John Roe",)),
        ("John Roe, Director for Nets and Ropes", ("John Roe",)),
        ("Political and Economic Section Chief John Roe", ("John Roe",)),
        ("Jane Roe, Deputy Chief, Political and Economic Section", ("Jane Roe",)),
    ],
)
def test_several_officers(text, names):
    assert read(text).names == names


@pytest.mark.parametrize(
    ("text", "source", "reasons"),
    [
        ("DSCG 05-1 B, D", "DSCG 05-1", ("(b)", "(d)")),
        ("DSCG 05-1, reasons 1.4 (b) and (d)", "DSCG 05-1", ("1.4 (b)", "1.4 (d)")),
        ("Multiple sources", "Multiple sources", ()),
        ("Derived from: Several sources. Declassify on: 02/02/2019", "Several sources", ()),
    ],
)
def test_derived_from(text, source, reasons):
    found = read_derived_from(clean(text), 0, len(text))
    assert (found.value, found.reasons, found.as_sent) == (source, reasons, text)


def test_derived_from_nothing():
    assert read_derived_from(clean(" . "), 0, 3) is None


def test_hostile_lines_are_read_in_time():
    for text in (
        "Classified by " * 300,
        "A. " * 1300,
        "and " * 1000,
        "(" * 4000,
        "Charge, d" * 400,
        "x\n" * 2000,
        "A/" * 2000,
    ):
        read(text)
