"""How terms get into the text of a query."""

from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.web
from kg.iris import PREFIXES
from kg.web.rows import Term, bind, query, read, title


def test_iri_takes_its_place_everywhere():
    text = "SELECT * { { VALUES ?thing {} } UNION { VALUES ?thing {} } }"
    assert bind(text, thing="urn:a").count("VALUES ?thing { <urn:a> }") == 2


def test_several_iris():
    assert "{ <urn:a> <urn:b> }" in bind("VALUES ?thing {}", thing=["urn:a", "urn:b"])


@pytest.mark.parametrize("iri", ["urn:a> } ?s ?p ?o {", "no scheme", "urn:a b", 'urn:"', "urn:{}"])
def test_what_is_no_iri_is_refused(iri: str):
    with pytest.raises(ValueError, match="IRI"):
        bind("VALUES ?thing {}", thing=iri)


def test_literal_cannot_break_out():
    nasty = 'a" } DELETE { ?s ?p ?o } \\ \n'
    text = bind("SELECT ?alias { VALUES ?alias {} }", alias=ox.Literal(nasty))
    assert [row["alias"].value for row in ox.Store().query(text)] == [nasty]


def test_limit_and_offset():
    assert bind("LIMIT 0 OFFSET 0", limit=10, offset=20) == "LIMIT 10 OFFSET 20"


def test_place_that_is_missing():
    with pytest.raises(KeyError):
        bind("SELECT * {}", thing="urn:a")


def test_unbound_is_left_out():
    assert read({"names": ["a", "b"], "rows": [[["iri", "urn:a"], None]]}) == [{"a": Term("iri", "urn:a")}]


QUERIES = sorted(path.stem for path in (Path(kg.web.__file__).parent / "queries").glob("*.rq"))


@pytest.mark.parametrize("name", QUERIES)
def test_own_query_runs_and_has_a_title(name: str):
    text = query(name)
    places = {place for place in ("thing", "node", "alias") if f"VALUES ?{place} {{}}" in text}
    numbers = {"limit": 1, "offset": 0} if "LIMIT 0 OFFSET 0" in text else {}
    ox.Store().query(bind(text, **dict.fromkeys(places, "urn:a"), **numbers), prefixes=PREFIXES)
    assert text.startswith("# ")
    assert not title(name).startswith("#")
