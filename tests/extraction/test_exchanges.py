import pytest


def found(facts):
    return [(m.rule, [p.name for p in m.participants]) for m in facts.meetings]


MINISTER = "Trade Minister Ana Orlan"


@pytest.mark.parametrize(
    ("text", "rule", "names"),
    [
        (f"{MINISTER} told the DCM on January 20 that it rained.", "told-on", ["Ana Orlan", "the DCM"]),
        (f"On January 20, {MINISTER} conveyed the plan to the DCM.", "told-on", ["Ana Orlan", "the DCM"]),
        (f"The DCM was told by {MINISTER} on January 20 that it rained.", "told-on", ["The DCM", "Ana Orlan"]),
        (f"{MINISTER} told the DCM in a separate meeting that it rained.", "told-on", ["Ana Orlan", "the DCM"]),
        (f"{MINISTER} recently told the DCM that it rained.", "told-on", ["Ana Orlan", "the DCM"]),
        ("Embassy Bogota demarched the Ministry of Trade on January 20.", "told-on", ["Embassy Bogota", "Ministry of Trade"]),
        (f"{MINISTER} told Peruvian Consul Jo Varga that it rained.", "told", ["Ana Orlan", "Jo Varga"]),
        (f"In talks with Peru, {MINISTER} told poloff on January 20 that it rained.", "told-on", ["Ana Orlan", "poloff"]),
        ("As reported by an aide of Ana Orlan January 20, it rained.", "told-on", ["aide of Ana Orlan"]),
    ],
)  # fmt: skip
def test_exchanges(facts_of, text, rule, names):
    assert [(r, sorted(n)) for r, n in found(facts_of(text))] == [(rule, sorted(names))]


@pytest.mark.parametrize(
    "text",
    [
        f"{MINISTER} told the DCM that it rained.",
        f"{MINISTER} could have told Peruvian Consul Jo Varga that it rained.",
        f"{MINISTER} never told the DCM on January 20 that it rained.",
        f"In a speech on rain {MINISTER} warned Peruvian Consul Jo Varga.",
        f"{MINISTER} spoke in a letter of the rain, and noted it in Jo Varga's answer to the DCM.",
        "The DCM told poloff on January 20 that it rained.",
        f"{MINISTER} was briefed on January 20 on the report to Jo Varga.",
    ],
)
def test_no_exchanges(facts_of, text):
    assert found(facts_of(text)) == []


def test_undated_words_fall_at_the_meeting_that_the_cable_tells_of(facts_of):
    text = f"{MINISTER} met Peruvian Consul Jo Varga on January 20."
    assert len(facts_of(text, f"{MINISTER} told Consul Varga that it rained.").meetings) == 1


def test_cable_that_opens_with_dated_words(facts_of):
    facts = facts_of(f"Summary: {MINISTER} regretted on January 20 that it rained.", "The harbor is full.")
    assert found(facts) == [("said-on", ["Ana Orlan"])]
    assert found(facts_of(f"The harbor is full. {MINISTER} regretted on January 20 that it rained.")) == []
