"""The law of identity on whole results: unchanged cables give unchanged officials, and added ones keep those known."""

import random
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity.ledger import decode_ledger, encode_ledger
from kg.identity.model import Judgement, Ledger, LocalPerson, Resolution
from kg.identity.names import tell_apart
from kg.identity.resolve import resolve

# (form, further form), titles, country, kind, (part, start, length)
Row = tuple[tuple[str, str], list[str], str | None, str, tuple[str, int, int]]
CableOfPersons = tuple[LocalPerson, ...]

FORMS = (
    ("Ana Quill", "Quill"),
    ("Eva Quill", "Quill"),
    ("Ana M. Quill", "Ana Quill"),
    ("Ana Quill Vega", "Quill Vega"),
    ("Quill Vega", "Quill Vega"),
    ("Quill", "Quill"),
    ("A. Quill", "Quill"),
    ("XXXX", "XXXX"),
    ("Bernardino Quill", "Quill"),
    ("Bernadino Quill", "Quill"),
    # Headed Bogota from September 2007.
    ("Brownfield", "Brownfield"),
    ("Bill Brownfield", "Brownfield"),
)
rows = st.tuples(
    st.sampled_from(FORMS),
    st.lists(st.sampled_from(["President", "Senator", "Ambassador"]), max_size=2, unique=True),
    st.sampled_from(["CO", "US", None]),
    st.sampled_from(["mentioned", "mentioned", "signer", "classifier"]),
    # Few places and lengths, so that first mentions often start alike and are often the same.
    st.tuples(st.sampled_from(["p1", "p1-2", "p2"]), st.integers(0, 1), st.integers(4, 5)),
)
cables = st.lists(
    st.tuples(
        st.one_of(st.none(), st.dates(date(2005, 1, 1), date(2009, 12, 31))),
        st.sampled_from(["bogota", "quito"]),
        st.lists(rows, max_size=4),
    ),
    max_size=5,
).map(lambda drawn: [_cable(number, *one) for number, one in enumerate(drawn)])
decisions = st.lists(
    st.tuples(st.integers(0, 19), st.integers(0, 19), st.sampled_from(["same", "different"])), max_size=3
)


def _cable(number: int, day: date | None, post: str, drawn: Sequence[Row]) -> CableOfPersons:
    suffixes = tell_apart([(part, start, start + length) for *_, (part, start, length) in drawn])
    return tuple(
        LocalPerson(
            canonical_id=f"0{9 - number}BOGOTA{number}",
            sent_at=day,
            key=f"p{place}",
            name=forms[0],
            forms=tuple(dict.fromkeys(forms)),
            country=country,
            roles=tuple((title, country, "current") for title in titles),
            is_official=bool(titles),
            post=post,
            kind=kind,
            first=(part, start),
            apart=apart,
        )
        for place, ((forms, titles, country, kind, (part, start, _)), apart) in enumerate(
            zip(drawn, suffixes, strict=True), start=1
        )
    )


def persons_of(corpus: Iterable[CableOfPersons]) -> list[LocalPerson]:
    return [person for cable in corpus for person in cable]


def judgements_of(persons: Sequence[LocalPerson], drawn: Iterable[tuple[int, int, str]]) -> list[Judgement]:
    pairs = ((one, other, verdict) for one, other, verdict in drawn if one != other and max(one, other) < len(persons))
    return [
        Judgement(a=a, b=b, verdict=verdict, by="person", rule="judged")
        for one, other, verdict in pairs
        for a, b in [sorted((persons[one].anchor, persons[other].anchor))]
    ]


def written(ledger: Ledger) -> Ledger:
    """The ledger as the next build reads it."""
    return decode_ledger(encode_ledger(ledger))


def holders(result: Resolution, persons: Iterable[LocalPerson]) -> dict[str, str]:
    """The official behind each anchor."""
    return {person.anchor: result.cables[person.canonical_id].persons[person.key] for person in persons}


@given(cables)
def test_anchors_are_unique(corpus):
    persons = persons_of(corpus)
    assert len({person.anchor for person in persons}) == len(persons)


@settings(max_examples=300)
@given(cables, decisions)
def test_unchanged_cables_give_the_same_result_with_the_ledger_they_gave(corpus, drawn):
    persons = persons_of(corpus)
    judgements = judgements_of(persons, drawn)
    first = resolve(persons, Ledger(), judgements)
    second = resolve(persons, written(first.ledger), judgements)
    third = resolve(persons, written(second.ledger), judgements)
    assert first == second == third
    assert first.ledger.redirects == {}


@given(cables, decisions, st.integers(0, 5), st.randoms(use_true_random=False))
def test_order_of_persons_does_not_matter(corpus, drawn, known, shuffler: random.Random):
    persons = persons_of(corpus)
    judgements = judgements_of(persons, drawn)
    ledger = resolve(persons_of(corpus[:known]), Ledger(), judgements).ledger
    shuffled = shuffler.sample(persons, len(persons))
    assert resolve(shuffled, ledger, judgements) == resolve(persons, ledger, judgements)


@settings(max_examples=300)
@given(st.permutations(range(5)), cables, decisions)
def test_added_cables_keep_the_names_of_known_persons_unless_they_merge(order, corpus, drawn):
    arriving = [corpus[number] for number in order if number < len(corpus)]
    judgements = judgements_of(persons_of(corpus), drawn)
    before = resolve([], Ledger(), ())
    for known in accumulate(([cable] for cable in arriving), lambda so_far, cable: so_far + cable):
        persons = persons_of(known)
        after = resolve(persons, written(before.ledger), judgements)
        check_kept(before, after, holders(after, persons))
        assert resolve(persons, written(after.ledger), judgements) == after
        before = after


def check_kept(before: Resolution, after: Resolution, holding: dict[str, str]) -> None:
    standing = {official.name: official.anchor for official in before.officials if official.replaced_by is None}
    for name, anchor in standing.items():
        now = holding[anchor]
        if now != name:
            assert after.ledger.redirects[name] == now
            assert holding[standing[now]] == now
        else:
            assert name not in after.ledger.redirects
    assert {official.name for official in before.officials} <= {official.name for official in after.officials}


@given(cables, st.integers(0, 5))
def test_adding_equals_building_from_scratch_with_the_same_ledger(corpus, known):
    ledger = resolve(persons_of(corpus[:known]), Ledger(), ()).ledger
    added = resolve(persons_of([*corpus[known:], *corpus[:known]]), ledger, ())
    assert added == resolve(persons_of(corpus), ledger, ())
