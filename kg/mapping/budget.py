"""Count triples by the kind of node that they belong to: what the triple budget is kept by."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

# The kinds, in the order in which the tables of docs and `kg describe` show them.
KINDS: Final = (
    "cable",
    "addressing",
    "reference",
    "text",
    "paragraph",
    "part",
    "mention",
    "tenure",
    "meeting",
    "agreement",
)

# Matches <https://w3id.org/cablekg/cable/09BOGOTA335#p6-0-10> at the start of a line.
_SUBJECT: Final = re.compile(
    r"""
    <[^>]*/ (?P<class>cable|official|tenure|meeting|agreement|position|org|place|tag|term) / [^>#/]+
    (?: \# (?P<fragment>[^>]*) )? >
    """,
    re.VERBOSE,
)
# The fragments of a cable, first match first.
_FRAGMENTS: Final = (
    (re.compile(r".+-\d+-\d+", re.VERBOSE), "mention"),  # p6-0-10
    (re.compile(r"(?:to|info)\d+", re.VERBOSE), "addressing"),  # info12
    (re.compile(r"ref.+", re.VERBOSE), "reference"),  # refD
    (re.compile(r"text\d+", re.VERBOSE), "text"),  # text1
    (re.compile(r"p\d+(?:-\d+)?", re.VERBOSE), "paragraph"),  # p6-2
)


def node_kind(subject: str) -> str:
    """The kind of the node that a line (or a subject in angle brackets) is about; `other` for IRIs of other forms."""
    found = _SUBJECT.match(subject)
    if found is None:
        return "other"
    fragment = found["fragment"]
    if fragment is None:
        return str(found["class"])
    return next((kind for pattern, kind in _FRAGMENTS if pattern.fullmatch(fragment)), "part")


def triples_by_kind(lines: Iterable[str]) -> Counter[str]:
    """How many of some lines belong to each kind of node."""
    return Counter(node_kind(line) for line in lines)
