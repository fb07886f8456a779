"""IRIs, literals and statements as text."""

import pytest

from kg.errors import UsageError
from kg.mapping import ntriples
from kg.mapping.ntriples import iri, lang, literal, statements, typed


def test_iri_as_it_is():
    assert iri("https://w3id.org/cablekg/cable/09BOGOTA335#p6-0-10") == (
        "<https://w3id.org/cablekg/cable/09BOGOTA335#p6-0-10>"
    )


def test_iri_with_spaces_and_quotes():
    assert iri('https://example.org/a b"c') == "<https://example.org/a%20b%22c>"


def test_iri_keeps_what_is_encoded():
    assert iri("https://example.org/a%20b 100%") == "<https://example.org/a%20b%20100%25>"


def test_iri_with_two_hash_signs():
    assert iri("https://example.org/a#b#c") == "<https://example.org/a#b%23c>"


def test_iri_without_scheme_is_wrong_use():
    with pytest.raises(UsageError):
        iri("cable/09BOGOTA335")


def test_literal_escapes():
    assert literal('a "b" \\ c\r\nd\te') == '"a \\"b\\" \\\\ c\\r\\nd\\u0009e"'


def test_literal_keeps_letters_of_all_scripts():
    assert literal("Bogotá ¶6 北京") == '"Bogotá ¶6 北京"'


def test_literal_replaces_lone_surrogates():
    assert literal("a\ud800b") == '"a\ufffdb"'


def test_typed_and_lang():
    assert typed("6", "http://www.w3.org/2001/XMLSchema#int") == '"6"^^<http://www.w3.org/2001/XMLSchema#int>'
    assert lang("post", "en") == '"post"@en'


def test_statements():
    assert statements("<a:b>", [("p:q", '"x"')]) == ['<a:b> <p:q> "x" .\n']


@pytest.mark.parametrize("text", ["cable/09BOGOTA335", "https://example.org/a b", "https://example.org/%zz"])
def test_written_iri_does_not_match(text):
    assert not ntriples._WRITTEN_IRI.fullmatch(text)


@pytest.mark.parametrize("text", ["cable/09BOGOTA335", "1https:", "#p6"])
def test_scheme_does_not_match(text):
    assert not ntriples._SCHEME.match(text)


@pytest.mark.parametrize("text", ["%20", "%Fa", "100"])
def test_bare_percent_does_not_match(text):
    assert not ntriples._BARE_PERCENT.search(text)
