from kg.extraction import as_json, extract


def test_form_of_annotated_cables(cable_of):
    made = cable_of(
        "Peruvian Trade Minister Ana Orlan met with the Ambassador on January 20.",
        "Banker Jo Varga told us it rained. Orlan and Varga agreed on a list of ports.",
        signer="TELIC",
    )
    out = as_json(made, extract(made))
    assert (out["id"], out["date"]) == ("09BOGOTA1", "2009-02-03")
    assert out["officials"][0] == {
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


def test_name_of_an_agreement_has_twelve_words_at_most(cable_of):
    made = cable_of("They praised the Convention on " + "Very Long And Winding Harbor Dues Of The Great " * 3 + "Sea.")
    assert all(len(a["name"].split()) <= 12 for a in as_json(made, extract(made))["agreements"])
