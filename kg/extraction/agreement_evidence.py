"""Say what speaks for or against a phrase naming an agreement: the evidence that its score adds up."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from kg.extraction.actors import Actor
from kg.extraction.agreement_details import countries_around, named_countries
from kg.extraction.agreement_status import status_told
from kg.extraction.candidates import Candidate, agreement_words
from kg.extraction.dealing_phrases import JOINT
from kg.extraction.dealings import MONEY
from kg.extraction.lexicon import CAPITAL, COMMON, COUNTRY, DEMONYM, ORGANIZATION, mapping
from kg.extraction.scenes import NEGATIVE, Scene
from kg.extraction.tokens import Reading, Token

OWN: Final = agreement_words("own-affairs")  # domestic, election, budget: what a state does by itself
TOPICS: Final = agreement_words("agreement-topics")  # trade, border, extradition: what states agree about
SOFT: Final = agreement_words("soft-verbs")  # continue, discuss, meet: to agree to it binds to little
DOUBTFUL: Final = frozenset(("would", "could", "might", "may", "should", "if", "unless", "whether", "must", "cannot"))
PARTIES: Final = frozenset(("both", "sides", "two", "parties", "governments", "presidents", "ministers", "leaders"))
PARTNERS: Final = frozenset(("with", "between", "among"))
TRADING: Final = PARTNERS | {"from", "to"}

Resolve: TypeAlias = Callable[[str], str | None]


def of_noun(reading: Reading, found: Candidate, resolve: Resolve) -> tuple[str, ...]:
    """The evidence on an instrument or dealing told by a noun."""
    sort = f"named-{found.sort}" if found.rule == "named-agreement" else f"sort-{found.sort}"
    noun = f"noun-{singular(reading.tokens[found.head].low)}"
    return tuple(dict.fromkeys((sort, noun, *_noun(reading, found, resolve))))


def singular(noun: str) -> str:
    """A noun of the table of instruments without the ending of its plural."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun.removesuffix("s") if not noun.endswith("ss") else noun


def _noun(reading: Reading, found: Candidate, resolve: Resolve) -> Iterator[str]:
    tokens = reading.tokens
    floor = reading.sentence_of(found.head)[0]
    since = max(floor, found.first - 3)
    phrase, before = tokens[found.first : found.last], tokens[since : found.first]
    yield from _parties_in(reading, phrase, found.head, resolve)
    yield from _phrase(phrase, before)
    yield from _modifiers(tokens[found.core : found.head] or _rest_of_name(tokens, found))
    yield from _complement(tokens[found.head + 1 : found.last], found.sort)
    if not found.is_met:
        yield "lacks-what-it-needs"
    status = status_told(reading, found)
    if status != "unknown":
        yield "status-near"
        yield f"status-{status}"
    if tokens[max(floor, found.first - 1)].low in mapping("agreement_statuses.tsv", "word", "status") or (
        found.first - 2 >= floor and tokens[found.first - 2].low in mapping("agreement_statuses.tsv", "word", "status")
    ):
        yield "status-just-before"
    if found.last - found.first > 7:
        yield "long"
    if any(t.bits & ORGANIZATION for t in phrase):
        yield "organization-in-phrase"
    if any(
        t.bits & CAPITAL and not t.bits & (DEMONYM | COUNTRY | ORGANIZATION)
        for t in tokens[found.head + 1 : found.last]
    ):
        yield "proper-complement"
    if reading.kind == "heading":
        yield "in-heading"
    if reading.is_capitals:
        yield "sent-in-capitals"
    if tokens[found.head].low.endswith("s"):
        yield "plural"


def _parties_in(reading: Reading, phrase: Sequence[Token], head: int, resolve: Resolve) -> Iterator[str]:
    inside = named_countries(tuple(phrase), resolve)
    if inside:
        yield "two-countries-in-phrase" if len(inside) > 1 else "country-in-phrase"
    around = countries_around(reading, head, resolve)
    if around:
        yield "two-countries-in-sentence" if len(around) > 1 else "country-in-sentence"


def _phrase(phrase: Sequence[Token], before: Sequence[Token]) -> Iterator[str]:
    lows = [token.low for token in (*before[-1:], *phrase)]
    if not JOINT.isdisjoint(lows):
        yield "joint"
    if not MONEY.isdisjoint(lows):
        yield "sum"
    if not OWN.isdisjoint(lows):
        yield "own-affairs"
    if any(token.text in '"“”' for token in phrase):
        yield "quoted"
    near = [token.low for token in before]
    if not NEGATIVE.isdisjoint(near):
        yield "negated"
    if near[-1:] in (["a"], ["an"]):
        yield "indefinite"
    elif "the" in near[-2:]:
        yield "definite"
    elif near[-1:] == ["'s"] or near[-1:] in (["its"], ["their"], ["his"]):
        yield "owned"


def _rest_of_name(tokens: Sequence[Token], found: Candidate) -> Sequence[Token]:
    """The words after the head of a name that begins with it: `Plan Orlanda`."""
    return tokens[found.head + 1 : found.core_end] if found.rule == "named-agreement" else ()


def _modifiers(words: Sequence[Token]) -> Iterator[str]:
    if not words:
        yield "no-modifier"
    elif len(words) > 1:
        yield "several-modifiers"
    if any(t.bits & CAPITAL and not t.bits & DEMONYM for t in words):
        yield "proper-modifier"
    if any(piece in TOPICS for t in words for piece in t.low.split("-")) or any(t.low in TOPICS for t in words):
        yield "topic"


def _complement(words: Sequence[Token], sort: str) -> Iterator[str]:
    if not words:
        return
    low = words[0].low
    if low == "to" and len(words) > 1 and words[1].bits & COMMON and words[1].low not in ("the", "a", "an"):
        yield "complement-to-do"
    yield f"complement-{low}" if low in ("to", "of", "on", "for", "with", "between", "from") else "complement"
    partners = TRADING if sort in ("trade", "finance", "loan", "swap") else PARTNERS
    if any(t.low in partners and _has_party(words[at + 1 : at + 4]) for at, t in enumerate(words)):
        yield "partner-named"


def _has_party(words: Sequence[Token]) -> bool:
    return any(t.bits & (CAPITAL | ORGANIZATION) for t in words)


def of_verb(scene: Scene, found: Candidate, subjects: Sequence[Actor], resolve: Resolve) -> tuple[str, ...]:
    """The evidence on an undertaking told by a verb."""
    return tuple(dict.fromkeys((f"verb-{found.sort}", *_verb(scene, found, subjects, resolve))))


def _verb(scene: Scene, found: Candidate, subjects: Sequence[Actor], resolve: Resolve) -> Iterator[str]:
    tokens = scene.tokens
    yield from _subject(scene, found.head, subjects)
    words = tokens[found.first : found.last]
    lows = [token.low for token in words]
    inside = named_countries(words, resolve)
    if inside:
        yield "verb-country-in-object"
    around = {*countries_around(scene.reading, found.head, resolve)}
    around |= {actor.participant.country for actor in subjects if actor.participant.country is not None}
    if around:
        yield "verb-two-countries" if len(around) > 1 else "verb-country"
    if lows[0] in SOFT:
        yield "verb-soft"
    if not MONEY.isdisjoint(lows):
        yield "verb-sum"
    near = {t.low for t in tokens[max(scene.floor, found.head - 4) : found.head]}
    if near & DOUBTFUL:
        yield "verb-doubtful"
    if len(words) < 4:
        yield "verb-short"
    if not OWN.isdisjoint(lows):
        yield "verb-own-affairs"
    if not JOINT.isdisjoint(lows):
        yield "verb-joint"


def _subject(scene: Scene, index: int, subjects: Sequence[Actor]) -> Iterator[str]:
    words = {t.low for t in scene.tokens[max(scene.floor, index - 6) : index]}
    if len(subjects) > 1 or words & PARTIES:
        states = {actor.participant.country for actor in subjects} - {None}
        yield "verb-two-states" if len(states) > 1 else "verb-two-parties"
    elif not subjects:
        yield "verb-no-subject"
    elif subjects[0].participant.kind == "body":
        yield "verb-body"
    elif subjects[0].participant.kind == "person":
        yield "verb-person"
    if "we" in words:
        yield "verb-we"
