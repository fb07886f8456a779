"""A text of a megabyte is parsed within a second of processor time, whatever it repeats."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.cables import parse
from kg.collecting import collect_seldom
from kg.sources import RawCable

HEADER = (Path(__file__).parents[1] / "cables" / "conftest.py").read_text(encoding="utf-8").split('"""')[3]
MEGABYTE = 1_000_000
SECONDS = 1.0

UNITS = {
    "spaces": " ",
    "newlines": "\n",
    "blank lines": " \n",
    "carriage returns": "\r\n",
    "one word": "A",
    "capitals": "THE NETS WERE WET ",
    "small words": "the nets were wet ",
    "digits": "1",
    "numbers": "12 34 ",
    "numbered lines": "1. The nets.\n",
    "short numbered lines": "1. A.\n",
    "short numbered portions": "1. (C) A.\n",
    "quoted numbers": "BEGIN TEXT 1. A 2. B ",
    "subjects": "\n\nSUBJECT",
    "rising numbers": None,
    "portions": "(C) ",
    "open brackets": "(",
    "square brackets": "[A](",
    "dots": ". ",
    "rows": "-- \n",
    "dashes": "-",
    "redactions": "XXXX ",
    "spaced letters": "S E C R E T ",
    "class lines": "SECRET SECTION 01 OF 02 QUITO 000034\n",
    "page lines": "QUITO 00000034  002 OF 002\n",
    "pages": "PAGE 02        QUITO  01234  01 OF 02  291400Z\n",
    "references": "REF: A. 07 QUITO 1234, 99 LIMA 12 AND 13\n",
    "tags": "TAGS: PREL, PGOV, OVIP (DOE, JANE)\n",
    "addressees": "INFO RUEHQT/AMEMBASSY QUITO PRIORITY 1234\n",
    "groups": "P 032125Z FEB 09\n",
    "classifiers": "Classified By: DCM Jane Doe. Reason: 1.4 (b)\n",
    "links": "[1](#)1. [PGOV](#) ",
    "comments": "BEGIN COMMENT. (Note: nets. END COMMENT. ",
    "bullets": "-- rope\n",
    "columns": "Nets    12    14\n",
    "addresses": "http://a.gov/wiki ",
    "signatures": "DOE\n",
    "points of a letter": "- a\n\n",
    "blocks of a letter": "A\n\n",
    "bare numbers": "1.\n",
    "numbers with gaps": "1. (C) a\n3. (C) b\n",
    "quotations of lines": "BEGIN TEXT\n1. A.\n2. B.\nEND TEXT\n",
    "open notes": "(Note: a\n\nb",
    "telegrams": HEADER,
}


@pytest.fixture(autouse=True)
def collected_as_in_the_command() -> Iterator[None]:
    before = gc.get_threshold()
    collect_seldom()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def text_of(name: str, before: str) -> str:
    unit = UNITS[name]
    if unit is None:
        return before + "".join(f"{number}. The nets.\n" for number in range(1, MEGABYTE // 17))
    return (before + unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]


def seconds(text: str) -> float:
    raw = RawCable(source="s", position=1, format="telegram", encoding="utf-8", metadata=(), text=text)
    start = time.process_time()
    parse(raw)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", HEADER], ids=["bare", "below a header"])
@pytest.mark.parametrize("name", UNITS)
def test_a_megabyte_is_parsed_within_a_second(
    name: str, before: str, record_property: Callable[[str, object], None]
) -> None:
    taken = min(seconds(text_of(name, before)) for _ in range(2))
    record_property("seconds", round(taken, 2))
    assert taken < SECONDS
