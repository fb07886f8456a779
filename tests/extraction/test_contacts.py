import pytest

KNOWN = "Trade Minister Ana Orlan praised Peruvian Consul Jo Varga and Assistant Secretary Tom Berg."


def found(facts):
    return [(m.rule, [p.name for p in m.participants]) for m in facts.meetings]


@pytest.mark.parametrize(
    ("text", "rule", "names"),
    [
        ("Orlan will see the Peruvian President in Dakar.", "met", ["Ana Orlan", "President"]),
        ("Orlan saw Varga on January 20.", "met", ["Ana Orlan", "Jo Varga"]),
        ("Varga called Orlan to confide that it rained.", "met", ["Jo Varga", "Ana Orlan"]),
        ("Orlan said Varga had reached out to Berg.", "told", ["Jo Varga", "Tom Berg"]),
        ("Econoff sat down with Orlan January 20 to hear about rain.", "meeting-with", ["Econoff", "Ana Orlan"]),
        ("Poloff sought out Orlan on January 20.", "meeting-with", ["Poloff", "Ana Orlan"]),
        ("Orlan gave poloff her view of the harbor on January 20.", "told-on", ["Ana Orlan", "poloff"]),
        ("Separately, Berg cautioned Varga against a new wall.", "told", ["Tom Berg", "Jo Varga"]),
        ("Orlan offended the army by speaking directly to Varga.", "meeting-with", ["Ana Orlan", "Jo Varga"]),
        ("According to Orlan, who spoke to poloff on January 20, it rained.", "meeting-with", ["Ana Orlan", "poloff"]),
        ("The Ambassador and Orlan discussed the harbor on January 20.", "meeting-with", ["The Ambassador", "Ana Orlan"]),
    ],
)  # fmt: skip
def test_contacts(facts_of, text, rule, names):
    facts = facts_of(KNOWN, text)
    assert [(r, sorted(n)) for r, n in found(facts)] == [(rule, sorted(names))]


@pytest.mark.parametrize(
    "text",
    [
        "Orlan would like to see Varga on January 20.",
        "Orlan saw Varga as a friend on January 20.",
        "Orlan called on Varga to resign.",
        "Orlan gave the harbor a new wall on January 20.",
        "Orlan reached out to a new market.",
        "Orlan sought out a new harbor.",
        "Orlan followed the advice.",
    ],
)
def test_no_contacts(facts_of, text):
    assert found(facts_of(KNOWN, text)) == []
