"""The SPARQL protocol for queries: forms of requests, formats, errors, headers."""

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

Serve = Callable[..., AbstractContextManager[Flask]]
CABLES = "SELECT ?c ?l { ?c a ck:Cable ; rdfs:label ?l }"
LABEL = "09ATLANTIS7: A <b>BOLD</b> & DAMP PROPOSAL"
BASE = "https://w3id.org/cablekg/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def get(client: FlaskClient, query: str, accept: str | None = None, **parameters):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)


def test_get(client: FlaskClient):
    response = get(client, CABLES)
    assert response.content_type == "application/sparql-results+json"
    assert json.loads(response.data)["results"]["bindings"][0]["l"]["value"] == LABEL


def test_form_post(client: FlaskClient):
    response = client.post("/sparql", data={"query": CABLES}, headers={"Accept": "text/csv"})
    assert list(csv.reader(io.StringIO(response.text)))[1] == [f"{BASE}cable/09ATLANTIS7", LABEL]


def test_direct_post(client: FlaskClient):
    response = client.post("/sparql", data=CABLES, content_type="application/sparql-query; charset=utf-8")
    assert LABEL in json.dumps(response.json, ensure_ascii=False)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [CABLES, "ASK { ?s ?p ?o }"])
def test_formats_of_solutions(client: FlaskClient, query: str, accept: str, content_type: str):
    response = get(client, query, accept)
    assert (response.status_code, response.content_type) == (200, content_type)
    assert response.vary.as_set() == {"accept", "accept-encoding"}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?c rdfs:label ?l } { ?c a ck:Cable ; rdfs:label ?l }", "DESCRIBE ck:Cable"]
)
def test_formats_of_graphs(client: FlaskClient, query: str, accept: str, form: ox.RdfFormat):
    response = get(client, query, accept)
    assert response.content_type.startswith(accept)
    assert list(ox.parse(response.data, format=form))


def test_format_parameter_wins(client: FlaskClient):
    assert get(client, CABLES, "text/csv", format="xml").content_type == "application/sparql-results+xml"


def test_format_may_be_sent_by_several_names(client: FlaskClient):
    response = get(client, CABLES, format=["tsv", "text/tab-separated-values", "no-such"], output="tsv")
    assert response.mimetype == "text/tab-separated-values"


def test_formats_that_differ_are_refused(client: FlaskClient):
    response = get(client, CABLES, format="json", output="csv")
    assert response.status_code == 400
    assert "json, csv" in response.json["detail"]


def test_format_that_is_none(client: FlaskClient):
    response = get(client, CABLES, format="pdf")
    assert response.status_code == 400
    assert "csv" in response.json["detail"]


@pytest.mark.parametrize(("query", "offered"), [(CABLES, "text/csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")])
def test_not_acceptable(client: FlaskClient, query: str, offered: str):
    response = get(client, query, "image/png")
    assert response.status_code == 406
    assert offered in response.json["detail"]


@pytest.mark.parametrize(
    ("content_type", "headers", "reason"),
    [
        ("text/plain", {}, "text/plain"),
        ("multipart/form-data; boundary=x", {}, "multipart/form-data"),
        ("", {}, "without Content-Type"),
        ("application/sparql-query; charset=iso-8859-1", {}, "UTF-8"),
        ("application/x-www-form-urlencoded; charset=utf-16", {}, "UTF-8"),
        ("application/sparql-query", {"Content-Encoding": "gzip"}, "compressed"),
    ],
)
def test_unsupported_media_type(client: FlaskClient, content_type: str, headers: dict, reason: str):
    response = client.post("/sparql", data=CABLES, content_type=content_type, headers=headers)
    assert response.status_code == 415
    assert response.headers["Accept-Post"] == (
        "application/sparql-query, application/sparql-update, application/x-www-form-urlencoded"
    )
    assert reason in response.json["detail"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"'])
def test_charset_of_a_body(client: FlaskClient, charset: str):
    content_type = f"application/sparql-query; charset={charset}"
    response = client.post("/sparql", data='ASK { FILTER("é" = "\\u00E9") }'.encode(), content_type=content_type)
    assert response.json["boolean"] is True


@pytest.mark.parametrize(("version", "status"), [("1.0", 200), ("1.1", 200), ("1.2", 200), ("1.3", 400), ("", 400)])
def test_version_of_sparql(client: FlaskClient, version: str, status: int):
    assert get(client, "ASK {}", version=version).status_code == status
    content_type = f'application/sparql-query; version="{version or "x"}"'
    assert client.post("/sparql", data="ASK {}", content_type=content_type).status_code == status


def test_syntax_error_says_where(client: FlaskClient):
    response = get(client, "SELECT * {\n ?s ?p }")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert (response.json["line"], response.json["column"]) == (2, 9)
    assert response.json["title"] == "Query syntax error"
    assert (response.json["excerpt"], response.json["caret"]) == (" ?s ?p }", "        ^")


def test_refusal_says_where(client: FlaskClient):
    problem = get(client, "SELECT * {\n\tSERVICE <urn:x> { ?s ?p ?o } }").json
    assert (problem["line"], problem["column"]) == (2, 2)
    assert problem["excerpt"][problem["caret"].index("^") :].startswith("SERVICE")


@pytest.mark.parametrize("query", [CABLES, "SELECT", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }"])
def test_every_answer_to_a_query_has_an_id(client: FlaskClient, query: str):
    found = [get(client, query, accept).headers["KG-Query-Id"] for accept in (None, BROWSER, "text/csv")]
    assert len(set(found)) == 3


@pytest.mark.parametrize("parameters", [{}, {"timeout": "never"}, {"format": "pdf"}])
def test_error_tells_the_id_of_its_query(client: FlaskClient, parameters: dict):
    response = get(client, "SELECT", **parameters)
    assert response.json["query_id"] == response.headers["KG-Query-Id"]
    page = get(client, "SELECT", **parameters, accept=BROWSER)
    assert page.headers["KG-Query-Id"] in page.text


@pytest.mark.parametrize("query", ["", " \n"])
def test_empty_query_is_told(client: FlaskClient, query: str):
    assert (get(client, query).status_code, get(client, query).json["detail"]) == (400, "The query is empty.")


def test_misspelt_query_is_no_wish_for_the_description(client: FlaskClient):
    for response in (client.get("/sparql?qurey=ASK%7B%7D"), client.post("/sparql", data={"qurey": "ASK{}"})):
        assert response.status_code == 400
        assert "no parameter 'qurey'" in response.json["detail"]
        assert "query, update, " in response.json["detail"]
    assert client.get("/sparql?format=ttl&output=ttl").mimetype == "text/turtle"
    assert get(client, "ASK {}", qurey="x").status_code == 200


def test_description_has_no_id_of_a_query(client: FlaskClient):
    assert "KG-Query-Id" not in client.get("/sparql").headers


def test_named_format_does_not_vary_by_accept(client: FlaskClient):
    assert get(client, CABLES, format="csv").vary.as_set() == {"accept-encoding"}


NUMBERS = "SELECT * { ?s <urn:number> ?n }"
ROWS = {
    None: lambda response: len(response.json["results"]["bindings"]),
    "text/csv": lambda response: len(list(csv.reader(io.StringIO(response.text)))) - 1,
    "text/tab-separated-values": lambda response: response.text.count("\n") - 1,
    "application/sparql-results+xml": lambda response: response.text.count("<result>"),
    BROWSER: lambda response: response.text.count("urn:n:"),
}


@pytest.mark.parametrize("accept", ROWS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_cut_off_at_rows(client: FlaskClient, accept: str | None, method: str):
    fields = {"query": NUMBERS, "max-rows": "7"}
    given = {"query_string": fields} if method == "GET" else {"data": fields}
    response = client.open("/sparql", method=method, headers={"Accept": accept} if accept else {}, **given)
    assert (response.status_code, ROWS[accept](response)) == (200, 7)
    assert response.headers["KG-Cut-Off"] == "rows=7"
    assert response.headers["Cache-Control"] == "no-cache"


def test_page_of_large_values_is_cut_off(client: FlaskClient):
    """The web process makes pages as a whole, so that they are bounded in bytes too."""
    concatenated = "SELECT (GROUP_CONCAT(?m) AS ?w) { ?t <urn:number> ?m }"
    large = f"SELECT ?s (CONCAT(?w, ?w, ?w, ?w, ?w, ?w) AS ?v) {{ {{ {concatenated} }} ?s <urn:number> ?n }}"
    response = get(client, large, BROWSER)
    assert response.status_code == 200
    assert response.headers["KG-Cut-Off"] == "bytes=4194304"
    assert "Cut off at 4,194,304 bytes" in response.text
    assert 10 < response.text.count("urn:n:") < 200
    assert "KG-Cut-Off" not in get(client, large + " LIMIT 3", BROWSER).headers


def test_page_is_preferred_for_rows_alone(client: FlaskClient):
    response = get(client, "CONSTRUCT WHERE { ?s <urn:number> ?n }", "application/n-triples, text/html;q=0.5")
    assert (response.text.count("\n"), "KG-Cut-Off" in response.headers) == (3000, False)


def test_cut_off_graph(client: FlaskClient):
    response = get(client, "CONSTRUCT WHERE { ?s <urn:number> ?n }", "application/n-triples", **{"max-rows": "7"})
    assert (response.text.count("\n"), response.headers["KG-Cut-Off"]) == (7, "rows=7")


def test_cut_off_at_bytes(client: FlaskClient):
    response = get(client, NUMBERS, **{"max-bytes": "2000"})
    assert response.headers["KG-Cut-Off"] == "bytes=2000"
    assert 1 < ROWS[None](response) < 3000
    assert len(response.data) < 2200


@pytest.mark.parametrize(
    "parameters", [{}, {"max-rows": "3000"}, {"max-rows": "99999999999"}, {"max-bytes": "9999999"}]
)
def test_whole_answer_is_not_called_cut(client: FlaskClient, parameters: dict):
    response = get(client, NUMBERS, **parameters)
    assert ROWS[None](response) == 3000
    assert "KG-Cut-Off" not in response.headers


def test_lower_deadline(client: FlaskClient):
    response = get(client, "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }", timeout="0.2")
    assert (response.status_code, response.json["title"]) == (504, "Query timeout")


@pytest.mark.parametrize("name", ["timeout", "max-rows", "max-bytes"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "nan", "inf", "1e9", "", "9" * 400, " 1", "0.0"])
def test_limits_that_are_none(client: FlaskClient, name: str, value: str):
    response = get(client, "ASK {}", **{name: value})
    assert response.status_code == 400
    assert name in response.json["detail"]


def test_error_for_a_browser_keeps_the_query(client: FlaskClient):
    response = get(client, "SELECT <script>", BROWSER)
    assert response.status_code == 400
    assert "SELECT &lt;script&gt;" in response.text
    # The page's own script, where it is built, has attributes.
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE ?where { ?s ?p ?o } }", "SERVICE"),
        ("PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x: { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1\\u003A9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE\\U00000020<http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("DESCRIBE ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT * { { SELECT * { service # \n <http://127.0.0.1:9/> { ?s ?p ?o } } } }", "SERVICE"),
        ("LOAD <http://127.0.0.1:9/>", "update"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "update"),
        ("SELECT * { " + "{" * 500 + "}" * 500 + "}", "nested"),
    ],
)
def test_refused(client: FlaskClient, query: str, reason: str):
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 400
    assert reason in response.json["detail"]


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"update": "CLEAR ALL"}},
        {"data": "CLEAR ALL", "content_type": "application/sparql-update"},
    ],
)
def test_updates_are_forbidden(client: FlaskClient, request_: dict):
    assert client.post("/sparql", **request_).status_code == 403


@pytest.mark.parametrize(
    "request_",
    [
        {"query_string": "query=ASK%7B%7D&query=ASK%7B%7D"},
        {"query_string": "query=%FF"},
        {"query_string": "query=ASK%7B%7D&default-graph-uri=no+iri"},
        {"method": "POST", "data": {"other": "x"}},
        {"method": "POST", "data": b"\xff", "content_type": "application/sparql-query"},
        {
            "method": "POST",
            "query_string": "query=ASK%7B%7D",
            "data": "ASK {}",
            "content_type": "application/sparql-query",
        },
    ],
)
def test_bad_requests(client: FlaskClient, request_: dict):
    response = client.open("/sparql", **{"method": "GET", **request_})
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"


def test_query_that_is_too_long(client: FlaskClient):
    response = client.post("/sparql", data={"query": "ASK {} #" + "x" * 1_100_000})
    assert response.status_code == 413


def test_method_that_is_not_allowed(client: FlaskClient):
    response = client.delete("/sparql")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.json["detail"] == "There is no DELETE here. There are GET, HEAD, OPTIONS, POST."


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/sparql?query=x", "/nowhere", "/cable/none", "/health"])
def test_cors_on_every_answer(client: FlaskClient, path: str):
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_preflight(client: FlaskClient):
    response = client.options("/sparql", headers={"Origin": "http://x", "Access-Control-Request-Method": "POST"})
    assert response.status_code == 200
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_head(client: FlaskClient):
    response = client.head("/sparql", query_string={"query": CABLES}, headers={"Accept": "text/csv"})
    assert (response.status_code, response.content_type, response.data) == (200, "text/csv; charset=utf-8", b"")


@pytest.mark.parametrize("accept", [None, "text/csv", "text/turtle", BROWSER])
@pytest.mark.parametrize(
    "query", [NUMBERS, CABLES, "CONSTRUCT WHERE { ?s <urn:number> ?n }", "SELECT", "SELECT (NOW() AS ?n) {}"]
)
def test_head_has_the_headers_of_get(client: FlaskClient, query: str, accept: str | None):
    headers = {"Accept": accept} if accept else {}
    head = client.head("/sparql", query_string={"query": query}, headers=headers)
    whole = client.get("/sparql", query_string={"query": query}, headers=headers)
    assert (head.status_code, head.data) == (whole.status_code, b"")
    for name in ("Content-Type", "Cache-Control", "ETag", "Vary", "Access-Control-Allow-Origin"):
        assert head.headers.get(name) == whole.headers.get(name), name
    if "NOW" not in query:
        assert head.content_length in (None, whole.content_length)


def test_head_does_not_evaluate_all(client: FlaskClient):
    heavy = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    start = time.monotonic()
    response = client.head("/sparql", query_string={"query": heavy, "timeout": "5"})
    assert (response.status_code, "KG-Cut-Off" in response.headers) == (200, False)
    assert time.monotonic() - start < 5


PREFLIGHT = {"Origin": "http://x", "Access-Control-Request-Method": "PUT"}


def test_options_on_every_route(client: FlaskClient, app: Flask):
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<any\((\w+)[^>]*>|<[^>]+>", lambda match: match[1] or "x", rule.rule)
        response = client.options(path, headers=PREFLIGHT)
        assert response.status_code == 200, path
        assert set(response.headers["Allow"].split(", ")) >= {"OPTIONS", *(rule.methods or ())} - {"HEAD"}
        assert {"GET", "POST", "PUT", "DELETE"} <= set(response.headers["Access-Control-Allow-Methods"].split(", "))
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("host", ["x" * 300, "a..b", "[", "a b"])
def test_hosts_that_are_none(client: FlaskClient, host: str, accept: str):
    response = client.get("/sparql?query=ASK{", headers={"Host": host, "Accept": accept})
    assert response.status_code == 400


def count(
    client: FlaskClient,
    pattern: str,
    query: str = "SELECT (COUNT(*) AS ?n) {} {{ {} }}",
    clause: str = "",
    **parameters,
):
    response = client.get(
        "/sparql", query_string={"query": query.format(clause, pattern), **parameters}, headers={"Accept": "text/csv"}
    )
    return int(response.text.split()[1])


CABLE = "?c a <https://w3id.org/cablekg/ontology#Cable>"


def test_alias_of_the_default_graph(client: FlaskClient):
    assert count(client, CABLE, clause=f"FROM <{BASE}graph/facts>") == 1
    assert count(client, CABLE, **{"default-graph-uri": f"{BASE}graph/facts"}) == 1


def test_from_reads_its_graph_alone(client: FlaskClient):
    assert count(client, "?s ?p ?o", clause=f"FROM <{BASE}graph/provenance>") == 1
    assert count(client, "?s ?p ?o", **{"default-graph-uri": f"{BASE}graph/provenance"}) == 1
    assert count(client, CABLE, clause=f"FROM <{BASE}graph/provenance>") == 0


def test_request_overrides_from(client: FlaskClient):
    clause = f"FROM <{BASE}graph/provenance>"
    assert count(client, CABLE, clause=clause, **{"default-graph-uri": f"{BASE}graph/facts"}) == 1


def test_named_graph_uri(client: FlaskClient):
    assert count(client, "GRAPH ?g { ?s ?p ?o }", **{"named-graph-uri": f"{BASE}graph/provenance"}) == 1
    assert count(client, "?s ?p ?o", **{"named-graph-uri": f"{BASE}graph/provenance"}) == 0


def test_alias_beside_another_graph(client: FlaskClient):
    clause = f"FROM <{BASE}graph/facts> FROM <{BASE}graph/provenance>"
    assert count(client, f"{{ {CABLE} }} UNION {{ <urn:s> ?p ?o }}", clause=clause) == 2


def test_project_prefixes_need_no_declaration(client: FlaskClient):
    assert get(client, "ASK { ?c a ck:Cable }").json["boolean"] is True


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


@pytest.mark.parametrize("path", ["/cable//x", "//evil.example/cable/x", "//cable/x", "/sparql//", "/browse//cables"])
def test_double_slashes_do_not_redirect(client: FlaskClient, path: str):
    response = client.open(path, headers={"Host": "evil.example"})
    assert response.status_code == 404
    assert "Location" not in response.headers


def test_snapshot_whose_store_is_gone(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    shutil.rmtree(publish(tmp_path, "one") / "store")
    with serve(tmp_path) as app:
        response = get(app.test_client(), "ASK {}")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "is damaged or gone. Build it again" in response.json["detail"]
    assert str(tmp_path) not in response.text


def test_snapshot_without_manifest(tmp_path: Path, publish: Callable[..., Path], serve: Serve):
    (publish(tmp_path, "one") / "manifest.json").unlink()
    with serve(tmp_path) as app:
        response = get(app.test_client(), "ASK {}")
    assert response.status_code == 503
    assert str(tmp_path) not in response.text


def test_no_snapshot_names_no_folder(tmp_path: Path, serve: Serve):
    with serve(tmp_path) as app:
        response = get(app.test_client(), "ASK {}")
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
