"""Invented cables in each format, for the tests of the readers."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest

TELEGRAM = """VZCZCXYZ0007
PP RUEHWEB

DE RUEHLI #9901/01 0021015
ZNR UUUUU ZZH
P 021015Z JAN 08
FM AMEMBASSY LISBON
TO RUEHC/SECSTATE WASHDC PRIORITY 0001
INFO RUEHRK/AMEMBASSY REYKJAVIK 0002

UNCLAS LISBON 009901

SIPDIS

E.O. 12958: N/A
TAGS: PREL EFIS PO
SUBJECT: THE LIGHTHOUSE KEEPERS' CHOIR GOES ON TOUR

1. (U) The choir of the lighthouse keepers sang in the harbor office; "twice", said the harbor master.

NOBODY
"""

Row = Sequence[str]


@pytest.fixture
def telegram() -> str:
    """A telegram, invented."""
    return TELEGRAM


@pytest.fixture
def header_and_body() -> tuple[str, str]:
    """The same telegram as sources give it that keep header and body apart."""
    header, body = TELEGRAM.split("\n\nUNCLAS", 1)
    return header, f"UNCLAS{body}"


@pytest.fixture
def row(header_and_body: tuple[str, str]) -> Callable[..., Row]:
    """Makes the eight fields of a row."""

    def make(number: int = 1, reference_id: str = "08LISBON9901") -> Row:
        beside = (
            str(number),
            "1/2/2008 10:15",
            reference_id,
            "Embassy Lisbon",
            "UNCLASSIFIED",
            "07LISBON9801|07STATE990117",
        )
        return (*beside, *header_and_body)

    return make


@pytest.fixture
def as_csv() -> Callable[..., bytes]:
    """Writes rows in the dialect of Cablegate."""

    def write(*rows: Row) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False, lineterminator="\n")
        writer.writerows(rows)
        return text.getvalue().encode()

    return write


@pytest.fixture
def page(header_and_body: tuple[str, str]) -> str:
    """A page of the viewer with the same telegram."""
    header, body = (block.replace("&", "&amp;").replace("\n", "&#x000A;") for block in header_and_body)
    body = body.replace("1. (U)", "<a id='par1' href='#par1'>¶</a>1. (U)")
    body = body.replace("PREL EFIS PO", "<a href='/tag/PREL_0.html'>PREL</a> <a href='/tag/EFIS_0.html'>EFIS</a> PO")
    return f"""<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns='http://www.w3.org/1999/xhtml'>
<head><title>Cable Viewer</title></head>
<body>
<h3>Browse by origin</h3>
<h3>Viewing cable 08LISBON9901, THE LIGHTHOUSE KEEPERS&#x27; CHOIR GOES ON TOUR</h3>
<table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr>
<td><a href='/cable/2008/01/08LISBON9901.html'>08LISBON9901</a></td>
<td><a href='/date/2008-01_0.html'>2008-01-02 10:10</a></td>
<td><a href='/reldate/2011-08-30_0.html'>2011-08-30 01:01</a></td>
<td><a href='/classification/2_0.html' title='unclassified'>UNCLASSIFIED</a></td>
<td><a href='/origin/9_0.html'>Embassy Lisbon</a></td>
</tr>
<tr><td colspan='5'>Appears in these articles: <a href='http://example.org/'>a newspaper</a></td></tr>
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</body>
</html>
"""
