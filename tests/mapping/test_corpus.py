"""The mapping on real cables: readable, owned by the cable, inside the triple budget."""

from statistics import median

import pyoxigraph as ox
import pytest

from kg.cables import parse
from kg.extraction import extract
from kg.identity.model import CableResolution
from kg.iris import Iris
from kg.mapping import map_cable, map_doubtful
from kg.sources.model import RawCable
from kg.sources.reading import read

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def mapped(shared):
    """The lines of every cable of the corpus, those of the graph of candidates apart."""
    out = {}
    for raw in read([str(shared / "corpus" / "cables.csv")]):
        cable = parse(raw) if isinstance(raw, RawCable) else None
        if cable is not None and cable.canonical_id is not None:
            facts = extract(cable)
            resolved = CableResolution(
                persons={one.key: f"{cable.canonical_id}{one.key}".lower() for one in facts.persons}
            )
            arguments = (cable, facts, resolved, Iris())
            out[cable.canonical_id] = (map_cable(*arguments), map_doubtful(*arguments))
    return out


def test_the_median_is_inside_the_budget(mapped):
    assert median(len(lines) for lines, _ in mapped.values()) <= 400


def test_every_line_is_read_by_pyoxigraph(mapped):
    for lines, doubtful in mapped.values():
        text = "".join((*lines, *doubtful)).encode()
        assert sum(1 for _ in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)) == len(lines) + len(doubtful)


def test_every_subject_belongs_to_its_cable(mapped):
    for canonical_id, (lines, doubtful) in mapped.items():
        own = tuple(f"/{canonical_id}{mark}" for mark in ("#", "-", ">"))
        assert all(any(mark in line.partition(" ")[0] for mark in own) for line in (*lines, *doubtful))
