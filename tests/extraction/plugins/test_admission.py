"""Only what can be a person's name is let in, and what the rules found goes before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cables.model import Cable, Part
from kg.extraction import extract
from kg.extraction.confidence import MOST, confidence, extractor_confidence
from kg.extraction.extract import readings_of
from kg.extraction.model import Facts
from kg.extraction.plugins import Suggestion, TextPart
from kg.extraction.plugins.admission import Admission, Asking
from kg.extraction.plugins.model import Admitted
from kg.sources import RawCable
from kg.tables import rows

RULE = "plugin:fado"


def asking(cable: Cable) -> Asking:
    return Asking(readings_of(cable), extract(cable))


def admission(cable: Cable, *suggestions: Suggestion) -> Admission:
    made = asking(cable)
    offered = {part.key for part in made.parts()}
    assert offered <= {part.key for part in cable.parts}
    readings = {reading.part: reading for reading in readings_of(cable)}
    parts = [TextPart(key=key, text=reading.found, cased=reading.text) for key, reading in readings.items()]
    return made.admit(suggestions, parts, RULE, 0.5)


def with_suggestion(cable: Cable, *suggestions: Suggestion) -> Facts:
    return extract(cable, suggestions=admission(cable, *suggestions).admitted)


def name(text: str, **more: str) -> Suggestion:
    return Suggestion(part="p1", text=text, **more)


def test_parts_without_an_unexplained_name_are_not_offered(cable_of):
    cable = cable_of(
        "Minister of Works Orfala Quillabert spoke at length about the harbor.",
        "Nothing of note was said in Lisbon during the Portuguese holiday.",
        "A tenor, Zumbrel Falquero-Sandim Tormo, was heard.",
    )
    assert [part.key for part in asking(cable).parts()] == ["p3"]


def test_a_name_is_let_in_with_its_rule(cable_of):
    cable = cable_of("The harbor was built under Zumbrel Falquero, long ago.")
    (person,) = with_suggestion(cable, name("Zumbrel Falquero")).persons
    (mention,) = person.mentions
    assert (person.name, mention.rule, mention.confidence) == ("Zumbrel Falquero", RULE, 0.5)
    assert not person.is_official


@pytest.mark.parametrize(
    ("sentence", "suggested", "reason"),
    [
        ("It was said by Falquero.", "Falquero", "too-few-words"),
        ("It was said by D. Falquero.", "D. Falquero", "too-few-words"),
        ("Asked by Zumbrel Abro Tormo Falquero Sandim.", "Zumbrel Abro Tormo Falquero Sandim", "too-many-words"),
        ("They saw Zumbrel XXXXXXXXXXXX there.", "Zumbrel XXXXXXXXXXXX", "redaction"),
        ("They went to Lisbon Falquero.", "Lisbon Falquero", "place"),
        ("They saw Portuguese Falquero there.", "Portuguese Falquero", "demonym"),
        ("They saw what the old bishop Zumbrel Falquero.", "bishop Zumbrel Falquero", "crosses-person"),
        ("They saw the Ministry Falquero.", "Ministry Falquero", "body"),
        ("They saw Weather Falquero there.", "Weather Falquero", "common-word"),
        ("They saw QRZ Falquero there.", "QRZ Falquero", "acronym"),
        ("They saw NatGar Falquero there.", "NatGar Falquero", "acronym"),
        ("They saw ZUMBREL FALQUERO there.", "ZUMBREL FALQUERO", "acronym"),
        ("They saw zumbrel Falquero there.", "zumbrel Falquero", "no-name"),
        ("They saw the Zumbrel Falquero Foundation.", "Zumbrel Falquero", "longer-name"),
        ("They saw Vrosko Zumbrel Falquero there.", "Zumbrel Falquero", "longer-name"),
        ("They saw Zumbrel Falquero-Sandim there.", "Zumbrel Falquero", "cuts-a-word"),
    ],
)
def test_what_is_no_name_is_refused(cable_of, sentence, suggested, reason):
    start = sentence.index(suggested)
    one = Suggestion(part="p1", text=suggested, start=start, end=start + len(suggested))
    found = admission(cable_of(sentence), one)
    assert [(one.text, one.reason) for one in found.refused] == [(suggested, reason)]
    assert found.admitted == ()


def test_what_the_rules_found_is_known(cable_of):
    cable = cable_of("Minister of Works Orfala Quillabert spoke at length.")
    found = admission(cable, name("Orfala Quillabert"))
    assert (found.known, found.admitted, found.refused) == (1, (), ())


def test_a_name_across_a_person_of_the_rules_is_refused(cable_of):
    cable = cable_of("Minister of Works Orfala Quillabert Tormo spoke at length.")
    found = admission(cable, name("Works Orfala"))
    assert [one.reason for one in found.refused] == ["crosses-person"]


def test_a_name_in_an_agreement_is_refused(cable_of):
    cable = cable_of("Both signed the Zumbrel Falquero Trade Agreement on Tuesday.")
    assert extract(cable).agreements
    assert [one.reason for one in admission(cable, name("Zumbrel Falquero")).refused] == ["in-agreement"]


def test_a_fuller_name_extends_a_known_person(cable_of):
    cable = cable_of(
        "Minister of Works Quillabert spoke at length. Nobody in the harbor had seen Orfala Quillabert leave."
    )
    before, after = extract(cable), with_suggestion(cable, name("Orfala Quillabert"))
    assert [person.name for person in before.persons] == ["Quillabert"]
    (person,) = after.persons
    assert person.name == "Orfala Quillabert"
    assert person.is_official
    assert person.confidence == confidence("title-name")


def test_a_surname_carried_on_is_no_surer_than_the_suggestion(cable_of):
    cable = cable_of("The harbor was built under Zumbrel Falquero.", "Later Falquero sang.")
    (person,) = with_suggestion(cable, name("Zumbrel Falquero")).persons
    assert [(m.text, m.rule, m.confidence) for m in person.mentions] == [
        ("Zumbrel Falquero", RULE, 0.5),
        ("Falquero", "surname", 0.5),
    ]


def test_honorifics_and_possessives_are_cut_off(cable_of):
    cable = cable_of("It was Dona Orfala's and Mr. Zumbrel Falquero's harbor.")
    (one,) = with_suggestion(cable, name("Zumbrel Falquero's")).persons
    assert one.name == "Zumbrel Falquero"


def test_of_two_that_overlap_the_first_is_let_in(cable_of):
    cable = cable_of("They met, as Zumbrel Falquero's aunt wished.")
    found = admission(cable, name("Zumbrel Falquero's"), name("Zumbrel Falquero"))
    assert len(found.admitted) == 1
    assert [one.reason for one in found.refused] == ["overlaps-another"]


def test_a_role_is_read_by_the_core(cable_of):
    cable = cable_of("The harbor, wrote the Portuguese Minister of Works in May, Zumbrel Falquero, is old.")
    suggested = name("Zumbrel Falquero", role="Portuguese Minister of Works")
    (person,) = with_suggestion(cable, suggested).persons
    (role,) = person.roles
    assert (role.title, role.country, role.country_basis, role.rule) == ("Minister of Works", "PT", "demonym", RULE)
    assert person.is_official


def test_a_role_of_another_sentence_is_dropped(cable_of):
    cable = cable_of("A minister of works spoke. The harbor was built under Zumbrel Falquero.")
    found = admission(cable, name("Zumbrel Falquero", role="minister of works"))
    assert [one.reason for one in found.refused] == ["role-elsewhere"]
    assert len(found.admitted) == 1


def test_a_country_is_a_word_that_the_tables_know(cable_of):
    cable = cable_of("In the Portuguese harbor Zumbrel Falquero-Tormo sang.")
    found = admission(cable, name("Zumbrel Falquero-Tormo", country="Portuguese"))
    assert [one.country for one in found.admitted] == ["PT"]
    (refusal,) = admission(cable, name("Zumbrel Falquero-Tormo", country="harbor")).refused
    assert refusal.reason == "no-country"


def test_a_name_in_capitals_is_offered_in_its_true_case(cable_of):
    cable = cable_of("THE HARBOR WAS BUILT UNDER ZUMBREL FALQUERO, LONG AGO, AND NOBODY WANTED TO PAY FOR IT.")
    (part,) = asking(cable).parts()
    assert "under Zumbrel Falquero" in part.cased
    assert len(part.cased) == len(part.text)


def test_suggestions_that_fit_nowhere_are_left_out(cable_of):
    cable = cable_of("Minister of Works Orfala Quillabert spoke.")
    more = {"role": None, "country": None, "rule": RULE, "confidence": 0.5}
    wrong = [Admitted(part=part, start=start, end=end, **more) for part, start, end in
             [("p1", 18, 32), ("p1", 30, 900), ("p1", -3, 4), ("p9", 0, 4)]]  # fmt: skip
    assert extract(cable, suggestions=wrong) == extract(cable)


def test_extractors_are_less_sure_than_rules():
    least = min(float(row["confidence"]) for row in rows("rules.tsv")
                if row["kind"] == "person" and float(row["confidence"]) >= 0.7 and "plugin" not in row["rule"])  # fmt: skip
    assert least > MOST
    assert extractor_confidence("fado") == 0.5
    assert extractor_confidence("fado", 0.6) == 0.6
    assert extractor_confidence("fado", 0.99) == MOST
    assert extractor_confidence("spacy") == confidence("plugin:spacy")


@given(
    st.lists(
        st.text(max_size=8)
        | st.sampled_from(
            ["Zumbrel", "Falquero", "XXXXXXXXXXXX", "de", "Minister", "met", "Dr.", "'s", "Lisbon", ". The"]
        ),
        max_size=12,
    ),
    st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 80), st.none() | st.text(max_size=5)), max_size=4),
)
def test_whatever_is_suggested_facts_have_words_of_the_text(words, spans):
    made = cable_of_text(" ".join(words))
    text = made.part("p1").text
    suggestions = [
        Suggestion(part="p1", text=text[max(start, 0) : max(end, 0)], start=start, end=end, role=role, country=role)
        for start, end, role in spans
    ]
    for person in with_suggestion(made, *suggestions).persons:
        for mention in person.mentions:
            assert {text[start:end] for start, end in mention.spans} == {mention.text}
        for role in person.roles:
            assert text[role.evidence.start : role.evidence.end] == role.text


def cable_of_text(text: str) -> Cable:
    raw = RawCable(source="t", position=1, format="telegram", encoding="utf-8", metadata=(), text=text)
    part = Part(kind="paragraph", key="p1", number=1, text=text, start=0, end=len(text), segments=((0, 0, len(text)),))
    return Cable(canonical_id="07LISBON9901", raw=raw, parts=(part,))
