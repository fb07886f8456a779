"""Tokens of SPARQL as far as the guard has to see them."""

import pytest

from kg.errors import QuerySyntaxError
from kg.store.lexer import ESCAPE, TOKEN, decode_escapes, position, tokens


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


def test_tokens_of_a_query():
    assert kinds('ASK { ?s ck:tag "a"@en FILTER(?s != -1.5e3) } # end') == [
        ("word", "ASK"), ("operator", "{"), ("variable", "?s"), ("name", "ck:tag"), ("string", '"a"'), ("tag", "@en"),
        ("word", "FILTER"), ("operator", "("), ("variable", "?s"), ("operator", "!="), ("number", "-1.5e3"),
        ("operator", ")"), ("operator", "}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ['"a { b"', "'it\\'s {'", '"""a "quoted" { b"""', "'''{'{'''", '""', "<http://a/{>"[:-2] + ">"]
)
def test_what_hides_braces_is_one_token(text: str):
    assert len(kinds(text)) == 1


def test_run_without_colon_is_cut():
    assert kinds("a.b-1") == [("word", "a"), ("operator", "."), ("word", "b"), ("number", "-1")]


@pytest.mark.parametrize("text", ["a.b-c:d.e", "a:", ":a", "é.1:%41"])
def test_name_with_dots_is_one_token(text: str):
    assert kinds(text) == [("name", text)]


def test_keyword_glued_to_a_dot():
    assert kinds("true.FILTER") == [("word", "true"), ("operator", "."), ("word", "FILTER")]


def test_comment_hides_its_line_only():
    assert kinds("# { ( [\n}") == [("operator", "}")]


def test_iri_keeps_its_hash():
    assert kinds("<http://a/#b>") == [("iri", "<http://a/#b>")]


def test_less_than_is_no_iri():
    assert [kind for kind, _ in kinds("?a < ?b && ?c > ?d")].count("iri") == 0


@pytest.mark.parametrize("text", ['ASK { ?s ?p "a }', "'''never closed'", 'x "line\nbreak"'])
def test_string_that_is_not_closed(text: str):
    with pytest.raises(QuerySyntaxError, match="not closed"):
        list(tokens(text))


@pytest.mark.parametrize("text", ["<a b>", "<a{b>", "<a"])
def test_no_iri(text: str):
    assert all(token.kind != "iri" for token in tokens(text))


@pytest.mark.parametrize("text", [r"\u003", r"\x003A", r"u003A"])
def test_no_escape(text: str):
    assert ESCAPE.search(text) is None


def test_escapes_are_decoded():
    assert decode_escapes(r"http\u003A//\U0001F600") == "http://\U0001f600"


def test_escape_of_no_character_stays():
    assert decode_escapes(r"\uD800") == r"\uD800"


def test_position_counts_from_one():
    assert position("ab\ncd", 4) == (2, 2)


def test_every_character_belongs_to_a_token():
    text = "SELECT * { ?s ?p 'x' } # é\n\\"
    assert "".join(match[0] for match in TOKEN.finditer(text)) == text
