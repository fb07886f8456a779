"""Answers to queries as pages for browsers."""

from flask.testing import FlaskClient

from tests.web.asking import BROWSER, CABLES, get


def test_table_for_a_browser(client: FlaskClient):
    response = get(client, CABLES, BROWSER)
    assert 'href="/cable/09ATLANTIS7"' in response.text
    assert "A &lt;b&gt;BOLD&lt;/b&gt; &amp; DAMP PROPOSAL" in response.text
    assert "<b>BOLD" not in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_table_says_where_it_is_cut(client: FlaskClient):
    response = get(client, "SELECT * { ?s <urn:number> ?n }", BROWSER)
    assert "Cut off at 1,000 rows" in response.text
    assert response.text.count("urn:n:") == 1000


def test_table_of_a_graph(client: FlaskClient):
    assert "predicate" in get(client, "CONSTRUCT WHERE { ?s a ck:Cable }", BROWSER).text


def test_yes_or_no_for_a_browser(client: FlaskClient):
    assert "Yes" in get(client, "ASK { ?s ?p ?o }", BROWSER).text


def test_address_that_is_no_link(client: FlaskClient):
    text = get(client, "SELECT ?o { ?s rdfs:seeAlso ?o }", BROWSER).text
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text
