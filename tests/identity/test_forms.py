import pytest

from kg.identity.forms import _APOSTROPHE, _REDACTED, _WORD, Name, contradict, extends, fold, parse


@pytest.mark.parametrize(
    ("text", "words", "suffix"),
    [
        ("Ana Quill", ("ana", "quill"), ""),
        ("ANA QUILL", ("ana", "quill"), ""),
        ("Ána  Quíll", ("ana", "quill"), ""),
        ("James B. Quill, Jr.", ("james", "b", "quill"), "jr"),
        ("QUILL, JAMES B.", ("james", "b", "quill"), ""),
        ("Nouri al-Rahbani", ("nouri", "rahbani"), ""),
        ("Nouri Al Rahbani", ("nouri", "rahbani"), ""),
        ("Sean O'Dara", ("sean", "odara"), ""),
        ("Sean O’Dara", ("sean", "odara"), ""),
        ("Kim Dae-sun", ("kim", "dae", "sun"), ""),
        ("XXXXXXXXXXXX", (), ""),
        ("Ana XXXXXXXXXXXX", (), ""),
        ("", (), ""),
        ("Al", ("al",), ""),
    ],
)
def test_parse_folds_a_name(text: str, words: tuple[str, ...], suffix: str):
    assert parse(text) == Name(words, suffix)


@pytest.mark.parametrize(
    ("text", "is_full", "initial", "surname"),
    [
        ("Ana Quill", True, "", ("ana", "quill")),
        ("Quill", False, "", ("quill",)),
        ("A. Quill", False, "a", ("quill",)),
        ("A.", False, "", ("a",)),
    ],
)
def test_name_tells_full_names_from_surnames(text: str, is_full: bool, initial: str, surname: tuple[str, ...]):
    name = parse(text)
    assert (name.is_full, name.initial, name.surname) == (is_full, initial, surname)


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("Ana Maria Quill", "Ana Quill"),
        ("Ana M. Quill", "Ana Quill"),
        ("Ana Maria Quill", "Ana M. Quill"),
        ("Ana Quill Vega", "Ana Quill"),
        ("Ana Quill Jr.", "Ana Quill"),
        ("Ana Quill", "ANA QUILL"),
    ],
)
def test_extends_a_name_that_says_less(longer: str, shorter: str):
    assert extends(parse(longer), parse(shorter))


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("Eva Maria Quill", "Ana Quill"),
        ("Ana Maria Quill", "Ana T. Quill"),
        ("Ana Quill Jr.", "Ana Quill Sr."),
        ("Ana Abiev", "Ana Aliev"),
        ("Ana Maria Quill", "Maria Quill"),
        ("Ana Quill Vega", "Ana Vega Quill"),
    ],
)
def test_extends_no_other_name(longer: str, shorter: str):
    assert not extends(parse(longer), parse(shorter))


def test_contradict_other_given_names_with_one_surname():
    assert contradict(parse("Ana Quill"), parse("Eva Quill"))


def test_contradict_other_middle_initials():
    assert contradict(parse("Ana B. Quill"), parse("Ana C. Quill"))


def test_contradict_not_where_both_may_be_short_for_one():
    assert not contradict(parse("Ana Maria Quill"), parse("Ana Quill Vega"))


def test_contradict_not_without_a_word_in_common():
    # Nothing but a judgement ever brings these together.
    assert not contradict(parse("Ana Quill"), parse("Eva Vega"))


@pytest.mark.parametrize("text", ["", "12", "_"])
def test_word_pattern_leaves_what_is_no_word(text: str):
    assert _WORD.findall(text) == []


@pytest.mark.parametrize("text", ["-", ".", '"'])
def test_apostrophe_pattern_leaves_other_signs(text: str):
    assert not _APOSTROPHE.search(text)


@pytest.mark.parametrize("text", ["xx", "xavier", "maxxxim"])
def test_redacted_pattern_leaves_names(text: str):
    assert not _REDACTED.fullmatch(text)


def test_fold_gives_lower_case_words_without_accents():
    assert fold("Chargé d'Affaires") == ["charge", "daffaires"]
