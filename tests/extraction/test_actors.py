from kg.extraction.actors import Cast


def acting(reading, setting, persons=()):
    return [
        (a.participant.name, a.participant.kind, a.participant.country) for a in Cast(persons, setting).actors(reading)
    ]


def test_positions_bodies_and_redacted_parties(reading_of, setting):
    found = acting(reading_of("The Ambassador and emboffs saw the GOC and XXXXXXXXXXXX."), setting)
    assert found == [
        ("The Ambassador", "position", "US"),
        ("emboffs", "position", "US"),
        ("GOC", "body", "CO"),
        ("XXXXXXXXXXXX", "position", None),
    ]


def test_title_before_a_name_is_no_position(reading_of, setting):
    assert acting(reading_of("Ambassador Orlan smiled."), setting) == []


def test_foreign_minister_of_a_stated_country(reading_of, setting):
    assert (
        (["the", "Peruvian", "Foreign", "Minister"][-1])
        in acting(reading_of("They saw the Peruvian Foreign Minister today."), setting)[0][0]
    )


def test_us_is_us_and_not_the_country(reading_of, setting):
    assert acting(reading_of("She told us."), setting) == [("us", "position", "US")]
