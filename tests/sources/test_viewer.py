"""The viewer's pages give the text of their blocks and what their table says."""

import pytest

from kg.sources import RawCable, read
from kg.sources.viewer import looks_like


def test_looks_like_page(page):
    assert looks_like(page)
    assert looks_like('\n<html><body><table width="1" class="cable"><tr>')


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><h3>Viewing lighthouses</h3></body></html>",
        "<html><body><table class='cables'></table></body></html>",
        "A page of the viewer has `<table class='cable'>` and `<h3>Viewing cable 08LISBON9901, ...`",
        "",
    ],
    ids=["other-title", "other-table", "prose", "empty"],
)
def test_does_not_look_like_page(text):
    assert not looks_like(text)


def test_read_joins_header_and_body(tmp_path, page, header_and_body):
    (tmp_path / "08LISBON9901.html").write_text(page)
    [cable] = read([tmp_path])
    header, body = header_and_body
    assert cable.text == f"{header}\n\n{body.replace('1. (U)', '¶1. (U)')}"


def test_read_keeps_what_the_table_says(tmp_path, page):
    (tmp_path / "a.html").write_text(page)
    [cable] = read([tmp_path / "a.html"])
    assert cable.metadata == (
        ("classification", "UNCLASSIFIED"),
        ("created", "2008-01-02 10:10"),
        ("origin", "Embassy Lisbon"),
        ("reference_id", "08LISBON9901"),
        ("released", "2011-08-30 01:01"),
        ("subject", "THE LIGHTHOUSE KEEPERS' CHOIR GOES ON TOUR"),
    )


def test_read_takes_an_older_page_without_a_release_date(tmp_path, page):
    older = page.replace("<th>Released</th>", "").replace(
        "<td><a href='/reldate/2011-08-30_0.html'>2011-08-30 01:01</a></td>", ""
    )
    (tmp_path / "a.html").write_text(older)
    [cable] = read([tmp_path / "a.html"])
    assert cable.get("released") is None
    assert cable.get("origin") == "Embassy Lisbon"


def test_read_takes_rows_of_press_notices_before_and_behind_the_cable_in_both_layouts(tmp_path, page):
    notice = (
        "<tr><td colspan='5'>Appears in these articles:</td></tr><tr><td><a href='http://example.org/'>a</a></td></tr>"
    )
    noticed = page.replace("<tr>\n<td><a href='/cable/", f"{notice}<tr>\n<td><a href='/cable/").replace(
        "</table>", f"{notice}</table>"
    )
    older = noticed.replace("<th>Released</th>", "").replace(
        "<td><a href='/reldate/2011-08-30_0.html'>2011-08-30 01:01</a></td>", ""
    )
    (tmp_path / "a.html").write_text(noticed)
    (tmp_path / "b.html").write_text(older)
    newer_cable, older_cable = read([tmp_path])
    assert newer_cable.get("released") == "2011-08-30 01:01"
    assert dict(older_cable.metadata) == {k: v for k, v in newer_cable.metadata if k != "released"}
    assert older_cable.text == newer_cable.text


def test_read_takes_a_page_with_one_block(tmp_path, page, header_and_body):
    start, end = page.index("<code><pre>"), page.index("</pre></code>") + len("</pre></code>\n")
    (tmp_path / "a.html").write_text(page[:start] + page[end:])
    [cable] = read([tmp_path / "a.html"])
    assert cable.text == header_and_body[1].replace("1. (U)", "¶1. (U)")


def test_read_resolves_character_references_and_keeps_unknown_entities(tmp_path, page):
    (tmp_path / "a.html").write_text(page.replace("harbor master", "m&aacute;ster &amp; &#8217;mate&#8217; &xyzzy;"))
    [cable] = read([tmp_path / "a.html"])
    assert "máster & ’mate’ &xyzzy;" in cable.text


def test_read_loads_no_external_entity(tmp_path, page):
    (tmp_path / "secret.txt").write_text("the secret")
    declared = page.replace(
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        f'"x" [<!ENTITY secret SYSTEM "{tmp_path / "secret.txt"}"><!ENTITY lol "lol">]>',
    ).replace("harbor master", "&secret;&lol;")
    (tmp_path / "a.html").write_text(declared)
    [cable] = read([tmp_path / "a.html"])
    assert "the secret" not in cable.text
    assert "&lol;" in cable.text


def test_read_decodes_windows_1252(tmp_path, page):
    (tmp_path / "a.html").write_bytes(page.replace("¶", "").replace("harbor", "port’").encode("cp1252"))
    [cable] = read([tmp_path / "a.html"])
    assert cable.encoding == "cp1252"
    assert "port’ office" in cable.text


@pytest.mark.parametrize("depth", [300, 100_000])
def test_read_survives_deep_nesting(tmp_path, page, depth):
    (tmp_path / "a.html").write_text(page.replace("<code>", "<div>" * depth + "<code>", 1))
    [found] = read([tmp_path / "a.html"])
    assert isinstance(found, RawCable) or found.code in {"html-broken", "no-text"}


def test_read_reads_on_behind_a_nul(tmp_path, page):
    (tmp_path / "a.html").write_text(page.replace("harbor master", "harbor\0master"))
    [cable] = read([tmp_path / "a.html"])
    assert "harbor\ufffdmaster" in cable.text
    assert cable.text.endswith("NOBODY\n")


def test_read_reports_a_page_without_text(tmp_path, page):
    (tmp_path / "a.html").write_text(page[: page.index("<code>")])
    [problem] = read([tmp_path / "a.html"])
    assert (problem.code, problem.position, problem.is_fatal) == ("no-text", 1, True)
