"""pandas reads answers from the address of a query."""

from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pytest

QUERY = "SELECT ?cable ?id ?sent { ?cable a ck:Cable ; ck:canonicalId ?id ; ck:sentAt ?sent } ORDER BY ?id"


def address(endpoint: str, query: str = QUERY, **parameters: str) -> str:
    return f"{endpoint}?{urlencode({'query': query, **parameters})}"


def test_read_csv_by_format(endpoint, example_count):
    table = pd.read_csv(address(endpoint, format="csv"), parse_dates=["sent"])
    assert list(table.columns) == ["cable", "id", "sent"]
    assert len(table) == example_count
    assert table.sent.dt.year.min() == 1974
    assert table.cable.str.startswith("https://w3id.org/cablekg/cable/").all()


def test_read_csv_by_header(endpoint):
    by_header = pd.read_csv(address(endpoint), storage_options={"Accept": "text/csv"})
    assert by_header.equals(pd.read_csv(address(endpoint, format="csv")))


def test_read_table(endpoint):
    table = pd.read_table(address(endpoint, format="tsv"))
    assert list(table.columns) == ["?cable", "?id", "?sent"]
    assert "<https://w3id.org/cablekg/cable/07LISBON9310>" in set(table["?cable"])


def test_text_with_commas_quotes_and_line_ends(endpoint):
    query = """SELECT ("a,b" AS ?comma) ('say "aye"' AS ?quote) ("one\\ntwo" AS ?lines) (1 AS ?number) {}"""
    row = pd.read_csv(address(endpoint, query, format="csv")).iloc[0]
    assert list(row) == ["a,b", 'say "aye"', "one\ntwo", 1]


def test_read_json(endpoint, example_count):
    found = pd.read_json(address(endpoint), typ="series")
    assert len(found["results"]["bindings"]) == example_count


def test_error_is_an_error(endpoint):
    with pytest.raises(HTTPError) as caught:
        pd.read_csv(address(endpoint, "SELECT", format="csv"))
    caught.value.close()
    assert caught.value.code == 400
