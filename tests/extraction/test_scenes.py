from kg.extraction.actors import Cast
from kg.extraction.scenes import Scene


def scene_of(reading, setting):
    actors = Cast((), setting).actors(reading)
    return Scene(reading, 0, len(reading.tokens), actors, [])


def test_lone_comma_parts_a_subject_from_another_verb(reading_of, setting):
    reading = reading_of("The Ambassador slept, several boats met")
    assert scene_of(reading, setting).subjects(len(reading.tokens) - 1) == []


def test_listed_actors_are_one_chain(reading_of, setting):
    reading = reading_of("The Ambassador, the DCM and PolCouns met")
    found = scene_of(reading, setting).subjects(len(reading.tokens) - 1)
    assert [a.participant.name for a in found] == ["The Ambassador", "the DCM", "PolCouns"]


def test_subject_without_a_known_actor(reading_of, setting):
    reading = reading_of("A fishermen's union recently met")
    assert scene_of(reading, setting).subject_phrase(len(reading.tokens) - 1).name == "A fishermen's union"


def test_place_after_a_preposition(reading_of, setting):
    reading = reading_of("met quietly in Mexico City")
    place = scene_of(reading, setting).place_after(0, prepositions=frozenset(("in",)))
    assert (place.name, place.country) == ("Mexico City", "MX")
