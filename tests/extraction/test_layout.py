from kg.cables.model import Part
from kg.extraction.layout import list_breaks


def made(found: str) -> Part:
    return Part(
        kind="paragraph",
        key="p1",
        text=found.replace("\n", " "),
        start=0,
        end=len(found),
        segments=((0, 0, len(found)),),
    )


def test_short_lines_end_on_purpose():
    found = "Director Ana Orlan\nConsul Jo Varga\nGeneral Telic"
    assert list_breaks(made(found), found) == frozenset((18, 34))


def test_lines_broken_at_the_margin_go_on():
    found = (
        "The harbor of the town was full of boats, and the warden of\nthe harbor counted them all before the rain came"
    )
    assert list_breaks(made(found), found) == frozenset()


def test_text_without_lines():
    assert list_breaks(made("Ana Orlan"), "Ana Orlan") == frozenset()
