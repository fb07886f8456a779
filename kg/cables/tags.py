"""TAGS: the terms of the TAGS line and their kinds."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from kg.cables.model import CleanText, Tag
from kg.cables.words import CAPTIONS
from kg.tables import tag_terms

# Kinds of the table of terms and the kinds of the model.
_KINDS: Final = MappingProxyType(
    {
        "geo": "geographic",
        "geo-1970s": "geographic",
        "subject": "subject",
        "subject-1970s": "subject",
        "organization": "organization",
        "program": "program",
        "region": "region",
    }
)

_TOKEN: Final = re.compile(
    r"""
    \((?P<person>[^()\n]{2,60}(?:\n[^()\n]{1,40})?)\)        # OVIP (ROWAN, JAMES B.)
    | (?P<word>[A-Za-z0-9][A-Za-z0-9/&.'’-]*)
    | (?P<comma>[,;|])
    """,
    re.VERBOSE,
)
_JOINS: Final = frozenset({"AND", "OF", "IN", "THE", "FOR"})
_LONGEST_CODE: Final = 5


def read_tags(clean: CleanText, start: int, end: int) -> tuple[Tag, ...]:
    """The TAGS terms of a span, in order, each once."""
    out: dict[str, Tag] = {}
    for term, begin, stop in _terms(clean.text, start, end):
        if term not in CAPTIONS:
            out.setdefault(
                term, Tag(term=term, kind=kind_of(term), as_sent=clean.found[begin:stop], start=begin, end=stop)
            )
    return tuple(out.values())


def kind_of(term: str) -> str:
    """The kind of a term: by the table, else by its form."""
    known = tag_terms().get(term)
    if known is not None:
        return _KINDS[known.kind]
    if "," in term:
        return "person"
    if len(term) == 4 and term[0] == "K" and term.isalpha():
        return "program"
    return "unknown"


def is_list_of_terms(line: str) -> bool:
    """Whether a line holds nothing but terms: all known, or most of them where commas part them."""
    words = line.replace(",", " ").split()
    known = sum(word in tag_terms() for word in words)
    if "," not in line:
        return bool(words) and known == len(words)
    return 2 * known >= len(words) and all(len(word) <= _LONGEST_CODE and word.isupper() for word in words)


def _terms(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Terms with their spans: known ones, glued ones split, words that only together make a term joined."""
    run: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text, start, end):
        if match["word"] is not None and match["word"].upper() not in ("TAGS", "SIPDIS"):
            word = match["word"].upper().rstrip(".")
            token = (word, match.start(), match.start() + len(word))
            if word in tag_terms() and not (run and word in _JOINS and _runs_on(text, match.end(), end)):
                yield from _joined(run)
                run = []
                yield token
            elif parts := _glued(word):
                yield from _joined(run)
                run = []
                at = match.start()
                for part in parts:
                    yield part, at, at + len(part)
                    at += len(part)
            else:
                run.append(token)
        else:
            yield from _joined(run)
            run = []
            if match["person"] is not None:
                yield " ".join(match["person"].upper().split()), *match.span("person")
    yield from _joined(run)


def _runs_on(text: str, at: int, end: int) -> bool:
    """Whether a word that is no term follows: `IN` is India, but not in `TIP IN TURKEY`."""
    match = _TOKEN.match(text, at + 1, end)
    return match is not None and match["word"] is not None and match["word"].upper() not in tag_terms()


def _joined(run: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """One term of several words where a word is too long for a code (`HUMAN RIGHTS`), else each word a term."""
    if len(run) > 1 and any(len(word) > _LONGEST_CODE or word in _JOINS for word, _, _ in run):
        yield " ".join(word for word, _, _ in run), run[0][1], run[-1][2]
    else:
        yield from run


def _glued(word: str) -> list[str]:
    """The known terms that a word without spaces is made of (`MASSMNUC`), or nothing where one is unknown."""
    if not 6 <= len(word) <= 60 or not word.isalpha():
        return []
    head = len(word) % 4
    if head == 2 and word[:2] in tag_terms() and _fours(word[2:]):
        return [word[:2], *_fours(word[2:])]
    if head == 2 and word[-2:] in tag_terms() and _fours(word[:-2]):
        return [*_fours(word[:-2]), word[-2:]]
    return _fours(word) if head == 0 else []


def _fours(word: str) -> list[str]:
    parts = [word[at : at + 4] for at in range(0, len(word), 4)]
    return parts if all(part in tag_terms() for part in parts) else []
