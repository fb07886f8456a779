from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.tokens import TOKEN, is_in_capitals, is_list_of_participants, read_part, truecase


def words(reading):
    return [token.text for token in reading.tokens]


def test_possessive_is_a_token_of_its_own(reading_of):
    assert words(reading_of("the port's warden")) == ["the", "port", "'s", "warden"]


def test_abbreviation_keeps_its_full_stop_and_ends_no_sentence(reading_of):
    reading = reading_of("Gen. Orlan met Amb. Varga. They spoke.")
    assert words(reading)[:2] == ["Gen.", "Orlan"]
    assert len(reading.sentences) == 2


def test_initial_keeps_its_full_stop(reading_of):
    assert words(reading_of("Ana B. Orlan")) == ["Ana", "B.", "Orlan"]


def test_slashed_title_is_one_token(reading_of):
    assert words(reading_of("A/S Orlan")) == ["A/S", "Orlan"]


def test_end_of_a_list_line_ends_a_sentence(reading_of):
    text = "Ana Orlan Berta Varga"
    assert len(reading_of(text, breaks=frozenset((9,))).sentences) == 2


def test_words_of_a_reading_are_the_text_as_found(reading_of):
    reading = reading_of("MINISTER ORLAN ARRIVED", is_capitals=True)
    assert reading.words(0, 2) == "MINISTER ORLAN"
    assert reading.tokens[1].text == "Orlan"


def test_truecase_keeps_acronyms_and_lowers_common_words():
    assert truecase("THE USG AND ORLAN AGREED") == "the USG and Orlan agreed"


def test_text_of_capitals_is_told_from_mixed_text():
    assert is_in_capitals(["MINISTER ORLAN ARRIVED TODAY"])
    assert not is_in_capitals(["Minister Orlan arrived TODAY"])


def test_list_of_participants(reading_of):
    assert is_list_of_participants(reading_of("Participants: Ana Orlan, Berta Varga"))
    assert not is_list_of_participants(reading_of("The participants of the race"))


@given(st.text(max_size=300))
def test_offsets_give_back_the_tokens(text):
    for token in read_part("p1", "paragraph", 1, text, is_capitals=False).tokens:
        assert text[token.start : token.end] == token.text


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "P", "Zs", "Nd"]), max_size=200))
def test_truecase_keeps_the_length(text):
    assert len(truecase(text)) == len(text)


def test_token_pattern_matches_no_space_run():
    for text in (" ", "\t", "  "):
        assert TOKEN.search(text) is None


def test_long_text_is_read_in_linear_time():
    text = "A" * 200_000 + " a-" * 100_000 + "'" * 100_000
    assert read_part("p1", "paragraph", 1, text, is_capitals=False).tokens
