"""Judge a shapes graph that somebody brings, before it is applied: what reaches outside, what would be passed over.

An engine passes over a word that SHACL lacks (`sh:minCountt`) and parts that it does not evaluate, and the data then
conform to less than was asked for. So these are refused, with the file and the line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, SH
from rdflib.term import Node

from kg.errors import QueryError
from kg.store.depth import refuse_depth
from kg.store.guard import refuse_service
from kg.store.lexer import decode_escapes, tokens

# Words of SHACL that no engine here evaluates: SHACL-JS, and of the Advanced Features what decides on results.
_NOT_EVALUATED: Final = {
    "js": "SHACL-JS runs scripts; none are run here",
    "target": "SPARQL-based targets are a part of SHACL-AF, which is not evaluated here",
    "rule": "rules are a part of SHACL-AF, which is not evaluated here",
    "expression": "expression constraints are a part of SHACL-AF, which is not evaluated here",
    "values": "node expressions are a part of SHACL-AF, which is not evaluated here",
    "entailment": "no entailment is computed here; send what it would add along with the data",
}
_QUERIES: Final = (SH.select, SH.ask)
_MOST_NESTED: Final = 32
# What a prefix may be made of, and what may not stand in its namespace: pySHACL puts both into the query's text.
_PREFIX: Final = re.compile(r"(?:[^\W\d_](?:[\w.\-]*\w)?)?")  # ck
_NOT_IN_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


class ShapesFault(Exception):
    """Shapes that are not applied: malformed ones, and those that would reach outside; the text says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """The text of a file, for its lines to be named in an error; `name` is empty where there is no other."""

    name: str
    text: str


def refuse_faults(shapes: Graph, texts: Iterable[NamedText]) -> None:
    """Refuse a shapes graph with ShapesFault for the first of its faults, in the order of their lines."""
    files = tuple(texts)
    faults = sorted(_place(files, needles, reason) for needles, reason in _faults(shapes))
    if faults:
        raise ShapesFault(faults[0][-1])


def _faults(shapes: Graph) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each fault: what to look for in the text, the likeliest first, and the reason."""
    yield from _imports(shapes)
    yield from _words(shapes)
    for prefix in shapes.objects(None, SH.prefix):
        if not _PREFIX.fullmatch(str(prefix)):
            yield (str(prefix),), f"{str(prefix)!r} is no prefix (sh:prefix)"
    for namespace in shapes.objects(None, SH.namespace):
        if _NOT_IN_IRI.search(str(namespace)):
            yield (str(namespace),), f"{str(namespace)!r} is no IRI (sh:namespace)"
    for word in _QUERIES:
        for query in shapes.objects(None, word):
            if reason := _refused_query(str(query)):
                yield (str(query).strip().partition("\n")[0].strip(), _local(word)), reason


def _imports(shapes: Graph) -> Iterator[tuple[tuple[str, ...], str]]:
    for imported in shapes.objects(None, OWL.imports):
        # The vocabulary of SHACL is known, and an ontology of the same graph is here already.
        if not str(imported).startswith(str(SH).rstrip("#")) and (imported, None, None) not in shapes:
            reason = f"owl:imports <{imported}> would be fetched, and nothing is; give that graph as shapes too"
            yield (f"<{imported}>", ":imports"), reason


def _words(shapes: Graph) -> Iterator[tuple[tuple[str, ...], str]]:
    found: set[Node] = set()
    for _, predicate, target in shapes:
        found |= {predicate, target}
    for node in found:
        if not isinstance(node, URIRef) or not node.startswith(str(SH)):
            continue
        local = node[len(str(SH)) :]
        needles = (_local(node), f"<{node}>", local)
        if local in _NOT_EVALUATED and (None, node, None) in shapes:
            yield needles, f"sh:{local}: {_NOT_EVALUATED[local]}"
        elif local and node not in SH:
            yield needles, f"SHACL has no word sh:{local}; an engine would pass over it"


def _refused_query(text: str) -> str | None:
    """Why a query of a constraint is not evaluated; None where it is."""
    try:
        refuse_service(text)
        refuse_depth(text, _MOST_NESTED)
        words = {token.text.upper() for part in {text, decode_escapes(text)} for token in tokens(part)}
    except QueryError as error:
        return str(error).partition("\n")[0].partition(": ")[2] or str(error)
    return "FROM would load another graph; constraints see the data alone" if "FROM" in words else None


def _local(node: Node) -> str:
    """A word of SHACL as most write it."""
    return "sh:" + str(node)[len(str(SH)) :]


def _place(files: tuple[NamedText, ...], needles: tuple[str, ...], reason: str) -> tuple[int, int, str]:
    """The file and the line of the first needle that is found, and the reason with them; for sorting."""
    for needle in needles:
        for number, file in enumerate(files):
            # A longer word is another one; the text of a query may go on.
            found = re.search(re.escape(needle) + (r"(?![\w-])" if needle[-1:].isalnum() else ""), file.text)
            if found and needle:
                start = file.text.rfind("\n", 0, found.start()) + 1
                line, column = file.text.count("\n", 0, found.start()) + 1, found.start() - start + 1
                name = f"{file.name}: " if file.name else ""
                return number, line, f"{name}error at {line}:{column}: {reason}"
    return len(files), 0, reason
