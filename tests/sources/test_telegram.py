"""Telegrams are recognised in every dialect, and what only speaks of telegrams is not."""

import io
import time

import pytest

from kg.sources import RawCable, SourceProblem, read
from kg.sources.telegram import looks_like

PARTIAL = """This record is a partial extract of the original cable. The full text of the original cable is not available.

UNCLAS SECTION 01 OF 02 RIO DE JANEIRO 009902
"""
SEVENTIES = """LIMITED OFFICIAL USE

PAGE 01        LISBON  09234  191204Z

46
ACTION EUR-12

INFO  OCT-01  ISO-00  OES-03
                     ------------------     031276
P 191130 Z FEB 7 5
FM AMEMBASSY LISBON
TO SECSTATE WASHDC PRIORITY 1883

1. THE KEEPERS HAVE ARRIVED.
"""
NARA = """Declassified/Released US Department of State EO Systematic Review 05 JUL 2006

Message Text

CONFIDENTIAL

PAGE 01  STATE  311722  TOSEC 340058

ORIGIN L-03  INFO OCT-01  SS-15  ISO-00  /019 R
DRAFTED BY L:NOBODY
APPROVED BY L:NOBODY ELSE
------------------281618Z 011536 /44
O 281530Z DEC 76
FM SECSTATE WASHDC
TO AMEMBASSY REYKJAVIK IMMEDIATE
"""
DATED = """Friday, 26 February 2010, 11:30
C O N F I D E N T I A L SECTION 01 OF 02 REYKJAVIK 009903
SIPDIS
EO 12958 DECL: 02/25/2020
TAGS PREL, EFIS, IC
"""
LOWER_CASE = (
    "S e c r e t state 128634\n\nSipdis\n\nE.o. 12958: decl: 12/01/2019\nTags: prel, pgov\nSubject: lighthouses\n"
)
COPIED = """

VZCZCXYZ0001
RR RUEHWEB

DE RUEHBO #9150/01 2882005
TAGS: [PREL](#) [EAGR](#)
[1](#)1. (C) The keeper waved.
"""
HEADER_ONLY = "VZCZCRO9904\nDE RUEHRK #9904/01 0010000\n"
RELAYED = "R 211912Z MAY 09\nFM RUEHC/SECSTATE WASHDC\nTO AMEMBASSY LISBON\n"


@pytest.mark.parametrize(
    "text",
    [PARTIAL, SEVENTIES, NARA, DATED, LOWER_CASE, COPIED, HEADER_ONLY, RELAYED],
    ids=["partial", "seventies", "nara", "dated", "lower-case", "copied", "header-only", "relayed"],
)
def test_looks_like_telegram(text):
    assert looks_like(text)
    assert looks_like(text.replace("\n", "\r\n"))


def indented(text, by="    "):
    return "".join(f"{by}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("by", [" " * 4, " " * 11])
@pytest.mark.parametrize("text", [PARTIAL, SEVENTIES, NARA, HEADER_ONLY, RELAYED])
def test_looks_like_telegram_where_all_lines_are_indented(text, by):
    assert looks_like(indented(text, by))
    assert looks_like(f"\n  \n\f{indented(text, by)}".replace("\n", "\r\n"))


def test_read_keeps_the_indent(telegram):
    [cable] = read(["-"], stdin=io.BytesIO(indented(telegram).encode()))
    assert cable.text == indented(telegram)


@pytest.mark.parametrize("text", [PARTIAL, SEVENTIES, NARA, HEADER_ONLY, RELAYED])
def test_looks_like_telegram_where_carriage_returns_end_the_lines(text):
    assert looks_like(text.replace("\n", "\r"))
    assert looks_like(indented(text).replace("\n", "\r"))


def test_read_keeps_carriage_returns(telegram):
    text = telegram.replace("\n", "\r")
    [cable] = read(["-"], stdin=io.BytesIO(text.encode()))
    assert (cable.format, cable.text) == ("telegram", text)


PROSE = "The embassy sent a telegram. It was marked SECRET and it named 12958 lighthouses.\n" * 40
README = f"# Telegrams\n\nA telegram looks like this:\n\n```\n{HEADER_ONLY}```\n"
INDENTED = "A telegram looks like this:\n\n" + "".join(f"    {line}\n" for line in HEADER_ONLY.splitlines())
PROGRAM = f'"""Tests of the header."""\n\nTEXT = """\\\n{HEADER_ONLY}"""\n'
SCRIPT = f"from pathlib import Path\n\nTEXT = '''\n{HEADER_ONLY}'''\n"
TABLE = "RUEHLI\tAMEMBASSY LISBON\t12\nRUEHC\tSECSTATE WASHDC\t99\n"
BULLETS = (
    "- `VZCZCXYZ0000` is the transmission id\n- `DE RUEHBO #0335/01 0342125` is the DE line\n- `FM AMEMBASSY BOGOTA`\n"
)
E_MAIL = "From: keeper@example.org\nTo: master@example.org\nSubject: the lamp\nDate: 2 Jan 2008\n\nIt is lit.\n"
MEMO = "TO: The Secretary\nFROM: The Keeper\nSUBJECT: The lamp\nREF: Your memo of 2 January\n\n1. (U) It is lit.\n"
LATE = PROSE + HEADER_ONLY
MARKUP = f"<html><body><pre>\n{HEADER_ONLY}</pre></body></html>"
ONE_LINE = "FM AMEMBASSY LISBON\n" + PROSE


@pytest.mark.parametrize(
    "text",
    [PROSE, README, INDENTED, PROGRAM, SCRIPT, TABLE, BULLETS, E_MAIL, MEMO, LATE, MARKUP, ONE_LINE, ""],
    ids=["prose", "readme", "indented", "program", "script", "table", "bullets", "e-mail", "memo", "late", "markup",
         "one-line", "empty"],
)  # fmt: skip
def test_does_not_look_like_telegram(text):
    assert not looks_like(text)


@pytest.mark.parametrize(
    "line",
    [
        "TAGS" + " " * 40_000,
        "UNCLAS " + "A" * 40_000,
        "UNCLAS " + "A " * 20_000,
        "P" + " " * 40_000,
        "PAGE 01 " + "A " * 20_000,
    ],
    ids=["tags", "letters", "words", "precedence", "page"],
)
def test_looks_like_takes_no_time_on_long_lines(line):
    started = time.process_time()
    looks_like(line)
    looks_like(f"{line}\n" * 3)
    assert time.process_time() - started < 0.5


def test_read_keeps_the_text_as_found(tmp_path, telegram):
    text = telegram.replace("\n", "\r\n") + "\f\x1a"
    (tmp_path / "a.txt").write_bytes(text.encode())
    [cable] = read([tmp_path / "a.txt"])
    assert cable == RawCable(source="a.txt", position=1, format="telegram", encoding="utf-8", metadata=(), text=text)


def test_read_takes_no_heed_of_the_file_ending(tmp_path, telegram):
    (tmp_path / "a.csv").write_text(telegram)
    [cable] = read([tmp_path / "a.csv"])
    assert cable.format == "telegram"


def test_read_refuses_a_telegram_beyond_all_measure(tmp_path, telegram):
    (tmp_path / "a.txt").write_bytes(telegram.encode() + b"x" * (16 * 1024 * 1024))
    [problem] = read([tmp_path / "a.txt"])
    assert isinstance(problem, SourceProblem)
    assert (problem.code, problem.is_fatal) == ("too-large", True)
    assert "16 MB" in problem.message
