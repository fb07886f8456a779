"""Mutants of real cables and of their files: nothing raises, coordinates hold, damage is a problem with a source.

Every mutant comes of a seed of its own, so a failure names the number that makes it again. `make test` tries a few, and
`make test-all` the many.
"""

import bz2
import gzip
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cables import identify, parse
from kg.cables.account.accounting import account
from kg.extraction import as_json as facts_as_json
from kg.extraction import extract
from kg.sources import RawCable, SourceProblem, read
from tests.extraction.test_extract import offsets

NOISE = "AZ09 .,:;-=/()[]#¶X\t\n\r\"'<>&\\|_*’“”–éßİ\u2028\x85\xa0\x0c\x00\ufeff\ud800"
MARKS = ("1.4 (b)", "2. (C) ", "REF: A. ", "SECTION 02 OF 03 ", "PAGE 02  QUITO  01234  01 OF 02  291400Z\n", "[1](#)")
MOST_CHANGES = 8


@pytest.fixture(scope="module")
def cables(shared: Path, examples: Path) -> list[RawCable]:
    """The cables that are mutated: those of the shared corpus where there is one, and the examples."""
    folders = [shared / "corpus" / name for name in ("09BOGOTA335.txt", "cables.csv", "pages")]
    found = read([*(folder for folder in folders if folder.exists()), examples])
    return [raw for raw in found if isinstance(raw, RawCable)]


@pytest.fixture(scope="module")
def files(shared: Path, examples: Path) -> list[bytes]:
    """The files that are mutated: one of each kind, and archives of them."""
    paths = [path for path in sorted(examples.rglob("*")) if path.is_file()]
    corpus = shared / "corpus"
    if corpus.is_dir():
        paths += [
            corpus / "cablegate_sample.csv",
            corpus / "frus_sample.xml",
            *sorted((corpus / "pages").iterdir())[:3],
        ]
    plain = [path.read_bytes()[:60_000] for path in paths]
    return [*plain, archive(plain[:4]), gzip.compress(plain[1]), bz2.compress(plain[2])]


def archive(contents: Sequence[bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for at, data in enumerate(contents):
            file.writestr(f"folder/{at}.txt", data)
    return packed.getvalue()


def mutant(rng: random.Random, cables: Sequence[RawCable]) -> RawCable:
    """A cable with some of its lines and characters changed, its end perhaps that of another cable."""
    raw = rng.choice(cables)
    text = raw.text
    if rng.random() < 0.15:
        other = rng.choice(cables).text
        text = text[: rng.randrange(len(text) + 1)] + other[rng.randrange(len(other) + 1) :]
    for _ in range(rng.randint(1, MOST_CHANGES)):
        text = rng.choice(CHANGES)(rng, text)
    return replace(raw, text=text, metadata=raw.metadata if rng.random() < 0.7 else ())


def on_lines(change: Callable[[random.Random, list[str], int], None]) -> Callable[[random.Random, str], str]:
    def changed(rng: random.Random, text: str) -> str:
        lines = text.split("\n")
        # Half of the changes fall into the header, where most rules look.
        change(rng, lines, rng.randrange(min(len(lines), 40)) if rng.random() < 0.5 else rng.randrange(len(lines)))
        return "\n".join(lines)

    return changed


def drop(rng: random.Random, lines: list[str], at: int) -> None:
    del lines[at : at + rng.choice((1, 1, 2, 10))]


def double(rng: random.Random, lines: list[str], at: int) -> None:
    lines[at:at] = lines[at : at + rng.choice((1, 1, 3, 30))] * rng.choice((1, 1, 2, 20))


def swap(rng: random.Random, lines: list[str], at: int) -> None:
    other = rng.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def shorten(rng: random.Random, lines: list[str], at: int) -> None:
    lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]


def join(rng: random.Random, lines: list[str], at: int) -> None:
    lines[at : at + 2] = [" ".join(lines[at : at + 2])]


def blank(rng: random.Random, lines: list[str], at: int) -> None:
    lines[at] = rng.choice((" ", "", "\t", " " * 200)) + lines[at] + rng.choice(("", " " * 100, "\r", "\n\n"))


def turn_case(rng: random.Random, lines: list[str], at: int) -> None:
    lines[at] = lines[at].swapcase()


def space_out(rng: random.Random, lines: list[str], at: int) -> None:
    lines[at] = " ".join(lines[at])


def insert(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice((rng.choice(NOISE) * rng.choice((1, 1, 2, 90)), rng.choice(MARKS))) + text[at:]


def garble(rng: random.Random, text: str) -> str:
    """Replace, drop or double some characters."""
    characters = list(text)
    for _ in range(rng.choice((1, 3, 30)) if characters else 0):
        at = rng.randrange(len(characters))
        characters[at] = rng.choice((rng.choice(NOISE), "", characters[at] * 2, chr(rng.randrange(0x250))))
    return "".join(characters)


def cut(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    return rng.choice((text[start:], text[:start], text[:start] + text[start + rng.randrange(400) :]))


CHANGES = (*map(on_lines, (drop, double, swap, shorten, join, blank, turn_case, space_out)), insert, garble, cut)


def mutated_bytes(rng: random.Random, files: Sequence[bytes]) -> bytes:
    data = bytearray(rng.choice(files))
    if rng.random() < 0.2:
        other = rng.choice(files)
        data = data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]
    for _ in range(rng.randint(0, MOST_CHANGES)):
        at, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 4, 50, 1000))
        match rng.randrange(5):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = data[at : at + length] * rng.randint(1, 3)
            case 2:
                data[at : at + length] = rng.randbytes(min(length, 50))
            case 3:
                data[at:at] = rng.choice((b'"', b"\\", b"<", b"&x;", b"\0", b"\xff", b"\r\n", b",", b"]]>", b"\n"))
            case 4:
                del data[at:]
    wrap = rng.random()
    return archive([bytes(data)]) if wrap < 0.05 else gzip.compress(data, 1) if wrap < 0.1 else bytes(data)


def assert_mutants_are_parsed(cables: Sequence[RawCable], numbers: range, check: Callable) -> Counter[str]:
    told: Counter[str] = Counter()
    for number in numbers:
        raw = mutant(random.Random(f"cable {number}"), cables)
        try:
            cable = parse(raw)
            check(cable)
            assert identify(raw) == (cable.canonical_id, cable.section)
            account(cable)
        except Exception as failure:
            failure.add_note(f"mutant {number} of {raw.source}:{raw.position}")
            raise
        told.update({problem.code for problem in cable.problems})
    return told


def assert_files_are_read(files: Sequence[bytes], numbers: range, folder: Path) -> Counter[str]:
    told: Counter[str] = Counter()
    path = folder / "file"
    for number in numbers:
        rng = random.Random(f"file {number}")
        data = rng.randbytes(rng.randrange(5000)) if number % 20 == 0 else mutated_bytes(rng, files)
        path.write_bytes(data)
        try:
            for found in read([path]):
                told.update([outcome(found)])
        except Exception as failure:
            failure.add_note(f"mutant {number}, {len(data)} bytes")
            raise
    return told


def outcome(found: RawCable | SourceProblem) -> str:
    if isinstance(found, SourceProblem):
        assert found.message
        return found.code
    assert isinstance(found, RawCable)
    json.dumps(found.metadata)
    parse(found)
    return "cable"


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[str], None]]:
    def printed(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")

    return printed


def test_some_mutants_are_parsed(cables, assert_coordinates_hold):
    assert assert_mutants_are_parsed(cables, range(300), assert_coordinates_hold)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_twenty_thousand_mutants_are_parsed(cables, assert_coordinates_hold, tell):
    numbers = range(300, 20_300)
    told = assert_mutants_are_parsed(cables, numbers, assert_coordinates_hold)
    tell(
        f"mutants of {len(cables)} cables: {len(numbers):,} parsed, problems of {len(told)} kinds: {told.most_common(5)}"
    )


def test_some_mutated_files_are_read(files, tmp_path):
    assert assert_files_are_read(files, range(100), tmp_path)["cable"]


def assert_mutants_are_extracted(cables: Sequence[RawCable], numbers: range) -> int:
    """Extract from mutants; the number of spans, each of which gives back its words."""
    seen = 0
    for number in numbers:
        raw = mutant(random.Random(f"facts {number}"), cables)
        try:
            cable = parse(raw)
            facts = extract(cable)
            json.dumps(facts_as_json(cable, facts))
            texts = {part.key: part.text for part in cable.parts}
            for part, start, end, words in offsets(facts):
                assert 0 <= start < end
                assert texts[part][start:end] == words
                seen += 1
        except Exception as failure:
            failure.add_note(f"mutant {number} of {raw.source}:{raw.position}")
            raise
    return seen


def test_facts_of_some_mutants_give_back_their_words(cables):
    assert assert_mutants_are_extracted(cables, range(100)) > 1000


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_facts_of_three_thousand_mutants_give_back_their_words(cables):
    assert assert_mutants_are_extracted(cables, range(100, 3100))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_thousand_mutated_files_are_read(files, tmp_path, tell):
    numbers = range(100, 2100)
    told = assert_files_are_read(files, numbers, tmp_path)
    tell(f"mutants of {len(files)} files: {len(numbers):,} read, {told['cable']:,} cables, and {told}")
