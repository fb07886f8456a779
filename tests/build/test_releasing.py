"""Releases over whole builds: a cable loads in spite of the shapes, its results stay, and a changed one does not."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build.pipeline import add, build
from kg.build.quarantine import held
from kg.errors import DataFolderBusy, DataFolderError, UsageError
from kg.quarantining import release, releases, withdraw
from kg.store.folder import DataFolder

CABLE = "06LISBON9107"
GRAPH = "https://w3id.org/cablekg/graph/"


@pytest.fixture
def source(examples, tmp_path) -> Path:
    path = tmp_path / f"{CABLE}.txt"
    path.write_bytes((examples / "telegrams" / f"{CABLE}.txt").read_bytes())
    return path


@pytest.fixture
def data(plan_of, source, tmp_path, refusing) -> Path:
    """A data folder in whose quarantine the one cable is that its sources hold."""
    refusing("DRAW CLOSER")
    build(plan_of(tmp_path / "data", source))
    return tmp_path / "data"


def told(data: Path, graph: str) -> str:
    store = ox.Store.read_only(str(data / "current" / "store"))
    return "\n".join(
        str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH + graph))
    )


def test_a_released_cable_loads_and_its_results_stay_in_the_report(data, plan_of, source):
    release(data, CABLE, "the words are right", "A. Quill")
    report = build(plan_of(data, source))
    assert (report.loaded, report.quarantined, report.released) == (1, 0, (CABLE,))
    assert report.severities["Violation"] == 1
    assert "The subject is one that this test refuses." in told(data, "validation")
    assert "The subject is one that this test refuses." in (data / "current" / "report.ttl").read_text()
    assert held(DataFolder(data)) == []


def test_the_graph_tells_who_released_it_and_why(data, plan_of, source):
    release(data, CABLE, "the words are right", "A. Quill")
    build(plan_of(data, source))
    provenance = told(data, "provenance")
    assert f"releasedCable> <https://w3id.org/cablekg/cable/{CABLE}>" in provenance
    assert 'creator> "A. Quill"' in provenance
    assert 'description> "the words are right"' in provenance


def test_a_release_is_an_input_of_the_snapshot(data, plan_of, source):
    before = build(plan_of(data, source)).snapshot
    release(data, CABLE, "right")
    after = build(plan_of(data, source))
    assert after.snapshot != before
    assert DataFolder(data).snapshot().manifest()["identity"]["releases"] != ""


def test_one_more_text_of_the_cable_is_judged_anew(data, plan_of, source, tmp_path):
    release(data, CABLE, "right")
    assert add(plan_of(data, source)).loaded == 1
    again = tmp_path / "again.txt"
    again.write_text(source.read_text().replace("nine lights", "ten lights"))
    report = add(plan_of(data, again))
    assert (report.loaded, report.quarantined, report.unmatched_releases) == (0, 1, (CABLE,))


def test_the_same_text_from_another_place_is_the_same_cable(data, plan_of, source, tmp_path):
    release(data, CABLE, "right")
    again = tmp_path / "again.txt"
    again.write_bytes(source.read_bytes())
    report = add(plan_of(data, again))
    assert (report.loaded, report.duplicates, report.released) == (1, 1, (CABLE,))


def test_a_release_without_need_has_no_effect(data, plan_of, source, refusing):
    release(data, CABLE, "right")
    refusing("")
    report = build(plan_of(data, source))
    assert (report.loaded, report.released, report.unmatched_releases) == (1, (), (CABLE,))
    assert "releasedCable" not in told(data, "provenance")


def test_a_withdrawn_release_holds_no_more(data, plan_of, source):
    release(data, CABLE, "right")
    build(plan_of(data, source))
    withdraw(data, CABLE.lower())
    assert releases(data) == ()
    assert build(plan_of(data, source)).quarantined == 1
    with pytest.raises(UsageError, match="no release"):
        withdraw(data, CABLE)


def test_the_last_reason_stands(data):
    release(data, CABLE, "first")
    release(data, CABLE, "second")
    assert [one.reason for one in releases(data)] == ["second"]


def test_a_release_needs_a_reason(data):
    with pytest.raises(UsageError, match="--reason"):
        release(data, CABLE, "  ")


def test_a_release_waits_for_no_build(data):
    with DataFolder(data).held(), pytest.raises(DataFolderBusy):
        release(data, CABLE, "right")


def test_a_broken_file_of_releases_ends_the_build(data, plan_of, source):
    release(data, CABLE, "right")
    path = DataFolder(data).releases
    path.write_text(path.read_text().replace("right", ""))
    with pytest.raises(DataFolderError, match=r"releases\.tsv: line 2"):
        build(plan_of(data, source))


def test_what_the_whole_graph_refuses_can_be_released(plan_of, examples, tmp_path, shapes):
    shapes("""
        cks:no-such-position a sh:NodeShape ; cks:scope cks:global ; sh:targetClass ck:Position ;
            sh:sparql [ cks:scope cks:global ; sh:message "There is no such position." ;
                sh:select "SELECT $this WHERE { FILTER(STRENDS(STR($this), '/is-finance-minister')) }" ] .
    """)
    source, data = examples / "telegrams" / "08REYKJAVIK9044.txt", tmp_path / "data"
    assert build(plan_of(data, source)).quarantined == 1
    release(data, "08REYKJAVIK9044", "there was one")
    report = build(plan_of(data, source))
    assert (report.loaded, report.quarantined, report.released) == (1, 0, ("08REYKJAVIK9044",))
    assert report.severities["Violation"] == 1
    assert told(data, "validation").count('resultMessage> "There is no such position."') == 1
    assert "releasedCable" in told(data, "provenance")
