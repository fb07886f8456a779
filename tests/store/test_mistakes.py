"""Common mistakes in queries are named where they stand; what is right, or only looks odd, is none."""

import pyoxigraph as ox
import pytest

from kg.iris import PREFIXES
from kg.store.lexer import tokens
from kg.store.mistakes import mistake
from kg.store.syntax import explained
from tests.conformance.w3c import POSITIVE_SYNTAX, read_suite

COMMA = "Variables in SELECT are separated by spaces, without commas."
AS = "An expression in SELECT stands in brackets with AS: (COUNT(*) AS ?n)."
FILTER = "FILTER needs brackets around its condition: FILTER(?n > 3)."


def said(query: str, kind: str = "query") -> str:
    """The first line of what is said of a query that the engine refuses."""
    store = ox.Store()
    with pytest.raises(SyntaxError) as caught:
        (store.query if kind == "query" else store.update)(query, prefixes=PREFIXES)
    return explained(query, str(caught.value), kind).split("\n")[0]


def function(name: str) -> str:
    return f"There is no function {name}; one that is not SPARQL's own is called by its IRI."


def ungrouped(name: str) -> str:
    return f"{name} is not grouped; add it to GROUP BY, or take one value of it by SAMPLE({name})."


@pytest.mark.parametrize(
    ("query", "place", "reason"),
    [
        ("SELECT ?s { ?s a <http://a b> }", "1:27", "An IRI holds no space."),
        ("SELECT ?s {\n ?s a <http://a\n> }", "2:16", "An IRI holds no line break."),
        ("SELECT ?s { ?s a <http://a/{b}> }", "1:28", "An IRI holds no {."),
        ("SELECT ?s { ?s a <http://a", "1:18", "The IRI that begins here is not closed."),
        ("PREFIX ck <http://x#> SELECT * { ?s ?p ?o }", "1:8", "A colon is missing after ck."),
        ("SELECT ?s, ?o { ?s ?p ?o }", "1:10", COMMA),
        ("SELECT DISTINCT ?s , ?p WHERE { ?s ?p ?o }", "1:20", COMMA),
        ("SELECT * { { SELECT ?a, ?b { ?a ?b ?c } } }", "1:23", COMMA),
        ("select count(*) { ?s ?p ?o }", "1:8", AS),
        ("SELECT ?s COUNT(?x) { ?s ?p ?x } GROUP BY ?s", "1:11", AS),
        ("SELECT ?s (COUNT(?x)) { ?s ?p ?x } GROUP BY ?s", "1:11", AS),
        ("SELECT * { ?s ?p ?o FILTER(foo(?s)) }", "1:28", function("foo")),
        ("SELECT * { BIND(1 + foo (1) AS ?x) }", "1:21", function("foo")),
        ("SELECT * { ?s ?p ?d FILTER ?d > 3 }", "1:28", FILTER),
        ("SELECT * { ?s ?p ?d FILTER !BOUND(?d) }", "1:28", FILTER),
        ("SELECT * { ?s ?p }", "1:18", "The triple that ends here has no object."),
        ("SELECT * { ?s ?p ?o . ?s a . }", "1:28", "The triple that ends here has no object."),
        (
            "SELECT (COUNT(*) AS ?n) {\n ?s a ck:Cable ; rdfs:label\n}",
            "3:1",
            "The triple that ends here has no object.",
        ),
        ("SELECT * { GRAPH ?g { ?s } }", "1:26", "The triple that ends here has neither predicate nor object."),
        ("SELECT * { VALUES ?x { 1 2 } ?s ?p }", "1:36", "The triple that ends here has no object."),
        ("SELECT ?s ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p", "1:8", ungrouped("?s")),
        ("SELECT $p ?s { ?s ?p ?o } GROUP BY ?p ORDER BY ?s", "1:11", ungrouped("?s")),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "1:8", ungrouped("?s")),
        ("SELECT ?w ?s { ?s ?p ?o } GROUP BY (?s AS ?w)", "1:11", ungrouped("?s")),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "1:34", "SELECT * is not authorized with GROUP BY."),
    ],
)
def test_mistake_is_named_with_its_place(query: str, place: str, reason: str):
    assert said(query) == f"error at {place}: {reason}"


def test_mistake_in_an_update():
    assert said("INSERT { ?s ck:x 1 } WHERE { ?s a <http://a b> }", "update").endswith("An IRI holds no space.")


@pytest.mark.parametrize(
    "query",
    [
        # Each fails at its end, and nowhere before.
        "SELECT DISTINCT(COUNT(*) AS ?n) { ?s ?p ?o } )",
        "SELECT (COUNT(*)AS?n) (1 AS ?m) { ?s ?p ?o } GROUP BY (?p) HAVING (COUNT(*) > 1) ORDER BY (?p) )",
        "SELECT (CONCAT('a', STR(?o)) AS ?n) { ?s ?p ?o, ?q ; a (1 2) . } )",
        "SELECT * { ?s ?p ?o FILTER(?o<3 && ?o IN (1, 2)) FILTER NOT EXISTS { ?s a 'foo(1)' } } )",
        "SELECT * { ?s ?p ?o FILTER(ck:foo(?s)) FILTER <urn:f>(?s) FILTER REGEX(?o, 'a') VALUES (?x) { (1) } } )",
        "SELECT * { ?s ?p ?o FILTER(?o NOT IN (1)) BIND(IF(true, 1, 2) AS ?x) } ORDER BY DESC(?o) ASC(?s) )",
        "SELECT * { # SELECT ?a, ?b { FILTER ?x\n ?s ?p '<http://a b>' } )",
        "SELECT ?a ck:net ?b, ?c )",
    ],
)
def test_what_is_right_is_no_mistake(query: str):
    assert mistake(query, list(tokens(query))) is None
    assert said(query).endswith(": The query cannot be read on from here.")


def test_queries_of_several_selects_keep_the_message_of_the_engine():
    query = "SELECT ?s { { SELECT ?s { ?s ?p ?o } } } GROUP BY ?p"
    assert "contains a variable that is unbound." in said(query)


@pytest.mark.shared
@pytest.mark.parametrize("suite", ["sparql10", "sparql11", "sparql12"])
def test_no_sound_query_of_the_w3c_has_a_mistake(suite, shared):
    every = [test for test in read_suite(shared / "suites" / "w3c-sparql", suite) if test.kind in POSITIVE_SYNTAX]
    texts = {test.id: test.request.text for test in every if test.request}
    assert len(texts) > 20
    assert {name: found for name, text in texts.items() if (found := mistake(text, list(tokens(text))))} == {}
