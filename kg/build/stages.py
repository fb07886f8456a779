"""The stages that work on one partition each: pure functions from files to files, run by a pool.

Each writes its outputs whole and its entry last, so that a stage broken off is done again and a finished one is not.
"""

import json
import pickle
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.build.files import gzipped, read_json, write_bytes, write_json
from kg.build.partitions import read_partition
from kg.cables import merge
from kg.cables.model import Cable
from kg.extraction import extract
from kg.extraction.model import Facts
from kg.identity.model import CableResolution
from kg.identity.names import encode, local_persons
from kg.iris import Iris
from kg.mapping import SharedEntities, map_cable, shared_entities
from kg.mapping.budget import triples_by_kind
from kg.sources.model import RawCable
from kg.validation import Refusal, Result, encode_refusal, result_lines, validator

# So many cables are validated together: pySHACL's cost a call is spread over them.
BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionTask:
    """One partition and where its stages read and write: `source` is its file, `work` the folder of the build."""

    bits: str
    source: Path
    work: Path
    base: str

    def output(self, stage: str, ending: str) -> Path:
        """The file of a stage for this partition; the empty bits of a single partition are written as `all`."""
        return self.work / stage / f"{self.bits or 'all'}{ending}"


def analyse(task: PartitionTask) -> dict[str, Any]:
    """Parse and extract the cables of a partition.

    Writes the values (`analysed/*.pickle`), the persons for the resolve stage (`names/*.jsonl`) and the entry.
    """
    entry = task.output("analysed", ".json")
    if entry.exists():
        found: dict[str, Any] = read_json(entry)
        return found
    values: list[tuple[Cable, Facts]] = []
    names: list[str] = []
    counts: Counter[str] = Counter()
    for raws in _by_cable(task.source):
        merged = merge(raws)
        facts = extract(merged.cable)
        values.append((merged.cable, facts))
        counts.update(cables=1, duplicates=merged.duplicates, sections_joined=merged.sections_joined)
        counts.update(f"problem:{problem.code}" for problem in merged.cable.problems)
        if merged.cable.canonical_id is not None and (line := encode(local_persons(merged.cable, facts))):
            names.append(line + "\n")
    _make_folders(task, "analysed", "names")
    # Pickle is read back by this very build alone, from its own work folder; what is published is text.
    write_bytes(task.output("analysed", ".pickle"), pickle.dumps(values, protocol=5))
    write_bytes(task.output("names", ".jsonl"), "".join(names).encode("utf-8", "replace"))
    write_json(entry, dict(counts))
    return dict(counts)


def map_and_validate(task: PartitionTask) -> dict[str, Any]:
    """Map the cables of an analysed partition to triples, and part those that the shapes refuse from the others.

    Writes triples (`triples/*.nt.gz`), results of the loaded cables (`results/*.nt`), refusals (`refused/*.jsonl`),
    shared entities (`shared/*.json`) and the entry.
    """
    entry = task.output("mapped", ".json")
    if entry.exists():
        found: dict[str, Any] = read_json(entry)
        return found
    _make_folders(task, "mapped", "triples", "results", "refused", "shared")
    iris = Iris(task.base)
    partition = _Mapped()
    values: list[tuple[Cable, Facts]] = pickle.loads(task.output("analysed", ".pickle").read_bytes())
    resolved = _resolutions(task)
    for start in range(0, len(values), BATCH):
        _map_batch(values[start : start + BATCH], resolved, iris, partition)
    raws = _raws_of(task.source, partition.refused) if partition.refused else {}
    refused = [
        encode_refusal(Refusal(canonical_id=key, raws=tuple(raws[key]), results=tuple(results), reason=reason))
        for key, (results, reason) in sorted(partition.refused.items())
    ]
    write_bytes(task.output("triples", ".nt.gz"), gzipped(line.encode() for line in partition.lines))
    write_bytes(task.output("results", ".nt"), "".join(partition.result_lines).encode())
    write_bytes(task.output("refused", ".jsonl"), "".join(line + "\n" for line in refused).encode())
    write_json(task.output("shared", ".json"), partition.shared_json())
    write_json(entry, partition.entry())
    return partition.entry()


class _Mapped:
    """What a partition gives, gathered batch by batch."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.result_lines: list[str] = []
        self.refused: dict[str, tuple[list[Result], str]] = {}
        self.shared: list[SharedEntities] = []
        self.loaded: list[str] = []
        self.officials: set[str] = set()
        self.sizes: list[int] = []
        self.kinds: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()

    def load(
        self, cable: Cable, facts: Facts, resolved: CableResolution, lines: list[str], results: list[Result], iris: Iris
    ) -> None:
        """Take in a cable that the shapes let pass."""
        assert cable.canonical_id is not None
        self.lines += lines
        self.result_lines += result_lines(results, iris)
        self.severities.update(result.severity for result in results)
        self.shared.append(shared_entities(cable, facts, resolved))
        self.loaded.append(cable.canonical_id)
        self.officials.update(resolved.persons.values())
        self.sizes.append(len(lines))
        self.kinds.update(triples_by_kind(lines))

    def shared_json(self) -> dict[str, Any]:
        """The shared entities, the officials and the ids of the cables that were loaded."""
        return {
            "entities": SharedEntities.merged(self.shared).as_json(),
            "officials": sorted(self.officials),
            "loaded": sorted(self.loaded),
        }

    def entry(self) -> dict[str, Any]:
        """The counts of the partition."""
        return {
            "loaded": len(self.loaded),
            "quarantined": len(self.refused),
            "triples": self.sizes,
            "kinds": dict(self.kinds),
            "severities": dict(self.severities),
        }


def _map_batch(
    batch: list[tuple[Cable, Facts]], resolutions: Mapping[str, CableResolution], iris: Iris, partition: _Mapped
) -> None:
    mapped: dict[str, tuple[Cable, Facts, CableResolution, list[str]]] = {}
    for cable, facts in batch:
        if cable.canonical_id is None:
            # Without an id there is no IRI to hang anything on.
            partition.refused[cable.raw.digest] = (
                [],
                "no canonical id: neither the text nor the source names the cable",
            )
            continue
        resolved = resolutions.get(cable.canonical_id, CableResolution(persons={}))
        mapped[cable.canonical_id] = (cable, facts, resolved, map_cable(cable, facts, resolved, iris))
    verdicts = validator().validate({key: lines for key, (_, _, _, lines) in mapped.items()}, iris)
    for key, (cable, facts, resolved, lines) in mapped.items():
        verdict = verdicts[key]
        if verdict.is_refused:
            partition.refused[key] = (list(verdict.results), verdict.reason)
        else:
            partition.load(cable, facts, resolved, lines, list(verdict.results), iris)


def _by_cable(path: Path) -> Iterator[list[RawCable]]:
    """The raw cables of a partition, those of one cable together; one that names none stands for itself."""
    for _, group in groupby(read_partition(path), key=lambda record: record[0] or record[2].digest):
        yield [raw for _, _, raw in group]


def _raws_of(path: Path, keys: Mapping[str, object]) -> dict[str, list[RawCable]]:
    out: dict[str, list[RawCable]] = {}
    for identifier, _, raw in read_partition(path):
        key = identifier or raw.digest
        if key in keys:
            out.setdefault(key, []).append(raw)
    return out


def _resolutions(task: PartitionTask) -> dict[str, CableResolution]:
    record = json.loads(task.output("resolved", ".json").read_bytes())
    return {canonical_id: CableResolution(persons=persons) for canonical_id, persons in record.items()}


def _make_folders(task: PartitionTask, *stages: str) -> None:
    for stage in stages:
        (task.work / stage).mkdir(exist_ok=True)
