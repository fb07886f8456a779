"""curl on the endpoint: exit codes, headers, compression, answers that are broken off."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl (apt-get install curl)")

CABLES = "query=SELECT ?id { ?cable ck:canonicalId ?id } ORDER BY ?id"
# Takes longer than the server's two seconds, and has its first rows at once.
STREAM = "query=SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
# Takes longer too, and has no row before its end.
COUNT = "query=SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
PARTIAL_FILE, HTTP_ERROR = 18, 22


def curl(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["curl", "-sS", *map(str, arguments)], capture_output=True, timeout=20)


@pytest.mark.parametrize("method", ["--get", "--http1.1"], ids=["GET", "POST"])
@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json", "*/*"])
def test_answer(endpoint, method, accept):
    done = curl("-f", method, endpoint, "-H", f"Accept: {accept}", "--data-urlencode", CABLES)
    assert done.returncode == 0
    assert b"07LISBON9310" in done.stdout


def test_direct_post(endpoint, tmp_path):
    query = tmp_path / "query.rq"
    query.write_text(CABLES.removeprefix("query="))
    done = curl("-f", endpoint, "-H", "Content-Type: application/sparql-query", "--data-binary", f"@{query}")
    assert done.returncode == 0
    assert b"07LISBON9310" in done.stdout


@pytest.mark.parametrize("method", ["--get", "--http1.1"], ids=["GET", "POST"])
def test_compressed(endpoint, method, tmp_path):
    query = "query=SELECT * { ?s ?p ?o } LIMIT 2000"
    plain = curl("-f", method, endpoint, "--data-urlencode", query)
    head = tmp_path / "head"
    packed = curl("-f", "--compressed", "-D", head, method, endpoint, "--data-urlencode", query)
    assert (plain.returncode, packed.returncode) == (0, 0)
    assert packed.stdout == plain.stdout
    assert re.search(r"^content-encoding: (gzip|zstd)$", head.read_text(), re.IGNORECASE | re.MULTILINE)


def test_head(endpoint):
    done = curl("-f", "-I", "-G", endpoint, "-H", "Accept: text/csv", "--data-urlencode", CABLES)
    assert done.returncode == 0
    status, *headers = done.stdout.decode().splitlines()
    assert status.split()[1] == "200"
    assert "content-type: text/csv; charset=utf-8" in [header.lower() for header in headers]


def test_same_answer_is_not_sent_again(endpoint, tmp_path):
    ask = ("-f", "-G", endpoint, "--etag-save", tmp_path / "tag", "--data-urlencode", CABLES)
    assert curl(*ask).stdout
    again = curl(*ask, "--etag-compare", tmp_path / "tag", "-w", "%{http_code}")
    assert again.stdout == b"304"


def test_error_is_told_by_the_exit_code(endpoint):
    assert curl("-f", endpoint, "--data-urlencode", "query=SELECT").returncode == HTTP_ERROR


@pytest.mark.parametrize("version", ["--http1.1", "--http1.0"])
@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json", "application/sparql-results+xml"])
def test_answer_that_is_broken_off_is_no_success(endpoint, accept, version, tmp_path):
    target = tmp_path / "answer"
    done = curl("-f", version, "-o", target, endpoint, "-H", f"Accept: {accept}", "--data-urlencode", STREAM)
    assert target.stat().st_size > 0
    assert done.returncode != 0
    assert version == "--http1.0" or done.returncode == PARTIAL_FILE


def test_deadline_before_the_first_byte_is_a_gateway_timeout(endpoint):
    done = curl("-o", "/dev/null", "-w", "%{http_code}", endpoint, "--data-urlencode", COUNT)
    assert done.stdout == b"504"
