import pytest

from kg.extraction.agreement_status import status_told, usual_status
from kg.extraction.dealings import dealings


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru praised the planned barley treaty.", "proposed"),
        ("Peru kept to the deal struck with Varga.", "agreed"),
        ("Peru praised the memorandum signed with Chile.", "signed"),
        ("Peru has a barley contract with Chile.", "in force"),
        ("Peru looked at the barley treaty.", "unknown"),
    ],
)
def test_status_told(reading_of, text, status):
    reading = reading_of(text)
    assert status_told(reading, next(iter(dealings(reading)))) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru looked at the barley treaty.", "in force"),
        ("It could be a barley treaty.", "proposed"),
        ("Peru thought of a barley treaty.", "proposed"),
        ("Peru looked at the offer of boats from Chile.", "proposed"),
    ],
)
def test_usual_status(reading_of, text, status):
    reading = reading_of(text)
    assert usual_status(reading, next(iter(dealings(reading)))) == status
