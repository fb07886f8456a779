"""Misprinted words of a closed vocabulary."""

import pytest

from kg.cables.header.misprints import is_one_edit_away


@pytest.mark.parametrize("word", ["PRIORITY", "PIORITY", "PRIIORITY", "PRIORITX", "RPIORITY", "PRIORIT", "PRIORITYS"])
def test_one_edit_away(word):
    assert is_one_edit_away(word, "PRIORITY")


@pytest.mark.parametrize("word", ["PIORTY", "ROUTINE", "", "PRIORITYSS", "IPROIRTY"])
def test_more_than_one_edit_away(word):
    assert not is_one_edit_away(word, "PRIORITY")
