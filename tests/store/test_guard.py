"""What the guard refuses, and what it lets through."""

import contextlib
import time

import pytest

from kg.errors import QueryRefused, QuerySyntaxError, UpdateAsQuery
from kg.store.depth import OPERANDS, STATEMENTS, refuse_depth
from kg.store.guard import SERVICE, Sources, check

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
    with pytest.raises(UpdateAsQuery, match="is an update"):
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
    "pattern",
    [
        "{ }" + " UNION { }" * MANY,
        "FILTER(1" + "+1" * MANY + ")",
        "FILTER(1" + " || 1" * MANY + ")",
        "FILTER(1)" * MANY,
        "?s <urn:p>" + "|<urn:p>" * MANY + " ?o",
        "{ SELECT * { } ORDER BY " + "?x " * (MANY + 3) + "}",
    ],
)
def test_too_many_operands_are_refused(pattern: str):
    with pytest.raises(QueryRefused, match="operands or statements"):
        check(f"SELECT * {{ {pattern} }}", NESTING)


@pytest.mark.parametrize(
    "query",
    [
        "DESCRIBE " + "<urn:a> " * (MANY + 3),
        "DESCRIBE " + "a:b " * (MANY + 3),
        "SELECT * { ?s ?p ?o } ORDER BY " + "?o " * (MANY + 3),
        "SELECT * { ?s ?p ?o } ORDER BY " + "DESC(?o) " * MANY,
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY " + "?v " * (MANY + 3),
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING " + "(?n) " * MANY,
        "SELECT " + "?v " * (MANY + 3) + "{}",
        "SELECT " + "(1 AS ?v) " * MANY + "{}",
    ],
)
def test_long_lists_outside_of_groups_are_refused(query: str):
    with pytest.raises(QueryRefused, match="operands or statements"):
        check(query, NESTING)


FEW = STATEMENTS + 1


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p ?o . " * FEW,
        "?s a:p a:o." * FEW,
        "?s a:p 1." * FEW,
        "?s ?p ?o" + " ; ?p ?o" * FEW,
        "?s ?p ?o" + ",?o" * FEW,
        "?s ?p (" + "1 " * (FEW + 1) + ")",
        "?s ?p (" + "[] " * (FEW + 1) + ")",
        "?s ?p [" + "?p ?o;" * FEW + "]",
        "VALUES ?x { 1 }" * FEW,
        "{ ?s ?p ?o }" * FEW,
        "OPTIONAL { ?s ?p ?o }" * FEW,
        "GRAPH ?g { ?s ?p ?o }" * FEW,
        "?s <urn:p>" + "/<urn:p>" * FEW + " ?o",
        "{ " + "?s ?p ?o . " * FEW + "}",
        "?s ?p [ ?p [" + "?p ?o;" * FEW + "] ]",
    ],
)
def test_too_many_statements_are_refused(pattern: str):
    with pytest.raises(QueryRefused, match="statements in one group, which"):
        check(f"SELECT * {{ {pattern} }}", NESTING)


@pytest.mark.parametrize(
    "pattern",
    [
        "VALUES ?x { " + "1 " * 500_000 + "}",
        "VALUES ?x { " + '"a.b,c"@en ' * 90_000 + "}",
        "VALUES ?x { " + '"a"^^<urn:b> ' * 70_000 + "}",
        "VALUES (?x ?y) { " + "(1 <urn:a>) " * 80_000 + "}",
        "VALUES (?x ?y) { # rows\n" + "(UNDEF true)\n" * 70_000 + "}",
        "FILTER(?x IN (" + "<urn:a>, " * 100_000 + "1))",
        "FILTER(CONCAT(" + '"a", ' * 100_000 + '"") = "")',
        "?s ?p ?o . " * 500,
        "".join(f"?s <http://a.b.c/{n}> ?o{n} ; a:b.c 1.5 . " for n in range(250)),
        "{ " + "?s ?p ?o . " * 500 + "} UNION { " + "?s ?p ?o . " * 500 + "}",
        "{ ?s ?p ?o } " + "UNION { ?s ?p ?o } " * 900,
        "FILTER(?x = 1" + " || ?x = 1" * 1_900 + ")",
        "# a comment, of words\n" * 45_000,
        "".join(f"BIND(?x + {n} AS ?y{n}) FILTER(?y{n} NOT IN (1, 2)) " for n in range(450)),
    ],
)
def test_ordinary_large_queries_pass(pattern: str):
    check(f"SELECT * {{ {pattern} }}", NESTING)


@pytest.mark.parametrize(
    "query",
    [
        "".join(f"PREFIX p{n}: <urn:{n}> " for n in range(5000)) + "SELECT * {}",
        "SELECT * " + "".join(f"FROM NAMED <urn:{n}> FROM p:{n} " for n in range(5000)) + "{}",
        "CONSTRUCT { " + "?s ?p ?o . " * 20_000 + "} WHERE { ?s ?p ?o }",
        "CONSTRUCT { " + "?s ?p (1 2) ; ?p [ ?p 1 ] . " * 20_000 + "} WHERE { ?s ?p ?o }",
    ],
)
def test_long_prologues_and_templates_pass(query: str):
    check(query, NESTING)


def test_data_of_an_update_is_a_template():
    refuse_depth("INSERT DATA { GRAPH <urn:g> { " + "<urn:s> <urn:p> 1.0 . " * 20_000 + "} }", NESTING)


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE {{ {} }}", "DELETE WHERE {{ {} }}", "INSERT {{}} WHERE {{ {} }}"])
def test_what_is_looked_for_is_no_template(query: str):
    with pytest.raises(QueryRefused, match="statements in one group"):
        refuse_depth(query.format("?s ?p ?o . " * FEW), NESTING)


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
    "{", "{}", "a:a.", "a\\u002E", "@a-", "1e", "now#", "now ", "1,", "()", "VALUES ?x {1 ", "a" * 1000 + " ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("start", ['SELECT * { ?s ?p "x" ', "'''"])
def test_time_is_linear(start: str, unit: str):
    text = start + unit * (2**20 // len(unit.encode()))
    begun = time.process_time()
    with contextlib.suppress(QueryRefused, QuerySyntaxError):
        check(text, NESTING)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "template", ["[] <urn:p> ?s", "_:b <urn:p> ?s", "?s <urn:p> [ <urn:q> ?o ]", "\\u005B] <urn:p> ?s"]
)
def test_blank_nodes_that_are_made_are_new_every_time(template: str):
    assert check(f"CONSTRUCT {{ {template} }} WHERE {{ ?s ?p ?o }}", NESTING).is_volatile
    assert not check("CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s ?p ?o }", NESTING).is_volatile
    assert not check(f"SELECT * {{ {template} }}", NESTING).is_volatile
