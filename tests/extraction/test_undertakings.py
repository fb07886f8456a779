import pytest

from kg.extraction.undertakings import undertakings


def told(reading):
    return [(reading.words(found.first, found.last), found.sort) for found in undertakings(reading)]


@pytest.mark.parametrize(
    ("text", "name", "sort"),
    [
        ("Peru and Chile agreed on a list of fishing ports.", "list of fishing ports", "agree-on"),
        ("Peru agreed to train six Chilean divers.", "train six Chilean divers", "agree-to"),
        ("Peru offered to host the divers, but nobody came.", "host the divers", "offer-to"),
        ("Peru agreed, at a lunch in Lima, to lower the harbor dues.", "lower the harbor dues", "agree-to"),
        ("Both agreed that the dues would be lower.", "dues would be lower", "agree-that"),
        ("Peru sold six boats to Chile.", "sold six boats to Chile", "sell-noun"),
        ("The harbor dues agreed between Peru and Chile are low.", "harbor dues", "agree-thing"),
        ("Both announced that they would mend the northern quay.", "mend the northern quay", "announce-plan"),
    ],
)
def test_undertaking(reading_of, text, name, sort):
    assert told(reading_of(text)) == [(name, sort)]


@pytest.mark.parametrize(
    "text",
    [
        "They agreed that it rained.",
        "They agree that the dues will be lower.",
        "Peru and Chile agreed on whatever each wanted.",
        "Peru and Chile agreed to set up.",
        "The proposed bridge is long.",
        "They sold six boats.",
        "They agreed.",
    ],
)
def test_no_undertaking(reading_of, text):
    assert told(reading_of(text)) == []
