import json

import pytest

from kg.explanation import _CONTROL, MOST, WIDTH, Explanation, Related, Section, Statement, Value, Words


def explanation(**more) -> Explanation:
    values = {
        "iri": "https://w3id.org/cablekg/official/aaaaaaaaaa",
        "short": "official/aaaaaaaaaa",
        "label": "Ana Quill",
        "types": ("official",),
        "statements": (),
        "words": (),
        "total_words": 0,
        "sections": (),
    }
    return Explanation(**{**values, **more})


def words(text: str, *spans: tuple[int, int], **more) -> Words:
    values = {
        "mention": "07BOGOTA12#p1-0-9",
        "cable": "07BOGOTA12",
        "sent_on": "2007-03-04",
        "part": "07BOGOTA12#p1",
        "part_label": "07BOGOTA12 ¶1",
        "rule": "title-name",
        "confidence": "0.95",
    }
    return Words(text=text, spans=spans, **{**values, **more})


def printed(*found: Words) -> str:
    return explanation(words=found, total_words=len(found)).as_text()


def test_text_begins_with_the_label_and_what_it_is():
    assert explanation().as_text() == "Ana Quill\nofficial: official/aaaaaaaaaa\n"


def test_text_lists_statements_under_their_names():
    statements = (
        Statement(name="name", property="p", values=(Value(text="Quill"), Value(text="QUILL"))),
        Statement(name="of country", property="q", values=(Value(text="Colombia", iri="country/CO"),)),
    )
    assert explanation(statements=statements).as_text().splitlines()[2:] == [
        "",
        "  name        Quill",
        "              QUILL",
        "  of country  Colombia (country/CO)",
    ]


def test_text_needs_no_iri_where_a_value_begins_with_it_or_is_a_term():
    values = (Value(text="07BOGOTA12: A QUIET WEEK", iri="07BOGOTA12"), Value(text="held", iri="term/held"))
    lines = explanation(statements=(Statement(name="n", property="p", values=values),)).as_text().splitlines()
    assert lines[3:] == ["  n  07BOGOTA12: A QUIET WEEK", "     held"]


def test_text_marks_the_words():
    assert printed(words("Minister Ana Quill met us.", (9, 18))).splitlines()[2:] == [
        "",
        "Words",
        "  07BOGOTA12 ¶1, 2007-03-04 [title-name, 0.95]",
        "    Minister »Ana Quill« met us.",
    ]


def test_text_says_once_what_each_rule_looks_for():
    found = words("Quill spoke.", (0, 5), rule_meaning="A title and the name after it")
    assert printed(found, found).splitlines()[-3:] == [
        "Rules",
        "  title-name: A title and the name after it",
        "  The number beside a rule is the share of its finds that is right, as far as is known.",
    ]


def test_text_marks_every_span_once():
    assert "»Quill« and »Quill«." in printed(words("Quill and Quill.", (10, 15), (0, 5)))
    assert "»Ana Quill« spoke." in printed(words("Ana Quill spoke.", (0, 9), (4, 9)))


def test_text_highlights_on_a_terminal():
    text = explanation(words=(words("Quill spoke.", (0, 5)),), total_words=1).as_text(marks=True)
    assert "\x1b[1;7mQuill\x1b[0m spoke." in text


def test_text_of_a_cable_cannot_steer_the_terminal():
    text = explanation(label="\x1b[2J", words=(words("\x1b[2JQuill \x1b[2J", (4, 9)),), total_words=1).as_text()
    assert "\x1b" not in text


def test_text_shows_what_stands_around_the_words_where_a_part_is_long():
    text = printed(
        words("before " * 200 + "Quill" + " between" * 200 + " Quill" + " after" * 200, (1400, 1405), (3006, 3011))
    )
    assert text.count("»Quill«") == 2
    assert text.count("…") == 3
    assert len(text) < 1400


def test_text_without_spans_is_given_whole():
    assert "    A quiet week.\n" in printed(words("A quiet week."))
    assert printed(words("quiet " * 300)).count("quiet") == 300


def test_text_keeps_within_the_width():
    text = printed(words("quiet " * 60 + "Quill", (360, 365)))
    assert max(map(len, text.splitlines())) <= WIDTH + 2


def test_text_says_how_many_are_left_out():
    many = tuple(Related(iri=f"tenure/{n}", label="Senator", notes=("current",)) for n in range(MOST))
    text = explanation(
        sections=(Section(heading="Tenures", entries=many, total=1240),),
        statements=(Statement(name="met with", property="p", values=(Value(text="x"),) * (MOST + 5)),),
        words=(words("Quill spoke.", (0, 5)),) * 60,
        total_words=75,
    ).as_text()
    assert "Tenures (200 of 1,240)" in text
    assert "and 5 more" in text
    assert text.count("  Senator (tenure/") == MOST
    assert "Words (12 of 75)" in text
    assert "  63 more are left out; --json gives 48 of them." in text


def test_json_has_all():
    found = explanation(words=(words("Quill", (0, 5), about=("Ana Quill",)),), total_words=1).as_json()
    assert json.loads(json.dumps(found))["words"][0]["spans"] == [[0, 5]]


@pytest.mark.parametrize("text", ["Quill", "¶ é", " "])
def test_control_pattern_leaves_text(text):
    assert not _CONTROL.search(text)
