import pytest

from kg.extraction.dealings import dealings, echoes


def names(reading):
    return [reading.words(found.first, found.last) for found in dealings(reading)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They signed the barley memorandum.", "barley memorandum"),
        ("wants a fisheries treaty", "fisheries treaty"),
        ("an agreement to share the harbor", "agreement to share the harbor"),
        ("a joint statement of support", "joint statement of support"),
        ("They took a loan from Orlanda Bank.", "loan from Orlanda Bank"),
        ("the sale of six lighthouse boats to Peru", "sale of six lighthouse boats to Peru"),
        ("They sought an exchange of barley for wheat.", "exchange of barley for wheat"),
        ("a regional task force", "regional task force"),
        ("the Peruvian-Chilean buoy brigade", "Peruvian-Chilean buoy brigade"),
        ('their "boat for boat" deal', '"boat for boat" deal'),
        ("a $3 million loan package for Peru", "$3 million loan package for Peru"),
        ("not keeping the deal struck with Varga", "deal struck with Varga"),
        ("the Northern Buoy (NB) pact", "Northern Buoy (NB) pact"),
        ("an implementing arrangement", "implementing arrangement"),
        ("the understanding that boats would leave", "understanding that boats would leave"),
        ("a plan developed by Varga", "plan developed by Varga"),
        ("a loan from the “Orlanda Consortium” for boats", "loan from the “Orlanda Consortium” for boats"),
        ("They signed accords to share the harbor.", "accords to share the harbor"),
        ("a $3 million line of credit from Orlanda Bank", "$3 million line of credit from Orlanda Bank"),
        ("the Orlanda Early Warning (OEW) System", "Orlanda Early Warning (OEW) System"),
    ],
)
def test_dealing(reading_of, text, name):
    assert names(reading_of(text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "the Protocol Office",
        "the Internet Protocol",
        "in agreement",
        "the agreement",
        "They have to deal with the port.",
        "Harbor rules should accord with common sense.",
        "The keeper plans to visit Peru.",
        "an exchange of views",
        "a strong understanding of the tides",
        "the keeper's task",
        "an effective task force",
        "the Chilean company",
        "a resolution of the dispute",
        "the party convention",
        "their position on buoys",
    ],
)
def test_no_dealing(reading_of, text):
    assert names(reading_of(text)) == []


def test_named_instrument_inside_the_complement_of_another(reading_of):
    found = names(reading_of("the protocol amending the Orlanda Harbor Agreement"))
    assert found == ["protocol amending the Orlanda Harbor Agreement", "Orlanda Harbor Agreement"]


def test_kind_alone_is_an_echo(reading_of):
    reading = reading_of("The barley deal is old, but the deal holds.")
    assert echoes(reading, list(dealings(reading))) == [8]
