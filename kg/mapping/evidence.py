"""Map evidence: one mention node for a span, whatever number of facts rest on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.cables.model import Cable
from kg.iris import Iris
from kg.mapping import values
from kg.mapping.ntriples import iri, literal, statements
from kg.terms import (
    CK_CONFIDENCE,
    CK_EVIDENCE,
    CK_IN_PART,
    CK_MENTION,
    CK_REFERS_TO,
    CK_RULE,
    CK_SPANS,
    NIF_ANCHOR_OF,
    NIF_BEGIN_INDEX,
    NIF_END_INDEX,
    RDF_TYPE,
    RDFS_LABEL,
)

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Claim:
    """That the words at `spans` of a part speak of `target`, a node as written in N-Triples."""

    part: str
    spans: Spans
    target: str
    confidence: float
    rule: str

    @property
    def place(self) -> tuple[str, tuple[int, int]]:
        """The part and the first span: what the mention is named after."""
        return self.part, self.spans[0]


def map_evidence(cable: Cable, canonical_id: str, claims: Iterable[Claim], iris: Iris) -> list[str]:
    """The mentions of a cable and the links between them and what they speak of."""
    texts = {part.key: part.text for part in cable.parts}
    lines: list[str] = []
    for (part, (start, end)), group in groupby(sorted(claims), key=lambda claim: claim.place):
        together = list(group)
        node = iri(iris.mention(canonical_id, part, start, end))
        part_node = iri(iris.part(canonical_id, part))
        lines += statements(node, _mention(texts[part][start:end], part_node, together))
        lines += [f"{claim.target} <{CK_EVIDENCE}> {node} .\n" for claim in together]
    return lines


def _mention(words: str, part_node: str, claims: list[Claim]) -> Iterator[tuple[str, str]]:
    start, end = claims[0].spans[0]
    spans = sorted({span for claim in claims for span in claim.spans})
    # Where facts share their words, the mention carries the surest of them; each fact keeps its own confidence.
    surest = max(claims, key=lambda claim: (claim.confidence, claim.rule))
    anchor = literal(words)
    yield RDF_TYPE, iri(CK_MENTION)
    yield RDFS_LABEL, anchor
    yield NIF_ANCHOR_OF, anchor
    yield CK_IN_PART, part_node
    yield NIF_BEGIN_INDEX, values.offset(start)
    yield NIF_END_INDEX, values.offset(end)
    if len(spans) > 1:
        yield CK_SPANS, literal(" ".join(f"{start}-{end}" for start, end in spans))
    yield CK_CONFIDENCE, values.confidence(surest.confidence)
    yield CK_RULE, literal(surest.rule)
    for claim in claims:
        yield CK_REFERS_TO, claim.target
