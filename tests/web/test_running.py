"""/queries over a real server: what runs is listed and stopped by who has the token."""

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.servers import ROOT, Reply, Server, running
from tests.waiting import wait_until

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
TOKEN = "a-token"
BEARER = f"Bearer {TOKEN}"
BASIC = "Basic " + base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with running(data, KG_ADMIN_TOKEN=TOKEN, KG_TIMEOUT="60", KG_ACCESS_LOG="off") as found:
        yield found


class Asking:
    """A client with a query under way."""

    def __init__(self, server: Server, query: str) -> None:
        self.replies: list[Reply] = []
        self._thread = threading.Thread(target=lambda: self.replies.append(server.ask(query, Accept="text/csv")))
        self._thread.start()

    def reply(self) -> Reply:
        self._thread.join(20)
        return self.replies[0]


def listed(server: Server) -> list[dict]:
    return server.send("GET", "/queries", Authorization=BEARER).json()["queries"]


def kg(server: Server, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", "queries", "--url", f"http://127.0.0.1:{server.port}", *arguments]
    return subprocess.run(command, env={"PATH": "", **environ}, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("query", [ENDLESS, STREAM])
def test_query_is_listed_and_stopped(server: Server, query: str):
    asking = Asking(server, query)
    assert wait_until(lambda: len(listed(server)) == 1)
    (found,) = listed(server)
    assert found["query"] == query
    assert found["seconds"] >= 0
    assert server.send("DELETE", f"/queries/{found['id']}", Authorization=BEARER).json() == {"stopped": found["id"]}
    reply = asking.reply()
    if query == ENDLESS:
        assert (reply.status, reply.json()["title"], reply.json()["query_id"]) == (503, "Query stopped", found["id"])
        assert "Retry-After" not in reply.headers
    else:
        assert reply.headers["KG-Query-Id"] == found["id"]
        assert reply.broken or reply.status == 503
    assert wait_until(lambda: listed(server) == [])
    assert server.send("DELETE", f"/queries/{found['id']}", Authorization=BEARER).status == 404


def test_browser_stops_by_a_form(server: Server):
    asking = Asking(server, ENDLESS + " # <script>")
    assert wait_until(lambda: len(listed(server)) == 1)
    page = server.send("GET", "/queries", Authorization=BASIC, Accept="text/html")
    (found,) = listed(server)
    assert page.headers["Content-Type"].startswith("text/html")
    assert f'action="/queries/{found["id"]}" method="post"' in page.body.decode()
    assert b"# <script>" not in page.body
    assert page.headers["Cache-Control"] == "no-store"
    stopped = server.send(
        "POST", f"/queries/{found['id']}", b"", Authorization=BASIC, Accept="text/html", Content_Type=FORM
    )
    assert (stopped.status, stopped.headers["Location"]) == (303, "/queries")
    assert asking.reply().status == 503


def test_without_the_token_nothing_is_told(server: Server):
    for method, path in (("GET", "/queries"), ("DELETE", "/queries/x"), ("POST", "/queries/x")):
        for header in ({}, {"Authorization": "Bearer wrong"}):
            with closing(server.connect()) as connection:
                connection.request(method, path, headers=header)
                response = connection.getresponse()
                assert response.status == 401
                schemes = response.headers.get_all("WWW-Authenticate")
                assert [scheme.partition(" ")[0] for scheme in schemes] == ["Bearer", "Basic"]


def test_without_a_token_at_the_server_it_is_off(data: Path):
    with running(data, KG_ACCESS_LOG="off") as server:
        reply = server.send("GET", "/queries", Authorization=BEARER)
        refused = kg(server, KG_ADMIN_TOKEN=TOKEN)
    assert reply.status == 403
    assert "KG_ADMIN_TOKEN" in reply.json()["detail"]
    assert (refused.returncode, "403" in refused.stderr) == (1, True)


def test_command_lists_and_stops(server: Server, tmp_path: Path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    asking = Asking(server, ENDLESS)
    assert wait_until(lambda: len(listed(server)) == 1)
    found = json.loads(kg(server, "--json", "--token-file", str(tmp_path / "token")).stdout)
    table = kg(server, KG_ADMIN_TOKEN=TOKEN)
    assert found[0]["id"] in table.stdout
    assert ENDLESS in table.stdout
    stopped = kg(server, "--kill", found[0]["id"], KG_ADMIN_TOKEN_FILE=str(tmp_path / "token"))
    assert (stopped.returncode, stopped.stderr) == (0, f"Stopped {found[0]['id']}.\n")
    assert asking.reply().status == 503
    assert kg(server, "--kill", "none", KG_ADMIN_TOKEN=TOKEN).returncode == 1


def test_command_says_what_is_wrong(server: Server, tmp_path: Path):
    assert "KG_ADMIN_TOKEN" in (none := kg(server)).stderr
    assert none.returncode == 2
    wrong = kg(server, KG_ADMIN_TOKEN="wrong")
    assert (wrong.returncode, "401" in wrong.stderr) == (1, True)
    assert kg(server, "--token-file", str(tmp_path / "none")).returncode == 2
    assert kg(server, "--url", "ftp://x/", KG_ADMIN_TOKEN=TOKEN).returncode == 2
    assert "cannot be reached" in kg(server, "--url", "http://127.0.0.1:1/", KG_ADMIN_TOKEN=TOKEN).stderr


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 404),
        ({"Sec_Fetch_Site": "same-origin", "Origin": "null"}, 404),
        ({"Sec_Fetch_Site": "none"}, 404),
        ({"Origin": "http://127.0.0.1:{port}"}, 404),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Origin": "http://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_form_of_another_site_stops_nothing(server: Server, headers: dict[str, str], status: int):
    given = {name: value.format(port=server.port) for name, value in headers.items()}
    reply = server.send("POST", "/queries/none", b"", Authorization=BASIC, Content_Type=FORM, **given)
    assert (reply.status, "another site" in reply.json()["detail"]) == (status, status == 403)


def test_page_lets_its_form_say_where_it_is_from(server: Server):
    page = server.send("GET", "/queries", Authorization=BASIC, Accept="text/html")
    assert page.headers["Referrer-Policy"] == "same-origin"
