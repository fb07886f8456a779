import pytest

from kg.extraction.names import fold, is_likely_full_name, name_end, skip_honorifics


def name(reading, index=0):
    return " ".join(
        t.text for t in reading.tokens[index : name_end(reading.tokens, index, is_capitals=reading.is_capitals)]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Maria de la Varga told", "Ana Maria de la Varga"),
        ("Hamid bin Rashid al-Orlan said", "Hamid bin Rashid al-Orlan"),
        ("John Q. Orlan, head", "John Q. Orlan"),
        ("Orlan Tuesday", "Orlan"),
        ("Pia Medina Orlan left", "Pia Medina Orlan"),
        ("KARVALHO spoke", "KARVALHO"),
    ],
)
def test_names(reading_of, text, expected):
    assert name(reading_of(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["Ministry officials", "Colombian troops", "MOD staff", "XXXXXXXX said", "January rain", "The port", "S. left"],
)
def test_no_names(reading_of, text):
    assert name(reading_of(text)) == ""


def test_capitals_text_takes_no_word_with_an_english_ending(reading_of):
    assert name(reading_of("FOREBODINGS GREW", is_capitals=True)) == ""


def test_honorifics_are_skipped(reading_of):
    assert skip_honorifics(reading_of("Shaykh Dr. Orlan").tokens, 0) == 2


def test_fold_drops_accents_articles_and_marks():
    assert fold("Andrés al-Orlán") == ("andres", "orlan")
    assert fold("O'Orlan Jones-Bos") == ("oorlan", "jones", "bos")


def test_fold_of_an_article_alone_keeps_it():
    assert fold("Al") == ("al",)


def test_likely_full_name_needs_two_words_that_are_no_common_ones(reading_of):
    assert is_likely_full_name(reading_of("Berta Varga").tokens, 0, 2)
    assert not is_likely_full_name(reading_of("Trade Talks").tokens, 0, 2)
    assert not is_likely_full_name(reading_of("Varga").tokens, 0, 1)
