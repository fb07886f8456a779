"""The telegram beside the checkout whose values were read by hand."""

from datetime import UTC, date, datetime

import pytest

from kg.cables import as_json, parse

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def cable(shared):
    from kg.sources.model import RawCable

    text = (shared / "corpus" / "09BOGOTA335.txt").read_text(encoding="utf-8")
    return parse(RawCable(source="s", position=1, format="telegram", encoding="utf-8", metadata=(), text=text))


def test_identity_and_date(cable):
    assert cable.canonical_id == "09BOGOTA335"
    assert cable.sent_at == datetime(2009, 2, 3, 21, 25, tzinfo=UTC)


def test_tags(cable):
    assert " ".join(tag.term for tag in cable.tags) == "PGOV PREL PTER PHUM KJUS CO SNAR"


def test_references(cable):
    targets = ["07BOGOTA7470", "08BOGOTA2674", "08BOGOTA8170", "07MEXICO1815", "07BOGOTA418"]
    assert [reference.target for reference in cable.references] == targets
    assert "".join(reference.letter for reference in cable.references) == "ABCDE"


def test_addressees(cable):
    addressees = [*cable.action_addressees, *cable.info_addressees]
    assert len(addressees) == 14
    assert all(addressee.routing_indicator for addressee in addressees)


def test_misprinted_precedence(cable):
    la_paz = next(a for a in cable.info_addressees if a.routing_indicator == "RUEHLP")
    assert (la_paz.plad, la_paz.precedence, la_paz.serial) == ("AMEMBASSY LA PAZ", None, "9885")
    assert [problem.code for problem in cable.problems] == ["misprinted-precedence"]


def test_paragraphs_broken_by_a_blank_line_are_whole(cable):
    assert [part.number for part in cable.paragraphs] == list(range(1, 10))
    assert [len(cable.part(key).text) for key in ("p3", "p9")] == [813, 704]
    assert not [part for part in cable.parts if part.kind == "unnumbered"]


def test_classified_by(cable):
    found = cable.classified_by
    assert (found.name, found.title) == ("John S. Creamer", "Political Counselor")
    assert found.reasons == ("1.4 (b)", "1.4 (d)")
    assert cable.declassify_on.value == date(2019, 2, 2)


def test_json_form(cable):
    values = as_json(cable)
    assert list(values)[:23] == [
        "id",
        "source",
        "sent_at",
        "date_time_group",
        "precedence",
        "originator",
        "post",
        "action_addressees",
        "info_addressees",
        "classification",
        "captions",
        "tags",
        "subject",
        "references",
        "classified_by",
        "declassify_on",
        "signed_by",
        "summary",
        "paragraphs",
        "transmission_id",
        "section",
        "is_partial",
        "problems",
    ]
    assert values["signed_by"] == "BROWNFIELD"
    assert values["classification"] == "CONFIDENTIAL"
    assert values["declassify_on"] == "2019-02-02"
    assert values["sent_at"] == "2009-02-03T21:25:00Z"
