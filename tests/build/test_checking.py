"""Builds with a planted shape for the whole graph: what it refuses goes to quarantine, and the rest is built without it.

The shape is planted in a copy of the project, whose command builds in a process of its own.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.iris import PREFIXES, Iris
from kg.store.folder import DataFolder
from kg.validation.quarantine import decode
from tests.faults.test_build_killed import kill_at

ROOT = Path(__file__).parent.parent.parent
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
NO_SUCH_POSITION = """
    cks:no-such-position a sh:NodeShape ; cks:scope cks:global ; sh:targetClass ck:Position ;
        sh:sparql [ cks:scope cks:global ; sh:message "There is no such position." ;
            sh:select "SELECT $this WHERE { FILTER(STRENDS(STR($this), '/is-finance-minister')) }" ] .
"""
NO_CITING_OF_IT = """
    cks:no-citing-of-it a sh:NodeShape ; cks:scope cks:global ; sh:targetSubjectsOf ck:cites ;
        sh:sparql [ cks:scope cks:global ; sh:prefixes <https://w3id.org/cablekg/shapes> ;
            sh:message "The cable that it cites is gone." ;
            sh:select '''SELECT $this ?value WHERE {
                $this ck:cites ?value . ?value a ck:CitedCable ; ck:canonicalId "08REYKJAVIK9044" }''' ] .
"""
# The one cable with that position, and those that cite it.
REFUSED = ["08MEXICO9215", "08REYKJAVIK9044", "09COPENHAGEN9017"]
REFUSED_ALONE = f"""
    cks:no-such-cable a sh:NodeShape ; cks:scope cks:local ; sh:targetClass ck:Cable ; sh:property cks:no-such-id .
    cks:no-such-id a sh:PropertyShape ; cks:scope cks:local ; sh:path ck:canonicalId ; sh:message "No such cable." ;
        sh:not [ sh:in ({" ".join(f'"{one}"' for one in REFUSED)}) ] .
"""


def project(path: Path, shapes: str) -> Path:
    """A copy of the project with more shapes."""
    for name in ("kg", "ontology", "shapes"):
        shutil.copytree(ROOT / name, path / name, ignore=shutil.ignore_patterns("__pycache__", "page", "static"))
    (path / "shapes" / "planted.ttl").write_text(HEAD + shapes, encoding="utf-8")
    return path


def start(code: Path, sources: Path, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg.cli", "build", str(sources), "--data", str(data), "--jobs", "1", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(code)}
    return subprocess.Popen(
        command, cwd=code, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def build(code: Path, sources: Path, data: Path) -> tuple[int, str, str]:
    """The exit code of a build, and what it says."""
    process = start(code, sources, data)
    out, err = process.communicate()
    return process.returncode, out.decode(), err.decode()


def facts(data: Path) -> bytes:
    return gzip.decompress((data / "current" / "dumps" / "facts.nt.gz").read_bytes())


@pytest.fixture(scope="module")
def code(tmp_path_factory) -> Path:
    return project(tmp_path_factory.mktemp("planted"), NO_SUCH_POSITION + NO_CITING_OF_IT)


@pytest.fixture(scope="module")
def built(code, examples, tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("built") / "data"
    status, _, err = build(code, examples, data)
    assert status == 0, err
    return data


def test_what_the_whole_graph_refuses_is_counted_and_kept(built, example_count):
    report = DataFolder(built).snapshot().manifest()["report"]
    cables = report["cables"]
    assert cables["loaded"] == example_count - 3
    assert cables["quarantined"] == 3
    assert cables["read"] == sum(cables[name] for name in cables if name != "read")
    assert [(one["cable"], one["reason"]) for one in sorted(report["quarantine"], key=lambda one: one["cable"])] == [
        ("08MEXICO9215", "The cable that it cites is gone."),
        ("08REYKJAVIK9044", "There is no such position."),
        ("09COPENHAGEN9017", "The cable that it cites is gone."),
    ]
    assert report["validation"]["Violation"] == 0


def test_a_refused_cable_is_in_quarantine_whole_with_the_result(built, examples):
    (path,) = (built / "quarantine").glob("*.jsonl")
    refused = {one.canonical_id: one for one in map(decode, path.read_text().splitlines())}
    assert sorted(refused) == REFUSED
    one = refused["08REYKJAVIK9044"]
    assert one.raw[0].text == (examples / "telegrams" / "08REYKJAVIK9044.txt").read_text()
    (result,) = (result for result in one.results if result.severity == "Violation")
    assert result.focus == Iris().position("is-finance-minister")
    assert result.shape == PREFIXES["cks"] + "no-such-position"


def test_nothing_of_a_refused_cable_is_in_the_graph(built):
    store = ox.Store.read_only(str(built / "current" / "store"))
    asked = "ASK { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?s), 'finance-minister') || CONTAINS(STR(?s), '44#')) }"
    assert not store.query(asked)
    assert b"/is-finance-minister>" not in facts(built)
    for one in REFUSED:
        assert f"/cable/{one}#".encode() not in facts(built)


def test_the_graph_is_that_of_a_build_whose_single_cables_are_refused(built, examples, tmp_path):
    status, _, err = build(project(tmp_path / "code", REFUSED_ALONE), examples, tmp_path / "data")
    assert status == 0, err
    assert facts(tmp_path / "data") == facts(built)
    other = DataFolder(tmp_path / "data").snapshot().manifest()["report"]
    assert other["triples"] == DataFolder(built).snapshot().manifest()["report"]["triples"]


@pytest.mark.parametrize("moment", ["work/*/expelled.json", "work/*/snapshot/report.ttl"])
def test_a_build_killed_after_it_took_cables_out_ends_the_same(moment, built, code, examples, tmp_path):
    with start(code, examples, tmp_path / "data") as process:
        assert kill_at(process, tmp_path / "data", moment)
    status, out, err = build(code, examples, tmp_path / "data")
    assert status == 0, err
    assert json.loads(out)["cables"]["quarantined"] == 3
    assert facts(tmp_path / "data") == facts(built)


def test_a_violation_that_belongs_to_no_cable_ends_the_build(examples, tmp_path):
    shape = """
        cks:no-schemes a sh:NodeShape ; cks:scope cks:global ; sh:targetClass skos:ConceptScheme ; sh:property cks:none .
        cks:none a sh:PropertyShape ; cks:scope cks:global ; sh:path rdfs:label ; sh:maxCount 0 ; sh:message "No schemes." .
    """
    status, _, err = build(project(tmp_path / "code", shape), examples / "seventies", tmp_path / "data")
    assert status != 0
    assert "belong to no cable" in err
    assert "No schemes. (cks:none)" in err
    assert not (tmp_path / "data" / "current").exists()


def test_a_shape_without_scope_ends_the_build(examples, tmp_path):
    shape = 'cks:stray a sh:NodeShape ; sh:targetClass ck:Cable ; sh:nodeKind sh:IRI ; sh:message "No IRI." .'
    status, _, err = build(project(tmp_path / "code", shape), examples / "seventies", tmp_path / "data")
    assert status != 0
    assert "no cks:scope" in err
    assert "shapes#stray" in err
