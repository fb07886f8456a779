"""Make a snapshot of mapped partitions in a fresh folder, and publish it by one atomic rename."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import __version__
from kg.build.entailing import ENTAILED, NONE, RDFS, entail
from kg.build.quarantine import keep
from kg.build.resolving import officials_of
from kg.build.second_pass import GAZETTEER
from kg.build.stages import PartitionTask
from kg.files import gzipped, read_json, write_bytes, write_json
from kg.iris import PREFIXES, Iris
from kg.mapping import SharedEntities, map_shared
from kg.mapping.entailment import Schema
from kg.mapping.ntriples import iri, literal, statements
from kg.statistics.void import count, describe
from kg.store.folder import MANIFEST, VERDICTS_ENDING, DataFolder, Snapshot
from kg.store.load import load_facts, load_lines, vocabulary
from kg.store.opening import damage
from kg.store.publishing import place, point
from kg.terms import PROV_ACTIVITY
from kg.validation.model import Result
from kg.validation.quarantine import RefusedCable, decode
from kg.validation.releases import Release, release_lines
from kg.validation.report import graph_result_lines, report_node_lines
from kg.validation.verdicts import ANEW, CHANGED, REMEMBERED

TITLE = "Diplomatic cables as a knowledge graph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A snapshot in the making: its folder, the partitions' tasks and the build's work folder.

    `releases` are those by which cables are loaded in spite of the shapes, `regime` is what to entail.
    """

    folder: Path
    tasks: Sequence[PartitionTask]
    work: Path
    iris: Iris
    releases: tuple[Release, ...] = ()
    regime: str = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A store with the facts and what is about them, before it is known whether all of that stays.

    `files` are those of the default graph, `sizes` the number of triples in each graph.
    """

    store: ox.Store
    files: tuple[Path, ...]
    sizes: dict[str, int]


def load(draft: Draft) -> Loaded:
    """Load facts, vocabulary, provenance and candidates into a fresh store."""
    if draft.folder.exists():
        shutil.rmtree(draft.folder)
    (draft.folder / "dumps").mkdir(parents=True)
    files = [*_vocabulary_files(draft), _write_shared(draft)]
    files += [task.output("triples", ".nt.gz") for task in draft.tasks]
    store = ox.Store(str(draft.folder / "store"))
    load_facts(store, files)
    sizes = {"default": len(store)}
    for name, lines in _about_the_data(draft).items():
        load_lines(store, lines, draft.iris.graph(name))
        sizes[draft.iris.graph(name)] = len(lines)
    return Loaded(store=store, files=tuple(files), sizes=sizes)


def complete(draft: Draft, loaded: Loaded, results: Sequence[Result]) -> dict[str, int]:
    """Add to a store that stays what is known of all of it, and write what lies beside it.

    That is VoID and the report of the shapes, `results` being those over the whole graph; dumps, texts, void.ttl,
    report.ttl, ledger.tsv, gazetteer.tsv and extractors.jsonl; and what the facts entail. Returns the number of
    triples in each graph.
    """
    store, before = loaded.store, len(loaded.store)
    void = describe(count(store), draft.iris, TITLE)
    load_lines(store, void)
    sizes = {**loaded.sizes, "default": loaded.sizes["default"] + len(store) - before}
    report = _report(draft, results)
    load_lines(store, report, draft.iris.graph("validation"))
    sizes[draft.iris.graph("validation")] = len(report)
    _write_void(draft, void)
    if draft.regime == RDFS:
        sizes[draft.iris.graph(ENTAILED)] = _entail(draft, store, loaded.files)
    store.flush()
    _write_dump(draft, [*loaded.files, draft.folder / "dumps" / "void.nt.gz"])
    _link_texts(draft)
    _copy_verdicts(draft)
    write_bytes(draft.folder / "report.ttl", "".join(report).encode())
    shutil.copyfile(draft.work / "resolved" / "ledger.tsv", draft.folder / "ledger.tsv")
    named = [line for task in draft.tasks for line in _lines(task.output("extractors", ".jsonl"))]
    write_bytes(draft.folder / "extractors.jsonl", "".join(named).encode())
    shutil.copyfile(draft.work / GAZETTEER, draft.folder / GAZETTEER)
    return sizes


def _entail(draft: Draft, store: ox.Store, files: Sequence[Path]) -> int:
    dumps = draft.folder / "dumps"
    schema = Schema.of(vocabulary(draft.iris.base))
    every = [*files, dumps / "void.nt.gz"]
    return entail(store, schema, every, dumps / f"{ENTAILED}.nt.gz", draft.iris.graph(ENTAILED))


def publish(draft: Draft, data: DataFolder, manifest: dict[str, Any]) -> Path:
    """Give the draft its place under `snapshots/` and point `current` to it; returns the published folder.

    Whatever moment this is broken off at, `current` leads to a whole snapshot: the old one or the new one.
    """
    target = data.snapshots / str(manifest["id"])
    write_json(draft.folder / MANIFEST, manifest)
    if damage(target / "store"):
        shutil.rmtree(target)
    if target.exists():
        # The same inputs and versions were published before: their content is the same, so that one stays.
        shutil.rmtree(draft.folder)
    else:
        place(data, draft.folder, target.name)
    keep(data, target.name, _refused(draft))
    point(data, target)
    return target


def shared_of(tasks: Sequence[PartitionTask]) -> tuple[SharedEntities, set[str], set[str]]:
    """What the loaded cables of all partitions share: entities, names of officials, and the cables' own ids."""
    records = [read_json(task.output("shared", ".json")) for task in tasks]
    return (
        SharedEntities.merged(SharedEntities.from_json(record["entities"]) for record in records),
        {name for record in records for name in record["officials"]},
        {canonical_id for record in records for canonical_id in record["loaded"]},
    )


def _write_shared(draft: Draft) -> Path:
    shared, officials, cables = shared_of(draft.tasks)
    lines = map_shared(shared, draft.iris, cables)
    # A retired IRI stays as a redirect; an official that only refused cables name is left out.
    lines += [line for name, own in officials_of(draft.work) if not name or name in officials for line in own]
    return _write_gzipped(draft.folder / "dumps" / "shared.nt.gz", lines)


def _vocabulary_files(draft: Draft) -> list[Path]:
    return [_write_gzipped(draft.folder / "dumps" / "vocabulary.nt.gz", vocabulary(draft.iris.base))]


def _about_the_data(draft: Draft) -> dict[str, list[str]]:
    resolved = draft.work / "resolved"
    return {
        "provenance": [
            *_run(draft.iris),
            *_lines(resolved / "judgements.nt"),
            *release_lines(draft.releases, draft.iris),
        ],
        "candidates": sorted({*_lines(resolved / "candidates.nt"), *_doubtful(draft), *_doubtful_officials(draft)}),
    }


def _doubtful(draft: Draft) -> list[str]:
    """The facts below the threshold of confidence that the loaded cables report."""
    return sorted({line for task in draft.tasks for line in _lines(task.output("doubtful", ".nt"))})


def _doubtful_officials(draft: Draft) -> Iterator[str]:
    """Who is named by loaded cables below the threshold alone."""
    records = [read_json(task.output("shared", ".json")) for task in draft.tasks]
    doubtful = {name for record in records for name in record["doubtful"]}
    doubtful.difference_update(name for record in records for name in record["officials"])
    for name, own in officials_of(draft.work) if doubtful else ():
        if name in doubtful:
            yield from own


def _run(iris: Iris) -> list[str]:
    run = iri(f"{iris.base}run/{__version__}")
    return [
        *statements(iri(iris.dataset), [(PREFIXES["prov"] + "wasGeneratedBy", run)]),
        *statements(
            run,
            [
                (PREFIXES["rdf"] + "type", iri(PREFIXES["ck"] + "ExtractionRun")),
                (PREFIXES["rdf"] + "type", iri(PROV_ACTIVITY)),
                (PREFIXES["rdfs"] + "label", literal(f"Build by cablekg {__version__}")),
                (PREFIXES["schema"] + "softwareVersion", literal(__version__)),
            ],
        ),
    ]


def _report(draft: Draft, over_all: Sequence[Result]) -> list[str]:
    """The report of the shapes on what is loaded; a refused cable's results are kept with it in quarantine."""
    of_cables = (line for task in draft.tasks for line in _lines(task.output("results", ".nt")))
    results = sorted([*of_cables, *graph_result_lines(over_all, draft.iris)])
    return [*results, *report_node_lines(not results, (), draft.iris)]


def _lines(path: Path) -> list[str]:
    # Not str.splitlines, which also cuts at characters that may stand in a literal.
    return [line + "\n" for line in path.read_text(encoding="utf-8").split("\n") if line]


def _write_void(draft: Draft, lines: list[str]) -> None:
    # N-Triples are Turtle; the file has the name under which VoID is looked for.
    write_bytes(draft.folder / "void.ttl", "".join(lines).encode())
    _write_gzipped(draft.folder / "dumps" / "void.nt.gz", lines)


def _write_dump(draft: Draft, files: Sequence[Path]) -> None:
    """The default graph as one gzip file: the members of its parts one after the other are a valid gzip file."""
    with (draft.folder / "dumps" / "facts.nt.gz").open("wb") as out:
        for path in files:
            with path.open("rb") as file:
                shutil.copyfileobj(file, out)
    for path in files:
        if path.parent == draft.folder / "dumps":
            path.unlink()


def _write_gzipped(path: Path, lines: Iterable[str]) -> Path:
    write_bytes(path, gzipped(line.encode() for line in lines))
    return path


def _link_texts(draft: Draft) -> None:
    """The raw cables, as hard links to their partitions: a snapshot holds its texts and no byte is stored twice."""
    snapshot = Snapshot(draft.folder)
    snapshot.texts.mkdir()
    for task in draft.tasks:
        os.link(task.source, snapshot.partition(task.bits, task.source.name))


def _copy_verdicts(draft: Draft) -> None:
    folder = Snapshot(draft.folder).verdicts
    folder.mkdir()
    for task in draft.tasks:
        path = task.output("verdicts", VERDICTS_ENDING)
        shutil.copyfile(path, folder / path.name)


def _refused(draft: Draft) -> Iterator[RefusedCable]:
    for task in draft.tasks:
        yield from map(decode, _lines(task.output("refused", ".jsonl")))


def verdicts_of(tasks: Sequence[PartitionTask]) -> dict[str, int]:
    """How many verdicts were found anew, by changed shapes alone, and remembered."""
    total: Counter[str] = Counter()
    for task in tasks:
        total.update(read_json(task.output("mapped", ".json"))["verdicts"])
    return {name: total[name] for name in (ANEW, CHANGED, REMEMBERED)}


def sizes_of(tasks: Sequence[PartitionTask]) -> tuple[list[int], Counter[str], Counter[str], Counter[str]]:
    """Triples of each loaded cable, triples by kind of node, results by severity, cables validated by each engine."""
    entries = [read_json(task.output("mapped", ".json")) for task in tasks]
    kinds: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    validated: Counter[str] = Counter()
    for entry in entries:
        kinds.update(entry["kinds"])
        severities.update(entry["severities"])
        validated.update(entry["validated"])
    return sorted(size for entry in entries for size in entry["triples"]), kinds, severities, validated
