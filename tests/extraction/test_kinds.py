import pytest

from kg.extraction.kinds import ordinal_before


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the fourth in a series of three-sided meetings", 4),
        ("its 25th annual convention", 25),
        ("the second meeting", 2),
        ("on January 20th meeting", None),
        ("for the first time meeting", None),
        ("a long meeting", None),
    ],
)
def test_ordinals(reading_of, text, number):
    reading = reading_of(text)
    assert ordinal_before(reading.tokens, len(reading.tokens) - 1, 0) == number
