"""An invented cable with its facts: everything that a cable can hold, once."""

from datetime import UTC, date, datetime

import pytest

from kg.cables.model import (
    Addressee,
    Cable,
    ClassifiedBy,
    DateTimeGroup,
    DateValue,
    Part,
    Problem,
    Reference,
    SourceNote,
    Subject,
    Tag,
    TextValue,
)
from kg.extraction.model import (
    Agreement,
    DateExpression,
    Evidence,
    Facts,
    Meeting,
    Mention,
    Participant,
    Person,
    Role,
)
from kg.identity.model import CableResolution
from kg.iris import Iris
from kg.sources.model import RawCable

SUMMARY = 'Minister Ada Lark met the Ambassador in "Port Quill" on May 4; Lark promised the Tern Treaty.'
SIGNATURE = "HERON"
CLASSIFIED = "Classified By: DCM Odo Finch for reasons 1.4 (b)."


def line(text: str) -> dict[str, object]:
    return {"as_sent": text, "start": 0, "end": len(text)}


def value(text: str) -> TextValue:
    return TextValue(value=text, **line(text))


def mention(part: str, whole: str, form: str, rule: str, confidence: float) -> Mention:
    spans = []
    at = whole.find(form)
    while at >= 0:
        spans.append((at, at + len(form)))
        at = whole.find(form, at + 1)
    return Mention(part=part, text=form, spans=tuple(spans), rule=rule, confidence=confidence)


def evidence(part: str, whole: str, words: str) -> Evidence:
    at = whole.index(words)
    return Evidence(part=part, start=at, end=at + len(words))


MAY_4 = DateExpression(
    text="on May 4", edtf="2009-05-04", earliest=date(2009, 5, 4), latest=date(2009, 5, 4), basis="cable-date"
)


def parts() -> tuple[Part, ...]:
    return (
        Part(kind="subject", key="subject", text="TERNS", start=300, end=305, segments=((0, 300, 5),)),
        Part(
            kind="classified-by",
            key="classified-by",
            text=CLASSIFIED,
            start=310,
            end=310 + len(CLASSIFIED),
            segments=((0, 310, len(CLASSIFIED)),),
        ),
        Part(kind="tags", key="tags", text="PREL, LARK", start=306, end=309, segments=((0, 306, 3),)),
        Part(kind="heading", key="x1", text="Summary", start=400, end=407, segments=((0, 400, 7),)),
        Part(
            kind="paragraph",
            key="p1",
            number=1,
            portion_marking="C/NF",
            heading="Summary",
            text=SUMMARY,
            start=410,
            end=510,
            segments=((0, 414, 20), (20, 436, len(SUMMARY) - 20)),
        ),
        Part(
            kind="paragraph",
            key="p2",
            number=2,
            portion_marking="C",
            text="No more.",
            start=520,
            end=530,
            segments=((0, 522, 8),),
        ),
        Part(kind="signature", key="signature", text=SIGNATURE, start=540, end=545, segments=((0, 540, 5),)),
    )


@pytest.fixture
def cable() -> Cable:
    """Cable 09QUITO77, which never was."""
    return Cable(
        canonical_id="09QUITO77",
        aliases=("2009QUITO00077",),
        raw=RawCable(source="a.txt", position=1, format="telegram", encoding="utf-8", metadata=(), text="..."),
        sources=(
            SourceNote(source="b.csv", position=3, format="cablegate-csv", digest="b" * 64, is_preferred=False),
            SourceNote(source="a.txt", position=1, format="telegram", digest="a" * 64),
            SourceNote(source="copy.txt", position=1, format="telegram", digest="a" * 64),
        ),
        transmission_id=value("VZCZCXYZ0000"),
        message_reference_number=value("000077"),
        precedences=("P",),
        date_time_group=DateTimeGroup(sent_at=datetime(2009, 5, 5, 14, 30, tzinfo=UTC), **line("051430Z MAY 09")),
        sent_at=datetime(2009, 5, 5, 14, 30, tzinfo=UTC),
        originator=value("AMEMBASSY QUITO"),
        post="quito",
        action_addressees=(
            Addressee(
                routing_indicator="RUEHC",
                plad="SECSTATE WASHDC",
                precedence="P",
                serial="0012",
                exempted=("AMEMBASSY LIMA",),
                post="secstate",
                **line("RUEHC/SECSTATE WASHDC PRIORITY  0012"),
            ),
        ),
        info_addressees=(
            Addressee(
                routing_indicator=None,
                plad="BIRD COLLECTIVE",
                precedence=None,
                serial=None,
                exempted=(),
                post=None,
                **line("BIRD COLLECTIVE"),
            ),
        ),
        classification=value("CONFIDENTIAL//NOFORN"),
        captions=(value("SIPDIS"), value("TERN CHANNEL")),
        executive_order=value("12958"),
        declassify_on=DateValue(value=date(2019, 5, 5), **line("05/05/2019")),
        tags=(Tag(term="PREL", kind="subject", **line("PREL")), Tag(term="LARK, ADA", kind="person", **line("x"))),
        subject=Subject(value="TERNS", portion_marking=None, **line("TERNS")),
        references=(
            Reference(letter="A", kind="cable", target="08LIMA12", **line("08 LIMA 12")),
            Reference(letter="A", kind="cable", target="08LIMA13", **line("AND 13")),
            Reference(letter=None, kind="e-mail", target=None, **line("FINCH/LARK\nE-MAIL")),
        ),
        classified_by=ClassifiedBy(names=("Odo Finch",), title="DCM", reasons=("1.4 (b)",), **line(CLASSIFIED)),
        signed_by=(value(SIGNATURE),),
        summary=(405, 515),
        parts=parts(),
        is_partial=True,
        problems=(Problem(code="no-year", message="...", start=0, end=1),),
    )


@pytest.fixture
def facts() -> Facts:
    """What the invented cable says."""
    role = Role(
        text="Minister",
        title="Minister",
        organization="Ministry of Birds",
        country="EC",
        country_basis="host-country",
        status="current",
        evidence=evidence("p1", SUMMARY, "Minister"),
        rule="title-name",
        confidence=0.97,
    )
    lark = Person(
        key="p1",
        name="Ada Lark",
        forms=("Ada Lark", "Lark"),
        roles=(role,),
        organization=None,
        country="EC",
        is_official=True,
        mentions=(
            mention("p1", SUMMARY, "Ada Lark", "title-name", 0.97),
            Mention(part="p1", text="Lark", spans=((63, 67),), rule="surname", confidence=0.95),
        ),
        confidence=0.97,
    )
    finch = _hand("p2", "Odo Finch", mention("classified-by", CLASSIFIED, "Odo Finch", "classified-by", 0.99))
    heron = _hand("p3", "HERON", mention("signature", SIGNATURE, "HERON", "signature", 0.7))
    return Facts(persons=(lark, finch, heron), meetings=(_meeting(),), agreements=(_agreement(),))


def _hand(key: str, name: str, where: Mention) -> Person:
    return Person(
        key=key,
        name=name,
        forms=(name,),
        roles=(),
        organization=None,
        country="US",
        is_official=True,
        mentions=(where,),
        confidence=where.confidence,
    )


def _meeting() -> Meeting:
    clause = SUMMARY[: SUMMARY.index(";")]
    return Meeting(
        key="m1",
        participants=(
            Participant(name="Ada Lark", kind="person", person="p1", country="EC"),
            Participant(name="Odo Finch", kind="person", person="p2", country="US"),
            Participant(name="the Ambassador", kind="position", person=None, country="US"),
            Participant(name="Tern Society", kind="body", person=None, country=None),
        ),
        countries=("EC", "US"),
        date=MAY_4,
        place="Port Quill",
        kind="embassy contact",
        ordinal=2,
        status="held",
        evidence=evidence("p1", SUMMARY, clause),
        quote=clause,
        rule="met",
        confidence=0.85,
    )


def _agreement() -> Agreement:
    return Agreement(
        key="a1",
        name="Tern Treaty",
        forms=("Tern Treaty", "treaty"),
        kind="treaty",
        status="in force",
        countries=("EC", "US"),
        date=DateExpression(text="later", edtf="2009-05-04/..", earliest=date(2009, 5, 4), latest=date.max, basis="x"),
        meeting="m1",
        mentions=(mention("p1", SUMMARY, "Tern Treaty", "named", 1.0),),
        quote="Tern Treaty",
        rule="named",
        confidence=1.0,
    )


@pytest.fixture
def resolved() -> CableResolution:
    """Whom the persons of the invented cable are."""
    return CableResolution(persons={"p1": "aaaaaaaaaa", "p2": "bbbbbbbbbb", "p3": "cccccccccc"})


@pytest.fixture
def iris() -> Iris:
    """The IRIs of the public base."""
    return Iris()
