"""The stages that work on one partition each: pure functions from files to files, run by a pool.

Each writes its outputs whole and its entry last, so that a stage broken off is done again and a finished one is not.
"""

import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.build.aliases import known_ids, read_aliases, with_cited
from kg.build.expelling import Expelled, read_expelled, with_expelled
from kg.build.extractors.installed import NOBODY, Consulting
from kg.build.partitions import read_partition
from kg.build.refusing import refused_cables, released_among
from kg.build.remembering import digests, read_memory, write_memory
from kg.cables import merge
from kg.cables.model import Cable
from kg.extraction.extract import survey
from kg.extraction.model import Facts
from kg.extraction.survey import Survey
from kg.extraction.survey import encode as encode_survey
from kg.files import gzipped, read_json, write_bytes, write_json
from kg.identity.model import CableResolution
from kg.identity.names import encode, local_persons
from kg.iris import Iris
from kg.mapping import SharedEntities, map_cable, map_doubtful, shared_entities
from kg.mapping.budget import triples_by_kind
from kg.mapping.chiefs import told_chiefs
from kg.mapping.sureness import is_sure
from kg.sources.model import RawCable
from kg.store.folder import VERDICTS_ENDING
from kg.validation import CableResults, Engines, engines_for, local_shapes
from kg.validation.places import with_places
from kg.validation.quarantine import RefusedCable
from kg.validation.quarantine import encode as encode_refused
from kg.validation.report import result_lines, severities
from kg.validation.shape_digests import only
from kg.validation.verdicts import NOTHING_RECALLED, validate_remembering


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionTask:
    """One partition and where its stages read and write: `source` is its file, `work` the folder of the build.

    `consulting` names the extractors that are asked about its cables. `released` are the cables that persons accept in
    spite of the shapes: id, and digest of content. `remembered` is the folder of verdicts of an earlier build.
    """

    bits: str
    source: Path
    work: Path
    base: str
    consulting: Consulting = NOBODY
    released: frozenset[tuple[str, str]] = frozenset()
    remembered: Path | None = None

    def output(self, stage: str, ending: str) -> Path:
        """The file of a stage for this partition; the empty bits of a single partition are written as `all`."""
        return self.work / stage / f"{self.bits or 'all'}{ending}"


def analyse(task: PartitionTask) -> dict[str, Any]:
    """Parse and extract the cables of a partition, each by itself: the first pass.

    Writes the values (`analysed/*.pickle`), the persons for the resolve stage (`first/*.json`, by cable), what the
    second pass has to know (`surveys/*.jsonl`), the ids of the cables (`ids/*.json`) and the entry.
    """
    entry = task.output("analysed", ".json")
    if entry.exists():
        found: dict[str, Any] = read_json(entry)
        return found
    values: list[tuple[Cable, Facts]] = []
    names: dict[str, str] = {}
    surveys: list[Survey] = []
    counts: Counter[str] = Counter()
    for raws in by_cable(task.source):
        merged = merge(raws)
        facts, seen = survey(merged.cable)
        values.append((merged.cable, facts))
        counts.update(cables=1, duplicates=merged.duplicates, sections_joined=merged.sections_joined)
        counts.update(f"problem:{problem.code}" for problem in merged.cable.problems)
        if merged.cable.canonical_id is not None:
            names[merged.cable.canonical_id] = encode(local_persons(merged.cable, facts))
            surveys.append(seen)
    make_folders(task, "analysed", "first", "ids")
    # Pickle is read back by this very build alone, from its own work folder; what is published is text.
    write_bytes(task.output("analysed", ".pickle"), pickle.dumps(values, protocol=5))
    write_json(task.output("first", ".json"), names)
    write_surveys(task, surveys)
    write_json(task.output("ids", ".json"), known_ids(cable for cable, _ in values))
    write_json(entry, dict(counts))
    return dict(counts)


def write_surveys(task: PartitionTask, surveys: Iterable[Survey]) -> None:
    """Write what the second pass has to know of the cables of a partition (`surveys/*.jsonl`)."""
    make_folders(task, "surveys")
    lines = (encode_survey(one) + "\n" for one in surveys)
    write_bytes(task.output("surveys", ".jsonl"), "".join(lines).encode("utf-8", "replace"))


def map_and_validate(task: PartitionTask) -> dict[str, Any]:
    """Map the cables of an analysed partition to triples, and part those that the shapes refuse from the others.

    Writes triples (`triples/*.nt.gz`), facts below the threshold (`doubtful/*.nt`), results of the loaded cables
    (`results/*.nt`), refusals (`refused/*.jsonl`), shared entities (`shared/*.json`), verdicts (`verdicts/*.jsonl.gz`)
    and the entry. A partition is mapped again where the shapes for the whole graph refuse cables of it.
    """
    entry = task.output("mapped", ".json")
    expelled = read_expelled(task.work, task.bits)
    if entry.exists():
        found: dict[str, Any] = read_json(entry)
        if found["expelled"] == sorted(expelled):
            return found
    make_folders(task, "mapped", "triples", "doubtful", "results", "refused", "shared", "verdicts")
    iris = Iris(task.base)
    partition = _Mapped(expelled)
    values = _values(task)
    aliases = read_aliases(task.work)
    cited = [(with_cited(cable, aliases), facts) for cable, facts in values]
    _map(task, cited, iris, partition)
    refused = [encode_refused(one) for one in partition.refused]
    write_bytes(task.output("triples", ".nt.gz"), gzipped(line.encode() for line in partition.lines))
    write_bytes(task.output("doubtful", ".nt"), "".join(partition.doubtful).encode())
    write_bytes(task.output("results", ".nt"), _results(partition.passed, iris))
    write_bytes(task.output("refused", ".jsonl"), "".join(line + "\n" for line in refused).encode())
    write_json(task.output("shared", ".json"), partition.shared_json())
    write_memory(task.output("verdicts", VERDICTS_ENDING), partition.recalled.known, engines())
    write_json(entry, partition.entry())
    return partition.entry()


@dataclass(frozen=True, slots=True, kw_only=True)
class _MappedCable:
    """What the mapping gives for one cable: lines of the default graph and of the graph of candidates, and the rest.

    `officials` are its persons by name, and whether they are surely in it.
    """

    lines: list[str]
    doubtful: list[str]
    shared: SharedEntities
    officials: Mapping[str, bool]


class _Mapped:
    """What a partition gives, gathered cable by cable."""

    def __init__(self, expelled: Expelled) -> None:
        self.expelled = expelled
        self.lines: list[str] = []
        self.doubtful: list[str] = []
        self.passed: list[CableResults] = []
        self.refused: list[RefusedCable] = []
        self.released: dict[str, str] = {}
        self.shared: list[SharedEntities] = []
        self.officials: dict[str, bool] = {}
        self.sizes: list[int] = []
        self.kinds: Counter[str] = Counter()
        self.recalled = NOTHING_RECALLED

    def load(self, cable: _MappedCable, verdict: CableResults) -> None:
        """Take in a cable that the shapes let pass."""
        self.lines += cable.lines
        self.doubtful += cable.doubtful
        self.passed.append(verdict)
        self.shared.append(cable.shared)
        for name, sure in cable.officials.items():
            self.officials[name] = sure or self.officials.get(name, False)
        self.sizes.append(len(cable.lines))
        self.kinds.update(triples_by_kind(cable.lines))

    def shared_json(self) -> dict[str, Any]:
        """The shared entities, the officials, sure and doubtful, and the ids of the cables that were loaded."""
        return {
            "entities": SharedEntities.merged(self.shared).as_json(),
            "officials": sorted(name for name, sure in self.officials.items() if sure),
            "doubtful": sorted(name for name, sure in self.officials.items() if not sure),
            "loaded": sorted(one.canonical_id for one in self.passed),
        }

    def entry(self) -> dict[str, Any]:
        """The counts of the partition."""
        return {
            "loaded": len(self.passed),
            "quarantined": len(self.refused),
            "expelled": sorted(self.expelled),
            "released": sorted(map(list, self.released.items())),
            "triples": self.sizes,
            "kinds": dict(self.kinds),
            "severities": severities(self.passed),
            "validated": dict(self.recalled.verdicts.validated),
            "verdicts": dict(self.recalled.counts),
        }


def _map(task: PartitionTask, values: list[tuple[Cable, Facts]], iris: Iris, partition: _Mapped) -> None:
    resolutions = _resolutions(task)
    mapped: dict[str, _MappedCable] = {}
    refused: dict[str, CableResults | None] = {}
    for cable, facts in values:
        if cable.canonical_id is None:
            # Without an id there is no IRI to hang anything on.
            refused[cable.raw.digest] = None
            continue
        resolved = resolutions.get(cable.canonical_id, CableResolution(persons={}))
        mapped[cable.canonical_id] = _MappedCable(
            lines=map_cable(cable, facts, resolved, iris),
            doubtful=map_doubtful(cable, facts, resolved, iris),
            shared=shared_entities(cable, facts, resolved),
            officials=_officials(facts, resolved),
        )
    lines = {key: [*one.lines, *one.doubtful] for key, one in mapped.items()}
    memory = read_memory(task.remembered, task.bits, engines())
    recalled = validate_remembering(lines, memory, digests(), engines)
    checked = recalled.verdicts
    partition.recalled = recalled
    cables = {cable.canonical_id: cable for cable, _ in values}
    for key, verdict in with_expelled(checked.cables, partition.expelled).items():
        if verdict.is_refused:
            refused[key] = with_places(verdict, cables[key], lines[key], iris.base)
    held = list(refused_cables(task.source, refused))
    released = released_among(held, task.released)
    partition.released |= released
    partition.refused += [one for one in held if one.canonical_id not in released]
    for key, one in mapped.items():
        if key not in refused or key in released:
            # What the shapes for the whole graph say of a released cable is found, and told, again on the loaded store.
            partition.load(one, with_places(checked.cables[key], cables[key], lines[key], iris.base))


def _officials(facts: Facts, resolved: CableResolution) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for person in facts.persons:
        name = resolved.persons[person.key]
        found[name] = is_sure(person) or found.get(name, False)
    for name, is_told in told_chiefs(facts, resolved):
        found[name] = is_told or found.get(name, False)
    return found


@cache
def engines(wanted: frozenset[str] | None = None) -> Engines:
    """The engines that validate cables, by some shapes alone or by all.

    They are made once a process: reading the shapes takes longer than using them.
    """
    return engines_for(local_shapes() if wanted is None else only(local_shapes(), wanted))


def _values(task: PartitionTask) -> list[tuple[Cable, Facts]]:
    """The cables of a partition with their facts, those of the second pass where there are any."""
    values: list[tuple[Cable, Facts]] = pickle.loads(task.output("analysed", ".pickle").read_bytes())
    again: dict[str, Facts] = pickle.loads(task.output("again", ".pickle").read_bytes())
    return [(cable, again.get(cable.canonical_id or "", facts)) for cable, facts in values]


def _results(passed: list[CableResults], iris: Iris) -> bytes:
    return "".join(line for one in passed for line in result_lines(one, iris)).encode()


def by_cable(path: Path) -> Iterator[list[RawCable]]:
    """The raw cables of a partition, those of one cable together; one that names none stands for itself."""
    for _, group in groupby(read_partition(path), key=lambda record: record[0] or record[2].digest):
        yield [raw for _, _, raw in group]


def _resolutions(task: PartitionTask) -> dict[str, CableResolution]:
    record = json.loads(task.output("resolved", ".json").read_bytes())
    return {canonical_id: CableResolution(**one) for canonical_id, one in record.items()}


def make_folders(task: PartitionTask, *stages: str) -> None:
    """Make the folders of some stages."""
    for stage in stages:
        (task.work / stage).mkdir(exist_ok=True)
