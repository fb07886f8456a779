from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cables.model import Cable, Part
from kg.errors import UsageError
from kg.extraction.model import EMPTY, Evidence, Facts, Mention, Person, Role
from kg.identity.model import LocalPerson
from kg.identity.names import _PIECE, decode, encode, local_persons, part_order, tell_apart
from kg.sources.model import RawCable

RAW = RawCable(source="a.txt", position=1, format="telegram", encoding="utf-8", metadata=(), text="")


def cable(**more: object) -> Cable:
    parts = tuple(
        Part(kind=kind, key=key, text="", start=0, end=0, segments=())
        for key, kind in (("p6", "paragraph"), ("signature", "signature"), ("classified-by", "classified-by"))
    )
    values = {"canonical_id": "09BOGOTA335", "raw": RAW, "parts": parts, "post": "bogota"}
    return Cable(**{**values, "sent_at": datetime(2009, 2, 3, 21, 25, tzinfo=UTC), **more})


def fact(*places: tuple[str, int], country: str | None = "CO") -> Person:
    mentions = tuple(
        Mention(part=part, text="Ana Quill", spans=((start, start + 9),), rule="title-name", confidence=0.9)
        for part, start in places
    )
    role = Role(
        text="Colombian Foreign Minister",
        title="Foreign Minister",
        organization=None,
        country="CO",
        country_basis="demonym",
        status="current",
        evidence=Evidence(part="p6", start=0, end=26),
        rule="title-name",
        confidence=0.9,
    )
    return Person(
        key="p1",
        name="Ana Quill",
        forms=("Ana Quill", "Quill"),
        roles=(role,),
        organization=None,
        country=country,
        is_official=True,
        mentions=mentions,
        confidence=0.9,
    )


def only(person: Person, **more: object) -> LocalPerson:
    (local,) = local_persons(cable(**more), Facts(persons=(person,), meetings=(), agreements=()))
    return local


def test_local_persons_keep_what_identity_needs():
    local = only(fact(("p6", 27)))
    assert (local.canonical_id, str(local.sent_at), local.key, local.post) == (
        "09BOGOTA335",
        "2009-02-03",
        "p1",
        "bogota",
    )
    assert (local.name, local.forms, local.country) == ("Ana Quill", ("Ana Quill", "Quill"), "CO")
    assert local.roles == (("Foreign Minister", "CO", "current"),)
    assert local.anchor == "09BOGOTA335#p6-27"


def test_local_persons_begin_at_the_least_mention():
    assert only(fact(("signature", 0), ("p10", 5), ("p6", 40), ("p6", 27))).first == ("p6", 27)


def test_local_persons_that_begin_at_one_place_have_anchors_of_their_own():
    shorter = replace(fact(("p6", 27)).mentions[0], text="Ana", spans=((27, 30),))
    facts = (fact(("p6", 27)), fact(("p6", 27)), replace(fact(("p6", 27)), mentions=(shorter,)), fact(("p6", 40)))
    persons = tuple(replace(person, key=f"p{number}") for number, person in enumerate(facts, start=1))
    locals_ = local_persons(cable(), Facts(persons=persons, meetings=(), agreements=()))
    assert [local.anchor for local in locals_] == [
        "09BOGOTA335#p6-27+9",
        "09BOGOTA335#p6-27+9+2",
        "09BOGOTA335#p6-27+3",
        "09BOGOTA335#p6-40",
    ]


parts = st.sampled_from(["p1", "p1-2", "signature"])


@given(st.lists(st.tuples(parts, st.integers(0, 3), st.integers(1, 3)).map(lambda s: (s[0], s[1], s[1] + s[2]))))
def test_tell_apart_tells_all_apart(spans: list[tuple[str, int, int]]):
    found = [f"{part}-{start}{apart}" for (part, start, _), apart in zip(spans, tell_apart(spans), strict=True)]
    assert len(set(found)) == len(spans)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (("p6",), "mentioned"),
        (("p6", "signature"), "signer"),
        (("classified-by",), "classifier"),
        (("classified-by", "signature"), "signer"),
    ],
)
def test_local_persons_tell_signers_and_classifiers(parts: tuple[str, ...], kind: str):
    assert only(fact(*((part, 0) for part in parts))).kind == kind


def test_local_persons_without_a_day():
    assert only(fact(("p6", 0)), sent_at=None).sent_at is None


def test_local_persons_of_a_cable_without_id_is_wrong_use():
    with pytest.raises(UsageError):
        local_persons(cable(canonical_id=None), EMPTY)


def test_part_order_counts_numbers_as_numbers():
    keys = ["x1", "signature", "p10", "p6-2", "p6", "classified-by"]
    assert sorted(keys, key=part_order) == ["classified-by", "p6", "p6-2", "p10", "signature", "x1"]


@pytest.mark.parametrize("text", ["", "-", "#"])
def test_piece_pattern_leaves_signs(text: str):
    assert _PIECE.findall(text) == []


def test_encode_gives_nothing_for_no_person():
    assert encode(()) == ""
    assert list(decode(["", "\n"])) == []


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    st.lists(
        st.builds(
            LocalPerson,
            canonical_id=st.just("09BOGOTA335"),
            sent_at=st.just(datetime(2009, 2, 3, tzinfo=UTC).date()),
            key=texts,
            name=texts,
            forms=st.lists(texts, max_size=3).map(tuple),
            country=st.none() | texts,
            roles=st.lists(st.tuples(texts, st.none() | texts, texts), max_size=2).map(tuple),
            is_official=st.booleans(),
            post=st.just("bogota"),
            kind=st.sampled_from(["signer", "classifier", "mentioned"]),
            first=st.tuples(texts, st.integers(0, 10**6)),
            apart=texts,
        ),
        max_size=4,
    )
)
def test_decode_gives_back_what_was_encoded(persons: list[LocalPerson]):
    line = encode(persons)
    assert "\n" not in line
    assert list(decode([line + "\n"])) == persons
