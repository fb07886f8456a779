"""Every format has a name that raw cables may bear, and is found by its content alone."""

from pathlib import Path

import pytest

from kg.sources import FORMATS, WITHOUT_CABLE, RawCable, partitions, read, sniff
from kg.sources.formats import READERS
from kg.sources.problems import KINDS, Fatal, Place, printable, problem


def test_readers_are_the_formats():
    # A partition holds cables of the other formats, so no cable's own format is that.
    assert {known.name for known in READERS} == {*FORMATS, partitions.NAME}


REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "formats.md").read_text()
FATAL = {Fatal.ALWAYS: "always", Fatal.WHERE_NAMED: "if named", Fatal.NEVER: "never"}


def test_reference_has_every_format():
    assert [name for name in FORMATS if f"| `{name}` |" not in REFERENCE] == []


def test_reference_has_every_problem():
    rows = [line.split(" | ")[:2] for line in REFERENCE.splitlines() if line.startswith("| `")]
    documented = {code.strip("| `"): fatal for code, fatal in rows if fatal in FATAL.values()}
    assert documented == {code: FATAL[kind.fatal] for code, kind in KINDS.items()}


def test_sniff_knows_each_format(telegram, row, as_csv, page):
    assert sniff(telegram.encode()) == "telegram"
    assert sniff(as_csv(row())) == "cablegate-csv"
    assert sniff(page.encode()) == "viewer-html"
    assert sniff(b"It was marked SECRET.") is None
    assert sniff(b"") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_sniff_knows_each_format_in_any_encoding(encoding, telegram, row, as_csv, page):
    assert sniff(telegram.encode(encoding)) == "telegram"
    assert sniff(as_csv(row()).decode().encode(encoding)) == "cablegate-csv"
    assert sniff(page.replace("¶", "").encode(encoding)) == "viewer-html"


def test_formats_agree_on_the_text(tmp_path, telegram, row, as_csv, page):
    (tmp_path / "a.txt").write_text(telegram)
    (tmp_path / "b.csv").write_bytes(as_csv(row()))
    (tmp_path / "c.html").write_text(page.replace("¶", ""))
    assert {cable.text for cable in read([tmp_path])} == {telegram}


def test_no_reader_takes_what_another_reads(examples):
    for path in sorted(path for path in examples.rglob("*") if path.is_file() and path.name != "README.md"):
        text = path.read_text(encoding="utf-8")
        own = {raw.format for raw in read([path]) if isinstance(raw, RawCable)}
        takers = [known.name for known in READERS if known.looks_like(text)]
        # What is in no frame of its own may pass for a bare telegram: that is tried last.
        assert {takers[0]} == own
        assert set(takers) <= {takers[0], "telegram"}


@pytest.mark.parametrize("code", KINDS)
def test_message_says_what_and_what_to_do(code):
    places = "reason what head format limit row line columns expected record end count"
    filled = KINDS[code].message.format_map(dict.fromkeys(places.split(), "X"))
    assert filled[0].isupper() or filled[0] == "X"
    assert filled.endswith(".")


def test_problem_is_fatal_where_a_file_without_cable_is_named():
    found = {
        code: problem(code, Place(name="a", is_named=False), head=1, what="pipe").is_fatal for code in WITHOUT_CABLE
    }
    named = {
        code: problem(code, Place(name="a", is_named=True), head=1, what="pipe").is_fatal for code in WITHOUT_CABLE
    }
    assert not any(found.values())
    assert {code for code, is_fatal in named.items() if not is_fatal} == {
        code for code, kind in KINDS.items() if kind.fatal is Fatal.NEVER
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [("pôrto 1.txt", "pôrto 1.txt"), ("a\nb", "a\\nb"), ("a\udcff", "a\\udcff"), ("a\x1b[2J", "a\\x1b[2J")],
)
def test_printable(name, shown):
    assert printable(name) == shown
