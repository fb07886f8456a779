"""The query page as a reader uses it: examples, editor, answers, faults, links; with the script and without."""

import csv
import io
import re

import pytest
from selenium.webdriver.common.keys import Keys

from kg.iris import CK
from tests.browser.conftest import LIMIT, Page, fetch, link, wait

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
CABLES = f"SELECT ?cable {{ ?cable a <{CK}Cable> }}"


def rows(server: str, query: str) -> int:
    """How many rows the endpoint has for a query, asked without a browser."""
    return len(list(csv.reader(io.StringIO(fetch(f"{server}/sparql", query=query, format="csv"))))) - 1


def test_example_is_taken_run_changed_and_shared_by_link(page: Page, server: str):
    page.open(f"{server}/query")
    example = page.all("#examples a")[0]
    assert example.text.startswith("How many cables did a post send in each month")
    example.click()
    assert "ck:station" in page.query
    count = rows(server, page.query)
    assert count > 1
    assert page.answered(lambda: page.ctrl(Keys.ENTER)).startswith(f"{count} rows in ")
    page.ctrl(Keys.END)
    page.keys("LIMIT 1")
    assert page.answered(lambda: page.ctrl(Keys.ENTER)).startswith("1 row in ")
    (row,) = page.cells()
    changed = page.query
    page.button("Copy link").click()
    wait(lambda: "link" in page.one(".told").text.lower())
    shared = page.driver.current_url
    page.open("about:blank")
    page.open(shared)
    assert page.query == changed
    assert page.one("#answer h2").text == "1 row"
    (cells,) = page.all("#answer tbody tr")
    assert row[0] in cells.text
    assert page.one(".told").text.startswith("Answered in ")


def test_answer_has_rows_time_links_and_downloads(page: Page, server: str):
    page.open(f"{server}/query")
    count = rows(server, CABLES)
    assert re.fullmatch(rf"{count} rows in 0\.\d\d s, query \w+", page.run(CABLES))
    assert len(page.cells()) == count
    first = page.one("#answer td a")
    assert first.get_attribute("href") == f"{server}/{first.text}"
    download = next(each for each in page.all(".downloads a") if each.text == "CSV")
    assert download.get_attribute("href") == link(f"{server}/sparql", query=CABLES, format="csv")


@pytest.mark.parametrize(
    ("query", "said", "cells"),
    [
        ("ASK { ?cable a ck:Cable }", "Yes", []),
        ("ASK { ?cable a ck:Nothing }", "No", []),
        ("SELECT * { ?thing a ck:Nothing }", "0 rows", []),
        ("CONSTRUCT { <urn:a> rdfs:label 'b'@en } WHERE {}", "1 triple", [["urn:a", "rdfs:label ", "b @en"]]),
        ("CONSTRUCT { <urn:a> rdfs:label ?b } WHERE { ?b a ck:Nothing }", "0 triples", []),
        ("SELECT * { BIND(<<( <urn:a> <urn:b> 1 )>> AS ?t) }", "1 row", [["<<( urn:a urn:b 1 )>>"]]),
    ],
)
def test_every_form_of_answer_is_shown(page: Page, server: str, query: str, said: str, cells: list[list[str]]):
    page.open(f"{server}/query")
    assert page.run(query).startswith(f"{said} in ")
    assert [[cell.strip() for cell in row] for row in page.cells()] == [[cell.strip() for cell in row] for row in cells]


def test_answer_can_be_seen_as_it_was_sent(page: Page, server: str):
    page.open(f"{server}/query")
    page.run("SELECT ?n { VALUES ?n { 7 } }")
    page.one(".select_response").click()
    assert '"value":"7"' in wait(lambda: page.all("#answer .CodeMirror"))[0].text


def test_rows_are_paged_filtered_and_sorted(page: Page, server: str):
    page.open(f"{server}/query")
    page.run(
        "SELECT ?n { ?c a ck:Cable . ?d a ck:Cable BIND(STRLEN(STR(?c)) * 100 + STRLEN(STR(?d)) AS ?n) } LIMIT 250"
    )
    assert page.one(".where").text == "1–100 of 250"
    page.button("Next").click()
    assert page.one(".where").text == "101–200 of 250"
    page.one("th .sort").click()
    numbers = [int(cell) for (cell,) in page.cells()]
    assert numbers == sorted(numbers)
    assert page.one("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.one(".rows-controls input").send_keys(str(numbers[0]))
    wait(lambda: {cell for (cell,) in page.cells()} == {str(numbers[0])})


def test_answer_says_where_it_was_cut_off(page: Page, server: str):
    page.open(f"{server}/query")
    assert page.run("SELECT * { ?a ?b ?c . ?d ?e ?f }").startswith("10,000 rows in ")
    assert page.one("#answer .notice").text.startswith("Cut off at 10,000 rows: the answer has more.")


def test_fault_is_told_and_its_line_marked(page: Page, server: str):
    page.is_refused = True
    page.open(f"{server}/query")
    assert page.run("SELECT *\nWHERE {\n  ?s ?p ?o . ?x OPTION {}\n}") == "Query syntax error"
    assert "Line 3, column " in page.one("#fault p").text
    assert page.one("#fault pre").text.split("\n")[0].strip() == "?s ?p ?o . ?x OPTION {}"
    (marked,) = page.texts(".fault")
    assert "?x OPTION {}" in marked
    assert page.run("ASK {}").startswith("Yes in ")
    assert page.all(".fault") == []


def test_query_over_its_time_says_so(page: Page, server: str):
    page.is_refused = True
    page.open(f"{server}/query")
    assert page.run(ENDLESS) == "Query timeout"
    assert str(LIMIT) in page.one("#fault").text


def test_stop_frees_the_worker(page: Page, server: str):
    page.open(f"{server}/query")
    page.write(ENDLESS)
    page.button("Run").click()
    wait(lambda: "busy=1" in fetch(f"{server}/health"))
    page.button("Stop").click()
    wait(lambda: "busy=0" in fetch(f"{server}/health"), LIMIT / 2)
    assert page.one(".told").text.startswith("Stopped after ")
    assert page.all("#answer, #fault") == []
    assert not page.button("Stop").is_enabled()


def test_prefixes_are_written_in_when_a_query_is_run(page: Page, server: str):
    page.open(f"{server}/query")
    page.run("SELECT * { ?cable a ck:Cable ; rdfs:label ?l FILTER(?l != 'owl:Thing') } # skos:Concept")
    assert page.query.startswith(
        f"PREFIX ck: <{CK}>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nSELECT * {{ ?cable a ck:Cable"
    )


def test_prefixes_are_written_into_a_query_that_came_by_link(page: Page, server: str):
    query = "SELECT ?cable { ?cable a ck:Cable }"
    page.open(link(f"{server}/query", query=query))
    wait(lambda: page.query == f"PREFIX ck: <{CK}>\n{query}")
    assert page.one("#answer h2").text == f"{rows(server, query)} rows"
    assert page.all(".parseErrorIcon") == []
    page.write("SELECT ?cable { ?cable a }")
    wait(lambda: page.all(".parseErrorIcon"))


def test_query_with_a_fault_that_came_by_link_keeps_its_lines(page: Page, server: str):
    page.is_refused = True
    query = "SELECT ?cable {\n  ?cable a ck:Cable OPTION {} }"
    page.open(link(f"{server}/query", query=query))
    assert "Line 2, column " in page.one("#fault").text
    assert (
        page.driver.execute_async_script(
            "fetch(document.querySelector('form.query').dataset.terms).then(() => setTimeout(arguments[0], 300))"
        )
        is None
    )
    assert page.query == query


CABLE_CLASSES = ["ck:Cable  cable", "ck:CitedCable  cited cable", "ck:IdentifiedCable  identified cable"]


@pytest.mark.parametrize(
    ("typed", "offered", "taken"),
    [
        ("Cab", CABLE_CLASSES, "?x a ck:Cable"),
        ("ck:Cab", CABLE_CLASSES, "?x a ck:Cable"),
        (f"<{CK}Cab", CABLE_CLASSES, "?x a ck:Cable"),
        ("identified", CABLE_CLASSES[2:], "?x a ck:IdentifiedCable"),
    ],
)
def test_classes_are_completed_by_name_and_label(page: Page, server: str, typed: str, offered: list[str], taken: str):
    page.open(f"{server}/query")
    page.write("SELECT * { ?x a ")
    page.keys(typed)
    wait(lambda: page.texts(".CodeMirror-hint") == offered)
    page.keys(Keys.ENTER)
    wait(lambda: taken in page.query)
    wait(lambda: page.query.startswith(f"PREFIX ck: <{CK}>"))


def test_properties_are_completed_by_a_word_of_their_label(page: Page, server: str):
    page.open(f"{server}/query")
    page.write("SELECT * { ?x ")
    page.keys("station")
    wait(lambda: "ck:station  station" in page.texts(".CodeMirror-hint"))


def test_query_too_long_for_a_link_is_run_nevertheless(page: Page, server: str):
    page.open(f"{server}/query")
    assert page.run(f"SELECT ?n {{ VALUES ?n {{ 1 }} }} # {'long ' * 4_000}").startswith("1 row in ")
    assert page.one(".downloads").text == "The query is too long for links to download its answer."
    page.button("Copy link").click()
    assert page.one(".told").text == "The query is too long for a link."


@pytest.fixture
def unscripted(page: Page):
    """The browser with JavaScript turned off."""
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.usefixtures("unscripted")
def test_page_is_a_plain_form_without_javascript(page: Page, server: str):
    check_plain_form(page, server)


def test_page_is_a_plain_form_without_its_script(page: Page, bare_server: str):
    page.open(f"{bare_server}/query")
    assert page.all("script, link[href*=yasgui]") == []
    check_plain_form(page, bare_server)


def check_plain_form(page: Page, server: str) -> None:
    page.open(f"{server}/query")
    assert page.all(".CodeMirror") == []
    area = page.one("textarea")
    assert area.is_displayed()
    area.clear()
    area.send_keys("SELECT ?n { VALUES ?n { 7 } }")
    page.button("Run").click()
    wait(lambda: page.all("#answer"))
    assert page.one("#answer h2").text == "1 row"
    assert page.one("#answer td").text == "7"
    page.open(f"{server}/query")
    page.all("#examples a")[0].click()
    wait(lambda: page.all("#answer"))
    assert "ck:station" in page.one("textarea").get_attribute("value")
