"""Folded text and its segments."""

from kg.cables.clean import clean
from kg.cables.fold import fold


def test_fold_without_gaps_is_one_segment():
    assert fold(clean("  the nets\nwere wet "), 0, 20) == ("the nets were wet", ((0, 2, 17),))


def test_fold_of_a_gap_starts_a_new_segment():
    text, segments = fold(clean("the nets \nwere"), 0, 14)
    assert text == "the nets were"
    assert segments == ((0, 0, 9), (9, 10, 4))


def test_the_folded_space_stands_for_white_space_not_for_an_artefact():
    found = "[PGOV](#) [PREL](#)"
    text, segments = fold(clean(found), 0, len(found))
    assert text == "PGOV PREL"
    assert segments == ((0, 1, 4), (4, 9, 1), (5, 11, 4))


def test_fold_of_white_space_is_empty():
    assert fold(clean(" \n "), 0, 3) == ("", ())
