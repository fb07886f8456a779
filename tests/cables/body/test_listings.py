"""Lists and tables."""

import pytest

from kg.cables.body.listings import lists, tables


def found(finder, text):
    return [text[stretch.start : stretch.end].strip() for stretch in finder(text, 0, len(text))]


@pytest.mark.parametrize("bullet", ["--", "-", "•", "o", "*", "(a)", "b."])
def test_list(bullet):
    text = f"The keeper wants:\n\n{bullet} rope\nof hemp;\n\n{bullet} wood.\n\nHe left.\n"
    assert found(lists, text) == [f"{bullet} rope\nof hemp;\n\n{bullet} wood."]


@pytest.mark.parametrize(
    "text",
    [
        "The keeper wants:\n\n-- rope.\n\nHe left.\n",
        "\n- - - - -\nThe Nets\n- - - - -\n",
        "\n-- rope\n\nHe left.\n\n-- wood\n",
        "\n1. (C) One.\n\n2. (C) Two.\n",
    ],
)
def test_no_list(text):
    assert found(lists, text) == []


TABLE = """
Harbour        Nets    Ropes
--------------------------------
North            12       140
South             9        80
"""


def test_table_is_kept_with_its_spaces():
    assert found(tables, f"The keeper counted:\n{TABLE}\nHe left.\n") == [TABLE.strip()]


def test_table_of_dotted_leaders():
    text = "\nNets........12\nRopes.......140\nWood........7\n"
    assert found(tables, text) == [text.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "\nHarbour      Nets     Ropes\nNorth      12    140\n",
        "\n1.   (C)   One   word\n",
        "\nHe came.   He saw   it.\n\n\n\n\nHe came.   He saw   it.\n\n\n\n\nHe came.   He saw   it.\n",
        "\n2.   (C)   Nets\n3.   (C)   Ropes\n4.   (C)   Wood\n",
        "\nto the end....\nof the harbour....\nand back....\n",
    ],
)
def test_no_table(text):
    assert found(tables, text) == []
