"""pySHACL behind the engine interface: planted faults come out as results, broken data as a failure."""

import pyshacl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kg.iris import CK, CKS, PREFIXES
from kg.validation import PyShaclEngine, local_shapes
from kg.validation.engine import _results
from kg.validation.graphs import graph_of
from kg.validation.shapes import read_shapes

BASE = "https://w3id.org/cablekg/"
CABLE = BASE + "cable/09QUITO77"
XSD = PREFIXES["xsd"]
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def without(lines: list[str], words: str) -> list[str]:
    return [line for line in lines if words not in line]


def test_the_invented_cable_conforms(engine, lines_of):
    outcome = engine.validate(lines_of("09QUITO77"))
    assert outcome.failure is None
    assert outcome.results == ()


FAULTS = [
    ("a label is lost", lambda lines: without(lines, '"09QUITO77 ¶2"'), "label", "Violation"),
    ("a type is lost", lambda lines: without(lines, "#Mention>"), "typed-mention", "Violation"),
    ("the id is lost", lambda lines: without(lines, "canonicalId"), "cable-canonical-id", "Violation"),
    ("an id with a zero", lambda lines: [x.replace('"09QUITO77"', '"09QUITO077"') for x in lines], "cable-canonical-id", "Violation"),
    ("no instant", lambda lines: without(lines, "sentAt"), "cable-sent-at-missing", "Warning"),
    ("no instant of that name", lambda lines: [x.replace("2009-05-05T", "2009-13-45T") for x in lines], "cable-sent-at", "Violation"),
    ("no day of that name", lambda lines: [x.replace('"2019-05-05"', '"2019-02-30"') for x in lines], "cable-declassify-on", "Violation"),
    ("no subject", lambda lines: without(lines, "subjectLine"), "cable-subject-missing", "Warning"),
    ("no tags", lambda lines: without(lines, "hasTag"), "cable-tag-missing", "Warning"),
    ("no addressee", lambda lines: without(lines, "#hasAddressing"), "cable-addressing-missing", "Info"),
    ("a level that is none", lambda lines: [x.replace("term/confidential", "term/cosmic") for x in lines], "cable-classification", "Violation"),
    ("a citation without a reference", lambda lines: without(lines, "#names>"), "cable-cites", "Violation"),
    ("a part is lost", lambda lines: without(lines, "#p2> <http://www.w3.org/1999"), "cable-paragraph", "Violation"),
    ("a mention is lost", lambda lines: without(lines, f"<{CABLE}#p1-0-61>"), "fact-evidence", "Violation"),
    ("spans of words", lambda lines: [x.replace('"9-17 63-67"', '"nine"') for x in lines], "mention-spans", "Violation"),
    ("surer than sure", lambda lines: [x.replace('#confidence> "1"', '#confidence> "1.85"') for x in lines], "fact-confidence", "Violation"),
    ("days out of order", lambda lines: [x.replace('notAfter> "2009-05-04"', 'notAfter> "2009-05-03"') for x in lines], "date-not-before", "Violation"),
    ("one party", lambda lines: without(without(lines, "#participantText>"), "#participant>"), "meeting-two-sides", "Warning"),
    ("an empty number", lambda lines: [x.replace('#number> "2"', '#number> ""') for x in lines], "paragraph-number", "Violation"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "shape", "severity"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_planted_fault_has_a_result(engine, lines_of, fault, shape, severity):
    sound = lines_of("09QUITO77")
    planted = fault(sound)
    assert planted != sound, "the fault is planted in no line"
    outcome = engine.validate(planted)
    assert (CKS + shape, severity) in {(result.shape, result.severity) for result in outcome.results}


def test_a_result_says_all(engine, lines_of):
    lines = [line.replace("2009-05-05T", "2009-13-45T") for line in lines_of("09QUITO77")]
    (result,) = engine.validate(lines).results
    assert result.focus == CABLE
    assert result.path == CK + "sentAt"
    assert result.value == f'"2009-13-45T14:30:00Z"^^<{XSD}dateTime>'
    assert result.component == PREFIXES["sh"] + "DatatypeConstraintComponent"
    assert result.message


def test_results_stand_in_the_same_order_every_time(engine, lines_of):
    lines = without(without(lines_of("09QUITO77"), "subjectLine"), "hasTag")
    assert engine.validate(lines) == engine.validate(reversed(lines))


def test_an_ill_typed_date_that_raises_in_rdflib_is_a_failure(tmp_path):
    (tmp_path / "year.ttl").write_text(
        HEAD
        + """
        cks:Year a sh:NodeShape ; sh:targetClass ck:Cable ; sh:sparql [ sh:message "old" ; sh:select
          "SELECT $this WHERE { $this <https://w3id.org/cablekg/ontology#sentAt> ?at FILTER(YEAR(?at) < 1900) }" ] .
        """
    )
    engine = PyShaclEngine(read_shapes(tmp_path))
    bad = f'<{CABLE}> <{CK}sentAt> "2001-13-45T00:00:00"^^<{XSD}dateTime> .\n'
    outcome = engine.validate([f"<{CABLE}> <{PREFIXES['rdf']}type> <{CK}Cable> .\n", bad])
    assert outcome.results == ()
    assert outcome.failure is not None
    assert outcome.failure.startswith("AttributeError")


def test_a_line_that_is_no_triple_is_a_failure(engine):
    assert engine.validate(["no triple\n"]).failure is not None


def plain_results(lines: list[str]) -> list:
    _, report, _ = pyshacl.validate(graph_of(lines), shacl_graph=Graph() + local_shapes())
    return sorted(_results(report), key=lambda result: result.rank)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rewritten_shapes_find_what_the_shapes_find(engine, lines_of, data):
    lines = lines_of("09QUITO77")
    lost = data.draw(st.sets(st.sampled_from(lines), min_size=1, max_size=20))
    kept = [line for line in lines if line not in lost]
    assert list(engine.validate(kept).results) == plain_results(kept)
