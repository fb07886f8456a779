from kg.cables import parse
from kg.evaluation.texts import CableText, text_of
from kg.sources.model import RawCable

CABLE = CableText(
    found=(),
    parts=(("p1", 1, "Orlan spoke."), ("p2", 2, "Ana Orlan met us.")),
    folded=("Orlan spoke. Ana Orlan met us.",),
)


def test_words_are_found_across_white_space():
    assert CABLE.holds("Ana\n  Orlan")
    assert CABLE.holds("spoke. Ana")
    assert not CABLE.holds("Orlando")


def test_the_place_is_in_the_paragraph_named_if_the_words_stand_there():
    assert CABLE.place_of("Orlan", 2) == "p2 4-9"
    assert CABLE.place_of("Orlan", None) == "p1 0-5"
    assert CABLE.place_of("Varga", 2) == "¶2"
    assert CABLE.place_of("", None) == ""


def test_the_texts_of_a_parsed_cable():
    text = "UNCLAS QUITO 000034\n\nSUBJECT: NETS\n\n1. Nets\nand ropes.\n"
    raw = RawCable(source="t", position=1, format="telegram", encoding="utf-8", metadata=(), text=text)
    made = text_of(parse(raw), [raw])
    assert made.holds("Nets and ropes.")
    assert made.of_digest(raw.digest) == text
    assert made.of_digest("0") is None
