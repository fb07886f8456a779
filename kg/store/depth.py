"""Bound how deep and how wide a query is, before the engine recurses over it or looks for the best order of its joins.

The text is read in long strides: what stands between two brackets, separators or joining operators is one stride, so a
megabyte of data is a matter of milliseconds. Limits, with what was measured on pyoxigraph 0.5 (a stack of 256 MiB bears
more than 5,000 of anything that nests):

- OPERANDS on one path from the outermost bracket to the innermost: the optimizer takes some 0.6 s for a UNION, `&&` or
  DESCRIBE of 2,000, six times as much for 5,000,
- STATEMENTS in one group, which are joined: some 6 s for a chain of 600 triple patterns. A star around one variable
  takes 0.5 s for 100 and 15 s for 200; there the deadline is the bound.

Rows of VALUES, the values of IN, arguments of functions, FROM clauses and templates (what CONSTRUCT and updates make)
cost the engine next to nothing (100,000 of each were tried) and do not count.
"""

import re
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryRefused, QuerySyntaxError
from kg.store.lexer import IRI, SPACE, STRING, WORD, position

OPERANDS: Final = 2_000
STATEMENTS: Final = 600
# Joined by these, operands nest in the engine's tree as brackets do.
JOINERS: Final = frozenset(["||", "&&", "|", "/", "+", "-", "*", "?", "^", "!", "union", "minus"])
PREFIXED: Final = frozenset(["!", "^", "^^", "-", "+"])
OPENING: Final = frozenset(["(", "[", "{", "<<"])
CLOSING: Final = frozenset([")", "]", "}", ">>"])
SEPARATORS: Final = frozenset([".", ";"])
# Other signs that stand by themselves; the first one that does not is where the engine stops reading, at the latest.
OTHERS: Final = frozenset(["^^", "values", "prefix", "from", "construct", "insert", "delete", "data"])
SIGNS: Final = JOINERS | OPENING | CLOSING | SEPARATORS | OTHERS
PARTING: Final = frozenset([",", "=", "!=", "<", ">", "<=", ">=", "as", "in", "not"])
# What a bracket is called that holds the triples to be made, not those to be looked for, and what comes before it.
TEMPLATE: Final = "template"
MAKING: Final = frozenset(["construct", "insert", "delete", "data"])
# A triple pattern has three terms; more than these beside each other are a list.
TERMS: Final = 3

# Unlike the tokens of the lexer, names and numbers leave a dot at their end alone: it ends a statement.
NAME: Final = r"(?:[^\W\d_][\w.\-]{0,63}+)?+:(?:[\w:\-]++|%[0-9A-Fa-f]{2}|\\[^\w\s]|\.++(?=[\w:\-%\\]))*+"  # ck:a.b
NUMBER: Final = r"[+\-]?(?:\d++(?:\.\d++)?|\.\d++)(?:[eE][+\-]?\d++)?"  # -1.5e3
TAIL: Final = rf"(?:\^\^(?:{IRI}|{NAME})|@[A-Za-z][A-Za-z0-9\-]*+)?+"  # @en
VARIABLE: Final = r"[?$]\w++"
TERM: Final = rf"(?:{VARIABLE}|{IRI}|{STRING}{TAIL}|{NUMBER}|_:\w(?:[\w\-]++|\.++(?=[\w\-]))*+|{NAME})"
KEYWORD: Final = r"(?i:VALUES|PREFIX|FROM|UNION|MINUS|CONSTRUCT|INSERT|DELETE|DATA)\b"  # UNION
MARK: Final = re.compile(
    rf"""
      (?P<data>    (?i:VALUES) {SPACE}*+ (?: {VARIABLE} | \( (?:{SPACE}|{VARIABLE})*+ \) ) {SPACE}*+
                   \{{ (?: {SPACE} | [()] | {TERM} | (?i:UNDEF|TRUE|FALSE) )*+ \}}
                 | (?i:PREFIX) {SPACE}*+ {NAME} {SPACE}*+ {IRI}
                 | (?i:FROM) {SPACE}*+ (?:(?i:NAMED) {SPACE}*+)?+ (?:{IRI}|{NAME}) )
    | (?P<stride>  (?: {SPACE} | , | {TERM} | (?!{KEYWORD}) {WORD} | [!<>]= | = | <(?!<) | >(?!>) )++ )
    | (?P<sign>    {WORD} | \|\| | && | \^\^ | << | >> | . )
    """,
    # SELECT * { VALUES ?x { 1 2 } ?s a <urn:a> , ?o } UNION {
    re.VERBOSE | re.DOTALL,
)
# With the space before it, and empty at the end: else each place of a long space is tried in vain.
PART: Final = re.compile(  # ?x = 1, # comment
    rf"[ \t\r\n]*+({TERM}|{WORD}|\#[^\r\n]*+|[!<>]=|[,=<>]|)", re.VERBOSE | re.DOTALL
)


@dataclass(slots=True)
class _Bracket:
    """An open bracket: what was read in it, and the depth of the deepest bracket that closed in it."""

    opening: str
    operands: int = 0
    statements: int = 0
    deepest: int = 0


class _Depth:
    """The brackets that are open at a place of a query."""

    def __init__(self, max_nesting: int) -> None:
        self.max_nesting = max_nesting
        self.brackets = [_Bracket("")]
        self.prefixes = 0
        self.before = ""
        self.is_template_next = False

    def read(self, kind: str, text: str) -> None:
        """Read on over a mark."""
        if kind == "stride":
            self._read_stride(text)
        elif kind == "data":
            self.brackets[-1].statements += 1
            self._follow("data")
        else:
            self._read_sign(text.lower())

    def fault(self) -> str | None:
        """What is over its limit, in the innermost bracket."""
        bracket = self.brackets[-1]
        if len(self.brackets) - 1 + self.prefixes > self.max_nesting:
            return f"nested deeper than {self.max_nesting} levels"
        if bracket.opening == TEMPLATE:
            return None
        if bracket.operands + bracket.deepest > OPERANDS:
            return f"more than {OPERANDS} operands or statements in one group"
        if bracket.opening and bracket.statements > STATEMENTS:
            return f"more than {STATEMENTS} statements in one group, which the engine would have to join"
        return None

    def _read_stride(self, text: str) -> None:
        terms, commas, signed = _parts(text)
        if not terms and not commas:
            return
        bracket = self.brackets[-1]
        if bracket.opening == "(":
            # Terms with nothing between: the items of a collection, or the signed number of `(1 +1)`.
            found = max(terms - commas - (self.before not in CLOSING), 0)
        else:
            found = commas + max(terms - TERMS * (commas + 1), 0)
        bracket.operands += found
        bracket.statements += max(found - signed, 0) if bracket.opening else 0
        self._follow("term")

    def _read_sign(self, text: str) -> None:
        bracket = self.brackets[-1]
        self.prefixes = self.prefixes + 1 if text in PREFIXED else 0
        is_opening = text in OPENING
        counts = is_opening and (bracket.opening != "(" or self.before == "term" or self.before in CLOSING)
        bracket.operands += text in JOINERS or text in SEPARATORS or counts
        bracket.statements += text in SEPARATORS or text == "/" or (is_opening and text != "(")
        # The branches of a UNION are one statement.
        bracket.statements -= text == "union"
        if is_opening:
            is_template = bracket.opening == TEMPLATE or (text == "{" and self.is_template_next)
            self.brackets.append(_Bracket(TEMPLATE if is_template else text))
        elif text in CLOSING and len(self.brackets) > 1:
            self._close()
        self._follow(text)

    def _close(self) -> None:
        inner = self.brackets.pop()
        bracket = self.brackets[-1]
        if inner.opening != TEMPLATE:
            bracket.deepest = max(bracket.deepest, inner.operands + inner.deepest)
        if inner.opening in ("(", "["):
            # What stands in them joins the statements around.
            bracket.statements += inner.statements

    def _follow(self, text: str) -> None:
        self.before = text
        self.is_template_next = text in MAKING
        if text in ("term", "data"):
            self.prefixes = 0


def refuse_depth(query: str, max_nesting: int) -> None:
    """QueryRefused for a query that nests deeper than the limit, or has more operands or statements than it may."""
    depth = _Depth(max_nesting)
    for mark in MARK.finditer(query):
        kind, text = mark.lastgroup or "", mark[0]
        if text in ("'", '"'):
            raise QuerySyntaxError(at(query, mark.start(), "the string that begins here is not closed"))
        if kind == "sign" and (text.lower() not in SIGNS or (text in CLOSING and len(depth.brackets) == 1)):
            # The engine reads no further than to here.
            return
        depth.read(kind, text)
        if fault := depth.fault():
            raise QueryRefused(at(query, mark.start(), fault))


def at(text: str, offset: int, reason: str) -> str:
    """A reason with its place."""
    line, column = position(text, offset)
    return f"error at {line}:{column}: {reason}"


def _parts(stride: str) -> tuple[int, int, int]:
    """How many terms a stride has, how many commas and the like part them, and how many are numbers with a sign."""
    terms = parting = signed = 0
    for part in PART.findall(stride):
        if part.lower() in PARTING:
            parting += 1
        elif part and part[0] != "#":
            terms += 1
            signed += part[0] in "+-"
    return terms, parting, signed
