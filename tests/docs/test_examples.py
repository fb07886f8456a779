"""The example cables: each says that it is fiction, each is named in their README, and their headers agree."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.sources import FORMATS, RawCable, read

ROOT = Path(__file__).parents[2]
CABLES = [raw for raw in read([ROOT / "examples"]) if isinstance(raw, RawCable)]

# DE RUEHBO #9150/01 2882005
DE_LINE = re.compile(
    r"^DE (?P<station>R[A-Z]+) #(?P<serial>\d{4})(?:/\d\d)? (?P<day>\d{3})(?P<time>\d{4})$", re.MULTILINE
)
# R 142005Z OCT 08
DATE_TIME_GROUP = re.compile(r"^[ZOPR ]+(?P<group>\d{6})Z (?P<month>[A-Z]{3} \d\d)$", re.MULTILINE)


def names():
    return [f"{raw.source}:{raw.position}" for raw in CABLES]


def test_every_dialect_is_there():
    assert {raw.format for raw in CABLES} == {*FORMATS}
    assert len(CABLES) == 27


@pytest.mark.parametrize("raw", CABLES, ids=names())
def test_cable_says_that_it_is_fiction(raw):
    marked = re.compile(r"this (telegram|airgram|memorandum)(, sent in two sections,)? is fiction", re.IGNORECASE)
    later_section = "SECTION 02 OF 02" in raw.text
    assert later_section or marked.search(" ".join(raw.text.split()))


@pytest.mark.parametrize("raw", CABLES, ids=names())
def test_readme_names_file(raw):
    readme = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    file = raw.source.removeprefix("examples/").replace("telegrams/07LISBON9310-2of2", "…-2of2")
    assert f"`{file}`" in readme


@pytest.mark.parametrize("raw", CABLES, ids=names())
def test_de_line_agrees_with_date_time_group(raw):
    line, sent = DE_LINE.search(raw.text), DATE_TIME_GROUP.search(raw.text)
    if line is None:  # the 1970s and partial extracts have none
        return
    assert sent is not None
    day = datetime.strptime(f"{sent['group']} {sent['month']}", "%d%H%M %b %y").replace(tzinfo=UTC)
    assert line["day"] == f"{day:%j}"
    assert 0 <= int(line["time"]) - int(f"{day:%H%M}") <= 10
