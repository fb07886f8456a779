"""Every command, run as a user runs it: what goes to stdout, what to stderr, and the exit code."""

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SEED = Path("telegrams") / "06LISBON9107.txt"


def kg(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **environment})


def test_build_prints_its_report_as_json(examples, tmp_path):
    done = kg("build", examples / "seventies", "--data", tmp_path / "data", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["cables"] == {"read": 2, "loaded": 2, "quarantined": 0, "duplicates": 0, "sections_joined": 0}
    assert b"read 2 = loaded 2" in done.stderr


def test_add_keeps_what_was_there(examples, tmp_path):
    kg("build", examples / "seventies", "--data", tmp_path / "data")
    done = kg("add", examples / "copied", "--data", tmp_path / "data", "--json")
    assert json.loads(done.stdout)["cables"]["loaded"] == 4


def test_init_makes_an_empty_folder_once(tmp_path):
    assert kg("init", tmp_path / "own").returncode == 0
    assert kg("query", "ASK { ?s ?p ?o }", "--data", tmp_path / "own").stdout == b"false\n"
    again = kg("init", tmp_path / "own")
    assert (again.returncode, b"not empty" in again.stderr) == (1, True)


def test_init_takes_a_base(tmp_path):
    assert kg("init", tmp_path / "own", "--base", "https://example.org/").returncode == 0
    manifest = json.loads((tmp_path / "own" / "current" / "manifest.json").read_bytes())
    assert (manifest["id"], manifest["base"]) == ("empty", "https://example.org/")
    assert kg("init", tmp_path / "other", "--base", "example").returncode == 2


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write to (/proc)")
def test_init_says_what_to_do_where_no_folder_can_be_made():
    done = kg("init", "/proc/own")
    assert (done.returncode, b"Name a new folder" in done.stderr) == (1, True)


def test_snapshot_that_is_gone_is_told(tmp_path):
    kg("init", tmp_path / "own")
    (tmp_path / "own" / "snapshots").rename(tmp_path / "gone")
    for command in (["query", "ASK {}"], ["serve"]):
        done = kg(*command, "--data", tmp_path / "own")
        assert (done.returncode, b"leads to snapshots/empty, which is not there" in done.stderr) == (1, True)
        # A folder of its users has no builds.
        assert b"kg build" not in done.stderr
    (tmp_path / "own" / "folder.json").unlink()
    assert b"or build again: kg build" in kg("query", "ASK {}", "--data", tmp_path / "own").stderr


def test_folder_of_its_users_has_no_builds(examples, tmp_path):
    kg("init", tmp_path / "own")
    for command in ("build", "add"):
        done = kg(command, examples, "--data", tmp_path / "own")
        assert (done.returncode, b"made by `kg init`" in done.stderr) == (1, True)
    done = kg("validate", "--data", tmp_path / "own")
    assert (done.returncode, b"made by `kg init`" in done.stderr) == (1, True)


def test_parse_prints_a_line_a_cable(examples):
    done = kg("parse", examples / SEED, examples / "cablegate")
    ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert ids[0] == "06LISBON9107"
    assert len(ids) == 5


def test_parse_accounts_for_every_line(examples):
    rows = kg("parse", "--account", examples / SEED, examples / "seventies").stdout.decode().splitlines()
    assert rows[0] == f"06LISBON9107  {SEED.name}:1"
    assert rows[1].split()[:2] == ["2", "transmission-id"]
    assert rows[-1].startswith("unconsumed: 0 of ")
    assert rows[-1].endswith("in 0 of 3 cables")


def test_extract_refuses_a_gazetteer_that_is_none(examples, tmp_path):
    done = kg("extract", examples / SEED, "--out", tmp_path / "out", "--gazetteer", examples / "README.md")
    assert done.returncode == 2
    assert b"README.md is no gazetteer: line 1 should name the columns name, countries" in done.stderr
    assert not (tmp_path / "out").exists()


def test_extract_writes_a_file_a_cable_and_the_same_for_any_number_of_processes(examples, example_count, tmp_path):
    for jobs in (1, 2):
        done = kg("extract", examples, "--out", tmp_path / str(jobs), "--jobs", jobs)
        assert done.returncode == 0
    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert len(names) == example_count
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    found = json.loads((tmp_path / "1" / "06LISBON9107.json").read_bytes())
    assert found["id"] == "06LISBON9107"
    assert {"officials", "others", "meetings", "agreements"} <= found.keys()


PERSONS = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
ex:S a sh:NodeShape ; sh:targetClass ex:Person ; sh:property ex:name .
ex:name sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "A person needs a name." .
"""


@pytest.fixture
def person(tmp_path):
    """A graph with a person without a name, and shapes that want one."""
    (tmp_path / "data.ttl").write_text("<urn:a> a <https://example.org/Person> .\n")
    (tmp_path / "shapes.ttl").write_text(PERSONS)
    return tmp_path / "data.ttl", tmp_path / "shapes.ttl"


@pytest.mark.parametrize(
    ("options", "code"), [((), 0), (("--severity", "warning"), 1), (("--severity", "violation"), 0)]
)
def test_validate_graph_against_own_shapes(person, options, code):
    data, shapes = person
    done = kg("validate", data, "--shapes", shapes, "--json", *options)
    assert done.returncode == code
    assert json.loads(done.stdout)["severities"]["Warning"] == 1


def test_validate_graph_against_the_shapes_of_the_project(person):
    done = kg("validate", person[0])
    assert done.returncode == 0
    assert "No shape has a focus node in these data" in done.stdout.decode()


def test_validate_tells_where_a_graph_is_broken(person):
    person[0].write_text("<urn:a> a nonsense .\n")
    done = kg("validate", person[0])
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"Data syntax error: {person[0]}: error at 1:11: ")


def test_validate_tells_where_shapes_are_misspelt(person):
    person[1].write_text(PERSONS.replace("minCount", "minCountt"))
    done = kg("validate", person[0], "--shapes", person[1])
    assert done.returncode == 1
    assert f"{person[1]}: error at 4:27: SHACL has no word sh:minCountt" in done.stderr.decode()


def test_validate_writes_a_file(person, tmp_path):
    done = kg("validate", person[0], "--shapes", person[1], "--format", "html", "--out", tmp_path / "report.html")
    assert done.stdout == b""
    assert "A person needs a name." in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_validate_reports_on_a_chosen_shape_and_focus(examples):
    done = kg(
        "validate", examples / "telegrams", "--shape", "cks:CableShape", "--focus", "06LISBON9107", "--format", "csv"
    )
    assert done.returncode == 0
    header, *rows = done.stdout.decode().splitlines()
    assert header.startswith("severity,cable,focus")
    assert all(row.split(",")[1] == "06LISBON9107" for row in rows)


def test_validate_times_shapes_of_a_graph_only(person, examples):
    done = kg("validate", person[0], "--shapes", person[1], "--times", "--json")
    assert json.loads(done.stdout)["shapes"]["https://example.org/S"]["seconds"] > 0
    assert kg("validate", examples, "--times").returncode == 2


def test_validate_of_sources_and_of_a_folder_agree(examples, example_count, example_data):
    of_sources = json.loads(kg("validate", examples, "--json").stdout)
    of_folder = json.loads(kg("validate", "--data", example_data, "--json").stdout)
    assert of_sources["validated"] == of_folder["validated"] == {"cables": example_count}
    assert of_sources["refused"] == []
    assert of_sources["severities"] == of_folder["severities"]


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_query_prints_solutions_in_every_format(form, example_data):
    done = kg("query", "SELECT ?c { ?c a ck:Cable } ORDER BY ?c LIMIT 1", "--data", example_data, "--format", form)
    assert done.returncode == 0
    assert b"05COPENHAGEN9163" in done.stdout


@pytest.mark.parametrize("form", ["ttl", "jsonld", "table"])
def test_query_prints_graphs(form, example_data):
    text = "CONSTRUCT { ?c a ck:Cable } { ?c a ck:Cable } LIMIT 1"
    done = kg("query", text, "--data", example_data, "--format", form)
    assert done.returncode == 0
    assert b"Cable" in done.stdout


def test_query_reads_a_file_and_stdin(example_count, example_data, tmp_path):
    (tmp_path / "q.rq").write_text("SELECT (COUNT(*) AS ?n) { ?c a ck:Cable }")
    of_file = kg("query", "--file", tmp_path / "q.rq", "--data", example_data, "--format", "csv")
    of_stdin = kg(
        "query", "--file", "-", "--data", example_data, "--format", "csv", stdin=(tmp_path / "q.rq").read_bytes()
    )
    assert of_file.stdout == of_stdin.stdout == f"n\r\n{example_count}\r\n".encode()


def test_query_knows_the_alias_of_the_default_graph(example_count, example_data):
    text = "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/cablekg/graph/facts> { ?c a ck:Cable }"
    rows = list(
        csv.DictReader(io.StringIO(kg("query", text, "--data", example_data, "--format", "csv").stdout.decode()))
    )
    assert rows == [{"n": str(example_count)}]


def test_describe_tells_the_counts(example_count, example_data):
    report = json.loads(kg("describe", "--data", example_data, "--json").stdout)["report"]
    assert report["cables"]["loaded"] == example_count
    assert b"triples a cable" in kg("describe", "--data", example_data).stdout


def test_explain_shows_the_words(example_data):
    done = kg("explain", "meeting/06LISBON9107-1", "--data", example_data)
    assert done.returncode == 0
    assert "»" in done.stdout.decode()
    assert json.loads(kg("explain", "06LISBON9107", "--data", example_data, "--json").stdout)["iri"].endswith(
        "06LISBON9107"
    )


WRONG_USE = {
    "no such command": ("bild",),
    "no process": ("build", "x", "--jobs", "0"),
    "a query twice": ("query", "ASK {}", "--file", "-"),
    "neither sources nor folder": ("validate",),
    "a graph as a table of values": ("query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "csv"),
    "a truth as a table of values": ("query", "ASK {}", "--format", "csv"),
}


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use_exits_with_2(case, example_data):
    done = kg(*WRONG_USE[case], KG_DATA=str(example_data))
    assert done.returncode == 2
    assert done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["SELEC", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "CLEAR ALL"])
def test_a_query_that_cannot_be_answered_exits_with_1(text, example_data):
    done = kg("query", text, "--data", example_data)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_query_over_its_memory_is_told(form, example_data):
    text = "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d ?b"
    done = kg("query", text, "--data", example_data, "--format", form, KG_MEMORY="64")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Query memory exceeded: The query needed more memory" in done.stderr
    assert b"KG_MEMORY says how much: 64 MiB." in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_query_that_fails_amid_its_answer_exits_with_1(form, example_data):
    # 10,000 rows, of which the last one makes a text of gigabytes.
    numbers = " ".join(map(str, range(100)))
    long = f'"{"x" * 50_000}"'
    text = f"""SELECT (IF(?a = 99 && ?b = 99, STRLEN(REPLACE({long}, "x", {long})), "{"y" * 100}") AS ?found) {{
        {{ SELECT ?a ?b {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }} ORDER BY ?a ?b }} }}"""
    done = kg("query", text, "--data", example_data, "--format", form, KG_MEMORY="64")
    assert done.returncode == 1
    assert done.stdout.startswith(b"found\r\nyyy") or form == "table"
    assert b"KG_MEMORY says how much: 64 MiB." in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["xml", "csv"])
def test_a_format_that_cannot_hold_the_answer_is_told(form, example_data):
    terms = {"xml": '"\\u0001"', "csv": '<<( <urn:a> <urn:b> "x,y" )>>'}
    done = kg("query", f"SELECT ?x {{ VALUES ?x {{ {terms[form]} }} }}", "--data", example_data, "--format", form)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Ask for another one" in done.stderr


def test_a_query_that_is_no_text_is_told(example_data, tmp_path):
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe")
    done = kg("query", "--file", tmp_path / "bad.rq", "--data", example_data)
    assert (done.returncode, b"no text in UTF-8" in done.stderr) == (2, True)


def test_no_graph_is_told_with_what_to_do(tmp_path):
    for command in (["query", "ASK {}"], ["describe"], ["explain", "09BOGOTA335"], ["serve"]):
        done = kg(*command, "--data", tmp_path / "none")
        assert (done.returncode, b"kg build" in done.stderr) == (1, True)


def test_a_folder_that_cannot_be_made_is_told(examples, tmp_path):
    (tmp_path / "file").write_text("")
    for command in (["build", examples, "--data"], ["extract", examples, "--out"], ["init"]):
        done = kg(*command, tmp_path / "file" / "data")
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert b"Not a directory" in done.stderr


@pytest.mark.parametrize("setting", ["KG_WORKERS", "KG_TIMEOUT", "KG_MEMORY", "KG_BASE"])
def test_a_setting_without_meaning_is_refused_before_the_server_starts(setting, example_data):
    done = kg("serve", "--data", example_data, **{setting: "-1"})
    assert (done.returncode, setting.encode() in done.stderr) == (2, True)


@pytest.mark.parametrize("setting", ["KG_ADMIN_TOKEN_FILE", "KG_UPDATE_TOKEN_FILE", "KG_ACCESS_LOG"])
def test_a_file_that_cannot_be_is_told_before_the_server_starts(setting, example_data, tmp_path):
    done = kg("serve", "--data", example_data, **{setting: str(tmp_path / "none" / "file")})
    assert (done.returncode, b"none/file" in done.stderr) == (2, True)
    assert b"Traceback" not in done.stderr
    assert b"Booting" not in done.stderr
    assert b"Serving" not in done.stderr


def test_token_that_cannot_be_sent_is_told_before_the_server_starts(example_data):
    done = kg("serve", "--data", example_data, KG_UPDATE_TOKEN=" ")
    assert done.returncode != 0
    assert b"The token of KG_UPDATE_TOKEN cannot be sent" in done.stderr
    assert b"Serving" not in done.stderr


def test_a_port_that_is_taken_is_told(example_data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg("serve", "--data", example_data, "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert b"cannot be listened on" in done.stderr


def test_ctrl_c_ends_a_long_query(example_data):
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    command = [sys.executable, "-m", "kg.cli", "query", text, "--data", str(example_data)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) != 0
