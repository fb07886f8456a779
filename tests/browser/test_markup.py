"""Markup in what the graph and its answers hold comes out as text, on the page with its script and without."""

import pytest

from tests.browser.conftest import MARKUP, Page, link, wait

HOSTILE = [
    ("'<script>window.struck = 1</script>'", "<script>window.struck = 1</script>"),
    (f"'{MARKUP}'", MARKUP),
    (f"'{MARKUP}'@en", f"{MARKUP} @en"),
    ("'</td></tr></table><svg onload=window.struck=1>'", "</td></tr></table><svg onload=window.struck=1>"),
    ("'{{x}} &lt;b&gt; &copy;'", "{{x}} &lt;b&gt; &copy;"),
    ("'a'^^<javascript:window.struck=1>", "a <javascript:window.struck=1>"),
    ("<javascript:window.struck=1>", "javascript:window.struck=1"),
    ("<JaVaScRiPt:window.struck=1>", "JaVaScRiPt:window.struck=1"),
    ("<data:text/html,%3Cscript%3Ewindow.struck=1%3C/script%3E>", "data:text/html,%3Cscript%3Ewindow.struck=1%3C/script%3E"),
    ("<https://elsewhere.example/?a=1&copy=2'onclick='window.struck=1>", "https://elsewhere.example/?a=1&copy=2'onclick='window.struck=1"),
]  # fmt: skip


def test_markup_of_the_graph_is_text_in_completion(page: Page, hostile_server: str):
    page.open(f"{hostile_server}/query")
    page.write("SELECT * { ?x a ")
    page.keys("Hostile")
    wait(lambda: page.texts(".CodeMirror-hint") == [f"ck:Hostile  hostile {MARKUP}"])
    assert page.all(".CodeMirror-hint img") == []


@pytest.mark.parametrize(("term", "shown"), HOSTILE)
def test_markup_in_an_answer_is_text(page: Page, server: str, term: str, shown: str):
    page.open(f"{server}/query")
    page.run(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert page.cells() == [[shown]]
    assert page.all("#answer :is(script, img), #answer td svg") == []
    assert page.all("#answer td [onclick], #answer td a:not([href^='http'])") == []
    page.one(".select_response").click()
    assert page.all("#answer .CodeMirror :is(script, img, svg)") == []


@pytest.mark.parametrize(("term", "shown"), HOSTILE)
def test_markup_in_the_answer_of_a_link_is_text(page: Page, server: str, term: str, shown: str):
    query = f"SELECT ?x {{ VALUES ?x {{ {term} }} }}"
    page.open(link(f"{server}/query", query=query))
    assert page.query == query
    assert shown.partition(" @")[0].partition(" <java")[0] in page.one("#answer td").text
    assert page.all("#answer :is(script, img, svg)") == []


def test_markup_of_a_query_is_text_where_its_fault_is_told(page: Page, server: str):
    page.is_refused = True
    page.open(f"{server}/query")
    page.run(f"SELECT {MARKUP} {{}}")
    assert '<img src="https://elsewhere.example/x.png" onerror=' in page.one("#fault pre").text
    assert page.all("#fault img") == []


def test_variable_names_of_any_script_are_shown(page: Page, server: str):
    page.open(f"{server}/query")
    page.run("SELECT ?été ?__proto__ ?constructor { VALUES (?été ?__proto__ ?constructor) { (1 2 3) } }")
    assert [each.text for each in page.all("#answer th .sort")] == ["été", "__proto__", "constructor"]
    assert page.cells() == [["1", "2", "3"]]
