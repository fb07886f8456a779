"""The Classified By and Derived From lines: who classified a cable, in what position, from what, for which reasons."""

import re
from typing import Final

from kg.cables.fields.broken_words import unbroken
from kg.cables.fields.classifiers import Classifier, classifiers
from kg.cables.model import ClassifiedBy, CleanText, DerivedFrom
from kg.cables.spans import folded, text_value

_AGAIN: Final = re.compile(
    r"\s*(?:(?:this\s+(?:message|cable|telegram)\s+(?:is\s+|was\s+)?)?Clas{1,2}i?f{1,2}i?ed\s*by\b[\s:]*|by\s+|\([A-Z]{1,3}\)\s*|[:.]\s*)+",
    re.IGNORECASE,
)  # "Classified By: (U) Classfied by ...", "This message classified by ..."

_REASONS: Final = re.compile(
    r"""
    (?:\b(?:f\s?o\s?r?|due\s+to|pursuant\s+to|based\s+(?:up)?on)\s+){0,2}(?:the\s+|following\s+|E\.?\s?O\.?\s*\d{5},?\s+)?
      \b(?:r\s?e\s?a?\s?s\s?o?\s?n\s?s?\b|reas\b)(?:\(s\))?:?\s*(?:for\s+classification\s*)?[\s:.]*
    | (?:\b(?:per|by|under|for|due\s+to|based\s+(?:up)?on)\s+)?\b(?:se\s?ction|para(?:graph)?)\s+(?=1[.,]\s?[4-6])
    | (?:\b(?:per|by|under|for|due\s+to|based\s+(?:up)?on)\s+)?\b(?:E\.?\s?O\.?\s*1\d{4},?\s*)?(?=1\s?[.,]\s?[4-6])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SECTION: Final = re.compile(r"1\s?[.,]\s?(?P<section>[4-6])")
_BROKEN_AND: Final = re.compile(r"\ba\s+nd\b|\ban\s+d\b", re.IGNORECASE)  # "(b) a / nd (d)", broken at the margin
_LETTERS: Final = re.compile(r"(?<![A-Za-z])[A-Ha-h](?![A-Za-z])")
# "DERIVED FROM: DSCG 05-1 B, D", "Derived from multiple sources"; the source ends where the reasons begin.
_DERIVED: Final = re.compile(r"\s*+(?:Classified\s++by\s*+:?\s*+)?Derived\s++from\b[\s:]*+", re.IGNORECASE)
_REASON_LETTERS: Final = re.compile(
    r"(?<![\s,(])[\s,(]+(?P<letters>\(?[A-H]\)?(?:\s*(?:,|and|&|/)\s*\(?[A-H]\)?){0,6})[\s.]*\Z"
)
_DECLASSIFY: Final = re.compile(r"(?<![\s.;,])[\s.;,]*\bDECL(?:ASSIFY)?\b.*\Z", re.IGNORECASE | re.DOTALL)


def read_classified_by(clean: CleanText, start: int, end: int) -> ClassifiedBy:
    """Who classified the cable, read from the value of the line; `name` is None where no person is named."""
    value = text_value(clean, start, end)
    text = unbroken(clean.text, value.start, value.end)
    again = _AGAIN.match(text)
    head, reasons = _split(folded(text[again.end() :] if again else text))
    found = Classifier(names=(), title=None) if is_derived(head) else classifiers(head)
    return ClassifiedBy(
        as_sent=value.as_sent,
        start=value.start,
        end=value.end,
        names=found.names,
        title=found.title,
        reasons=_reasons(reasons),
    )


def read_derived_from(clean: CleanText, start: int, end: int) -> DerivedFrom | None:
    """What the classification is derived from, read from the value of the line; None where it says nothing."""
    value = text_value(clean, start, end)
    text = _DECLASSIFY.sub("", value.value)
    keyword = _DERIVED.match(text)
    source, reasons = _split(text[keyword.end() :] if keyword else text)
    letters = _REASON_LETTERS.search(source) if not reasons else None
    if letters is not None:
        source, reasons = source[: letters.start()], letters["letters"]
    source = source.strip(" ,.;:-")
    if not source:
        return None
    listed = _reasons(reasons) or tuple(
        dict.fromkeys(f"({found.group().lower()})" for found in _LETTERS.finditer(reasons))
    )
    return DerivedFrom(as_sent=value.as_sent, start=value.start, end=value.end, value=source, reasons=listed)


def is_derived(text: str) -> bool:
    """Whether the value of a Classified By line says what the classification is derived from."""
    return _DERIVED.match(text) is not None


def _split(text: str) -> tuple[str, str]:
    """What stands before the reasons, and the reasons."""
    match = next((m for m in _REASONS.finditer(text) if m.group() or _SECTION.match(text, m.end())), None)
    if match is None:
        return text, ""
    return text[: match.start()].rstrip(" ,;:(-"), text[match.end() :]


def _reasons(text: str) -> tuple[str, ...]:
    """`1.4 (b)`, `1.4 (d)`: one for each letter after a section."""
    text = _BROKEN_AND.sub(" and ", text)
    out: list[str] = []
    sections = list(_SECTION.finditer(text))
    for at, match in enumerate(sections):
        stop = sections[at + 1].start() if at + 1 < len(sections) else min(len(text), match.end() + 60)
        letters = [found.group().lower() for found in _LETTERS.finditer(text, match.end(), stop)]
        section = match["section"]
        out += [f"1.{section} ({letter})" for letter in letters] or [f"1.{section}"]
    return tuple(dict.fromkeys(out))
