"""Rewrite Turtle, TriG, N-Triples, N-Quads and SPARQL from terms that are gone to those that replaced them.

The text is read as tokens, so that layout and comments stay and no word of a string is taken for a term.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.iris import CK, PREFIXES
from kg.vocabulary.changes import Change

# The tokens that these languages share, as far as it matters where a term is and where it is not.
TOKEN: Final = re.compile(
    r"""
    (?P<string> \"{3} (?: \\. | [^\\] )*? \"{3} | '{3} (?: \\. | [^\\] )*? '{3}
              | " (?: \\. | [^"\\\n] )* " | ' (?: \\. | [^'\\\n] )* ' )
    | (?P<comment> \# [^\n]* )
    | (?P<declaration> @?prefix \s+ (?P<prefix> [\w.-]* ) : \s* < (?P<namespace> [^<>\s]* ) > )  # PREFIX ck: <https://…#>
    | (?P<iri> < [^<>"{}|^`\\\s]* > )                                       # <https://w3id.org/cablekg/ontology#Cable>
    | (?P<name> (?<![\w?$]) (?P<short> [A-Za-z][\w.-]* | ) : (?P<local> \w+ (?: [.-]+ \w+ )* ) )  # ck:Cable
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A term that is gone, the line of the text where it stands, counted from 1, and what became of it."""

    line: int
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A text with its terms replaced, the ones that were, and the ones without a replacement, which are left."""

    text: str
    replaced: tuple[Found, ...]
    left: tuple[Found, ...]


def migrate(text: str, gone: Mapping[str, Change]) -> Migrated:
    """The text with every term that has a replacement replaced.

    Prefixes are those that the text declares, else those that every query may use.
    """
    pieces: list[str] = []
    found: list[Found] = []
    end = 0
    for start, stop, change, new in _terms(text, gone):
        found.append(Found(line=text.count("\n", 0, start) + 1, change=change))
        pieces += [text[end:start], new]
        end = stop
    replaced = tuple(one for one in found if one.change.replacement is not None)
    left = tuple(one for one in found if one.change.replacement is None)
    return Migrated(text="".join([*pieces, text[end:]]), replaced=replaced, left=left)


def _terms(text: str, gone: Mapping[str, Change]) -> Iterator[tuple[int, int, Change, str]]:
    """Where the local name of each term that is gone begins and ends, what became of it, and what to write there."""
    namespaces = dict(PREFIXES)
    for token in TOKEN.finditer(text):
        if token["declaration"] is not None:
            namespaces[token["prefix"]] = token["namespace"]
        elif token["iri"] is not None and (change := gone.get(token["iri"][1:-1])):
            start, stop = token.start() + 1 + len(CK), token.end() - 1
            yield start, stop, change, change.replacement or text[start:stop]
        elif token["name"] is not None and (change := gone.get(namespaces.get(token["short"], "") + token["local"])):
            start, stop = token.span("local")
            yield start, stop, change, change.replacement or text[start:stop]


def update(gone: Mapping[str, Change]) -> str:
    """The SPARQL update that does the same in the named graphs of a store, where users write."""
    return " ;\n".join(
        f"DELETE {{ GRAPH ?g {{ {old} }} }} INSERT {{ GRAPH ?g {{ {new} }} }} WHERE {{ GRAPH ?g {{ {old} }} }}"
        for iri, change in sorted(gone.items())
        if change.replacement is not None
        for old, new in _patterns(f"<{iri}>", f"<{CK}{change.replacement}>")
    )


def _patterns(old: str, new: str) -> Iterator[tuple[str, str]]:
    yield f"?s {old} ?o", f"?s {new} ?o"
    yield f"?s ?p {old}", f"?s ?p {new}"
