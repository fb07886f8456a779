"""Judge a query before a worker sees it: what would reach the network, updates, and what would overflow the engine.

What it finds besides: the graphs of the query's FROM clauses, for the alias of the default graph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryRefused
from kg.iris import PREFIXES, Iris
from kg.store.lexer import Token, decode_escapes, position, tokens

UPDATES: Final = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"])
QUERIES: Final = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
# Joined by these, operands nest in the engine's tree as brackets do; 10,000 of them are fine on a worker's stack.
JOINERS: Final = frozenset(["||", "&&", "|", "/", "+", "-", "*", "UNION", "MINUS", "^", "!"])
OPERANDS: Final = 5_000
PREFIXED: Final = frozenset(["!", "^", "^^", "-", "+"])
OPENING: Final = frozenset(["(", "[", "{", "<<"])
CLOSING: Final = frozenset([")", "]", "}", ">>"])

# The whole clause up to its brace, wherever it stands, in strings and comments too: the engine glues keywords to
# their neighbours (`trueSERVICE:a{`), and `<` may begin an IRI or compare, so no lexer alone can be trusted here.
# Each is looked for in a window, so that the search stays linear; a NUL stands for the end of a window, and a clause
# that reaches it counts as found.
WINDOW: Final = 1_000
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


def check(query: str, max_nesting: int) -> Sources:
    """The sources of a query that may run; QueryRefused with the reason for one that may not."""
    decoded = decode_escapes(query)
    for text in {query, decoded}:
        _refuse_service(text)
    found = list(tokens(query))
    _refuse_update(found)
    _refuse_depth(query, found, max_nesting)
    return _sources(found)


def with_alias(graphs: Iterable[str], iris: Iris) -> tuple[str | None, ...]:
    """The graphs with /graph/facts read as what it stands for, the default graph of the store (None)."""
    return tuple(None if graph == iris.graph("facts") else graph for graph in graphs)


def _refuse_service(text: str) -> None:
    for word in WORD.finditer(text):
        end = word.start() + WINDOW
        if SERVICE.match(text[word.start() : end] + ("\0" if end < len(text) else "")):
            raise QueryRefused(_at(text, word.start(), "SERVICE would reach another server; none is asked from here"))


def _refuse_update(found: Iterable[Token]) -> None:
    for token in found:
        keyword = token.text.upper()
        if token.kind == "word" and keyword in QUERIES:
            return
        if token.kind == "word" and keyword in UPDATES:
            raise QueryRefused(f"{keyword} is an update; only queries are answered here.")


def _refuse_depth(query: str, found: Iterable[Token], max_nesting: int) -> None:
    """Refuse brackets and prefix operators nested deeper than the limit, and too many operands in one bracket."""
    brackets = [""]
    operands = [0]
    prefixes = 0
    for token in found:
        prefixes = prefixes + 1 if token.text in PREFIXED else 0
        if token.text in OPENING:
            brackets.append(token.text)
            operands.append(0)
        elif token.text in CLOSING and len(brackets) > 1:
            brackets.pop()
            operands.pop()
        elif _joins(token, brackets[-1]):
            operands[-1] += 1
        if len(brackets) - 1 + prefixes > max_nesting:
            raise QueryRefused(_at(query, token.start, f"nested deeper than {max_nesting} levels"))
        if operands[-1] > OPERANDS:
            raise QueryRefused(_at(query, token.start, f"more than {OPERANDS} operands in one group"))


def _joins(token: Token, bracket: str) -> bool:
    """Whether a token joins operands; in `(1 +1)` a signed number does, among the VALUES of a `{` it does not."""
    if token.kind == "number":
        return bracket == "(" and token.text[0] in "+-"
    return token.text.upper() in JOINERS


def _sources(found: list[Token]) -> Sources:
    prefixes = {f"{prefix}:": iri for prefix, iri in PREFIXES.items()}
    clauses: dict[str, list[str]] = {"FROM": [], "NAMED": []}
    for first, second, third in _triples(found):
        keyword = first.text.upper() if first.kind == "word" else ""
        if keyword == "WHERE" or first.text == "{":
            break
        if keyword == "PREFIX" and second.kind == "name" and third.kind == "iri":
            prefixes[second.text] = _iri(third, prefixes)
        elif keyword in clauses and second.kind in ("iri", "name"):
            clauses[keyword].append(_iri(second, prefixes))
    return Sources(default=tuple(clauses["FROM"]), named=tuple(clauses["NAMED"]))


def _triples(found: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    end = Token("end", "", 0)
    return zip(found, [*found[1:], end], [*found[2:], end, end], strict=False)


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return decode_escapes(token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(f"{prefix}:", f"{prefix}:") + local


def _at(text: str, offset: int, reason: str) -> str:
    line, column = position(text, offset)
    return f"error at {line}:{column}: {reason}"
