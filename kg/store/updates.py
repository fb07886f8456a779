"""Judge an update before the writer sees it, and put the graphs that the request names into its text.

An update is looked at as its outline: the words and names outside of braces, each block in braces as one. That is
enough to tell the operations apart, and no parser: what is no SPARQL the engine refuses.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import urljoin

from kg.errors import QueryRefused, QuerySyntaxError
from kg.iris import PREFIXES, Iris
from kg.store.depth import at, refuse_depth
from kg.store.guard import WINDOW, iri_of, refuse_service
from kg.store.lexer import Token, decode_escapes, tokens

KEYWORDS: Final = frozenset(
    ["BASE", "PREFIX", "VERSION", "INSERT", "DELETE", "DATA", "WHERE", "WITH", "USING", "NAMED", "LOAD", "SILENT",
     "INTO", "GRAPH", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "TO", "DEFAULT", "ALL"]
)  # fmt: skip
# A name after one of these is a graph's.
BEFORE_GRAPHS: Final = frozenset(["GRAPH", "WITH", "USING", "NAMED", "ADD", "MOVE", "COPY", "TO", "SILENT", "INTO"])
OPENING: Final = frozenset(["(", "[", "{", "<<"])
CLOSING: Final = frozenset([")", "]", "}", ">>"])
NOTHING: Final = "INSERT DATA {}"
# An operation that fails, but only after the engine has found the whole update sound.
NO_LOAD: Final = "urn:cablekg:no-load"
FAILING: Final = f"CREATE GRAPH <{NO_LOAD}> ; CREATE GRAPH <{NO_LOAD}>"
LOAD_REASON: Final = "LOAD would fetch from another server; none is asked from here. Send the graph itself to /store"
# Looked for besides, wherever it stands, since no lexer alone can be trusted with what reaches the network.
LOAD: Final = re.compile(
    r"""
    LOAD GAP (?:SILENT GAP)?
    (?: \0 | <[^<>"{}\s\0]*+ (?: \0 | > GAP (?: \0 | ; | INTO | \Z ) ) )
    """.replace("GAP", r"(?:[ \t\r\n]++|\#[^\r\n\0]*+)*+"),  # LOAD <https://example.org/graph.ttl> INTO
    re.VERBOSE | re.IGNORECASE,
)
WORD: Final = re.compile("load", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Using:
    """The graphs that a request names for the WHERE clauses of its update."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)

    @property
    def clauses(self) -> str:
        """The clauses that stand for them."""
        return "".join(
            [*(f" USING <{iri}>" for iri in self.default), *(f" USING NAMED <{iri}>" for iri in self.named), " "]
        )


class Edit(NamedTuple):
    """A text that takes the place of another."""

    start: int
    end: int
    text: str


def prepared(update: str, *, using: Using, max_nesting: int, iris: Iris) -> str:
    """The update as the writer runs it; QueryRefused with the reason for one that may not run."""
    refuse_service(update)
    found = list(tokens(update))
    _refuse_facts(update, found, using, iris)
    outline = _outline(update, found, max_nesting)
    _refuse_depth(update, outline, max_nesting)
    edits = list(_without_loads(update, outline))
    if using:
        edits += _with_using(update, outline, using)
    text = _edited(update, edits)
    _refuse_hidden_load(text)
    return text


def _outline(update: str, found: Iterable[Token], max_nesting: int) -> list[Token]:
    """The tokens outside of braces, and each block in braces as one of the kind `block`."""
    outline: list[Token] = []
    opened: list[int] = []
    for token in found:
        if token.text in OPENING:
            opened.append(token.start)
            if len(opened) > max_nesting:
                raise QueryRefused(at(update, token.start, f"nested deeper than {max_nesting} levels"))
        elif token.text in CLOSING and opened:
            start = opened.pop()
            if not opened:
                outline.append(Token("block", update[start : token.start + len(token.text)], start))
        elif not opened:
            outline.append(token)
    if opened:
        outline.append(Token("block", update[opened[0] :], opened[0]))
    return outline


def _refuse_depth(update: str, outline: Sequence[Token], max_nesting: int) -> None:
    """Refuse patterns that are too deep or too wide; operations beside each other, data and templates may be many."""
    for before, block in pairwise(outline):
        # The engine takes DELETEWHERE for two words.
        if block.kind != "block" or not _word(before).endswith("WHERE"):
            continue
        try:
            refuse_depth(block.text, max_nesting)
        except QueryRefused as error:
            raise QueryRefused(at(update, block.start, str(error).partition(": ")[2])) from None


def _without_loads(update: str, outline: Sequence[Token]) -> Iterator[Edit]:
    """Put nothing in the place of LOAD SILENT, which may do nothing, and in that of LOAD an operation that fails."""
    for number, token in enumerate(outline):
        before = outline[number - 1] if number else None
        starts = before is None or before.text == ";" or before.kind in ("iri", "string", "block")
        if not token.text.upper().startswith("LOAD") or not (token.kind == "word" or (starts and token.kind == "name")):
            continue
        end = next((n for n in range(number, len(outline)) if outline[n].text == ";"), len(outline))
        load, *rest = outline[number:end]
        is_silent = bool(rest) and _word(rest[0]) == "SILENT"
        source = rest[is_silent:]
        if _word(load) != "LOAD" or not source or not _is_name(source[0]) or not _is_into(source[1:]):
            raise QuerySyntaxError(at(update, load.start, "LOAD is followed by an IRI, and by INTO GRAPH with another"))
        yield Edit(load.start, _end(source[-1]), NOTHING if is_silent else FAILING)


def _is_into(rest: Sequence[Token]) -> bool:
    match rest:
        case []:
            return True
        case [into, graph, name]:
            return (_word(into), _word(graph)) == ("INTO", "GRAPH") and _is_name(name)
        case _:
            return False


def _with_using(update: str, outline: Sequence[Token], using: Using) -> Iterator[Edit]:
    """Put the clauses before each WHERE; `DELETE WHERE {…}` gets its pattern as a template, too."""
    for number, token in enumerate(outline):
        word = _word(token)
        if token.kind == "word" and word not in KEYWORDS:
            raise QueryRefused(at(update, token.start, f"{token.text[:30]} is no word of an update"))
        if word in ("USING", "WITH"):
            reason = f"{word} stands in the update, and the request names its graphs too: one of the two"
            raise QueryRefused(at(update, token.start, reason))
        if word != "WHERE":
            continue
        pattern = outline[number + 1] if number + 1 < len(outline) else None
        is_short = number > 0 and _word(outline[number - 1]) == "DELETE" and pattern is not None
        template = f" {pattern.text}" if is_short and pattern is not None else ""
        yield Edit(token.start, token.start, template + using.clauses)


def _refuse_facts(update: str, found: Sequence[Token], using: Using, iris: Iris) -> None:
    """Refuse to write to a graph of the name that stands for the default graph: no query would see it."""
    facts = iris.graph("facts")
    reason = f"<{facts}> stands for the default graph; leave it out to speak of that"
    if facts in (*using.default, *using.named):
        raise QueryRefused(reason)
    prefixes = {f"{prefix}:": iri for prefix, iri in PREFIXES.items()}
    base = iris.base
    before = second = Token("", "", 0)
    for token in found:
        first, before, second = before, second, token
        if token.kind not in ("iri", "name"):
            continue
        iri = urljoin(base, iri_of(token, prefixes))
        if _word(before) == "BASE":
            base = iri
        elif _word(first) == "PREFIX":
            prefixes[before.text] = iri
        elif _word(before) in BEFORE_GRAPHS and iri == facts:
            raise QueryRefused(at(update, token.start, reason))


def _refuse_hidden_load(text: str) -> None:
    for shown in {text, decode_escapes(text)}:
        for word in WORD.finditer(shown):
            end = word.start() + WINDOW
            if LOAD.match(shown[word.start() : end] + ("\0" if end < len(shown) else "")):
                raise QueryRefused(at(shown, word.start(), LOAD_REASON))


def _word(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""


def _is_name(token: Token) -> bool:
    return token.kind in ("iri", "name")


def _end(token: Token) -> int:
    return token.start + len(token.text)


def _edited(text: str, edits: Iterable[Edit]) -> str:
    pieces = []
    done = 0
    for edit in sorted(edits):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])
