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
        ("Varga had called Orlan late in the night.", "told", ["Jo Varga", "Ana Orlan"]),
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
        "Orlan called Varga corrupt.",
        "The Lima Gazette, in an interview with Orlan, told of rain.",
        "Orlan gave the harbor a new wall on January 20.",
        "Orlan reached out to a new market.",
        "Orlan sought out a new harbor.",
        "Orlan followed the advice.",
    ],
)
def test_no_contacts(facts_of, text):
    assert found(facts_of(KNOWN, text)) == []


@pytest.mark.parametrize(
    ("text", "rule", "names"),
    [
        ("Berg cautioned the King's intelligence chief.", "told", ["Tom Berg", "King's intelligence chief"]),
        ("The Serbian Foreign Minister has also requested a meeting.", "meeting-on", ["Foreign Minister"]),
        ("Orlan recently told another Japanese firm to wait.", "told-on", ["Ana Orlan", "Japanese firm"]),
        ("The Peru-Chile talks on the harbor failed.", "talks-of-two", ["Peru", "Chile"]),
        ("Varga dozed during Orlan's first courtesy call in May.", "meeting-with", ["Ana Orlan", "Jo Varga"]),
        ("Varga had reached out to five leaders, including Orlan.", "told", ["Jo Varga", "leaders", "Ana Orlan"]),
        ("Petroleum AttachC) met with Mitsui XXXXXXXXXXXX.", "met", ["Petroleum AttachC)", "XXXXXXXXXXXX"]),
        ("Orlan met in Lima on January 20 to seek aid.", "body-met", ["Ana Orlan"]),
        ("In a follow-up discussion poloff gave the history.", "meeting-on", ["poloff"]),
    ],
)
def test_parties_of_other_sorts(facts_of, text, rule, names):
    assert [(r, sorted(n)) for r, n in found(facts_of(KNOWN, text))] == [(rule, sorted(names))]


def test_meeting_that_nobody_presses_for(facts_of):
    assert found(facts_of(KNOWN, "They do not press for a meeting between Orlan and Varga.")) == []


def test_redacted_of_two_paragraphs_are_not_one(facts_of):
    told = "XXXXXXXXXXXX told us in a separate meeting that it rained."
    assert len(facts_of(told, told).meetings) == 2
