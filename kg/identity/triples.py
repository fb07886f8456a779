"""Write judgements and candidates of identity as N-Triples: for /graph/provenance and /graph/candidates."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from kg.identity.chiefs import PAGES
from kg.identity.model import Candidate, Judgement, Official
from kg.iris import CK, PREFIXES, Iris
from kg.mapping.ntriples import iri, literal, statements
from kg.mapping.values import confidence

RDF_TYPE: Final = PREFIXES["rdf"] + "type"
LABEL: Final = PREFIXES["rdfs"] + "label"
CLOSE_MATCH: Final = PREFIXES["skos"] + "closeMatch"
COMMENT: Final = PREFIXES["rdfs"] + "comment"


def judgement_lines(judgements: Iterable[Judgement], iris: Iris) -> Iterator[str]:
    """The lines of resolved judgements: the officials behind them, verdict, rule, score, and the whole as a sentence.

    Where a merge made one official of two persons, `ck:candidate` names it once; the sentence tells the two mentions.
    """
    for judgement in judgements:
        node = iri(iris.judgement(_digest(judgement.a, judgement.b, judgement.verdict, judgement.rule)))
        seen = judgement.reason or f"{judgement.a} / {judgement.b}"
        pairs = [
            (RDF_TYPE, iri(CK + "Judgement")),
            (LABEL, literal(f"{judgement.verdict}: {seen} ({judgement.rule})")),
            (COMMENT, literal(judgement.told or f"{judgement.a} {judgement.b}, by {judgement.by}")),
            (CK + "score", confidence(judgement.score)),
            (CK + "verdict", iri(iris.term(judgement.verdict))),
            (CK + "rule", literal(judgement.rule)),
            *_candidates(judgement.names or (), iris),
        ]
        yield from statements(node, pairs)


def candidate_lines(candidates: Iterable[Candidate], iris: Iris) -> Iterator[str]:
    """The lines of pairs of officials that may be one, with their score and the rule that left them open."""
    for candidate in candidates:
        node = iri(iris.candidate(_digest(candidate.a, candidate.b)))
        pairs = [
            (RDF_TYPE, iri(CK + "IdentityCandidate")),
            (LABEL, literal(f"{' / '.join(candidate.labels)} ({candidate.rule})")),
            (COMMENT, literal(candidate.told or f"{' / '.join(candidate.labels)} ({candidate.rule})")),
            (CK + "score", confidence(candidate.score)),
            (CK + "rule", literal(candidate.rule)),
            *_candidates((candidate.a, candidate.b), iris),
        ]
        yield from statements(node, pairs)


def _candidates(names: Iterable[str], iris: Iris) -> list[tuple[str, str]]:
    return [(CK + "candidate", iri(iris.official(name))) for name in dict.fromkeys(names)]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def link_lines(officials: Iterable[Official], iris: Iris) -> Iterator[str]:
    """The lines that lead officials to their pages in the list of chiefs of mission: candidates for linking."""
    for official in officials:
        if official.listed_as is not None and official.replaced_by is None:
            yield from statements(iri(iris.official(official.name)), [(CLOSE_MATCH, iri(PAGES + official.listed_as))])
