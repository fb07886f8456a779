"""A file of many telegrams comes apart into each of them, and nothing between them is lost."""

import csv
import gzip
import io
import random
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cables import merge
from kg.sources import RawCable, SourceProblem, read
from kg.sources.telegrams import telegrams
from kg.sources.texts import MAX_TEXT

SEPARATORS = [
    "\n",
    "\n\n",
    "\n\n\n\n",
    "\n\f\n",
    f"\n{'=' * 60}\n",
    f"\n\n{'-' * 40}\n\n",
    "\n* * *\n".replace(" ", ""),
    "\r\n\r\n",
]

BODY = """E.O. 12958: N/A
TAGS: PREL EFIS PO
SUBJECT: LIGHTHOUSE {n}

1. (U) The choir of lighthouse {n} sang; "UNCLAS" was written
on its hats.

2. (U) It will come again in MAY {n}.

KEEPER"""


def modern(n: int) -> str:
    return (
        f"VZCZCXYZ0{n:03}\nPP RUEHWEB\n\nDE RUEHLI #{n:04}/01 0021015\nZNR UUUUU ZZH\nP 021015Z JAN 08\nFM AMEMBASSY LISBON\n"
        f"TO RUEHC/SECSTATE WASHDC PRIORITY 0001\n\nUNCLAS SECTION 01 OF 02 LISBON {n:06}\n\n" + BODY.format(n=n)
    )


def in_sections(n: int) -> str:
    second = modern(n).replace("/01 ", "/02 ").replace("SECTION 01", "SECTION 02").replace("1. (U)", "3. (U)")
    return f"{modern(n)}\n\n{second}"


def extract(n: int) -> str:
    return (
        "This record is a partial extract of the original cable. The full text of the original cable is not available.\n\n"
        f"UNCLAS LISBON {n:06}\n\nSIPDIS\n\n" + BODY.format(n=n)
    )


def bare(n: int) -> str:
    return f"S E C R E T REYKJAVIK {n:06}\n\nNOFORN\n\n" + BODY.format(n=n)


def dated(n: int) -> str:
    return (
        f"R 02{n % 10000:04}Z JAN 08\nFM AMEMBASSY LISBON\nTO SECSTATE WASHDC 0001\n\nUNCLAS LISBON {n:06}\n"
        + BODY.format(n=n)
    )


def seventies(n: int) -> str:
    return (
        f"CONFIDENTIAL\n\nPAGE 01        LISBON  {n:05}  01 OF 02  191204Z\n\n46\nACTION EUR-12\n\n"
        "INFO  OCT-01  ISO-00  OES-03  L-02  COME-00\n      SS-15  NSC-05  /038 W\n"
        f"                     ------------------     03{n:04}\nP 191130 Z FEB 7 5\nFM AMEMBASSY LISBON\n"
        f"TO SECSTATE WASHDC PRIORITY 1883\n\nC O N F I D E N T I A L SECTION 01 OF 02 LISBON {n}\n\n"
        + BODY.format(n=n).replace("\n\n2.", f"\nCONFIDENTIAL\n\nCONFIDENTIAL\n\nPAGE 02        LISBON  {n:05}  01 OF 02  191204Z\n\n2.")
        + f"\n\n\nCONFIDENTIAL\n\nPAGE 01        LISBON  {n:05}  02 OF 02  191210Z\n\nP 191130 Z FEB 7 5\n"
        f"FM AMEMBASSY LISBON\nC O N F I D E N T I A L SECTION 02 OF 02 LISBON {n}\n\n3. THE END.\n\nKEEPER\n\n\nCONFIDENTIAL\n\n\nNNNN"
    )  # fmt: skip


def distributed(n: int) -> str:
    return (
        "INFO  LOG-00   EEB-00   AID-00   AMAD-00\n      DODE-00  PERC-00    /001W\n"
        f"                  ------------------99B{n % 1000:03}  020145Z /38\n" + dated(n)
    )


def quoting(n: int) -> str:
    quoted = modern(9_001).replace("KEEPER", "OTHER")
    marks = ("BEGIN TEXT:", "END TEXT.") if n % 2 else ("TEXT FOLLOWS: QUOTE", "UNQUOTE")
    return modern(n).replace("2. (U)", f"2. (U) {marks[0]}\n\n{quoted}\n\n{marks[1]}\n\n3. (U)")


FORMS = [modern, in_sections, extract, bare, dated, seventies, distributed, quoting]


def apart(data: bytes, block: int = 65_536) -> list[str]:
    """The texts of the telegrams; nothing of the file is lost, and what separates them is no text."""
    pieces = list(telegrams(data[at : at + block] for at in range(0, len(data), block)))
    assert b"".join(piece.data + piece.separator for piece in pieces) == data
    assert not b"".join(piece.separator for piece in pieces).strip(b" \t\r\n\f-=*_#")
    return [piece.data.decode() for piece in pieces]


@pytest.mark.parametrize("form", FORMS)
def test_one_telegram_stays_one(form):
    text = f"\n\n{form(17)}\n"
    assert apart(text.encode()) == [text]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_telegrams_of_one_form_come_apart(form, separator):
    texts = [form(n) for n in range(101, 108)]
    assert [text.strip() for text in apart(separator.join(texts).encode())] == texts


@given(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(SEPARATORS)), min_size=1, max_size=8), st.data())
@settings(deadline=None)
def test_telegrams_of_all_forms_come_apart(parts, data):
    texts = [form(200 + n) for n, (form, _) in enumerate(parts)]
    joined = "".join(text + separator for text, (_, separator) in zip(texts, parts, strict=True))
    block = data.draw(st.integers(1, 5_000))
    assert [text.strip("\r\n\f=-*") for text in apart(joined.encode(), block)] == texts


@given(st.lists(st.sampled_from(["\n", "NNNN\n", "PAGE 01 LISBON 00017 1\n", "VZCZCXYZ0001\n", "QUOTE\n", "UNQUOTE\n", "TAGS: X\n", "x\n",
                                 "DE RUEHLI #0017 1\n", "UNCLAS LISBON 17\n", "----\n", "P 021015Z JAN 08\nFM X\n", "CONFIDENTIAL\n"])))  # fmt: skip
def test_no_line_is_lost(lines):
    apart("".join(lines).encode())


def test_a_telegram_that_stands_twice_in_a_file_is_two():
    assert len(apart(f"{modern(5)}\n\n{modern(5)}".encode())) == 2


def test_a_quotation_that_never_closes_takes_no_other_telegram():
    texts = [modern(n).replace("2. (U)", "2. (U) BEGIN TEXT:") for n in range(4)]
    assert [text.strip() for text in apart("\n\n".join(texts).encode())] == texts


@pytest.mark.parametrize(
    "line",
    [
        "Secretary General for only 100", "SECRET POLICE HELD 1200", "PAGE 02  LISBON 00017  01 OF 02", "FM RADIO LISBON 101",
        "TO PAGE 01", "VZCZC", "DE RUEHLI", "This record is a partial success", "UNCLAS 17", "Unclassified, 2001",
    ],
)  # fmt: skip
def test_what_opens_no_telegram(line):
    text = modern(7).replace("2. (U)", f"\n{line}\n\n2. (U)")
    assert apart(text.encode()) == [text]


@pytest.mark.parametrize(
    "unit",
    [
        "\n", "VZCZCXYZ0000\n", "DE RUEHLI #0017/01 1\n", "P 021015Z JAN 08\n\n\n", "P 021015Z JAN 08\nFM A\n", "PAGE 01 A A A A A 1",
        "UNCLAS LISBON 17\n", "UNCLAS A B C D E F\n", "S E C R E T ", "QUOTE\nVZCZCXYZ0000\nDE RUEHLI #0017/01 1\n", "TAGS: X\n",
        "CONFIDENTIAL\n", " ", "-" * 60 + "\n", "LOG-00 ", "\n  LOG-00", "x\n\n\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "TAGS: X\n{}", "QUOTE\nTAGS: X\n{}UNQUOTE\n"])
def test_a_hostile_megabyte_takes_little_time(unit, frame):
    numbers = iter(range(10**9))
    text = "".join(unit.replace("17", f"{next(numbers) % 10_000:04}") for _ in range(1_000_000 // len(unit)))
    started = time.process_time()
    apart(frame.format(text).encode())
    assert time.process_time() - started < 2


def test_read_gives_each_telegram_with_its_position(tmp_path):
    path = tmp_path / "many.txt"
    path.write_bytes(
        "\n\n".join(form(300 + n) for n, form in enumerate(FORMS)).replace("choir", "chœur").encode("utf-16")
    )
    found = list(read([path]))
    assert [cable.position for cable in found] == list(range(1, len(FORMS) + 1))
    assert {cable.encoding for cable in found} == {"utf-16"}


def test_read_decodes_each_telegram_by_itself():
    data = modern(1).replace("choir", "chœur").encode("cp1252") + b"\n\n" + modern(2).replace("choir", "chœur").encode()
    found = list(read(["-"], stdin=io.BytesIO(data)))
    assert [cable.encoding for cable in found] == ["cp1252", "utf-8"]
    assert all("chœur" in cable.text for cable in found)


def test_sections_in_one_file_give_the_cable_that_they_give_in_two(examples, tmp_path):
    first, second = (examples / "telegrams" / f"07LISBON9310-{n}of2.txt" for n in (1, 2))
    (tmp_path / "a.txt").write_text(f"{first.read_text().rstrip()}\n\n{second.read_text()}")
    together, two = (
        merge([raw for raw in read(paths) if isinstance(raw, RawCable)]).cable
        for paths in ([tmp_path / "a.txt"], [first, second])
    )
    assert [part.text for part in together.parts] == [part.text for part in two.parts]


def test_a_telegram_beyond_the_limit_is_left_out_and_the_rest_is_read(tmp_path):
    path = tmp_path / "many.txt"
    with path.open("w") as file:
        file.write(f"{modern(1)}\n\n{modern(2)}\n")
        for _ in range(4 * MAX_TEXT // 70):
            file.write("The tide came in and went out again, and the lamp was lit and put out.\n")
        file.write(f"\n\n{modern(3)}\n\n{modern(4)}")
    tracemalloc.start()
    found = list(read([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.code if isinstance(one, SourceProblem) else one.text.strip() for one in found] == [
        modern(1), "too-large", modern(3), modern(4),
    ]  # fmt: skip
    assert peak < 6 * MAX_TEXT


def test_memory_is_bounded_by_the_longest_telegram():
    def blocks() -> Iterator[bytes]:
        for n in range(20_000):
            yield f"{modern(n % 10_000)}\n\n".encode()

    tracemalloc.start()
    assert sum(1 for _ in telegrams(blocks())) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_cut_file_gives_all_but_the_telegram_that_is_cut():
    data = gzip.compress("\n\n".join(modern(n) for n in range(400)).encode())
    *cables, problem = read(["-"], stdin=io.BytesIO(data[: len(data) // 2]))
    assert problem.code == "archive-cut"
    assert [cable.text.strip() for cable in cables] == [modern(n) for n in range(len(cables))]
    assert len(cables) > 10


@pytest.mark.shared
def test_shared_cables_in_one_file_come_apart(shared: Path):
    csv.field_size_limit(MAX_TEXT)
    texts = [raw.text for raw in read([shared / "corpus" / "cables.csv"]) if isinstance(raw, RawCable)]
    texts = [text.strip() for text in random.Random(7).sample(texts, 100)]
    found = {text.strip() for text in apart("\n\n".join(texts).encode())}
    assert sum(text in found for text in texts) >= 98


@pytest.mark.shared
def test_shared_cables_stay_one_each(shared: Path, examples: Path):
    raws = [raw for raw in read([shared / "corpus", examples]) if isinstance(raw, RawCable)]
    assert [raw.source for raw in raws if len(apart(raw.text.encode())) != 1] == []
