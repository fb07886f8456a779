"""Choice of a format by Accept and by name."""

import pytest

from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS, choose, named

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
COMUNICA = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/turtle;q=0.6,*/*;q=0.1"


def name(accept: str | None, offered=(*SOLUTIONS, HTML)) -> str | None:
    form = choose(accept, offered)
    return form.name if form else None


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "json"),
        ("*/*", "json"),
        ("", "json"),
        ("text/csv", "csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.8", "tsv"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/*;q=0.5, text/csv;q=0.1, */*;q=0", "tsv"),
        ("text/xml", "xml"),
        ("*/*, application/sparql-results+json;q=0", "xml"),
        ("application/sparql-results+json;q=0, application/*", "xml"),
        ("text/csv;q=0.2, text/csv;q=0.9, application/sparql-results+json;q=0.5", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ('text/csv; charset="UTF-8"', "csv"),
        ("text/csv; charset=iso-8859-1", None),
        ("application/sparql-results+json; version=1.2", "json"),
        ("application/sparql-results+json; version=3", None),
        ("text/csv; header=absent", "csv"),
        ("text/csv; header=absent; q=0.9, text/csv; q=0.2, text/html; q=0.5", "html"),
        ('image/x; a="text/csv, text/csv", application/sparql-results+xml', "xml"),
        ('image/x; a="unclosed, text/csv', "csv"),
        ("*/*, application/sparql-results+json;q=0, application/json;q=0", "xml"),
        ("TEXT/CSV", "csv"),
        (BROWSER, "html"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("nonsense", None),
        ("text/csv;q=nan", None),
        ("text/csv;q=high, text/html;q=0.1", "html"),
        ("text/csv;q=1.5", None),
        ("text/csv;q=.5, text/html;q=0.4", "csv"),
        (",;/ , ;q=1, */csv, text/csv", "csv"),
        ("a/b, " * 49 + "text/csv", "csv"),
        ("a/b, " * 50 + "text/csv", None),
        (";;,,", None),
    ],
)
def test_solutions(accept: str | None, expected: str | None):
    assert name(accept) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "ttl"),
        ("*/*", "ttl"),
        (COMUNICA, "nq"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.5", "rdf"),
        ("application/trig", "trig"),
        (BROWSER, "html"),
    ],
)
def test_graphs(accept: str | None, expected: str):
    assert name(accept, (*GRAPHS, HTML)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("turtle", "ttl"),
        ("TTL", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/ld json", "jsonld"),
        ("text/turtle;charset=utf-8", "ttl"),
        ("application/json", "jsonld"),
        ("n-triples", "nt"),
        ("pdf", None),
        ("", None),
    ],
)
def test_named(given: str, expected: str | None):
    form = named(given, GRAPHS)
    assert (form.name if form else None) == expected
