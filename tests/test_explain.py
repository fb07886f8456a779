import pyoxigraph as ox
import pytest

from kg.errors import NotInGraph, UsageError
from kg.explain import asking, explain
from kg.explanation import Explanation
from kg.iris import DEFAULT_BASE, PREFIXES

GRAPH = """
@base <https://w3id.org/cablekg/> .

ck:Official rdfs:label "official"@en .
ck:sentFrom rdfs:label "sent from"@en .

<cable/07BOGOTA12> a ck:Cable, schema:Message ; rdfs:label "07BOGOTA12: A QUIET WEEK" ; ck:canonicalId "07BOGOTA12" ;
    ck:subjectLine "A QUIET WEEK" ; dcterms:title "A QUIET WEEK" ; ck:sentAt "2007-03-04T10:00:00Z"^^xsd:dateTime ;
    ck:sentFrom <post/bogota> ; schema:sender <post/bogota> ; ck:hasAddressing <cable/07BOGOTA12#to1> ;
    ck:hasReference <cable/07BOGOTA12#refA> ; ck:cites <cable/06QUITO9> ; ck:hasParagraph <cable/07BOGOTA12#p1> ;
    ck:signedBy <official/aaaaaaaaaa> ; ck:hasPart <cable/07BOGOTA12#signature> .
<cable/07BOGOTA12#to1> a ck:Addressing ; rdfs:label "RUEHC/SECSTATE WASHDC PRIORITY 4321" ;
    ck:routingIndicator "RUEHC" ; ck:addressee <post/state> .
<cable/07BOGOTA12#refA> a ck:Reference ; rdfs:label "A. 06QUITO9" ; ck:letter "A" ; ck:asSent "A. 06 QUITO 0009" ;
    ck:names <cable/06QUITO9> .
<cable/06QUITO9> a ck:CitedCable ; rdfs:label "06QUITO9" ; ck:canonicalId "06QUITO9" .
<cable/07BOGOTA12#p1> a ck:Paragraph ; rdfs:label "07BOGOTA12 ¶1" ; ck:number 1 ;
    ck:text "Foreign Minister Ana Quill met the Ambassador. Quill was calm." .
<cable/07BOGOTA12#signature> a ck:TextPart ; rdfs:label "07BOGOTA12 signature" ; ck:text "VEGA" .
<cable/07BOGOTA12#p1-17-26> a ck:Mention ; rdfs:label "Ana Quill" ; ck:inPart <cable/07BOGOTA12#p1> ; ck:spans "17-26" ; ck:refersTo <official/aaaaaaaaaa> ; ck:rule "title-name" .
<cable/07BOGOTA12#p1-20-26> a ck:Mention ; rdfs:label "Quill" ; ck:inPart <cable/07BOGOTA12#p1> ;
    ck:spans "20-26 47-52" ; ck:refersTo <official/aaaaaaaaaa> .
<cable/07BOGOTA12#p1-27-45> a ck:Mention ; rdfs:label "met the Ambassador" ;
    ck:inPart <cable/07BOGOTA12#p1> ; ck:spans "27-45" ;
    ck:rule "met" ; ck:confidence 0.8 .
<official/aaaaaaaaaa> a ck:Official, foaf:Person ; rdfs:label "Ana Quill" ; foaf:name "Ana Quill" ; skos:altLabel "Quill" ;
    ck:ofCountry <country/CO> ; ck:anchor "07BOGOTA12#p1-17" .
<official/bbbbbbbbbb> rdfs:label "Ana Quill" ; dcterms:isReplacedBy <official/aaaaaaaaaa> .
<official/cccccccccc> a foaf:Person ; rdfs:label "Quill" .
<country/CO> a schema:Country ; rdfs:label "Colombia"@en .
<post/bogota> a ck:Post ; rdfs:label "Embassy Bogota"@en ; ck:station "BOGOTA" .
<term/current> rdfs:label "current"@en .
<tenure/07BOGOTA12-1> a ck:Tenure ; rdfs:label "Ana Quill: Foreign Minister" ; ck:holder <official/aaaaaaaaaa> ;
    ck:position <position/co-foreign-minister> ; ck:tenureStatus <term/current> ;
    ck:evidence <cable/07BOGOTA12#p1-17-26> ;
    ck:spans "0-16" ;
    ck:confidence 0.9 ; ck:rule "role-name" .
<term/rule-title-name> a ck:ExtractionRule ; rdfs:label "title-name" ; skos:notation "title-name" ; ck:confidence 0.95 ;
    skos:definition "A title and the name after it" .
<position/co-foreign-minister> a ck:Position ; rdfs:label "Foreign Minister of Colombia" .
<meeting/07BOGOTA12-1> a ck:Meeting ; rdfs:label "Ana Quill and the Ambassador: meeting" ; ck:participant <official/aaaaaaaaaa> ;
    ck:participantText "the Ambassador" ; ck:reportedIn <cable/07BOGOTA12> ; ck:evidence <cable/07BOGOTA12#p1-27-45> ;
    ck:edtf "2007-03" ; ck:confidence 0.8 ; ck:rule "met" .
<agreement/07BOGOTA12-1> a ck:Agreement ; rdfs:label "Quiet Accord" ; ck:concludedAt <meeting/07BOGOTA12-1> ;
    ck:reportedIn <cable/07BOGOTA12> .

<graph/provenance> {
    <judgement/1> a ck:Judgement ; rdfs:label "same: Ana Quill / QUILL (surname-and-office)" ; ck:candidate <official/aaaaaaaaaa> ;
        ck:verdict <term/same> ; ck:score 0.97 ; rdfs:comment "The two are one person." .
    <judgement/2> a ck:Judgement ; rdfs:label "different: Ana Quill / Quill (judged)" ; ck:verdict <term/different> ; ck:score 1.0 ;
        ck:candidate <official/aaaaaaaaaa>, <official/bbbbbbbbbb> .
}
<graph/candidates> {
    <candidate/1> a ck:IdentityCandidate ; rdfs:label "Ana Quill / Quill (surname)" ; ck:score 0.6 ;
        ck:candidate <official/aaaaaaaaaa>, <official/cccccccccc> .
}
"""


@pytest.fixture(scope="module")
def ask():
    store = ox.Store()
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store.load((prefixes + GRAPH).encode(), format=ox.RdfFormat.TRIG)
    return asking(store)


@pytest.fixture(scope="module")
def explained(ask):
    return lambda text: explain(ask, text, DEFAULT_BASE)


def section(explanation: Explanation, heading: str) -> list[tuple[str, str, tuple[str, ...]]]:
    (found,) = (section for section in explanation.sections if section.heading == heading)
    return [(entry.iri, entry.label, entry.notes) for entry in found.entries]


def values(explanation: Explanation, name: str) -> list[str]:
    return [value.text for statement in explanation.statements if statement.name == name for value in statement.values]


@pytest.mark.parametrize(
    "text",
    [
        "07BOGOTA12",
        "07bogota12",
        "07 BOGOTA 0012",
        "2007BOGOTA12",
        "cable/07BOGOTA12",
        "/cable/07BOGOTA12",
        "https://w3id.org/cablekg/cable/07BOGOTA12",
    ],
)
def test_explain_takes_short_and_full_iris(explained, text):
    assert explained(text).iri == "https://w3id.org/cablekg/cable/07BOGOTA12"


@pytest.mark.parametrize(
    "text", ["99BOGOTA1", "official/zzzzzzzzzz", "http://example.org/", "07BOGOTA12#p99", 'a b<>"{}', ""]
)
def test_explain_of_what_is_not_there(explained, text):
    with pytest.raises(NotInGraph, match=r"The graph says nothing of .*given by its id, as 09BOGOTA335"):
        explained(text)


@pytest.mark.parametrize("text", ["http://a b", "://", "http://exa<mple>/"])
def test_explain_of_no_iri_is_wrong_use(explained, text):
    with pytest.raises(UsageError, match="is no IRI"):
        explained(text)


def test_explain_takes_names_with_a_prefix(explained):
    assert explained("ck:sentFrom").label == "sent from"


def test_explain_puts_addressees_and_parts_in_the_order_of_the_text():
    turtle = """
        <https://w3id.org/cablekg/cable/07LIMA1> ck:canonicalId "07LIMA1" ; ck:hasText <#text1> ;
            ck:hasAddressing <#info10>, <#info2>, <#to1> ; ck:hasPart <#x1>, <#p10>, <#p2> .
        <#text1> ck:segments "p2 0-90-5; x1 0-120-5; p10 0-150-5" .
        <#info10> rdfs:label "c" . <#info2> rdfs:label "b" . <#to1> rdfs:label "a" .
        <#x1> rdfs:label "x" . <#p10> rdfs:label "p10" . <#p2> rdfs:label "p2" .
    """
    store = ox.Store()
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store.load(
        (prefixes + turtle).encode(), format=ox.RdfFormat.TURTLE, base_iri="https://w3id.org/cablekg/cable/07LIMA1"
    )
    found = explain(asking(store), "07LIMA1", DEFAULT_BASE)
    assert [label for _, label, _ in section(found, "Addressees")] == ["a", "b", "c"]
    assert [label for _, label, _ in section(found, "Parts")] == ["p2", "x", "p10"]


def test_explain_tells_first_who_and_when_and_then_the_rest_by_name(explained):
    names = [statement.name for statement in explained("meeting/07BOGOTA12-1").statements]
    assert names == ["participant", "participantText", "edtf", "reportedIn", "confidence", "rule"]


def test_explain_official(explained):
    explanation = explained("official/aaaaaaaaaa")
    assert explanation.label == "Ana Quill"
    assert explanation.types == ("official",)
    assert values(explanation, "ofCountry") == ["Colombia"]
    assert values(explanation, "name") == []
    assert [words.spans for words in explanation.words] == [((17, 26),), ((20, 26), (47, 52))]
    assert explanation.words[0].text[17:26] == "Ana Quill"
    assert (explanation.words[0].rule, explanation.words[0].confidence) == ("title-name", "0.95")
    assert (explanation.words[0].cable, explanation.words[0].sent_on) == ("07BOGOTA12", "2007-03-04")
    assert section(explanation, "Tenures") == [
        (
            "tenure/07BOGOTA12-1",
            "Ana Quill: Foreign Minister",
            ("current, in 07BOGOTA12 of 2007-03-04",),
        )
    ]
    assert section(explanation, "Meetings") == [
        ("meeting/07BOGOTA12-1", "Ana Quill and the Ambassador: meeting", ("2007-03, in 07BOGOTA12",))
    ]
    assert section(explanation, "Why these mentions are one person") == [
        ("judgement/1", "The two are one person.", ("right in 97 of 100 cases",))
    ]
    assert section(explanation, "Kept apart from") == [
        ("official/bbbbbbbbbb", "different: Ana Quill / Quill (judged)", ())
    ]
    assert section(explanation, "May be the same") == [
        ("official/cccccccccc", "Ana Quill / Quill (surname)", ("score 0.6",))
    ]
    assert section(explanation, "Replaces") == [("official/bbbbbbbbbb", "Ana Quill", ())]


def test_explain_retired_official_tells_who_replaces_it(explained):
    assert values(explained("official/bbbbbbbbbb"), "replaced by") == ["Ana Quill"]


def test_explain_cable_tells_what_was_sent(explained):
    explanation = explained("07BOGOTA12")
    assert values(explanation, "sent from") == ["Embassy Bogota"]
    assert section(explanation, "References") == [("07BOGOTA12#refA", "A. 06QUITO9", ("as sent: A. 06 QUITO 0009",))]
    assert section(explanation, "Addressees") == [("07BOGOTA12#to1", "RUEHC/SECSTATE WASHDC PRIORITY 4321", ())]
    assert [iri for iri, _, _ in section(explanation, "Facts reported")] == [
        "meeting/07BOGOTA12-1",
        "tenure/07BOGOTA12-1",
        "agreement/07BOGOTA12-1",
    ]
    assert [iri for iri, _, _ in section(explanation, "Parts")] == ["07BOGOTA12#p1", "07BOGOTA12#signature"]


def test_explain_cited_cable_tells_who_cites_it(explained):
    assert section(explained("06QUITO9"), "Cited by") == [("07BOGOTA12", "07BOGOTA12: A QUIET WEEK", ())]


def test_explain_mention_marks_its_words_and_names_whom_it_means(explained):
    (words,) = explained("07BOGOTA12#p1-17-26").words
    assert words.spans == ((17, 26),)
    assert words.about == (
        "Ana Quill (official/aaaaaaaaaa)",
        "Ana Quill: Foreign Minister (tenure/07BOGOTA12-1)",
    )


def test_explain_mention_of_a_fact_names_the_fact(explained):
    (words,) = explained("07BOGOTA12#p1-27-45").words
    assert words.about == ("Ana Quill and the Ambassador: meeting (meeting/07BOGOTA12-1)",)


def test_explain_part_gives_its_text_and_what_stands_in_it(explained):
    whole, *mentions = explained("07BOGOTA12#p1").words
    assert (whole.spans, whole.text[:16]) == ((), "Foreign Minister")
    assert [words.spans[0] for words in mentions] == [(17, 26), (20, 26), (27, 45)]


@pytest.mark.parametrize(
    ("text", "spans", "rule", "confidence"),
    [
        ("tenure/07BOGOTA12-1", ((17, 26), (0, 16)), "role-name", "0.9"),
        ("meeting/07BOGOTA12-1", ((27, 45),), "met", "0.8"),
        ("official/aaaaaaaaaa", ((17, 26),), "title-name", "0.95"),
    ],
)
def test_explain_marks_the_evidence_with_rule_and_confidence(explained, text, spans, rule, confidence):
    words = explained(text).words[0]
    assert (words.spans, words.rule, words.confidence) == (spans, rule, confidence)


def test_explain_says_what_the_rule_looks_for(explained):
    assert explained("official/aaaaaaaaaa").words[0].rule_meaning == "A title and the name after it"


def test_explain_meeting_tells_what_was_concluded(explained):
    assert section(explained("meeting/07BOGOTA12-1"), "Agreements concluded here") == [
        ("agreement/07BOGOTA12-1", "Quiet Accord", ())
    ]


@pytest.mark.parametrize("text", ["07BOGOTA12#refA", "07BOGOTA12#to1"])
def test_explain_header_entry_tells_its_cable(explained, text):
    explanation = explained(text)
    assert section(explanation, "Stands in") == [("07BOGOTA12", "07BOGOTA12: A QUIET WEEK", ())]


def test_explain_reference_tells_what_was_sent(explained):
    assert values(explained("07BOGOTA12#refA"), "asSent") == ["A. 06 QUITO 0009"]


def test_explain_position_tells_who_held_it(explained):
    assert [iri for iri, _, _ in section(explained("position/co-foreign-minister"), "Tenures")] == [
        "tenure/07BOGOTA12-1"
    ]


def test_explain_post(explained):
    assert values(explained("post/bogota"), "station") == ["BOGOTA"]


def test_explain_keeps_to_the_base_of_the_graph(ask):
    with pytest.raises(NotInGraph, match=r"https://example\.org/cable/07BOGOTA12"):
        explain(ask, "07BOGOTA12", "https://example.org/")


def test_iris_with_quotes_reach_no_query_text():
    seen = []
    with pytest.raises(NotInGraph):
        explain(
            lambda query, iris: seen.append((query, iris)) or [], "official/x> } DELETE WHERE { ?s ?p ?o", DEFAULT_BASE
        )
    assert "DELETE" not in seen[0][0]
