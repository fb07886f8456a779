"""What is refused in an update, and how the graphs of a request get into its text."""

import time

import pyoxigraph as ox
import pytest

from kg.errors import QueryRefused, QuerySyntaxError
from kg.iris import Iris
from kg.store.updates import FAILING, Using, prepared

G = Using(("urn:g",))
BOTH = Using(("urn:g", "urn:h"), ("urn:n",))


def ready(update: str, using: Using = Using(), max_nesting: int = 128) -> str:  # noqa: B008 (frozen)
    return prepared(update, using=using, max_nesting=max_nesting, iris=Iris())


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR ALL; DROP SILENT GRAPH <urn:g>",
        "PREFIX load: <urn:load:> INSERT DATA { <urn:s> a <urn:C> ; load:time 5 }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ;",
        "INSERT DATA { <urn:a> <urn:b> 'work load: 5; load <x> is high' }",
        "",
    ],
)
def test_sound_update_stays_as_it_is(update):
    assert ready(update) == update


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT {?s ?p 1} WHERE {?s ?p ?o}", "INSERT {?s ?p 1}  USING <urn:g> WHERE {?s ?p ?o}"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE  { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }"),
        ("delete where{?s ?p ?o}", "delete {?s ?p ?o} USING <urn:g> where{?s ?p ?o}"),
        ("CLEAR ALL; INSERT DATA { <urn:a> <urn:where> 1 }", "CLEAR ALL; INSERT DATA { <urn:a> <urn:where> 1 }"),
        ("DELETE {?s ?p '} WHERE {'} WHERE {?s ?p ?o}", "DELETE {?s ?p '} WHERE {'}  USING <urn:g> WHERE {?s ?p ?o}"),
    ],
)
def test_using_is_put_before_each_where(update, expected):
    text = ready(update, G)
    assert " ".join(text.split()) == " ".join(expected.split())
    ox.Store().update(text)


def test_graphs_of_the_request_are_those_of_every_where():
    store = ox.Store()
    for name in "gho":
        store.add(
            ox.Quad(ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:p"), ox.Literal(name), ox.NamedNode(f"urn:{name}"))
        )
    store.update(ready("INSERT { ?s <urn:q> 1 } WHERE { ?s <urn:p> ?o } ; DELETE WHERE { ?s <urn:q> 2 }", BOTH))
    found = {quad.subject.value for quad in store.quads_for_pattern(None, ox.NamedNode("urn:q"), None, None)}
    assert found == {"urn:g", "urn:h"}


@pytest.mark.parametrize(
    "update",
    [
        "WITH <urn:x> INSERT {?s ?p 1} WHERE {?s ?p ?o}",
        "INSERT {?s ?p 1} USING <urn:x> WHERE {?s ?p ?o}",
        "INSERT {?s ?p 1} USING NAMED <urn:x> WHERE {?s ?p ?o}",
        # The engine takes both for two words.
        "DELETEWHERE{?s ?p ?o}",
    ],
)
def test_graphs_named_twice_are_refused(update):
    ready(update)
    with pytest.raises(QueryRefused, match="error at 1:"):
        ready(update, G)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1/>",
        "load <http://127.0.0.1/> INTO GRAPH <urn:g>",
        "INSERT DATA { <urn:a> <urn:b> 1 };LOAD<http://127.0.0.1/>",
        "PREFIX : <http://127.0.0.1/>LOAD :x",
        'VERSION "1.2"LOAD <http://127.0.0.1/>',
        "CLEAR ALL; # LOAD SILENT\nLOAD <http://127.0.0.1\\u003A80/>",
    ],
)
def test_load_fails_after_the_engine_has_read_it(update):
    text = ready(update)
    assert "127.0.0.1/" not in text.replace("PREFIX : <http://127.0.0.1/>", "")
    with pytest.raises(RuntimeError, match="already exists"):
        ox.Store().update(text)


@pytest.mark.parametrize(
    "update",
    [
        "LOADSILENT<http://127.0.0.1:9/>",
        "LOAD:x",
        "PREFIX LOAD: <http://127.0.0.1/> CLEAR ALL; LOAD:x",
        "LOAD SILENT <http://127.0.0.1:9/> INTO <urn:g>",
        "LOAD ;",
    ],
)
def test_load_in_any_other_form_is_no_update(update):
    with pytest.raises(QuerySyntaxError, match="LOAD is followed by an IRI"):
        ready(update)


@pytest.mark.parametrize(
    "update",
    [
        # An apostrophe in an IRI opens no string.
        "INSERT DATA { <urn:a'b> <urn:b> 1 } ; LOAD <http://127.0.0.1/> ; #'",
        "INSERT { ?s ?p 1 } WHERE { FILTER(?a <?b && ?c> ?d) } ; LOAD <http://127.0.0.1/>",
    ],
)
def test_load_is_seen_behind_what_may_hide_it(update):
    assert FAILING in ready(update)


def test_what_reads_as_a_load_is_refused_in_strings_too():
    with pytest.raises(QueryRefused, match="error at 1:32: LOAD would fetch"):
        ready("INSERT DATA { <urn:a> <urn:b> 'LOAD <http://x/> INTO' }")


def test_silent_load_does_nothing():
    store = ox.Store()
    store.update(ready("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:g> ; INSERT DATA { <urn:a> <urn:b> 1 }"))
    assert len(store) == 1


@pytest.mark.parametrize(
    "update",
    [
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1\\u003A80/> { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o } ; INSERT { ?s ?p 1 } WHERE { { SELECT * { SERVICE SILENT ?x { ?s ?p ?o } } } }",
    ],
)
def test_service_is_refused(update):
    with pytest.raises(QueryRefused, match="SERVICE"):
        ready(update)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <https://w3id.org/cablekg/graph/facts> { <urn:a> <urn:b> 1 } }",
        "INSERT DATA { GRAPH <graph/facts> { <urn:a> <urn:b> 1 } }",
        "BASE <https://w3id.org/> CLEAR GRAPH <cablekg/graph/facts>",
        "PREFIX g: <https://w3id.org/cablekg/graph/> COPY <urn:g> TO g:facts",
        "WITH <https://w3id.org/cablekg/graph/f\\u0061cts> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_the_name_of_the_default_graph_is_no_other_graph(update):
    with pytest.raises(QueryRefused, match="stands for the default graph"):
        ready(update)


def test_the_name_of_the_default_graph_may_be_spoken_of():
    update = "INSERT DATA { <https://w3id.org/cablekg/graph/facts> <urn:b> <graph/facts> }"
    assert ready(update) == update


def test_data_may_be_long_but_not_deep():
    long = "INSERT DATA { " + " ".join(f"<urn:s> <urn:p> {number} ." for number in range(20_000)) + " }"
    start = time.monotonic()
    assert ready(long) == long
    assert time.monotonic() - start < 5
    with pytest.raises(QueryRefused, match="deeper than 10 levels"):
        ready("INSERT DATA { <urn:s> <urn:p> " + "[ <urn:p> " * 10 + "1" + " ]" * 10 + " }", max_nesting=10)


def test_operations_may_be_many():
    many = "INSERT DATA { <urn:s> <urn:p> 1 } ; DELETE { ?s ?p 1 } WHERE { ?s ?p ?o } ; " * 3_000
    assert ready(many) == many


def test_pattern_may_be_neither_long_nor_deep():
    with pytest.raises(QueryRefused):
        ready("DELETE { ?s ?p ?o } WHERE { " + "?s ?p ?o . " * 20_000 + "}")
    with pytest.raises(QueryRefused, match="deeper"):
        ready("DELETE { ?s ?p ?o } WHERE " + "{" * 200 + "}" * 200)
    with pytest.raises(QueryRefused, match="error at 2:36: more than"):
        ready("CLEAR ALL ;\nINSERT { <urn:a> <urn:b> 1 } WHERE { " + "{ ?s ?p ?o } UNION " * 20_000)


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <urn:a> <urn:b> 'open }", "}}}} {{{{", "LOAD", "WHERE", "\\u004COAD <x>"]
)
def test_what_is_no_update_never_breaks_the_outline(update):
    for using in (Using(), G):
        try:
            text = ready(update, using)
        except (QueryRefused, QuerySyntaxError):
            continue
        with pytest.raises(SyntaxError):
            ox.Store().update(text)
