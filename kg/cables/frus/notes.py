"""Read the source note of a FRUS document, prose of its editors: classification, captions, drafter, addressees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.cables.frus.heads import post_named
from kg.cables.model import Addressee, CleanText, TextValue
from kg.cables.spans import text_value
from kg.cables.words import CAPTIONS, CLASSIFICATIONS, NO_FOREIGN, PRECEDENCE_CODES, in_capitals

# The sentence behind the archive's file: "Secret; Immediate; Nodis."
_MARKINGS: Final = re.compile(
    r"""
    (?<=[.;]\ )
    (?P<classification> Top[ ]Secret | Secret | Confidential | Limited[ ]Official[ ]Use | Unclassified )
    (?P<others> (?: ;[ ] [^.;\n]{1,60} ){0,8} ) \.
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OTHER: Final = re.compile(r"[^;\s][^;]*")
# Captions that are written out.
_WRITTEN_OUT: Final = {"LIMIT DISTRIBUTION": "LIMDIS", "LIMITED DISTRIBUTION": "LIMDIS", "NO FOREIGN DISSEM": "NOFORN"}

_NAME: Final = r"""
    (?: [A-Z]\. | [A-Z][\w’'-]{1,30} )
    (?: [ ] (?: [A-Z]\. | (?:de|van|von|der|al|bin)\b | [A-Z][\w’'-]{1,30} ) ){0,5}
    (?: ,[ ][JS]r\. )?
"""
# "Drafted by Doe.", "Drafted on December 10 by Jane Q. Roe (POL), ...", "Approved by Doe", "and approved by Doe".
_OFFICERS: Final = re.compile(
    rf"""
    \b (?P<deed> [Dd]rafted | [Aa]pproved | [Cc]leared )
    (?: [ ] and [ ] (?:approved|initialed|cleared) )?
    (?: [ ] (?:on|in) [ ] [A-Z][a-z]{{2,8}} (?: [ ] \d{{1,2}} (?: ,[ ]\d{{4}} )? )? )?
    [ ] by [ ] (?P<name> {_NAME} )
    """,
    re.VERBOSE,
)
# "Repeated to Amman, Cairo, the Secretary of Defense, and USCINCEUR."
_ALSO: Final = re.compile(
    r"""
    \b (?P<deed> Repeated | Also[ ]sent | Sent[ ](?:also|for[ ]information) ) (?: [ ] [A-Za-z]{2,12} ){0,3}? [ ] to [ ]
    (?P<names> (?: [^.;\n] | (?<=\b[A-Z])\. ){1,1500} )
    """,
    re.VERBOSE,
)
_ADDRESSEE: Final = re.compile(r"(?:(?:,[ ]|[ ])and[ ]|,[ ]|\A)?(?:the[ ])?(?P<name>[^,]+?)(?=,[ ]|[ ]and[ ]|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrusNote:
    """What a source note says; all values have spans in the text as found."""

    classification: TextValue | None = None
    captions: tuple[TextValue, ...] = ()
    precedences: tuple[str, ...] = ()
    drafted_by: TextValue | None = None
    approved_by: TextValue | None = None
    cleared_by: tuple[TextValue, ...] = ()
    action_addressees: tuple[Addressee, ...] = ()
    info_addressees: tuple[Addressee, ...] = ()


def read_note(clean: CleanText, span: tuple[int, int] | None) -> FrusNote:
    """What the source note says that stands in a span."""
    if span is None:
        return FrusNote()
    start, end = span
    start = max(start, clean.text.find("Source:", start, end))
    officers: dict[str, list[TextValue]] = {"drafted": [], "approved": [], "cleared": []}
    for match in _OFFICERS.finditer(clean.text, start, end):
        officers[match["deed"].lower()].append(text_value(clean, *match.span("name")))
    addressees: dict[bool, list[Addressee]] = {True: [], False: []}
    for match in _ALSO.finditer(clean.text, start, end):
        addressees[match["deed"] == "Also sent"] += read_names(clean, *match.span("names"))
    classification, captions, precedences = _markings(clean, start, end)
    return FrusNote(
        classification=classification,
        captions=captions,
        precedences=precedences,
        drafted_by=next(iter(officers["drafted"]), None),
        approved_by=next(iter(officers["approved"]), None),
        cleared_by=tuple(officers["cleared"]),
        action_addressees=tuple(addressees[True]),
        info_addressees=tuple(addressees[False]),
    )


def read_names(clean: CleanText, start: int, end: int) -> Iterator[Addressee]:
    """The addressees of a list in prose: `Amman, Cairo, and the Secretary of Defense`."""
    for match in _ADDRESSEE.finditer(clean.text[start:end]):
        begin, stop = start + match.start("name"), start + match.end("name")
        name = clean.text[begin:stop]
        post = post_named(name)
        yield Addressee(
            as_sent=clean.found[begin:stop],
            start=begin,
            end=stop,
            routing_indicator=None,
            plad=name,
            precedence=None,
            serial=None,
            exempted=(),
            post=post.slug if post else None,
        )


def _markings(
    clean: CleanText, start: int, end: int
) -> tuple[TextValue | None, tuple[TextValue, ...], tuple[str, ...]]:
    match = _MARKINGS.search(clean.text, start, end)
    if match is None:
        return None, (), ()
    captions: list[TextValue] = []
    precedences: list[str] = []
    for other in _OTHER.finditer(clean.text, *match.span("others")):
        word = _WRITTEN_OUT.get(other.group().upper(), other.group().upper())
        if word in CAPTIONS:
            captions.append(text_value(clean, *other.span(), word))
        elif word in PRECEDENCE_CODES:
            precedences.append(PRECEDENCE_CODES[word])
    value = CLASSIFICATIONS[in_capitals(match["classification"]).replace(" ", "")]
    if NO_FOREIGN & {caption.value for caption in captions}:
        value += "//NOFORN"
    return text_value(clean, *match.span("classification"), value), tuple(captions), tuple(precedences)
