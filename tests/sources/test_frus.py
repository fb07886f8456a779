"""A volume of FRUS gives its telegrams, airgrams and memoranda of conversation, and names what it leaves out."""

import gzip
import random
import tracemalloc

import pytest

from kg.cables import parse
from kg.sources import RawCable, SourceProblem, read, sniff
from kg.sources.frus import looks_like

NAMESPACES = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
PERSONS = """<div type="section" xml:id="persons"><head>Persons</head><list>
<item><hi rend="strong"><persName xml:id="p_RJ_1">Roe, Jane Q.</persName>,</hi> Keeper of the lighthouse</item>
</list></div>"""
TELEGRAM = """<div type="document" n="7" xml:id="d7" subtype="historical-document">
 <head>7. Telegram From the Embassy in
   Portugal to the Department of State<note n="1" xml:id="d7fn1" type="source"><p>Summary: The Embassy asked for
   ladders.</p><p>Source: Invented Archives. Secret; <gloss target="#t_Nodis_1">Nodis</gloss>.</p></note></head>
 <opener><dateline rendition="#right"><placeName>Lisbon</placeName>, <date when="1974-03-01T09:30:00-05:00">March 1,
   1974, 1430<gloss target="#t_Z_1">Z</gloss></date>.</dateline></opener>
 <p>9301. Subj: Longer Ladders.</p>
 <p>1. Keeper <persName corresp="#p_RJ_1">Roe</persName> said the lad<pb n="12" facs="0012" xml:id="pg_12"/>ders<note
   n="2" xml:id="d7fn2">Not printed.</note> were
   short. [<hi rend="italic">4½ lines not declassified</hi>]</p>
 <pb n="13"/>
 <closer><signed><persName corresp="#p_DJ_1">Doe</persName></signed></closer>
</div>"""
MEMCON = """<div type="document" xml:id="d9">
 <head>9.Memorandum of Conversation</head>
 <dateline><placeName>Lisbon</placeName>, <date notBefore="1974-03-02" notAfter="1974-03-04">undated</date>.</dateline>
 <list type="subject"><head>SUBJECT</head><item>Ladders</item></list>
 <list type="participants"><head>PARTICIPANTS</head><item>The Secretary</item>
  <item>Portugal<list><item>Keeper Roe</item></list></item></list>
 <p>The Secretary asked<lb/>how long.</p>
 <table><row><cell>oak</cell><cell>3 m</cell></row></table>
</div>"""
LETTER = '<div type="document" xml:id="{}" subtype="historical-document"><head>8. Letter From Roe</head><p>x</p></div>'


def volume(*documents: str, root: str = f'TEI {NAMESPACES} xml:id="frus1899v01"', before: str = "") -> bytes:
    name = root.split()[0]
    text = f"<{root}><text><front>{PERSONS}</front><body><div type='chapter'>{''.join(documents)}</div></body></text></{name}>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{text}'.encode()


@pytest.fixture
def read_bytes(tmp_path):
    def read_them(data: bytes, name: str = "frus-invented.xml") -> tuple[list[RawCable], list[SourceProblem]]:
        (tmp_path / name).write_bytes(data)
        found = list(read([tmp_path / name]))
        cables = [one for one in found if isinstance(one, RawCable)]
        return cables, [one for one in found if isinstance(one, SourceProblem)]

    return read_them


@pytest.mark.parametrize(
    "data",
    [
        volume(TELEGRAM),
        volume(TELEGRAM, root="TEI xml:id='frus1899v01'"),
        volume(TELEGRAM, root="sample", before="<!-- abridged -->"),
        b"\xef\xbb\xbf" + volume(TELEGRAM),
        volume(TELEGRAM).decode().replace('encoding="UTF-8"', "").encode("utf-16"),
    ],
    ids=["volume", "no-namespace", "sample", "byte-order-mark", "utf-16"],
)
def test_volume_is_known_by_its_content(data, read_bytes):
    assert sniff(data) == "frus-tei"
    [cable], problems = read_bytes(data, "whatever.txt")
    assert cable.text.startswith("7. Telegram From the Embassy in Portugal to the Department of State\n")
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>A play.</p></text></TEI>',
        '<html><body><div subtype="historical-document"></div></body></html>',
        'A page about `<TEI xml:id="frus1899v01">`.',
    ],
    ids=["other-tei", "html", "prose"],
)
def test_other_text_is_no_volume(text):
    assert not looks_like(text)


def test_text_has_the_documented_layout(read_bytes):
    [cable], _ = read_bytes(volume(TELEGRAM))
    assert (
        cable.text
        == """\
7. Telegram From the Embassy in Portugal to the Department of State

Summary: The Embassy asked for ladders.
Source: Invented Archives. Secret; Nodis.

Lisbon, March 1, 1974, 1430Z.

9301. Subj: Longer Ladders.

1. Keeper Roe said the ladders[2] were short. [4½ lines not declassified]

Doe

[2] Not printed.
"""
    )


def test_lists_and_tables_stand_together_one_entry_a_line(read_bytes):
    [cable], _ = read_bytes(volume(MEMCON))
    assert (
        cable.text
        == """\
9.Memorandum of Conversation

Lisbon, undated.

SUBJECT
Ladders

PARTICIPANTS
The Secretary
Portugal
Keeper Roe

The Secretary asked
how long.

oak | 3 m
"""
    )


def test_metadata_are_what_the_edition_says_beside_the_text(read_bytes):
    [telegram, memcon], _ = read_bytes(volume(TELEGRAM, MEMCON))
    assert telegram.metadata == (
        ("created", "1974-03-01 14:30"),
        ("document_id", "frus1899v01/d7"),
        ("persons", "p_DJ_1=Doe|p_RJ_1=Roe, Jane Q."),
        ("place", "Lisbon"),
        ("signed", "Doe"),
    )
    assert memcon.metadata == (
        ("created", "1974-03-02"),
        ("document_id", "frus1899v01/d9"),
        ("place", "Lisbon"),
        ("subject", "Ladders"),
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date when="1974-03-01">', "1974-03-01"),
        ('<date when="1974-03-01T09:30:00">', "1974-03-01"),
        ('<date when="1974-03-01T23:30:00-05:00">', "1974-03-02 04:30"),
        ('<date when="1974-03" notBefore="1974-03-05" notAfter="1974-03-07">', "1974-03-05"),
        ('<date from="1974-03-05" to="1974-03-07">', "1974-03-05"),
        ('<date when="0001-01-01T00:00:00+05:00">', None),
        ("<date>", None),
    ],
)
def test_date_is_that_of_the_dateline(date, expected, read_bytes):
    document = TELEGRAM.replace('<date when="1974-03-01T09:30:00-05:00">', date)
    assert read_bytes(volume(document))[0][0].get("created") == expected
    stated = document.replace('xml:id="d7"', 'xml:id="d7" frus:doc-dateTime-min="1974-02-01T00:00:00-05:00"')
    assert read_bytes(volume(stated))[0][0].get("created") == (expected or "1974-02-01 05:00")


@pytest.mark.parametrize(
    ("root", "name", "expected"),
    [
        ('TEI xml:id="frus1899v01"', "a.xml", "frus1899v01/d7"),
        ("TEI", "frus1899v02.xml", "frus1899v02/d7"),
        ("TEI", "frus1899v02.xml.gz", "frus1899v02/d7"),
    ],
)
def test_volume_has_the_id_of_its_root_else_of_its_file(root, name, expected, read_bytes):
    data = volume(TELEGRAM, root=root)
    [cable], _ = read_bytes(gzip.compress(data) if name.endswith(".gz") else data, name)
    assert cable.get("document_id") == expected


@pytest.mark.parametrize(
    ("head", "is_read"),
    [
        ("7. Telegram 3775 From the Embassy in Portugal to the Department of State", True),
        ("7. Circular Telegram From the Department of State to All Posts", True),
        ("[7] Airgram A–97 From the Embassy in Portugal", True),
        ("Memorandum of a Telephone Conversation", True),
        ("7. Editorial Note", False),
        ("7. Memorandum From the Keeper to the Secretary", False),
        ("7. Summary of a Telegram From the Embassy", False),
    ],
)
def test_head_says_whether_a_document_is_read(head, is_read, read_bytes):
    cables, problems = read_bytes(volume(f"<div type='document' xml:id='d7'><head>{head}</head><p>x</p></div>"))
    assert (len(cables), len(problems)) == ((1, 0) if is_read else (0, 1))


def test_documents_that_are_not_read_are_named(read_bytes):
    others = [LETTER.format(f"d{number}") for number in (1, 2, 3)]
    cables, [problem] = read_bytes(volume(*others, TELEGRAM, LETTER.format("d8"), MEMCON))
    assert [cable.position for cable in cables] == [4, 6]
    assert (problem.code, problem.is_fatal) == ("frus-other-documents", False)
    assert problem.message.endswith("were left out, 4 of 6: d1-d3, d8.")


def test_volume_without_documents_is_no_loss(read_bytes):
    cables, [problem] = read_bytes(volume())
    assert (cables, problem.code) == ([], "frus-no-document")


def test_damaged_volume_gives_what_came_before(read_bytes):
    [cable], [problem] = read_bytes(volume(TELEGRAM, MEMCON)[:-200])
    assert cable.position == 1
    assert (problem.code, problem.is_fatal) == ("xml-broken", True)
    assert "1 documents came before" in problem.message


LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
BOMB = f"<!DOCTYPE TEI [<!ENTITY a0 '{'a' * 100}'>{LAUGHS}]>"


@pytest.mark.parametrize(
    ("declarations", "root", "text"),
    [
        (BOMB, "TEI xml:id='frus1'", "&a11;"),
        (BOMB, "TEI xml:id='frus1' n='&a11;'", "x"),
        ('<!DOCTYPE TEI [<!ENTITY file SYSTEM "file:///etc/hostname">]>', "TEI xml:id='frus1'", "&file;"),
        ('<!DOCTYPE TEI [<!ENTITY % file SYSTEM "file:///etc/hostname"> %file;]>', "TEI xml:id='frus1'", "x"),
    ],
    ids=["bomb", "bomb-in-attribute", "file", "parameter"],
)
def test_declared_entities_are_refused(declarations, root, text, read_bytes):
    document = TELEGRAM.replace("Longer Ladders", text)
    tracemalloc.start()
    cables, [problem] = read_bytes(volume(document, root=root, before=declarations))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert (cables, problem.code, problem.is_fatal) == ([], "xml-entities", True)


def test_nothing_is_loaded_from_outside(read_bytes):
    before = '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">'
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    [cable], problems = read_bytes(volume(TELEGRAM.replace("Ladders.", f"Ladders.{include}"), before=before))
    assert "9301. Subj: Longer Ladders.\n" in cable.text
    assert problems == []


def test_deep_nesting_is_refused_or_read_but_never_raises(read_bytes):
    for element in ("hi", "note", "list"):
        deep = TELEGRAM.replace("Longer Ladders", f"<{element}>" * 200 + "x" + f"</{element}>" * 200)
        assert len(read_bytes(volume(deep))[0]) == 1
        deeper = TELEGRAM.replace("Longer Ladders", f"<{element}>" * 5000 + "x" + f"</{element}>" * 5000)
        assert [problem.code for problem in read_bytes(volume(deeper))[1]] == ["xml-broken"]


def test_endless_document_is_refused(read_bytes, monkeypatch):
    monkeypatch.setattr("kg.sources.frus.MAX_TEXT", 1024 * 1024)
    cables, problems = read_bytes(volume(TELEGRAM, MEMCON.replace("<table>", "<p>ladder</p>" * 200_000 + "<table>")))
    assert len(cables) == 1
    assert [(problem.code, problem.position) for problem in problems] == [("too-large", 2)]


def test_memory_does_not_grow_with_the_volume(tmp_path):
    def peak(count: int) -> int:
        path = tmp_path / "frus-large.xml"
        path.write_bytes(volume(*[TELEGRAM, LETTER.format("d8")] * count))
        tracemalloc.start()
        assert sum(isinstance(one, RawCable) for one in read([path])) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(2000) < 2 * peak(200)


def test_mutated_volume_never_raises(read_bytes):
    chance = random.Random(7)
    data = volume(TELEGRAM, LETTER.format("d8"), MEMCON)
    for _ in range(300):
        mutant = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at, length = chance.randrange(400, len(mutant)), chance.randint(1, 60)
            other = chance.randrange(400, len(mutant))
            mutant[at : at + length] = chance.choice([b"", mutant[other : other + length], b"<note>", b"</p>", b"&"])
        for cable in read_bytes(bytes(mutant))[0]:
            parsed = parse(cable)
            assert all(one.as_sent == cable.text[one.start : one.end] for one in parsed.participants)
            assert all(cable.text[part.found_at(0, 1)[0]] == part.text[0] for part in parsed.parts)


@pytest.mark.shared
def test_sample_of_a_real_volume_is_read(shared):
    memcon, telegram = read([shared / "corpus" / "frus_sample.xml"])
    assert (memcon.get("document_id"), telegram.get("document_id")) == ("frus_sample/d23", "frus_sample/d68")
    assert telegram.text.count("\n\n") == 6
