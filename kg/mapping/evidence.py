"""Map evidence: one mention for what is spoken of and a part, one node for a span whatever rests on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from kg.cables.model import Cable
from kg.iris import Iris
from kg.mapping import values
from kg.mapping.ntriples import iri, literal, statements
from kg.mapping.rules import rule_confidences
from kg.terms import (
    CK_CONFIDENCE,
    CK_EVIDENCE,
    CK_IN_PART,
    CK_MENTION,
    CK_REFERS_TO,
    CK_RULE,
    CK_SPANS,
    RDF_TYPE,
    RDFS_LABEL,
)

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That the words at `spans` of a part speak of `target`, a node as written in N-Triples.

    `is_fact` tells tenures, meetings and agreements, which point to their evidence, from persons, whom mentions point
    to: each link is written once, on a node that the cable owns.
    """

    part: str
    spans: Spans
    target: str
    confidence: float
    rule: str
    is_fact: bool = False

    @property
    def place(self) -> tuple[str, tuple[int, int]]:
        """The part and the first span: what the mention is named after."""
        return self.part, self.spans[0]


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for what is spoken of and a part: all spans there, and the surest of the rules that found them."""
    together: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        key = (claim.part, claim.target)
        together[key] = _joined(together[key], claim) if key in together else claim
    return sorted(together.values(), key=lambda claim: (claim.part, claim.spans, claim.target))


def map_evidence(cable: Cable, canonical_id: str, claims: Iterable[Claim], iris: Iris) -> list[str]:
    """The mentions of a cable and the links between them and what they speak of, for claims as `merged` gives them."""
    texts = {part.key: part.text for part in cable.parts}
    lines: list[str] = []
    for (part, (start, end)), group in groupby(claims, key=lambda claim: claim.place):
        together = list(group)
        node = iri(iris.mention(canonical_id, part, start, end))
        part_node = iri(iris.part(canonical_id, part))
        lines += statements(node, _mention(texts[part][start:end], part_node, together))
        lines += [f"{claim.target} <{CK_EVIDENCE}> {node} .\n" for claim in together if claim.is_fact]
    return lines


def _joined(one: Claim, other: Claim) -> Claim:
    surest = _surest((one, other))
    return replace(surest, spans=tuple(sorted({*one.spans, *other.spans})))


def _surest(claims: Iterable[Claim]) -> Claim:
    return max(claims, key=lambda claim: (claim.confidence, claim.rule))


def _mention(words: str, part_node: str, claims: list[Claim]) -> Iterator[tuple[str, str]]:
    yield RDF_TYPE, iri(CK_MENTION)
    yield RDFS_LABEL, literal(words)
    yield CK_IN_PART, part_node
    spans = sorted({span for claim in claims for span in claim.spans})
    if len(spans) > 1:  # one place is in the IRI
        yield CK_SPANS, literal(" ".join(f"{start}-{end}" for start, end in spans))
    persons = [claim for claim in claims if not claim.is_fact]
    yield from ((CK_REFERS_TO, claim.target) for claim in persons)
    if persons:
        # Facts say themselves by which rule and how surely they were found.
        yield from _basis(_surest(persons))


def _basis(claim: Claim) -> Iterator[tuple[str, str]]:
    yield CK_RULE, literal(claim.rule)
    if claim.confidence != rule_confidences().get(claim.rule):
        yield CK_CONFIDENCE, values.confidence(claim.confidence)
