"""What is entailed stands in a graph and a dump of its own, beyond the facts, and a folder keeps to it."""

import gzip
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.build.entailing import RDFS
from kg.build.pipeline import add, build
from kg.cli import main
from kg.iris import Iris
from kg.store.folder import DataFolder

GRAPH = Iris().graph("entailed")


@pytest.fixture(scope="module")
def entailed_data(plan_of, examples, tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("entailed") / "data"
    build(replace(plan_of(data, examples), regime=RDFS))
    return data


@pytest.fixture(scope="module")
def store(entailed_data) -> ox.Store:
    return ox.Store.read_only(str(entailed_data / "current" / "store"))


def test_no_entailed_triple_is_a_fact_anyway(store):
    entailed = {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH))}
    facts = {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert entailed
    assert not entailed & facts


def test_dump_holds_the_graph_in_order_and_each_line_once(store, entailed_data):
    lines = gzip.decompress((entailed_data / "current" / "dumps" / "entailed.nt.gz").read_bytes()).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH)))
    manifest = DataFolder(entailed_data).snapshot().manifest()
    assert manifest["entail"] == "rdfs"
    assert manifest["report"]["triples"][GRAPH] == len(lines)


def test_facts_are_those_of_a_build_that_entails_nothing(entailed_data, example_data):
    dumps = [data / "current" / "dumps" / "facts.nt.gz" for data in (entailed_data, example_data)]
    assert gzip.decompress(dumps[0].read_bytes()) == gzip.decompress(dumps[1].read_bytes())
    assert DataFolder(entailed_data).snapshot().id != DataFolder(example_data).snapshot().id
    assert not (example_data / "current" / "dumps" / "entailed.nt.gz").exists()


def test_terms_that_the_facts_lack_are_found_with_both_graphs(entailed_data):
    what = "{ ?cable a rico:Record ; rico:hasSender ?who . ?who rdfs:label ?name }"
    both = f"FROM <{Iris().graph('facts')}> FROM <{GRAPH}>"
    found = [
        CliRunner().invoke(main, ["query", f"SELECT ?name {source} WHERE {what}", "--data", str(entailed_data)])
        for source in (both, "")
    ]
    assert [one.exit_code for one in found] == [0, 0]
    assert "Embassy Lisbon" in found[0].stdout
    assert "Embassy Lisbon" not in found[1].stdout


def test_adding_entails_again_unless_told_otherwise(plan_of, examples, tmp_path):
    telegrams = sorted((examples / "telegrams").iterdir())
    data = tmp_path / "data"
    build(replace(plan_of(data, telegrams[0]), regime=RDFS))
    add(plan_of(data, telegrams[1], jobs=1))
    other = tmp_path / "other"
    build(replace(plan_of(other, *telegrams[:2], jobs=2), regime=RDFS))
    dumps = [(one / "current" / "dumps" / "entailed.nt.gz").read_bytes() for one in (data, other)]
    assert dumps[0] == dumps[1]
    add(replace(plan_of(data, telegrams[2]), regime="none"))
    assert not (data / "current" / "dumps" / "entailed.nt.gz").exists()
