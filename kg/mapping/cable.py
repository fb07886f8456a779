"""Map one cable: all lines that belong to it alone."""

from kg.cables.model import Cable
from kg.errors import UsageError
from kg.extraction.model import Facts
from kg.identity.model import CableResolution
from kg.iris import Iris
from kg.mapping.evidence import map_evidence
from kg.mapping.facts import FactMapper
from kg.mapping.header import map_header
from kg.mapping.ntriples import iri
from kg.mapping.parts import map_parts, written_parts


def map_cable(cable: Cable, facts: Facts, resolved: CableResolution, iris: Iris) -> list[str]:
    """The N-Triples lines of a cable and of its facts for the default graph, sorted and each once.

    `resolved` must name an official for every person of `facts`. A cable without a canonical id has no IRI: UsageError
    (such a cable belongs in quarantine).
    """
    mapper = _mapper(cable, facts, resolved, iris)
    parts = written_parts(cable, {claim.part for claim in (*mapper.claims, *mapper.doubtful_claims)})
    lines = map_header(cable, mapper.canonical_id, parts, iris)
    lines += map_parts(parts, mapper.canonical_id, iris)
    lines += mapper.lines()
    lines += map_evidence(cable, mapper.canonical_id, mapper.claims, iris)
    return sorted(set(lines))


def map_doubtful(cable: Cable, facts: Facts, resolved: CableResolution, iris: Iris) -> list[str]:
    """The lines for the graph of candidates: what was found below the threshold, with its evidence."""
    mapper = _mapper(cable, facts, resolved, iris)
    evidence = map_evidence(cable, mapper.canonical_id, mapper.doubtful_claims, iris)
    return sorted({*mapper.doubtful_lines(), *evidence})


def _mapper(cable: Cable, facts: Facts, resolved: CableResolution, iris: Iris) -> FactMapper:
    officials = {key: iri(iris.official(name)) for key, name in resolved.persons.items()}
    return FactMapper(
        cable=cable, canonical_id=identified(cable), facts=facts, resolved=resolved, officials=officials, iris=iris
    )


def identified(cable: Cable) -> str:
    """The canonical id of a cable; UsageError where it has none."""
    if cable.canonical_id is None:
        raise UsageError(
            f"The cable at {cable.raw.source}:{cable.raw.position} has no canonical id and cannot be mapped."
        )
    return cable.canonical_id
