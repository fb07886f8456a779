"""PlusD's pages: the table, the text and what surrounds them."""

import io

import pytest

from kg.sources import RawCable, read
from kg.sources.plusd import looks_like

CELLS = {
    "Date": "1974 January 2, 00:00 (Wednesday)",
    "Canonical ID": "1974LISBON09901_b",
    "Original Classification": "CONFIDENTIAL",
    "Current Classification": "UNCLASSIFIED",
    "Handling Restrictions": "-- N/A or Blank --",
    "Character Count": "1234",
    "Executive Order": "GS",
    "Locator": "TEXT ON-LINE",
    "TAGS": "PFOR - Political Affairs--Foreign Policy | PO - Portugal",
    "Concepts": "MUSIC | LIGHTHOUSES",
    "Enclosure": "-- N/A or Blank --",
    "Type": "TE",
    "Office Origin": "-- N/A or Blank --",
    "Archive Status": "Electronic Telegrams",
    "From": "Portugal Lisbon",
    "Markings": "RELEASED",
    "To": "Department of State | Secretary of State",
}


def page(text: str, cells: dict[str, str] = CELLS, after: str = "") -> str:
    rows = "".join(
        f'<tr><td><div class="s_key">{key}:</div><div class="s_val">{value}</div></td></tr>\n'
        for key, value in cells.items()
    )
    return f"""<!DOCTYPE html>
<html><head><title>Cable</title></head><body>
<pre>-----BEGIN PGP PUBLIC KEY BLOCK-----
mQQBBGBjDtIBH6DJa80zDBgR
-----END PGP PUBLIC KEY BLOCK-----</pre>
<h3>Submit documents</h3>
<table id="synopsis" class="t"><tbody>
<tr><td colspan="3">THE LIGHTHOUSE KEEPERS&#39; CHOIR</td></tr>
{rows}</tbody></table>
<div id="tagged-text"><pre>{text}</pre></div>
<h2>Raw content</h2><pre>{text}</pre>
{after}
</body></html>
"""


def read_text(text: str):
    return list(read(["-"], stdin=io.BytesIO(text.encode())))


def test_looks_like_page():
    assert looks_like(page("1. THE CHOIR SANG."))


@pytest.mark.parametrize(
    "text",
    ["<html><table class='synopsis'></table>", 'A page has <table id="synopsis">', "<table><tr id=synopsis></table>"],
)
def test_does_not_look_like_page(text):
    assert not looks_like(text)


def test_read_gives_text_and_table(telegram):
    [cable] = read_text(page(telegram))
    assert cable.text == telegram.strip("\n")
    assert dict(cable.metadata) == {
        "archive_status": "Electronic Telegrams",
        "character_count": "1234",
        "classification": "CONFIDENTIAL",
        "concepts": "MUSIC | LIGHTHOUSES",
        "created": "1974 January 2, 00:00 (Wednesday)",
        "current_classification": "UNCLASSIFIED",
        "eo": "GS",
        "from": "Portugal Lisbon",
        "locator": "TEXT ON-LINE",
        "markings": "RELEASED",
        "plusd_id": "1974LISBON09901_b",
        "reference_id": "1974LISBON09901",
        "subject": "THE LIGHTHOUSE KEEPERS' CHOIR",
        "tags": "PFOR - Political Affairs--Foreign Policy | PO - Portugal",
        "to": "Department of State | Secretary of State",
        "type": "TE",
    }


def test_read_takes_several_cells_of_a_row(telegram):
    several = page(telegram).replace("</td></tr>\n<tr><td><div", "</td><td><div")
    assert read_text(several)[0].metadata == read_text(page(telegram))[0].metadata


def test_read_breaks_lines_where_the_page_does(telegram):
    broken = page("X").replace("<pre>X</pre>", "<p>{}</p>".format(telegram.replace("\n", "<br/>")), 1)
    [cable] = read_text(broken.replace("<h2>Raw content</h2><pre>X</pre>", ""))
    assert cable.text == telegram.strip("\n")


def test_read_adds_what_only_the_raw_metadata_say(telegram):
    attributes = "Automatic Decaptioning: X\nDrafter: n/a\nFilm Number: D740001-0001\nFrom: LISBON\nTo: STATE\nType: TE"
    [cable] = read_text(page(telegram, after=f"<h2>Raw Metadata</h2><pre>{attributes}</pre>"))
    assert (cable.get("film"), cable.get("from")) == ("D740001-0001", "Portugal Lisbon")
    assert cable.text == telegram.strip("\n")
    [cable] = read_text(page(telegram, after=f"<pre>{attributes}</pre>"))
    assert cable.get("film") == "D740001-0001"


def test_read_joins_header_and_body(header_and_body):
    header, body = header_and_body
    [cable] = read_text(page(header, after=f"<pre>{body}</pre>"))
    assert cable.text == f"{header}\n\n{body}".strip("\n")


def test_read_keeps_what_is_known_of_a_cable_without_text():
    [cable] = read_text(page(""))
    assert cable.get("text_status") == "withdrawn"
    assert "Subject: THE LIGHTHOUSE KEEPERS' CHOIR\n" in cable.text
    [cable] = read_text(page("ERROR READING TEXT INDEX FILE", {**CELLS, "Locator": "ADS TEXT UNRETRIEVABLE"}))
    assert cable.get("text_status") == "not-on-line"
    assert "Text: ERROR READING TEXT INDEX FILE" in cable.text


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_read_reports_a_page_that_is_cut(telegram, share):
    whole = page(telegram)
    [problem] = read_text(whole[: int(share * len(whole))])
    assert (problem.code, problem.is_fatal) == ("html-broken", True)


def test_read_takes_a_part_of_a_page(telegram):
    whole = page(telegram)
    [cable] = read_text(whole[whole.index("<table id") : whole.index("<h2>Raw")])
    assert cable.text == telegram.strip("\n")


def test_read_takes_the_words_behind_the_table_where_they_are_a_telegram(telegram):
    lines = "".join(f"<p>{line}</p>" for line in telegram.splitlines())
    whole = page("")
    start, end = whole.index('<div id="tagged-text">'), whole.index("</body>")
    [cable] = read_text(f"{whole[:start]}<script>x()</script><div>{lines}</div>{whole[end:]}")
    assert [line for line in cable.text.splitlines() if line] == [line for line in telegram.splitlines() if line]
    [cable] = read_text(f"{whole[:start]}<p>Nothing of the kind.</p>{whole[end:]}")
    assert cable.get("text_status") == "withdrawn"


def test_read_reports_a_page_that_holds_nothing():
    [problem] = read_text('<html><table id="synopsis"></table></html>')
    assert (problem.code, problem.is_fatal) == ("no-text", True)


def test_read_loads_no_external_entity(tmp_path, telegram):
    (tmp_path / "secret.txt").write_text("the secret")
    declared = page(telegram.replace("harbor", "&secret;")).replace(
        "<!DOCTYPE html>", f'<!DOCTYPE html [<!ENTITY secret SYSTEM "{tmp_path / "secret.txt"}">]>'
    )
    assert "the secret" not in read_text(declared)[0].text


@pytest.mark.parametrize("depth", [300, 50_000])
def test_read_survives_deep_nesting(telegram, depth):
    [found] = read_text(page(telegram).replace('<div id="tagged-text">', "<div>" * depth + '<div id="tagged-text">'))
    assert isinstance(found, RawCable) or found.code in {"html-broken", "no-text"}


def test_read_bounds_a_page(telegram, monkeypatch):
    monkeypatch.setattr("kg.sources.texts.MAX_TEXT", 1_000)
    [problem] = read_text(page(telegram))
    assert problem.code == "too-large"


def test_read_takes_the_block_that_contains_another(telegram):
    body = telegram[telegram.index("1. (U)") :]
    [cable] = read_text(page(body).replace(f"<h2>Raw content</h2><pre>{body}", f"<h2>Raw content</h2><pre>{telegram}"))
    assert cable.text == telegram.strip("\n")


def test_read_takes_a_page_of_very_many_blocks_in_linear_time(telegram):
    [cable] = read_text(page(telegram, after="<pre>SANG</pre>" * 20_000))
    assert cable.text.startswith(telegram.strip("\n"))
