"""Hold the ontology against the version of it that was frozen last: every change has an entry and a higher number.

usage: python -m scripts.ontology_versions [--freeze | --write]

Prints what was added, changed, deprecated and removed since, and the faults; the exit code is 1 where there are any.
With --freeze the terms of the present version are written to ontology/versions/, each with a digest of its axioms: that
is done with each release and never undone. With --write ontology/changes.tsv goes as a table into
docs/reference/ontology-changes.md.
"""

import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from kg.iris import CK
from kg.vocabulary.changes import Change, changes

ONTOLOGY: Final = Path(__file__).parents[1] / "ontology"
VERSIONS: Final = ONTOLOGY / "versions"
PAGE: Final = ONTOLOGY.parent / "docs" / "reference" / "ontology-changes.md"
MARK: Final = "<!-- what follows is written by python -m scripts.ontology_versions --write -->\n"
# Words may be mended without a new version; what a reasoner or a query sees may not.
WORDS: Final = {RDFS.label, RDFS.comment, SKOS.scopeNote, SKOS.definition, DCTERMS.isReplacedBy}
DISJOINT: Final = "(disjoint classes)"
DEPRECATED: Final = "deprecated"
FIRST_PUBLISHED: Final = (0, 1, 0)

Terms = Mapping[str, str]


def number(version: str) -> tuple[int, ...]:
    """`0.1.0` as numbers that can be compared."""
    return tuple(map(int, version.split(".")))


def version_of(graph: Graph) -> str:
    """The version that an ontology says it has."""
    return str(next(graph.objects(None, OWL.versionInfo)))


def terms(graph: Graph) -> dict[str, str]:
    """Each term of ours with a digest of its axioms, or `deprecated`; which classes are disjoint counts as one."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    own = sorted({str(t) for kind in kinds for t in graph.subjects(RDF.type, kind) if str(t).startswith(CK)})
    pairs = sorted(" ".join(sorted(map(str, pair))) for pair in graph.subject_objects(OWL.disjointWith))
    return {term.removeprefix(CK): _digest(graph, URIRef(term)) for term in own} | {DISJOINT: _short("\n".join(pairs))}


def _digest(graph: Graph, term: URIRef) -> str:
    if (term, OWL.deprecated, Literal(True)) in graph:
        return DEPRECATED
    left_out = {*WORDS, OWL.disjointWith}
    return _short("\n".join(sorted(f"{p} {o}" for p, o in graph.predicate_objects(term) if p not in left_out)))


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def frozen(folder: Path = VERSIONS) -> dict[str, Terms]:
    """The frozen versions, oldest first, each with its terms."""
    paths = sorted(folder.glob("*.tsv"), key=lambda path: number(path.stem))
    return {
        path.stem: dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()) for path in paths
    }


def differences(old: Terms, new: Terms) -> dict[str, str]:
    """What happened to each term between two versions."""
    found = {}
    for term in sorted({*old, *new}):
        if term not in new:
            found[term] = "removed"
        elif term not in old:
            found[term] = "added"
        elif new[term] != old[term]:
            found[term] = DEPRECATED if new[term] == DEPRECATED else "changed"
    return found


def faults(version: str, present: Terms, released: Mapping[str, Terms], told: tuple[Change, ...]) -> list[str]:
    """What a change of the ontology lacks: a higher version, an entry, or the time in which a term was deprecated."""
    if version in released:
        changed = differences(released[version], present)
        return [f"{t} {how}, but version {version} is frozen: raise owl:versionInfo" for t, how in changed.items()]
    last = next(reversed(released))
    if number(version) <= number(last):
        return [f"version {version} does not follow {last}, which is frozen"]
    real = differences(released[last], present)
    entries = {one.term: one.change for one in told if one.version == version}
    found = [f"{t} {how}, but changes.tsv does not say so" for t, how in real.items() if entries.get(t) != how]
    found += [f"{t} is {how} in changes.tsv, but not in the ontology" for t, how in entries.items() if t not in real]
    if number(last) >= FIRST_PUBLISHED:
        removed = [term for term, how in real.items() if how == "removed"]
        found += [f"{t} removed without having been deprecated" for t in removed if released[last][t] != DEPRECATED]
    return found


def table(rows: tuple[Change, ...]) -> str:
    """The changes as Markdown, a table for each version."""
    text = ""
    for version in dict.fromkeys(row.version for row in rows):
        text += f"\n## {version}\n\n| term | | instead | |\n|---|---|---|---|\n"
        for row in rows:
            if row.version == version:
                instead = f"`ck:{row.replacement}`" if row.replacement is not None else ""
                term = row.term if row.term == DISJOINT else f"`ck:{row.term}`"
                text += f"| {term} | {row.change} | {instead} | {row.note.replace('|', chr(92) + '|')} |\n"
    return text


def main() -> int:
    graph = Graph().parse(ONTOLOGY / "ontology.ttl")
    version, present, released = version_of(graph), terms(graph), frozen()
    if "--freeze" in sys.argv[1:]:
        text = "".join(f"{term}\t{digest}\n" for term, digest in present.items())
        (VERSIONS / f"{version}.tsv").write_text(text, encoding="utf-8", newline="\n")
        return 0
    if "--write" in sys.argv[1:]:
        kept = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
        PAGE.write_text(kept + MARK + table(changes()), encoding="utf-8", newline="\n")
        return 0
    for term, how in differences(released[next(reversed(released))], present).items():
        print(f"{how}\t{term}")
    found = faults(version, present, released, changes())
    print(*found, sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
