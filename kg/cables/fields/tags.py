"""TAGS: the terms of the TAGS line, their kinds, and the countries that geographic terms meant at the time."""

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

from kg.cables.fields.tag_words import corrected, glued, joined, names_person
from kg.cables.model import CleanText, Tag
from kg.cables.words import CAPTIONS
from kg.tables import tag_country, tag_terms

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
    \((?P<brackets>[^()\n]{2,60}(?:\n[^()\n]{1,40})?)\)      # OVIP (ROWAN, JAMES B.)
    | (?P<word>[A-Za-z0-9][A-Za-z0-9/&.'’-]*)
    | (?P<comma>[,;|])
    """,
    re.VERBOSE,
)
# "ROWAN, JAMES B. PREL": a surname, a comma, given names; the first has to be known as one.
_PERSON: Final = re.compile(
    r"(?P<surname>[A-Za-z'’-]{2,30}),[ ]{1,2}(?P<given>[A-Za-z]{3,20})(?:[ ][A-Za-z]\.?(?![A-Za-z]))?"
)
# A page break on the same line: "TBIO, UNCLASSIFIED    PAGE 02        QUITO  00283  01 OF 05  241033Z PREL". What
# follows it repeats the terms of another section.
_PAGE_BREAK: Final = re.compile(
    r"(?<=[A-Z,])[ \t]+(?:UNCLASSIFIED|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET|TOP SECRET)[ \t]+PAGE[ \t]+\d\d[ \t]"
)
_JOINS: Final = frozenset({"AND", "OF", "IN", "THE", "FOR"})
_LONGEST_CODE: Final = 5
_NO_TERMS: Final = frozenset({"TAGS", "TAG", "SIPDIS"})

Span = tuple[str, int, int]


def read_tags(clean: CleanText, start: int, end: int, day: date | None = None) -> tuple[Tag, ...]:
    """The TAGS terms of a span, in order, each once; `day` is that of the cable.

    A misspelt or glued term is corrected by the table; `as_sent` keeps how it was sent.
    """
    if "PAGE" in clean.found[start:end] and (page := _PAGE_BREAK.search(clean.found, start, end)):
        end = page.start()
    out: dict[str, Tag] = {}
    for term, begin, stop in _terms(clean.text, start, end):
        if term not in CAPTIONS and term not in out:
            country = tag_country(term, day)
            kind = kind_of(term)
            out[term] = Tag(
                term=term,
                kind="geographic" if kind == "unknown" and country is not None else kind,
                country=country if kind in ("geographic", "unknown") else None,
                as_sent=clean.found[begin:stop],
                start=begin,
                end=stop,
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


def _terms(text: str, start: int, end: int) -> Iterator[Span]:
    """Terms with their spans: known ones, glued ones split, words that only together make a term joined."""
    run: list[Span] = []
    at = start
    while match := _TOKEN.search(text, at, end):
        at = match.end()
        word = (match["word"] or "").upper().rstrip(".")
        if not word:
            yield from joined(run)
            run = []
            if match["brackets"] is not None:
                yield from _bracketed(text, *match.span("brackets"))
        elif word not in _NO_TERMS:
            token = (word, match.start(), match.start() + len(word))
            whole = _whole(text, token, end, in_run=bool(run))
            if whole:
                yield from joined(run)
                run = []
                yield from whole
                at = max(at, whole[-1][2])
            else:
                run.append(token)
    yield from joined(run)


def _whole(text: str, token: Span, end: int, *, in_run: bool) -> list[Span]:
    """The terms that a word is by itself: a known one, those glued in it, or with what follows a person; else none."""
    word, start, stop = token
    if word in tag_terms() and not (in_run and word in _JOINS and _runs_on(text, stop, end)):
        return [token]
    person = _PERSON.match(text, start, end)
    if person is not None and names_person(person["given"].upper()) and word not in tag_terms():
        return [(" ".join(person.group().upper().split()), *person.span())]
    parts = [] if corrected(word) else glued(token)
    follower = _TOKEN.match(text, stop + 1, end) if parts else None
    # "MORGAN JAMES" is a person, not MORG and AN.
    return [] if follower is not None and names_person((follower["word"] or "").upper()) else parts


def _bracketed(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands in brackets: a person, or terms that are all known."""
    inside = text[start:end].upper()
    words = inside.replace(",", " ").split()
    if all(word in tag_terms() for word in words):
        yield from _terms(text, start, end)
    elif len(words) > 1 and "," not in inside and names_person(words[1]):
        yield f"{words[0]}, {' '.join(words[1:])}", start, end
    else:
        yield " ".join(inside.split()), start, end


def _runs_on(text: str, at: int, end: int) -> bool:
    """Whether a word that is no term follows: `IN` is India, but not in `TIP IN TURKEY`."""
    match = _TOKEN.match(text, at + 1, end)
    return match is not None and match["word"] is not None and match["word"].upper() not in tag_terms()
