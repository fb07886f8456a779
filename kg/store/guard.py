"""Judge a query before a worker sees it: what would reach the network, updates, and what would overflow the engine.

What it finds besides: the query's form, the graphs of its FROM clauses (for the alias of the default graph), and
whether its answer may differ from one time to the next (so that no cache keeps it).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.errors import QueryRefused, UpdateAsQuery
from kg.iris import PREFIXES, Iris
from kg.store.depth import at, refuse_depth
from kg.store.lexer import Token, decode_escapes, tokens

UPDATES: Final = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"])
QUERIES: Final = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
# Looked for in strings and comments too, and before any comment, where it does no harm: a query that only seems
# volatile is answered anew.
VOLATILE: Final = re.compile(r"(?:NOW|RAND|UUID|BNODE)[ \t\r\n]*+[(#]", re.IGNORECASE)  # BIND(NOW() AS ?now)
# The labels of the blank nodes that a template makes are new every time. One in the pattern does no harm here.
BLANK: Final = re.compile(r"\[|_:")  # CONSTRUCT { [] ck:cites ?cable }

# The whole clause up to its brace, wherever it stands, in strings and comments too: the engine glues keywords to
# their neighbours (`trueSERVICE:a{`), and `<` may begin an IRI or compare, so no lexer alone can be trusted here.
# Each is looked for in a window, so that the search stays linear; a NUL stands for the end of a window, and a clause
# that reaches it counts as found.
WINDOW: Final = 1_000
SERVICE_REASON: Final = (
    "SERVICE would reach another server; none is asked from here. Such words are refused wherever they stand, "
    "in strings and comments too"
)
WORD: Final = re.compile("service", re.IGNORECASE)
SERVICE: Final = re.compile(
    r"""
    SERVICE GAP (?:SILENT GAP)?
    (?: \0
      | <[^<>"{}\s\0]*+ (?: \0 | > GAP [{\0] )
      | [?$][^\s{}<>"\#\0]++ GAP [{\0]
      | [^\s<>"{}\#:?$\0]*+ (?: \0 | : (?:[^\s{}<>"\#\\\0]|\\[^\0])*+ GAP [{\0] ) )
    """.replace("GAP", r"(?:[ \t\r\n]++|\#[^\r\n\0]*+)*+"),  # SERVICE <https://example.org/sparql> {
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The graphs that a query names in FROM and FROM NAMED, as far as they are written as IRIs or prefixed names."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of a query that may run: its form (SELECT, ASK, CONSTRUCT, DESCRIBE), its sources, and whether its
    answer depends on more than the graph (the clock, chance)."""

    form: str
    sources: Sources = Sources()
    is_volatile: bool = False


def check(query: str, max_nesting: int) -> Verdict:
    """The verdict on a query that may run; QueryRefused with the reason for one that may not."""
    refuse_service(query)
    refuse_depth(query, max_nesting)
    form = _form(tokens(query))
    signs = (VOLATILE, BLANK) if form == "CONSTRUCT" else (VOLATILE,)
    volatile = any(sign.search(text) for sign in signs for text in {query, decode_escapes(query)})
    return Verdict(form=form, sources=_sources(tokens(query)), is_volatile=volatile)


def with_alias(graphs: Iterable[str], iris: Iris) -> tuple[str | None, ...]:
    """The graphs with /graph/facts read as what it stands for, the default graph of the store (None)."""
    return tuple(None if graph == iris.graph("facts") else graph for graph in graphs)


def refuse_service(query: str) -> None:
    """Refuse what would reach another server."""
    for text in {query, decode_escapes(query)}:
        for word in WORD.finditer(text):
            end = word.start() + WINDOW
            if SERVICE.match(text[word.start() : end] + ("\0" if end < len(text) else "")):
                raise QueryRefused(at(text, word.start(), SERVICE_REASON))


def _form(found: Iterable[Token]) -> str:
    """The form of a query; SELECT where there is none, for the engine to say so; UpdateAsQuery for an update."""
    for token in found:
        keyword = token.text.upper()
        if token.kind == "word" and keyword in QUERIES:
            return keyword
        if token.kind == "word" and keyword in UPDATES:
            raise UpdateAsQuery(f"{keyword} is an update; only queries are answered here.")
    return "SELECT"


def _sources(found: Iterable[Token]) -> Sources:
    prefixes = {f"{prefix}:": iri for prefix, iri in PREFIXES.items()}
    clauses: dict[str, list[str]] = {"FROM": [], "NAMED": []}
    for first, second, third in _triples(found):
        keyword = first.text.upper() if first.kind == "word" else ""
        if keyword == "WHERE" or first.text == "{":
            break
        if keyword == "PREFIX" and second.kind == "name" and third.kind == "iri":
            prefixes[second.text] = iri_of(third, prefixes)
        elif keyword in clauses and second.kind in ("iri", "name"):
            clauses[keyword].append(iri_of(second, prefixes))
    return Sources(default=tuple(clauses["FROM"]), named=tuple(clauses["NAMED"]))


def _triples(found: Iterable[Token]) -> Iterator[tuple[Token, Token, Token]]:
    end = Token("end", "", 0)
    first = second = None
    for third in chain(found, (end, end)):
        if first is not None and second is not None:
            yield first, second, third
        first, second = second, third


def iri_of(token: Token, prefixes: dict[str, str]) -> str:
    """The IRI that a token writes, as `<…>` or with a prefix."""
    if token.kind == "iri":
        return decode_escapes(token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(f"{prefix}:", f"{prefix}:") + local
