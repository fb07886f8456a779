from kg.extraction import as_json, extract
from kg.extraction.confidence import confidence

ANNOTATED = ("name", "forms", "roles", "organization", "country", "paragraphs")


def test_form_of_annotated_cables(cable_of):
    made = cable_of(
        "Peruvian Trade Minister Ana Orlan met with the Ambassador on January 20.",
        "Banker Jo Varga told us it rained. Orlan said Peru and Chile agreed on a list of ports.",
        signer="TELIC",
    )
    out = as_json(made, extract(made))
    assert (out["id"], out["date"]) == ("09BOGOTA1", "2009-02-03")
    assert {key: out["officials"][0][key] for key in ANNOTATED} == {
        "name": "Ana Orlan",
        "forms": ["Ana Orlan", "Orlan"],
        "roles": ["Peruvian Trade Minister"],
        "organization": None,
        "country": "PE",
        "paragraphs": [1, 2],
    }
    assert [person["name"] for person in out["others"]] == ["Jo Varga"]
    assert out["officials"][1]["paragraphs"] == []
    assert out["meetings"][0]["participants"] == ["Ana Orlan", "the Ambassador"]
    assert out["meetings"][0]["paragraph"] == 1
    assert out["agreements"][0]["name"] == "list of ports"


def test_facts_lead_to_their_words_and_rules(cable_of):
    paragraph = (
        "Peruvian Trade Minister Ana Orlan met with the Ambassador on January 20 and signed the Reef Convention."
    )
    out = as_json(made := cable_of(paragraph), extract(made))
    tenure, mention = out["officials"][0]["tenures"][0], out["officials"][0]["mentions"][0]
    assert paragraph[tenure["evidence"]["start"] : tenure["evidence"]["end"]] == tenure["text"]
    assert (mention["part"], mention["spans"], mention["rule"]) == ("p1", [[24, 33]], "title-name")
    meeting = out["meetings"][0]
    assert paragraph[meeting["evidence"]["start"] : meeting["evidence"]["end"]] == meeting["quote"]
    assert (meeting["rule"], meeting["confidence"]) == ("met", confidence("met"))
    assert out["agreements"][0]["mentions"][0]["text"] == "Reef Convention"


def test_name_of_an_agreement_has_twelve_words_at_most(cable_of):
    made = cable_of("They praised the Convention on " + "Very Long And Winding Harbor Dues Of The Great " * 3 + "Sea.")
    assert all(len(a["name"].split()) <= 12 for a in as_json(made, extract(made))["agreements"])


def test_known_instrument_shows_its_facts(cable_of):
    made = cable_of("They praised NAFTA.")
    (agreement,) = as_json(made, extract(made))["agreements"]
    assert agreement["known"]["signed"] == 1992
    assert agreement["grounds"]["sort-known"] > 0
