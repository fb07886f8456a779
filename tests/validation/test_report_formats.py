"""A report in each of its formats."""

import csv
import io
import json
import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import SH

from kg.iris import Iris
from kg.validation.report_formats import COLUMNS, FORMATS, written
from kg.validation.report_model import Choice, report_of_cables
from tests.validation.reports import CABLES, GOOD, VIOLATION

REPORT = report_of_cables(CABLES, notes=["b.csv: <not> a cable"])


@pytest.mark.parametrize("form", ["text", "json", "csv", "html"])
def test_format_is_as_it_was(form, golden):
    golden(f"validation/report.{form}", written(REPORT, form, Iris()).replace("\r\n", "\n"))


@pytest.mark.parametrize("form", FORMATS)
def test_report_that_conforms_can_be_written(form):
    assert written(report_of_cables([GOOD]), form, Iris()).endswith("\n")


def test_json_has_whole_totals_beside_a_cut_list():
    found = json.loads(written(report_of_cables(CABLES, Choice(limit=1)), "json", Iris()))
    assert found["severities"] == {"Violation": 1, "Warning": 2, "Info": 0}
    assert found["shapes"]["cks:cable-tag-missing"] == {"results": 2, "listed": 1}
    assert [one["cable"] for one in found["results"]] == ["09QUITO77", "09QUITO77"]
    assert found["failures"] == [{"cable": "09QUITO79", "reason": "ValueError: odd"}]


def test_csv_has_a_row_for_each_result():
    header, first, *_ = csv.reader(io.StringIO(written(REPORT, "csv", Iris()), newline=""))
    assert tuple(header) == COLUMNS
    row = dict(zip(header, first, strict=True))
    assert (row["message"], row["value"]) == (VIOLATION.message, VIOLATION.value)
    assert (row["source"], row["position"], row["line"]) == ("quito.csv", "17", "12")


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_rdf_is_the_same_report_in_every_syntax(form, name):
    found = Graph().parse(data=written(REPORT, form, Iris()), format=name)
    assert isomorphic(found, Graph().parse(data=written(REPORT, "nt", Iris()), format="nt"))


def test_rdf_says_what_was_cut():
    text = written(report_of_cables(CABLES, Choice(limit=1)), "nt", Iris())
    store = Graph().parse(data=text, format="nt")
    assert len(list(store.objects(None, SH.result))) == 2
    assert "cks:cable-tag-missing: 1 of 2 results are listed" in text


def test_page_escapes_what_results_say():
    page = written(REPORT, "html", Iris())
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;not&gt; a cable" in page


def test_page_makes_no_link_that_would_run():
    odd = replace(CABLES[0], results=(replace(VIOLATION, focus="javascript:alert(1)"),))
    assert 'href="javascript' not in written(report_of_cables([odd]), "html", Iris())


def test_every_link_of_the_page_leads_somewhere():
    page = written(REPORT, "html", Iris())
    anchors = set(re.findall(r'id="([^"]+)"', page))
    links = {link for link in re.findall(r'href="#([^"]*)"', page) if link}
    assert links
    assert links <= anchors


def test_lines_of_the_engine_are_written_as_they_are():
    line = "<urn:a> <urn:b> <urn:c> .\n"
    found = written(replace(REPORT, lines=(line,)), "nt", Iris())
    assert list(ox.parse(found.encode(), format=ox.RdfFormat.N_TRIPLES)) == list(
        ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES)
    )
