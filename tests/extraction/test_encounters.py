import pytest


def found(facts):
    return [(m.rule, sorted(p.name for p in m.participants)) for m in facts.meetings]


MINISTER = "Trade Minister Ana Orlan"
CONSUL = "Peruvian Consul Jo Varga"


@pytest.mark.parametrize(
    ("text", "rule", "names"),
    [
        (f"Consul Orlan liked {CONSUL}, with whom {MINISTER} met on January 20.", "met", ["Ana Orlan", "Jo Varga"]),
        (f"The DCM proposed that {MINISTER} meet with {CONSUL}.", "met", ["Ana Orlan", "Jo Varga"]),
        (f"{MINISTER} was received by {CONSUL} on January 20.", "meeting-with", ["Ana Orlan", "Jo Varga"]),
        (f"{MINISTER} raised the rain with {CONSUL}.", "raised-with", ["Ana Orlan", "Jo Varga"]),
        (f"A pact was signed on January 20 by {MINISTER} and {CONSUL}.", "signed-by", ["Ana Orlan", "Jo Varga"]),
        ("The GOC consulted with Peru and Chile.", "met-bodies", ["Chile", "GOC", "Peru"]),
        (
            "Emboffs spoke with Harbor Master Lo Berg of the Quay.",
            "meeting-with",
            ["Emboffs", "Harbor Master Lo Berg of the Quay"],
        ),
        (f"{MINISTER} discussed the rain on January 20.", "told-on", ["Ana Orlan"]),
    ],
)
def test_encounters(facts_of, text, rule, names):
    assert [f for f in found(facts_of(text)) if f[0] == rule] == [(rule, sorted(names))]


@pytest.mark.parametrize(
    "text",
    [
        "The goals of Peru could be met with care.",
        f"{MINISTER} called on {CONSUL} to resign.",
        f"{MINISTER} did not discuss the rain with {CONSUL}.",
        "Peru met its goals on January 20.",
    ],
)
def test_no_encounters(facts_of, text):
    assert found(facts_of(text)) == []
