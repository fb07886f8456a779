import pytest

from kg.extraction import lexicon


@pytest.mark.parametrize(
    ("word", "bit"),
    [
        ("Minister", lexicon.TITLE),
        ("ministers", lexicon.PLURAL_TITLE),
        ("ex-minister", lexicon.TITLE),
        ("president-elect", lexicon.TITLE),
        ("Mr.", lexicon.HONORIFIC),
        ("Colombian", lexicon.DEMONYM),
        ("Peru", lexicon.COUNTRY),
        ("GOC", lexicon.ORGANIZATION),
        ("XXXXXXXX", lexicon.REDACTED),
        ("told", lexicon.SPEECH),
        ("B.", lexicon.INITIAL),
        ("al-Orlan", lexicon.CAPITAL),
        ("Lima", lexicon.CITY),
        ("29", lexicon.NUMBER),
        ("--", lexicon.PUNCTUATION),
    ],
)
def test_flags(word, bit):
    assert lexicon.flags(word) & bit


@pytest.mark.parametrize("word", ["general", "charge", "pm"])
def test_words_that_are_titles_only_with_a_capital(word):
    assert not lexicon.flags(word) & lexicon.TITLE


def test_plural_of_titles():
    assert lexicon.plural("secretary") == "secretaries"
    assert lexicon.plural("attorney-general") == "attorneys-general"
    assert lexicon.plural("envoy") == "envoys"


def test_government_codes():
    assert lexicon.government("USG") == "US"
    assert lexicon.government("GOC") == "?C"
    assert [lexicon.government(word) for word in ("GOLD", "GO", "Goc")] == [None, None, None]


def test_leaders_are_found_by_surname_without_the_article():
    assert "qadhafi" in lexicon.leaders()


def test_every_table_of_words_is_lower_case():
    for table in ("common_words.tsv", "not_names.tsv", "speech_verbs.tsv", "role_words.tsv", "name_particles.tsv"):
        assert all(word == word.lower() for word in lexicon.column(table, "word"))
