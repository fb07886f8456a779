"""Format lines: how a telegram was routed, handled and filed."""

import pytest

from kg.cables.clean import clean
from kg.cables.header.format_lines import is_marking, read_format_lines


def read(text):
    return [(line.kind, line.as_sent) for line in read_format_lines(clean(text), len(text))]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("VZCZCXYZ0000", "transmission-id"),
        ("VZCZCADI4711", "transmission-id"),
        ("PP RUEHWEB", "routing-line"),
        ("OO RUEHCHI RUEHDT RUEHHM RUEHNH", "routing-line"),
        ("OO PP RUEHXX RUEHYY", "routing-line"),
        ("RR RUEHAG RUEHAST\nRUEHLZ RUEHPOD\nRUEHYG", "routing-line"),
        ("DE RUEHBO #0335/01 0342125", "de-line"),
        ("ZNY CCCCC ZZH", "security-line"),
        ("ZNR UUUUU ZZH ZUI RUEWMCE1074 1581702", "security-line"),
        ("ZNY SSSSS ZZH (CCY AD3230EB MSI1033-695)", "security-line"),
        ("------------------281618Z 011536 /44", "dash-line"),
        ("------------------A54E38  291401Z /38", "dash-line"),
        ("BT", "break-line"),
        ("<<218634>>", "record-number"),
        ("ID: 218634", "record-number"),
        ("Friday, 22 January 2010, 15:14", "date-line"),
        ("Declassified/Released US Department of State EO Systematic Review 01 JAN 2031", "release-marking"),
        ("Message Text", "release-marking"),
    ],
)
def test_format_line(line, kind):
    assert read(f"\n  {line}\n\nFM AMEMBASSY QUITO\n\nUNCLAS QUITO 000034\n") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "THE VZCZCXYZ0000",
        "PP THE KEEPERS",
        "OO RUEHWEB keepers",
        "DE KEEPER #0335",
        "ZNY CCC ZZH",
        "BT AND MORE",
        "---------",
        "---- THE KEEPERS",
        "Friday came",
    ],
)
def test_no_format_line(line):
    assert [kind for kind, _ in read(line)] in ([], ["routing-line"])
    assert line.startswith("OO") or not read(line)


def test_markings_of_archives():
    assert is_marking("Declassified/Released US Department of State EO Systematic Review 01 JAN 2031")
    assert is_marking("Original Telegram was Confidential but has since been")
    assert is_marking("RG 59: General Records")
    assert not is_marking("The keepers were declassified.")
    assert not is_marking("THE ARCHIVES OF THE HARBOUR")
