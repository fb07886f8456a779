"""Say what is wrong with a query that is no SPARQL: the engine lists all that its grammar could have read on."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.errors import QuerySyntaxError
from kg.iris import PREFIXES
from kg.store.guard import QUERIES, UPDATES
from kg.store.lexer import Token, position, tokens
from kg.store.mistakes import UNGROUPED, mistake, ungrouped

_PLACE: Final = re.compile(r"error[ ]at[ ](?P<line>\d+):(?P<column>\d+):[ ]*", re.VERBOSE)  # error at 2:10: expected }
# Among what the engine expects stand its own reasons, which are sentences: "The SELECT contains a variable ...".
_REASON: Final = re.compile(r"[A-Za-z]\w+(?:[ ](?:\w+|\*)){2,}")
_EXPECTED: Final = re.compile(r"expected(?:[ ]one[ ]of)?[ ](?P<list>.*)\Z", re.VERBOSE | re.DOTALL)
_PROLOGUE: Final = frozenset(["PREFIX", "BASE", "VERSION"])
_FORMS: Final = {
    "query": (QUERIES, "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
    "update": (UPDATES, "An update begins with INSERT, DELETE, WITH, CLEAR, CREATE, DROP, COPY, MOVE or ADD"),
}
# So many signs of the query stand on each side of the place that is shown.
_AROUND: Final = 60


def explained(query: str, message: str, kind: str = "query") -> str:
    """The reason with its place (`error at 2:10: …`), and under it the line of the query with a caret at the place.

    A message of the engine that names no place stays as it is.
    """
    place = _PLACE.match(message)
    if place is None:
        return message
    line, column = int(place["line"]), int(place["column"])
    found = (
        _mistake(query, message)
        or _undeclared(query)
        or _no_form(query, kind)
        or (line, column, _reason(message[place.end() :]))
    )
    line, column, reason = found
    return pointed(query, f"error at {line}:{column}: {reason}")


def pointed(query: str, message: str) -> str:
    """A message with a place, and under it the line of the query with a caret at the place; else as it is."""
    place = _PLACE.match(message)
    if place is None or "\n" in message:
        return message
    return "\n".join([message, *_shown(query, int(place["line"]), int(place["column"]))])


def _mistake(query: str, message: str) -> tuple[int, int, str] | None:
    """A mistake that is told from the tokens."""
    read = _read(query)
    found = mistake(query, read) or (ungrouped(read) if UNGROUPED in message else None)
    return (*position(query, found.start), found.reason) if found else None


def _undeclared(query: str) -> tuple[int, int, str] | None:
    """The first name whose prefix neither the query nor the project declares."""
    found = _read(query)
    declared = {second.text for first, second in pairwise(found) if first.text.upper() == "PREFIX"}
    declared |= {f"{prefix}:" for prefix in PREFIXES}
    for token in found:
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "name" and prefix not in declared:
            reason = f"The prefix {prefix} is not declared; add PREFIX {prefix} <…>."
            return *position(query, token.start), reason
    return None


def _no_form(query: str, kind: str) -> tuple[int, int, str] | None:
    """A query (or update) whose first word is no form of one."""
    words = (token for token in _read(query) if token.kind == "word")
    first = next((token for token in words if token.text.upper() not in _PROLOGUE), None)
    forms, reason = _FORMS[kind]
    # The engine takes CLEARALL for two words.
    if first is None or first.text.upper().startswith(tuple(forms)):
        return None
    return *position(query, first.start), f"{reason}, not with {first.text[:30]}."


def _read(query: str) -> list[Token]:
    return list(_until_fault(query))


def _until_fault(query: str) -> Iterator[Token]:
    try:
        yield from tokens(query)
    except QuerySyntaxError:
        # What stands before a string that is not closed can be read; the engine has told of the string.
        return


def _reason(expected: str) -> str:
    match = _EXPECTED.match(expected)
    if match is None:
        return expected
    reasons = _REASON.findall(match["list"])
    return f"{reasons[0]}." if reasons else "The query cannot be read on from here."


def _shown(query: str, line: int, column: int) -> list[str]:
    lines = query.split("\n")
    if line > len(lines):
        return []
    start = max(0, column - 1 - _AROUND)
    text = lines[line - 1].replace("\t", " ").rstrip("\r")[start : column - 1 + _AROUND]
    return [f"  {text}", f"  {' ' * (column - 1 - start)}^"] if text else []
