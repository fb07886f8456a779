import pytest

from kg.extraction.instruments import instruments


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("praised the Lima Accord", "Lima Accord"),
        ("a Memorandum of Understanding on Harbors", "Memorandum of Understanding on Harbors"),
        ("wants a fisheries treaty", "fisheries treaty"),
        ("an agreement to share the harbor", "agreement to share the harbor"),
        ("a joint statement of support", "joint statement of support"),
    ],
)
def test_names(reading_of, text, name):
    assert [i.name for i in instruments(reading_of(text))] == [name]


@pytest.mark.parametrize(
    "text", ["the Protocol Office", "in agreement", "the agreement", "a better understanding", "Plan B"]
)
def test_no_names(reading_of, text):
    assert list(instruments(reading_of(text))) == []
