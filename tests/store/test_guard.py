"""What the guard refuses, and what it lets through."""

import contextlib
import time

import pytest

from kg.errors import QueryRefused, QuerySyntaxError
from kg.store.guard import OPERANDS, SERVICE, TOKENS, Sources, check

NESTING = 128

REFUSED_SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1/>{ ?s ?p ?o } }",
    "SELECT * { VALUES ?g { <http://127.0.0.1/> } SERVICE ?g { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1/> SELECT * { SERVICEa:a{ ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1/> SELECT * { ?s ?p trueSERVICE a:a { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # comment {\n <http://127.0.0.1/> # another\n { ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1/> SELECT * { SERVICE a:b#comment of several words\n{ ?s ?p ?o } }",
    'SELECT * { FILTER(?a <?b#>"""\n) SERVICE <http://127.0.0.1/> { ?s ?p ?o } #"""\n }',
    r"SELECT * { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    r"SELECT * { SERVICE <http\u003A//127.0.0.1/> { ?s ?p ?o } }",
    "CONSTRUCT WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } }",
    "SELECT * { SERVICE #" + "x" * 5000 + "\n <http://127.0.0.1/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", REFUSED_SERVICES)
def test_service_is_refused(query: str):
    with pytest.raises(QueryRefused, match="SERVICE would reach another server"):
        check(query, NESTING)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "consular service in <town> was good {sic}" }',
        "SELECT * { ?service a ?type ; ex:service ?x }",
        "PREFIX service: <http://a/> SELECT * { ?s service:of ?o }",
        "# the service\nSELECT * { ?s ?p ?o }",
    ],
)
def test_the_word_service_is_no_clause(query: str):
    check(query, NESTING)


def test_service_in_a_string_is_told_why():
    with pytest.raises(QueryRefused, match="wherever they stand, in strings and comments too"):
        check('SELECT * { ?s ?p "SERVICE <http://a/> {" }', NESTING)


@pytest.mark.parametrize("text", ["service of the <kind> {", "SERVICE", "SERVICE { ?s ?p ?o }"])
def test_no_service_clause(text: str):
    assert SERVICE.search(text) is None


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "LOAD <http://127.0.0.1/>",
        "PREFIX a: <urn:> WITH <urn:g> DELETE { } WHERE { }",
    ],
)
def test_update_is_refused(update: str):
    with pytest.raises(QueryRefused, match="is an update"):
        check(update, NESTING)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "{" * 10_000 + "}" * 10_000 + "}",
        "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
        "SELECT * { FILTER(" + "!" * 10_000 + "1) }",
        "SELECT * { ?s " + "^" * 10_000 + "<urn:p> ?o }",
        "SELECT * { ?s ?p " + "[ ?p " * 10_000 + "1" + "]" * 10_000 + " }",
    ],
)
def test_deep_nesting_is_refused(query: str):
    with pytest.raises(QueryRefused, match="nested deeper"):
        check(query, NESTING)


MANY = OPERANDS + 1


@pytest.mark.parametrize(
    "joined",
    [
        "{ }" + " UNION { }" * MANY,
        "FILTER(1" + "+1" * MANY + ")",
        "?s ?p ?o . " * MANY,
        "?s a:p a:o." * MANY,
        "?s ?p ?o" + " ; ?p ?o" * MANY,
        "?s ?p ?o" + ",?o" * MANY,
        "?s ?p (" + "1 " * (MANY + 1) + ")",
        "?s ?p [" + "?p ?o;" * MANY + "]",
        "FILTER(1)" * MANY,
        "VALUES ?x { 1 }" * MANY,
        "{ " + "?s ?p ?o . " * (OPERANDS // 2) + "} " + "?s ?p ?o . " * (OPERANDS // 2 + 1),
    ],
)
def test_too_many_operands_are_refused(joined: str):
    with pytest.raises(QueryRefused, match="operands or statements"):
        check(f"SELECT * {{ {joined} }}", NESTING)


@pytest.mark.parametrize(
    "long",
    [
        "VALUES ?x { " + "-1 " * 50_000 + "}",
        "VALUES (?x ?y) { " + "(1 <urn:a>) " * 20_000 + "}",
        "FILTER(?x IN (" + "<urn:a>, " * 20_000 + "1))",
        "{ " + "?s ?p ?o . " * 3000 + "} UNION { " + "?s ?p ?o . " * 1000 + "}",
    ],
)
def test_long_lists_pass(long: str):
    check(f"SELECT * {{ {long} }}", NESTING)


def test_too_many_words_are_refused():
    with pytest.raises(QueryRefused, match="words and signs"):
        check("SELECT * { VALUES ?x { " + "1 " * TOKENS + "} }", NESTING)


def test_braces_in_strings_do_not_nest():
    check('SELECT * { ?s ?p "' + "{" * 1000 + '" }', NESTING)


def test_sources_are_found():
    query = "PREFIX g: <http://g/> SELECT * FROM g:a FROM NAMED <http://n/> FROM <http://c/> WHERE { ?s ?p ?o }"
    assert check(query, NESTING).sources == Sources(default=("http://g/a", "http://c/"), named=("http://n/",))


def test_from_in_the_pattern_is_no_source():
    assert check("SELECT * { ?s ?p ?o } ", NESTING).sources == Sources()


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("PREFIX ask: <urn:a> CONSTRUCT WHERE { ?s ask:select ?o }", "CONSTRUCT"),
        ("describe <urn:select>", "DESCRIBE"),
        ("ASK { { SELECT * {} } }", "ASK"),
    ],
)
def test_form_is_found(query: str, form: str):
    assert check(query, NESTING).form == form


@pytest.mark.parametrize(
    "expression", ["NOW()", "rand( )", "STRUUID()", "uuid # gap (\n()", "BNODE(1)", r"N\u004FW()", "1+1NOW()"]
)
def test_answer_that_depends_on_the_clock_or_chance(expression: str):
    assert check(f"SELECT ({expression} AS ?x) {{}}", NESTING).is_volatile


@pytest.mark.parametrize("expression", ["?now", "ex:random", "STR(?uuid)", "(now)"])
def test_answer_that_is_always_the_same(expression: str):
    assert not check(f"SELECT ({expression} AS ?x) {{}}", NESTING).is_volatile


HOSTILE = [
    "service ", "#service\n", "service<", "service#", "a.", "a-", "é.", "1a.", "_a.", "a:%", "?", "<a", "<\\u0041", "''a",
    "{", "{}", "a:a.", "a\\u002E", "@a-", "1e", "a" * 1000 + " ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("start", ['SELECT * { ?s ?p "x" ', "'''"])
def test_time_is_linear(start: str, unit: str):
    text = start + unit * (2**20 // len(unit.encode()))
    begun = time.process_time()
    with contextlib.suppress(QueryRefused, QuerySyntaxError):
        check(text, NESTING)
    assert time.process_time() - begun < 5
