"""Read the W3C's test suites: from manifests to values, and from files of data to the quads that they stand for."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

# Where the suites are published: relative IRIs in queries, data and results resolve against this.
PUBLISHED: Final = "https://w3c.github.io/rdf-tests/sparql/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"

QUERY_EVALUATION: Final = frozenset(["QueryEvaluationTest", "CSVResultFormatTest"])
POSITIVE_SYNTAX: Final = frozenset(["PositiveSyntaxTest", "PositiveSyntaxTest11"])
NEGATIVE_SYNTAX: Final = frozenset(["NegativeSyntaxTest", "NegativeSyntaxTest11"])
UPDATE_EVALUATION: Final = frozenset(["UpdateEvaluationTest"])
POSITIVE_UPDATE_SYNTAX: Final = frozenset(["PositiveUpdateSyntaxTest", "PositiveUpdateSyntaxTest11"])
NEGATIVE_UPDATE_SYNTAX: Final = frozenset(["NegativeUpdateSyntaxTest", "NegativeUpdateSyntaxTest11"])


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a suite with the IRI that it is published under."""

    path: Path
    iri: str

    @property
    def text(self) -> str:
        """The file as it is, its line ends too."""
        return self.path.read_bytes().decode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Files of the default graph (of several the union), and (IRI, file) for each named graph.

    A file of quads (TriG) among the first brings its named graphs along.
    """

    default: tuple[File, ...] = ()
    named: tuple[tuple[str, File], ...] = ()

    def quads(self) -> Iterator[ox.Quad]:
        """The quads of the dataset; blank nodes of one file are other nodes than those of the next."""
        for file in self.default:
            yield from parse(file)
        for iri, file in self.named:
            yield from (ox.Quad(*quad.triple, ox.NamedNode(iri)) for quad in parse(file))


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test of a manifest.

    `id` is short and lasts (`sparql11/aggregates#agg01`); `kind` is the local name of its type; `request` is the query
    or the update, None for tests that are told in words; `result` is the file with the expected answer, and
    `result_data` the expected dataset after an update; `is_lax` says that REDUCED may leave out repeated solutions.
    """

    __test__ = False

    id: str
    iri: str
    name: str
    kind: str
    comment: str
    request: File | None
    data: Dataset
    result: File | None
    result_data: Dataset
    requirements: frozenset[str]
    is_lax: bool


def read_suite(suites: Path, suite: str, *, without: frozenset[str] = frozenset()) -> Iterator[Test]:
    """The tests of a suite (`sparql11`) but those of some of its folders (`entailment`); each once.

    `suites` is the folder that holds sparql10, sparql11 and sparql12.
    """
    folders = sorted(path for path in (suites / suite).iterdir() if path.is_dir() and path.name not in without)
    for folder in folders:
        for manifest in sorted(folder.glob("manifest*.ttl")):
            yield from read_manifest(suites, manifest)


def read_manifest(suites: Path, path: Path) -> Iterator[Test]:
    """The tests that a manifest lists, in its order."""
    manifest = _Manifest(suites, path)
    for entry in manifest.entries():
        yield manifest.test(entry)


def parse(file: File) -> Iterator[ox.Quad]:
    """The quads of a file of RDF, with blank nodes that no other reading of it has."""
    return ox.parse(path=str(file.path), base_iri=file.iri, rename_blank_nodes=True)


class _Manifest:
    """A manifest as a graph to walk in."""

    def __init__(self, suites: Path, path: Path) -> None:
        self._suites = suites
        self._folder = path.parent.relative_to(suites).as_posix()
        self._graph = ox.Dataset(ox.parse(path=str(path), base_iri=f"{PUBLISHED}{self._folder}/manifest.ttl"))

    def entries(self) -> Iterator[ox.NamedNode]:
        for quad in self._graph.quads_for_predicate(ox.NamedNode(f"{MF}entries")):
            node = quad.object
            while node != ox.NamedNode(f"{RDF}nil"):
                yield self._one(node, f"{RDF}first")
                node = self._one(node, f"{RDF}rest")

    def test(self, entry: ox.NamedNode) -> Test:
        action, result = self._one(entry, f"{MF}action"), self._one(entry, f"{MF}result")
        # The action of a syntax test is the query itself; any other has parts.
        request = self._one(action, f"{QT}query") or self._one(action, f"{UT}request") or action
        cardinality = self._one(entry, f"{MF}resultCardinality")
        return Test(
            id=f"{self._folder}#{entry.value.partition('#')[2]}",
            iri=entry.value,
            name=self._text(entry, f"{MF}name"),
            kind=self._one(entry, f"{RDF}type").value.removeprefix(MF),
            comment=self._text(entry, f"{RDFS}comment"),
            request=self._file(request),
            data=self._dataset(action, QT if self._one(action, f"{QT}query") else UT),
            result=self._file(result),
            result_data=self._dataset(result, UT),
            requirements=frozenset(node.value for node in self._all(entry, f"{MF}requires")),
            is_lax=cardinality == ox.NamedNode(f"{MF}LaxCardinality"),
        )

    def _dataset(self, node: Term | None, words: str) -> Dataset:
        return Dataset(
            default=tuple(self._file(each) for each in self._all(node, f"{words}data")),
            named=tuple(self._named(each) for each in self._all(node, f"{words}graphData")),
        )

    def _named(self, node: Term) -> tuple[str, File]:
        """A named graph: a file that is named after itself, or a file with its name as label."""
        if isinstance(node, ox.NamedNode):
            return node.value, self._file(node)
        return self._text(node, f"{RDFS}label"), self._file(self._one(node, f"{UT}graph"))

    def _file(self, node: Term | None) -> File | None:
        """The file of that IRI; None where the node is none (a test that is told in words)."""
        if not isinstance(node, ox.NamedNode) or not node.value.startswith(PUBLISHED):
            return None
        return File(path=self._suites / node.value.removeprefix(PUBLISHED), iri=node.value)

    def _text(self, node: Term, predicate: str) -> str:
        found = self._one(node, predicate)
        return "" if found is None else found.value

    def _one(self, node: Term | None, predicate: str) -> Term | None:
        return next(iter(self._all(node, predicate)), None)

    def _all(self, node: Term | None, predicate: str) -> list[Term]:
        """The objects of a node, in a settled order."""
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            return []
        found = self._graph.quads_for_subject(node)
        return sorted((quad.object for quad in found if quad.predicate.value == predicate), key=str)
