"""Debian's nginx with the configuration of deploy/nginx in front of a real server."""

import getpass
import gzip
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.servers import ROOT, Server, free_port, running
from tests.waiting import wait_until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIGURATION = ROOT / "deploy" / "nginx" / "cablekg.conf"
SECONDS = 1
TOKEN = "a-token-of-the-tests"
STREAM = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
NUMBERS = "".join(f'<urn:n:{each}> <urn:number> "{each}" .\n' for each in range(3000))
# What stands around the shipped configuration in Debian, in a folder of its own.
WRAPPER = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/cablekg.conf;
}}
"""

pytestmark = pytest.mark.skipif(NGINX is None, reason="needs nginx (apt-get install nginx-light)")


def configure(folder: Path, upstream: int) -> int:
    """Write the shipped configuration for other ports and another folder, and one around it; the port of nginx."""
    text = CONFIGURATION.read_text()
    port = free_port()
    for shipped, here in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "/var/lib/nginx/cablekg ": f"{folder}/cache ",
    }.items():
        assert text.count(shipped) == 1
        text = text.replace(shipped, here)
    (folder / "cablekg.conf").write_text(text)
    (folder / "nginx.conf").write_text(WRAPPER.format(folder=folder, user=getpass.getuser()))
    return port


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., Path]) -> Path:
    """A data folder of this module, in which new snapshots may appear."""
    folder = tmp_path_factory.mktemp("nginx") / "data"
    publish(folder, "one", NUMBERS)
    return folder


@pytest.fixture(scope="module")
def server(own: Path) -> Iterator[Server]:
    settings = {"KG_TIMEOUT": "2", "KG_CACHE": "0", "KG_CACHE_SECONDS": str(SECONDS), "KG_PROXIES": "1"}
    with running(own, **settings, KG_UPDATE_TOKEN=TOKEN) as found:
        yield found


@pytest.fixture(scope="module")
def nginx(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("nginx")
    port = configure(folder, server.port)
    with subprocess.Popen([str(NGINX), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]) as process:
        found = Server(process.pid, port, "-")
        try:
            assert wait_until(found.answers, 10), (folder / "error.log").read_text()[-2000:]
            yield found
        finally:
            process.terminate()
            process.wait(10)


def test_cache_lies_where_nginx_has_a_folder_already():
    found = re.search(r"^proxy_cache_path (\S+)", CONFIGURATION.read_text(), re.MULTILINE)
    assert found is not None
    # nginx makes the last folder of a path and none above it; Debian's package brings the one of temporary files.
    built = subprocess.run([str(NGINX), "-V"], capture_output=True, text=True, check=True).stderr
    temporary = re.search(r"--http-proxy-temp-path=(\S+)", built)
    assert temporary is not None
    assert Path(found[1]).parent == Path(temporary[1]).parent
    assert Path(found[1]).parent.is_dir()


def unique(query: str = "ASK { ?s ?p ?o }") -> str:
    """A query that nobody has asked before."""
    return f"{query} # {time.monotonic_ns()}"


def test_answer_is_kept_and_asked_for_anew_by_its_tag(nginx: Server):
    query = unique()
    first, second = nginx.ask(query), nginx.ask(query)
    assert [reply.headers["X-Cache"] for reply in (first, second)] == ["MISS", "HIT"]
    assert first.body == second.body
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Access-Control-Allow-Origin"] == "*"
    time.sleep(SECONDS + 1.1)
    assert nginx.ask(query).headers["X-Cache"] == "REVALIDATED"
    assert nginx.ask(query).headers["X-Cache"] == "HIT"


def test_client_that_has_the_answer_gets_304(nginx: Server):
    query = unique()
    etag = nginx.ask(query).headers["ETag"]
    for _ in range(2):
        reply = nginx.ask(query, If_None_Match=etag)
        assert (reply.status, reply.body) == (304, b"")
    assert nginx.ask(query, If_None_Match='"another"').status == 200


def test_formats_and_encodings_are_kept_apart(nginx: Server):
    query = unique("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s LIMIT 100")
    for _ in range(2):
        as_json = nginx.ask(query, Accept="application/sparql-results+json")
        as_csv = nginx.ask(query, Accept="text/csv")
        packed = nginx.ask(query, Accept="text/csv", Accept_Encoding="gzip")
        assert as_json.json()["head"]["vars"] == ["s", "p", "o"]
        assert as_csv.body.startswith(b"s,p,o\r\n")
        assert gzip.decompress(packed.body) == as_csv.body
        assert packed.headers["ETag"] != as_csv.headers["ETag"]
    assert {reply.headers["X-Cache"] for reply in (as_json, as_csv, packed)} == {"HIT"}


def test_new_snapshot_is_seen_after_the_time(nginx: Server, own: Path, publish: Callable[..., Path]):
    query = unique("ASK { <urn:new> ?p ?o }")
    assert nginx.ask(query).json()["boolean"] is False
    publish(own, "two", NUMBERS + "<urn:new> <urn:p> <urn:o> .\n")
    assert wait_until(lambda: nginx.ask(query).json()["boolean"], SECONDS + 2, every=0.1)


@pytest.mark.parametrize("query", ["SELECT {", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"])
def test_error_is_not_kept(nginx: Server, query: str):
    query = unique(query)
    for _ in range(2):
        reply = nginx.ask(query)
        assert (reply.status, reply.headers["X-Cache"]) == (400, "MISS")
        assert reply.headers["Content-Type"] == "application/problem+json"


def test_timeout_is_the_servers_and_not_kept(nginx: Server):
    query = unique("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }")
    for _ in range(2):
        reply = nginx.ask(query)
        assert (reply.status, reply.headers["X-Cache"], reply.json()["title"]) == (504, "MISS", "Query timeout")


def test_post_is_not_kept(nginx: Server):
    for _ in range(2):
        reply = nginx.post("ASK {}")
        assert reply.status == 200
        assert reply.headers.get("X-Cache") != "HIT"
    update = nginx.send("POST", "/sparql", "INSERT DATA {}", Content_Type="application/sparql-update")
    assert update.status in (401, 403)
    assert update.headers.get("X-Cache") != "HIT"


def test_authorised_request_is_neither_kept_nor_answered_from_what_is(nginx: Server):
    query = unique()
    assert nginx.ask(query, Authorization=f"Bearer {TOKEN}").headers["X-Cache"] == "BYPASS"
    assert nginx.ask(query).headers["X-Cache"] == "MISS"
    assert nginx.ask(query, Authorization=f"Bearer {TOKEN}").headers["X-Cache"] == "BYPASS"


def test_stream_is_whole_and_not_kept(nginx: Server):
    query = unique("SELECT * { ?s <urn:number> ?o . ?t <urn:number> '7' }")
    for _ in range(2):
        reply = nginx.ask(query)
        assert (reply.headers["X-Cache"], reply.headers.get("Content-Length")) == ("MISS", None)
        assert len(reply.json()["results"]["bindings"]) == 3000


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl (apt-get install curl)")
def test_answer_that_is_broken_off_stays_broken(nginx: Server, tmp_path: Path):
    out = tmp_path / "answer"
    address = f"http://127.0.0.1:{nginx.port}/sparql?query={quote(unique(STREAM))}"
    for _ in range(2):
        command = ["curl", "-s", "-o", str(out), "-w", "%{http_code}", address]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.stdout, done.returncode != 0) == ("200", True)
        assert out.stat().st_size > 0
    old = subprocess.run([*command, "--http1.0"], capture_output=True, text=True, check=False)
    assert old.stdout == "505"


def test_long_query_by_get_passes(nginx: Server):
    assert nginx.ask(unique("ASK {} #" + "x" * 60_000)).json()["boolean"] is True


def test_server_knows_the_address_that_the_client_used(nginx: Server):
    reply = nginx.send("GET", "/official/aaaaaaaaaa", Accept="text/turtle", Host="cables.example:8443")
    assert reply.status == 303
    assert reply.headers["Location"].endswith("/official/aaaaaaaaaa.ttl")
    assert (
        "cables.example:8443"
        in nginx.send("GET", "/sparql", Accept="text/turtle", Host="cables.example:8443").body.decode()
    )
