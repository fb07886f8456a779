"""Common mistakes in SPARQL that can be told from its tokens alone, with their places.

Asked only of a query that the engine has refused: its own message names a place far behind such a mistake.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kg.store.lexer import Token

# An IRI up to the sign at which it ends. Two slashes stand nowhere else, so it is not a comparison with a name.
IRI: Final = re.compile(r"""<[A-Za-z][\w+.\-]*+://(?:[^<>"{}|^`\\\x00-\x20]|\\u)*+(?P<bad>.?)""", re.DOTALL)
SPACES: Final = {" ": "space", "\n": "line break", "\r": "line break", "\t": "tab"}
OWN: Final = """
    ABS ADJUST AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI EXISTS FLOOR
    GROUP_CONCAT HASLANG HASLANGDIR HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR
    LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW OBJECT PREDICATE RAND REGEX REPLACE ROUND SAMETERM SAMEVALUE
    SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN
    STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TZ UCASE URI UUID YEAR
"""
FUNCTIONS: Final = frozenset(OWN.split())
# Words after which a bracket opens too; the engine reads them off the front of a longer word (FILTERfoo).
KEYWORDS: Final = (
    *("AS", "ASC", "BIND", "BY", "DESC", "DISTINCT", "FALSE", "FILTER", "GROUP", "HAVING", "IN", "NOT", "ORDER"),
    *("REDUCED", "SELECT", "TRUE", "UNDEF", "VALUES"),
)
AFTER_GROUP_BY: Final = frozenset(["HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}"])
# What stands in a triple by itself.
TERMS: Final = frozenset(["blank", "iri", "name", "number", "string", "variable"])
TERM_WORDS: Final = frozenset(["a", "true", "false"])
UNGROUPED: Final = "The SELECT contains a variable that is unbound"


class Mistake(NamedTuple):
    """A mistake: where it stands in the text, and what is wrong."""

    start: int
    reason: str


def mistake(text: str, found: Sequence[Token]) -> Mistake | None:
    """The first mistake in a text of these tokens that is surely one."""
    kinds = (_iris(text, found), *(kind(found) for kind in KINDS))
    return min((each for kind in kinds for each in kind), default=None)


def ungrouped(found: Sequence[Token]) -> Mistake | None:
    """The first variable of SELECT that is not grouped, in a query of one SELECT that the engine refuses for that."""
    words = [token.text.upper() for token in found]
    if words.count("SELECT") != 1:
        return None
    grouped = {token.text[1:] for token in _grouped(found, words)}
    for token, depth in _selected(found, words.index("SELECT")):
        if token.kind == "variable" and depth == 0 and token.text[1:] not in grouped:
            reason = (
                f"{token.text} is not grouped; add it to GROUP BY, or take one value of it by SAMPLE({token.text})."
            )
            return Mistake(token.start, reason)
    return None


def _iris(text: str, found: Sequence[Token]) -> Iterator[Mistake]:
    for token in found:
        if token.text == "<" and (match := IRI.match(text, token.start)):
            bad = match["bad"]
            named = SPACES.get(bad, bad)
            reason = f"An IRI holds no {named}." if bad else "The IRI that begins here is not closed."
            yield Mistake(match.start("bad") if bad else token.start, reason)


def _prefixes(found: Sequence[Token]) -> Iterator[Mistake]:
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        if first.text.upper() == "PREFIX" and second.kind == "word" and third.kind == "iri":
            yield Mistake(second.start, f"A colon is missing after {second.text}.")


def _selections(found: Sequence[Token]) -> Iterator[Mistake]:
    for number, token in enumerate(found):
        if token.text.upper() == "SELECT":
            yield from _of_select(_selected(found, number))


def _of_select(selected: Sequence[tuple[Token, int]]) -> Iterator[Mistake]:
    in_brackets = "An expression in SELECT stands in brackets with AS: (COUNT(*) AS ?n)."
    opened: Token | None = None
    for (token, depth), (following, _) in pairwise([*selected, (Token("end", "", 0), 0)]):
        if depth == 0 and token.text == ",":
            yield Mistake(token.start, "Variables in SELECT are separated by spaces, without commas.")
        elif depth == 0 and token.kind == "word" and token.text.upper() in FUNCTIONS and following.text == "(":
            yield Mistake(token.start, in_brackets)
            return
        elif depth == 0 and token.text == "(":
            opened = token
        elif depth == 1 and token.kind == "word" and token.text.upper().endswith("AS"):
            opened = None
        elif depth == 0 and token.text == ")" and opened is not None:
            yield Mistake(opened.start, in_brackets)
        elif depth == 0 and token.kind not in ("variable", "word", "operator"):
            # The brace is missing, and this is of the pattern already.
            return


def _selected(found: Sequence[Token], number: int) -> list[tuple[Token, int]]:
    """The tokens between SELECT and its WHERE, FROM or brace, each with the brackets around it."""
    selected = []
    depth = 0
    for token in found[number + 1 :]:
        if token.text == "{" or (depth == 0 and token.text.upper() in ("WHERE", "FROM")):
            break
        depth -= token.text == ")"
        selected.append((token, depth))
        depth += token.text == "("
    return selected


def _calls(found: Sequence[Token]) -> Iterator[Mistake]:
    for token, following in pairwise(found):
        word = token.text.upper()
        if token.kind != "word" or following.text != "(" or word in FUNCTIONS or token.text == "a":
            continue
        if not word.startswith(KEYWORDS):
            reason = f"There is no function {token.text}; one that is not SPARQL's own is called by its IRI."
            yield Mistake(token.start, reason)


def _filters(found: Sequence[Token]) -> Iterator[Mistake]:
    for token, following in pairwise(found):
        if token.text.upper() == "FILTER" and (
            following.kind in ("variable", "number", "string") or following.text == "!"
        ):
            yield Mistake(following.start, "FILTER needs brackets around its condition: FILTER(?n > 3).")


def _triples(found: Sequence[Token]) -> Iterator[Mistake]:
    """Triples that end before their object: `{ ?s ?p }`, `?s a ck:Cable ; rdfs:label .`; of plain terms alone."""
    # How many terms the triple has; -1 where it is none, or has more than plain terms.
    had = -1
    is_list = False
    for number, token in enumerate(found):
        if token.text in (".", "}", ";"):
            if 0 < had < 3 and not (is_list and had == 1):
                missing = "no object" if had == 2 else "neither predicate nor object"
                yield Mistake(token.start, f"The triple that ends here has {missing}.")
            is_list = token.text == ";"
            had = 1 if is_list else 0
        elif token.text == "{":
            # The terms of VALUES ?x { … } are no triples.
            is_list, had = False, -1 if number > 1 and found[number - 2].text.upper() == "VALUES" else 0
        elif had >= 0:
            had = had + 1 if token.kind in TERMS or token.text in TERM_WORDS else -1


def _grouped(found: Sequence[Token], words: Sequence[str]) -> Iterator[Token]:
    """The variables that GROUP BY makes: those outside brackets, and those after AS."""
    start = next((at for at, pair in enumerate(pairwise(words)) if pair == ("GROUP", "BY")), len(words))
    depth = 0
    for before, token in zip(found[start + 1 :], found[start + 2 :], strict=False):
        if depth == 0 and token.text.upper() in AFTER_GROUP_BY:
            return
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or before.text.upper() == "AS"):
            yield token


KINDS: Final[tuple[Callable[[Sequence[Token]], Iterator[Mistake]], ...]] = (
    _prefixes,
    _selections,
    _calls,
    _filters,
    _triples,
)
