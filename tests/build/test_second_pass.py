"""Cables that a gazetteer of all cables changes are extracted again, and no others."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from kg.build.extracting import Passes, extract_to
from kg.build.pipeline import add, build
from kg.build.progress import Silent
from kg.build.scratch import partitioned
from kg.build.second_pass import make_gazetteer, read_again
from kg.build.stages import analyse

CABLE = """\
UNCLAS LISBON 00{number}

E.O. 12958: N/A
TAGS: PREL, PO
SUBJECT: THE FERRY

1. (U) {text}

2. (U) This telegram is fiction.

KESSLING
"""
TEXTS = {
    9801: "Portuguese Ferry Minister Velka Ortalan opened the pier.",
    9802: "The crowd cheered Velka Ortalan all day.",
    9803: "Nobody came.",
    9804: "The guests were Torva Berg and Ortalan.",
}


@pytest.fixture
def sources(tmp_path) -> Path:
    folder = tmp_path / "cables"
    folder.mkdir()
    for number, text in TEXTS.items():
        day = f"P 0{number - 9800}1200Z MAR 06\nFM AMEMBASSY LISBON\nTO SECSTATE WASHDC\nBT\n"
        (folder / f"{number}.txt").write_text(day + CABLE.format(number=number, text=text), encoding="utf-8")
    return folder


def facts(data: Path) -> list[bytes]:
    lines = gzip.decompress((data / "current" / "dumps" / "facts.nt.gz").read_bytes()).splitlines()
    return [line for line in lines if b"/void#" not in line]


def officials(folder: Path) -> dict[str, list[str]]:
    found = {path.stem: json.loads(path.read_bytes())["officials"] for path in sorted(folder.iterdir())}
    return {
        key: [person["name"] for person in persons if person["name"] != "KESSLING"] for key, persons in found.items()
    }


def test_an_official_of_one_cable_is_known_in_another(sources, tmp_path):
    extract_to([str(sources)], tmp_path / "two", 1, Silent())
    extract_to([str(sources)], tmp_path / "one", 1, Silent(), Passes(is_single=True))
    one, two = officials(tmp_path / "one"), officials(tmp_path / "two")
    assert (one["06LISBON9802"], two["06LISBON9802"]) == ([], ["Velka Ortalan"])
    # One place alone makes no surname known.
    assert {key: names for key, names in two.items() if key != "06LISBON9802"} == {
        key: names for key, names in one.items() if key != "06LISBON9802"
    }


def test_only_cables_with_a_word_of_the_gazetteer_are_read_again(sources):
    with partitioned([str(sources)], Silent()) as (_, _, tasks):
        for task in tasks:
            analyse(task)
        make_gazetteer(tasks, tasks[0].work)
        assert sum(read_again(task)["read_again"] for task in tasks) == 1


def test_a_build_leaves_its_gazetteer_for_other_cables(sources, plan_of, tmp_path):
    build(plan_of(tmp_path / "data", sources / "9801.txt"))
    table = tmp_path / "data" / "current" / "gazetteer.tsv"
    assert table.read_text("utf-8").splitlines()[1].split("\t")[:2] == ["Velka Ortalan", "PT"]
    extract_to([str(sources / "9802.txt")], tmp_path / "out", 1, Silent(), Passes(gazetteer=table))
    assert officials(tmp_path / "out") == {"06LISBON9802": ["Velka Ortalan"]}


def test_order_and_processes_and_adding_change_no_triple(sources, plan_of, tmp_path):
    files = sorted(sources.iterdir())
    build(plan_of(tmp_path / "a", *files))
    build(plan_of(tmp_path / "b", *reversed(files), jobs=2))
    assert facts(tmp_path / "a") == facts(tmp_path / "b")
    added, scratch = tmp_path / "added", tmp_path / "scratch"
    build(plan_of(added, *files[1:]))
    assert not any(b"gazetteer-name" in line and b"/cable/06LISBON9802" in line for line in facts(added))
    (scratch / "ledger").mkdir(parents=True)
    shutil.copyfile(added / "ledger" / "identities.tsv", scratch / "ledger" / "identities.tsv")
    add(plan_of(added, files[0]))
    build(plan_of(scratch, *files))
    assert set(facts(added)) == set(facts(scratch))
    assert any(b"gazetteer-name" in line and b"/cable/06LISBON9802" in line for line in facts(added))
