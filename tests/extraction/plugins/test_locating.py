"""What an extractor suggests has to stand in the text, word for word."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.plugins import Suggestion
from kg.extraction.plugins.locating import LONGEST, locate, locate_all

TEXT = "Dinis Falquero sang. Later Dinis met Ana Quillabert, the Minister of Works, and Dinis left. Annapurna Co."
TEXTS = {"p1": TEXT, "p2": "Ana Quillabert"}


def suggestion(text: str, start: int | None = None, **more) -> Suggestion:
    end = start + len(text) if start is not None else None
    return dataclasses.replace(Suggestion(part="p1", text=text, start=start, end=end), **more)


def reason(one: Suggestion) -> str:
    located, (refusal,) = locate(one, TEXTS)
    assert located is None
    return refusal.reason


def test_words_at_their_offsets_are_taken():
    located, refused = locate(suggestion("Dinis", TEXT.index("Dinis met")), TEXTS)
    assert located is not None
    assert (located.start, located.end, refused) == (27, 32, ())


def test_words_without_offsets_are_found():
    located, _ = locate(suggestion("Ana Quillabert"), TEXTS)
    assert located is not None
    assert TEXT[located.start : located.end] == "Ana Quillabert"


def test_words_that_do_not_stand_in_the_part_are_refused():
    assert reason(suggestion("Berto Sandalo")) == "not-in-text"
    assert reason(suggestion("Berto Sandalo", 0)) == "not-in-text"
    assert reason(suggestion("ana quillabert")) == "not-in-text"


def test_words_that_stand_there_more_than_once_need_offsets():
    assert reason(suggestion("Dinis")) == "ambiguous"


def test_a_piece_of_a_word_is_no_place_of_it():
    assert reason(suggestion("Ann")) == "not-in-text"
    assert locate(suggestion("Ana"), TEXTS)[0] is not None


@pytest.mark.parametrize(
    ("start", "end"), [(1, 15), (0, 13), (-14, None), (14, 0), (0, 10_000), (None, 14), (-105, 14), (200, 214)]
)
def test_other_offsets_are_refused(start, end):
    assert reason(suggestion("Dinis Falquero", start=start, end=end)) == "wrong-offsets"


def test_a_name_of_another_part_is_refused():
    assert reason(suggestion("Ana Quillabert", part="p9")) == "unknown-part"


def test_other_kinds_and_empty_words_are_refused():
    assert reason(suggestion("Dinis", kind="recipe")) == "unknown-kind"
    assert reason(suggestion("  ")) == "no-words"
    assert reason(suggestion("x" * (LONGEST + 1))) == "too-long"


def test_what_is_told_of_a_refusal_is_short():
    _, (refusal,) = locate(suggestion("x" * 10_000), TEXTS)
    assert len(refusal.text) == LONGEST


def test_the_words_of_a_role_have_to_stand_there_too():
    located, refused = locate(suggestion("Ana Quillabert", role="Minister of Works", country="Portuguese"), TEXTS)
    assert located is not None
    assert located.role is not None
    assert TEXT[slice(*located.role)] == "Minister of Works"
    assert located.country is None
    assert [(one.text, one.reason) for one in refused] == [("Portuguese", "country-not-in-text")]


def test_one_span_is_taken_once_with_its_role():
    twice = [suggestion("Ana Quillabert"), suggestion("Ana Quillabert", role="Minister of Works")]
    (located,), refused = locate_all(twice, TEXTS)
    assert located.role is not None
    assert refused == ()


@given(
    st.lists(
        st.builds(
            Suggestion,
            part=st.sampled_from(["p1", "p2", "", "p\ud800"]),
            text=st.text(max_size=6) | st.sampled_from(["Dinis", "Ana", "Ana Quillabert"]),
            start=st.none() | st.integers(-5, 120),
            end=st.none() | st.integers(-5, 120),
            role=st.none() | st.text(max_size=4),
            country=st.none() | st.text(max_size=4),
        ),
        max_size=5,
    )
)
def test_whatever_is_suggested_only_words_of_the_text_are_taken(suggestions):
    located, _ = locate_all(suggestions, TEXTS)
    words = {TEXTS[one.part][one.start : one.end] for one in located}
    assert words <= {one.text for one in suggestions}
    assert "" not in words
