"""References that name a cable as only its text or its source does."""

import gzip

from kg.build.aliases import known_ids, read_aliases, with_cited, write_aliases
from kg.build.pipeline import build
from kg.cables import parse
from kg.files import write_json
from kg.sources import RawCable
from kg.terms import CK_CITES

TEXT = """\
P 031545Z MAY 07
FM AMEMBASSY QUITO
TO SECSTATE WASHDC

UNCLAS QUITO {number}

SUBJECT: NETS

{ref}1. The nets.
DOE
"""


def cable(number, stated=None, ref=""):
    return parse(
        RawCable(
            source="s",
            position=1,
            format="telegram",
            encoding="utf-8",
            metadata=(("reference_id", stated),) if stated else (),
            text=TEXT.format(number=number, ref=ref),
        )
    )


def test_other_ids_of_a_cable_are_canonical():
    found = known_ids([cable("000012", "1997QUITO00013"), cable("000014", "07QUITO14"), cable("000015")])
    assert found == {"97QUITO13": ["07QUITO12"], "07QUITO14": [], "07QUITO15": []}


def test_an_id_of_a_cable_or_of_several_leads_nowhere(tmp_path):
    write_json(tmp_path / "a.json", {"07QUITO1": ["07QUITO8"], "07QUITO2": ["07QUITO1", "07QUITO9"]})
    write_json(tmp_path / "b.json", {"07QUITO3": ["07QUITO9"], "07QUITO4": ["07QUITO7"]})
    write_aliases([tmp_path / "a.json", tmp_path / "b.json"], tmp_path)
    assert read_aliases(tmp_path) == {"07QUITO7": "07QUITO4", "07QUITO8": "07QUITO1"}


def test_references_lead_to_the_cable():
    citing = cable("000001", ref="REF: A. QUITO 12 B. LIMA 5\n\n")
    targets = [one.target for one in with_cited(citing, {"07QUITO12": "07QUITO11"}).references]
    assert targets == ["07QUITO11", "07LIMA5"]
    assert with_cited(citing, {"07QUITO99": "07QUITO98"}) is citing


def test_a_cable_that_names_itself_otherwise_cites_nothing():
    citing = cable("000001", ref="REF: QUITO 12\n\n")
    assert with_cited(citing, {"07QUITO12": "07QUITO1"}).references == ()


def test_a_build_cites_the_cable_by_its_canonical_id(plan_of, tmp_path):
    row = '"{n}","5/3/2007 15:45","{id}","Embassy Quito","UNCLASSIFIED","","","{text}"\n'
    cited = TEXT.format(number="000012", ref="")
    citing = TEXT.format(number="000020", ref="REF: QUITO 12\n\n")
    (tmp_path / "cables.csv").write_text(
        row.format(n=1, id="07QUITO11", text=cited) + row.format(n=2, id="07QUITO20", text=citing)
    )
    build(plan_of(tmp_path / "data", tmp_path / "cables.csv"))
    facts = gzip.decompress((tmp_path / "data" / "current" / "dumps" / "facts.nt.gz").read_bytes()).decode()
    cites = [line.split() for line in facts.splitlines() if f" <{CK_CITES}> " in line and "/cable/" in line]
    assert [(line[0][-10:-1], line[2][-10:-1]) for line in cites] == [("07QUITO20", "07QUITO11")]
    assert "/cable/07QUITO12>" not in facts
