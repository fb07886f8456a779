"""The pages for readers: what stands on them, and that what comes from cables is text there."""

import re

import pytest
from flask.testing import FlaskClient

from kg.web.cable_page import Span, pieces
from kg.web.links import href, short


def page(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return response.text


PAGES = [
    "/", "/query", "/cables", "/officials", "/meetings", "/agreements", "/posts", "/tags", "/ontology",
    "/cable/09ATLANTIS7.html", "/official/aaaaaaaaaa.html", "/meeting/09ATLANTIS7-1.html", "/post/atlantis.html",
    "/agreement/09ATLANTIS7-1.html", "/tag/PREL.html", "/example/001-cables.html", "/cable/08ATLANTIS3.html",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_markup_from_the_graph_and_nothing_from_elsewhere(client: FlaskClient, path: str):
    text = page(client, path)
    # The query page has its own script, where it has been built.
    assert not re.search(r'<script(?! type="module" src="/static/yasgui/page.js"></script>)', text)
    assert "<b>BOLD" not in text
    assert "<the Old>" not in text
    assert not re.search(r'(src|action)="(https?:)?//', text)
    assert not re.search(r'<link[^>]+href="(https?:)?//', text)


def test_cable_shows_header_and_paragraphs_in_order(client: FlaskClient):
    text = page(client, "/cable/09ATLANTIS7.html")
    for shown in (
        "Embassy Atlantis",
        "Department of State",
        "2009-05-06 07:08",
        "060708Z MAY 09",
        "08ATLANTIS3",
        "PREL",
    ):
        assert shown in text
    assert text.index('id="x1"') < text.index('id="p1"') < text.index('id="p2"')
    assert "(C)" in text


def test_mentions_are_links(client: FlaskClient):
    text = page(client, "/cable/09ATLANTIS7.html")
    links = re.findall(r'<a class="mention official[^"]*" href="(/official/\w+)" title="[^"]*">(\w+)</a>', text)
    assert links == [
        ("/official/aaaaaaaaaa", "Nereus"),
        ("/official/bbbbbbbbbb", "Thetis"),
        ("/official/aaaaaaaaaa", "Nereus"),
        ("/official/dddddddddd", "Doris"),
    ]


def test_offsets_are_code_points(client: FlaskClient):
    assert ">𝔖ea Pact</a>" in page(client, "/cable/09ATLANTIS7.html")


def test_redaction_stays(client: FlaskClient):
    assert "XXXXXXXXXX" in page(client, "/cable/09ATLANTIS7.html")


def test_cable_lists_people_meetings_and_agreements(client: FlaskClient):
    text = page(client, "/cable/09ATLANTIS7.html")
    aside = text[text.index("<aside") :]
    assert all(
        shown in aside for shown in ("Nereus &lt;the Old&gt;", ">King</a>", "Nereus and Thetis: meeting", "𝔖ea Pact")
    )


def test_official_has_positions_meetings_and_words(client: FlaskClient):
    text = page(client, "/official/aaaaaaaaaa.html")
    for shown in ("King (Atlantis)", "Nereus and Thetis: meeting", "<mark>Nereus</mark>", "Thetis"):
        assert shown in text


def test_meeting_shows_its_evidence(client: FlaskClient):
    assert "<mark>King Nereus met Minister Thetis</mark>" in page(client, "/meeting/09ATLANTIS7-1.html")


def test_post_lists_its_cables(client: FlaskClient):
    assert 'href="/cable/09ATLANTIS7"' in page(client, "/post/atlantis.html")


def test_cited_cable_says_who_cites_it(client: FlaskClient):
    assert 'href="/cable/09ATLANTIS7"' in page(client, "/cable/08ATLANTIS3.html")


def test_home_counts_by_void(client: FlaskClient):
    assert re.search(r"<b>3</b> officials", page(client, "/"))


def test_query_page_lists_examples(client: FlaskClient):
    text = page(client, "/query")
    assert "Which cables are there &amp; when?" in text
    assert "/query?query=SELECT+?c+%7B+?c+a+ck:Cable+%7D" in text


def test_query_page_takes_a_query(client: FlaskClient):
    assert "ASK { &lt;a&gt; ?p 1 }" in page(client, "/query?query=ASK+%7B+%3Ca%3E+?p+1+%7D")


def test_query_page_runs_the_query_of_its_address(client: FlaskClient):
    text = page(client, "/query?query=SELECT+?c+%7B+?c+a+ck:Cable+%7D")
    assert '<section id="answer">' in text
    assert "cable/09ATLANTIS7" in text


def test_query_page_shows_where_a_query_cannot_be_read(client: FlaskClient):
    response = client.get("/query?query=SELEC+*+%7B%7D")
    assert response.status_code == 400
    assert "Line 1, column 1: A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with SELEC." in response.text
    assert "<pre>  SELEC * {}\n  ^</pre>" in response.text


def test_query_page_without_a_query_has_no_answer(client: FlaskClient):
    assert '<section id="answer">' not in page(client, "/query?query=")


def test_meetings_without_a_date_stand_last(client: FlaskClient):
    text = page(client, "/meetings")
    assert '<th scope="col">Date</th>' in text
    assert text.index("/meeting/09ATLANTIS7-1") < text.index("/meeting/09ATLANTIS7-0")


def test_officials_are_told_apart_by_role_mentions_and_years(client: FlaskClient):
    text = page(client, "/officials")
    row = next(row for row in text.split("<tr>") if "/official/aaaaaaaaaa" in row)
    assert [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)][2:] == [
        "King (Atlantis)",
        "1",
        "2009",
        "2009",
    ]


@pytest.mark.parametrize("path", ["/", "/officials"])
def test_pages_with_officials_say_that_one_person_may_stand_twice(client: FlaskClient, path: str):
    assert '<a href="/example/011-identity-candidates">' in page(client, path)


def test_tenure_shows_the_words_of_its_role_and_no_numbers(client: FlaskClient):
    text = page(client, "/tenure/09ATLANTIS7-1.html")
    assert ">King</span>" in text
    assert "0-4" not in text


def test_tags_stand_as_sent(client: FlaskClient):
    text = page(client, "/cable/09ATLANTIS7.html")
    assert text.index("/tag/PREL") < text.index("/tag/AEMR")


def test_words_are_cut_at_spaces(client: FlaskClient):
    text = page(client, "/official/dddddddddd.html")
    assert re.search(r'<q class="snippet">… (bubbles )+', text)
    assert re.search(r"</mark></a>( bubbles)+ …</q>", text)


@pytest.mark.parametrize(("number", "status"), [("1", 200), ("2", 404), ("0", 400), ("x", 400), ("-1", 400)])
def test_pages_of_a_list(client: FlaskClient, number: str, status: int):
    assert client.get(f"/cables?page={number}").status_code == status


def test_list_of_one_page_says_so(client: FlaskClient):
    assert client.get("/cables?page=2").json["detail"] == "The list has one page."


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        ("https://w3id.org/cablekg/cable/09A1#p6", "/cable/09A1#p6"),
        ("https://w3id.org/cablekg/ontology#Cable", "/ontology#Cable"),
        ("https://example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", ""),
        ("urn:x", ""),
    ],
)
def test_href(app, iri: str, address: str):
    with app.test_request_context("/"):
        assert href(iri) == address


def test_href_behind_a_prefix(app):
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/kg"}):
        assert href("https://w3id.org/cablekg/cable/09A1") == "/kg/cable/09A1"


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/cablekg/ontology#Cable", "ck:Cable"),
        ("https://w3id.org/cablekg/cable/09A1", "cable/09A1"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_short(app, iri: str, expected: str):
    with app.test_request_context("/"):
        assert short(iri) == expected


def test_pieces_of_overlapping_spans(app):
    official = Span(start=2, end=4, key="k", entity="https://w3id.org/cablekg/official/x", label="", why="")
    meeting = Span(start=0, end=6, key="m", entity="https://w3id.org/cablekg/meeting/y", label="", why="")
    with app.test_request_context("/"):
        made = pieces("abcdefgh", [meeting, official])
    assert [(p.text, bool(p.link), p.kinds) for p in made] == [
        ("ab", False, ("meeting",)),
        ("cd", True, ("meeting", "official")),
        ("ef", False, ("meeting",)),
        ("gh", False, ()),
    ]


def test_span_outside_the_text_is_left_out(app):
    wrong = Span(start=5, end=50, key="k", entity="https://w3id.org/cablekg/official/x", label="", why="")
    with app.test_request_context("/"):
        assert [p.text for p in pieces("abc", [wrong])] == ["abc"]
