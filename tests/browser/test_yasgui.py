"""YASGUI as a client: the whole of it, on a page of another origin, asks this endpoint."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Page, wait

PACKAGE = ROOT / "node_modules" / "@zazuko" / "yasgui" / "build"
INDEX = """<!doctype html><meta charset="utf-8"><title>YASGUI</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="yasgui.min.css"><div id="yasgui"></div><script src="yasgui.min.js"></script>
<script>
  const endpoint = new URLSearchParams(location.search).get("endpoint");
  window.yasgui = new Yasgui(document.getElementById("yasgui"), { requestConfig: { endpoint }, persistenceId: null });
</script>
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files without a log."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of a page with YASGUI on it, of another origin than the endpoint."""
    if not PACKAGE.is_dir():
        pytest.skip("needs YASGUI's package in node_modules (make page, with Node)")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        (tmp_path / name).symlink_to(PACKAGE / name)
    (tmp_path / "index.html").write_text(INDEX, encoding="utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def ask(page: Page, query: str) -> None:
    page.write(query)
    page.one(".yasqe_queryButton").click()


def test_yasgui_shows_rows(page: Page, elsewhere: str, server: str):
    page.open(f"{elsewhere}?endpoint={server}/sparql")
    ask(page, "SELECT ?n ?word { VALUES (?n ?word) { (7 'seven'@en) } }")
    wait(lambda: "1 result in" in page.one(".yasr_response_chip").text)
    assert "seven" in page.one(".dataTable tbody").text


def test_yasgui_shows_triples(page: Page, elsewhere: str, server: str):
    page.open(f"{elsewhere}?endpoint={server}/sparql")
    ask(page, "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> CONSTRUCT { <urn:a> rdfs:label 'b' } {}")
    wait(lambda: "1 result in" in page.one(".yasr_response_chip").text)
    assert "rdfs:label" in page.one(".dataTable tbody").text


def test_yasgui_shows_why_there_is_no_answer(page: Page, elsewhere: str, server: str):
    page.is_refused = True
    page.open(f"{elsewhere}?endpoint={server}/sparql")
    ask(page, "SELECT * { ?a ?b }")
    assert "Query syntax error" in wait(lambda: page.all(".errorResult pre"))[0].text
