"""Cut a SPARQL text into tokens, iteratively and in linear time, as far as a guard has to see them.

It knows what hides other text (strings, IRIs, comments), names and words, and operators; it does not parse.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.errors import QuerySyntaxError

NUMBER: Final = r"[+\-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+\-]?\d++)?"  # -1.5e3
WORD: Final = r"[^\W\d]\w*+"  # SELECT
STRING: Final = r"""
    (?: '{3}(?:[^'\\]++|\\.|'(?!''))*+'{3} | "{3}(?:[^"\\]++|\\.|"(?!""))*+"{3}
      | (?!'{3}|"{3}) (?: '(?:[^'\\\r\n]++|\\.)*+' | "(?:[^"\\\r\n]++|\\.)*+" ) )
"""  # "a \"quoted\" word"
IRI: Final = r"""<(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"""  # <https://example.org/>
SPACE: Final = r"(?:[ \t\r\n]++|\#[^\r\n]*+)"  # # comment
# A run looks like the prefix of a name, but no colon follows. It is taken whole and cut afterwards: were only its first
# word taken, each of the next ones would be searched for a colon again, to the same end.
TOKEN: Final = re.compile(
    rf"""
      (?P<space>   {SPACE} )
    | (?P<string>  {STRING} )
    | (?P<iri>     {IRI} )
    | (?P<variable>[?$]\w++ )
    | (?P<blank>   _:[\w.\-]++ )
    | (?P<name>    (?:[^\W\d_][\w.\-]*+)?+:(?:[\w:.\-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*+ )
    | (?P<run>     [^\W\d_]\w*+[.\-][\w.\-]*+ )
    | (?P<tag>     @[A-Za-z][A-Za-z0-9\-]*+ )
    | (?P<number>  {NUMBER} )
    | (?P<word>    {WORD} )
    | (?P<operator>\|\||&&|\^\^|!=|<=|>=|<<|>>|. )
    """,
    # PREFIX ck: <https://example.org/> SELECT * { ?s ck:tag "a"@en FILTER(?s != 1) } # comment
    re.VERBOSE | re.DOTALL,
)
PART: Final = re.compile(f"(?P<number>{NUMBER})|(?P<word>{WORD})|(?P<operator>.)")  # a.b-1
ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")  # \u003A


class Token(NamedTuple):
    """A token: its kind (the group of TOKEN), its text, and where it starts."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text without white space and comments; QuerySyntaxError where a string is not closed."""
    for match in TOKEN.finditer(text):
        kind, found = match.lastgroup or "", match[0]
        if kind == "space":
            continue
        if kind == "run":
            yield from _parts(text, match)
            continue
        if found in ("'", '"'):
            line, column = position(text, match.start())
            raise QuerySyntaxError(f"error at {line}:{column}: the string that begins here is not closed")
        yield Token(kind, found, match.start())


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def decode_escapes(text: str) -> str:
    r"""The text with its codepoint escapes (`\u003A`) decoded; those that name no character stay."""
    return ESCAPE.sub(_character, text)


def _parts(text: str, run: re.Match[str]) -> Iterator[Token]:
    for part in PART.finditer(text, run.start(), run.end()):
        yield Token(part.lastgroup or "", part[0], part.start())


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return match[0] if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)
