"""Captions and handling instructions: the lines between the class line and the fields (`DEPT FOR WHA/BSC`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.cables.header.class_lines import spaced
from kg.cables.model import CleanText, TextValue
from kg.cables.spans import lines, text_value
from kg.cables.words import CAPTIONS

_CAPTION: Final = re.compile(
    r"\b(?:"
    + "|".join(
        [*sorted((re.escape(c) for c in CAPTIONS), key=len, reverse=True), r"N[ ]O[ ]F[ ]O[ ]R[ ]N", r"E[ ]F[ ]T[ ]O"]
    )
    + r")\b",
    re.IGNORECASE,
)
_CORRECTED: Final = re.compile(
    rf"[ \t]*{spaced('CORRECTED')}[ ]{{1,3}}{spaced('COPY')}\b[ \t:(-]*(?P<reason>[^\n)]{{0,200}}?)[ \t\r)]{{0,20}}"
)  # C O R R E C T E D COPY - PARAGRAPHS RENUMBERED

_LEADING: Final = re.compile(rf"[ \t]*(?:(?:{_CAPTION.pattern})[ \t/,.]*)+", re.IGNORECASE)  # SIPDIS STATE FOR WHA
_IS_LETTER: Final = re.compile(r".").fullmatch

# Who is to get the telegram inside and through an addressee.
_HANDLING: Final = re.compile(
    r"""
    [ \t]*(?!\d{1,3}\.[ ])(?:
        (?:[A-Z0-9][A-Z0-9/&.,'’():;-]*[ \t]+){0,5}?
        (?:(?:AND[ ])?ALSO[ ])?(?:FOR|(?:PLEASE[ ]|PLS[ ])?(?:PASS|RELAY|DELIVER)(?:ED)?)(?![A-Za-z])   # NSC FOR DOE
      | For[ ](?=[A-Z])                                                 # For EUR/PGI (Doe)
      | (?:TO|FROM)[ ](?:THE[ ])?(?:SECRETARY|AMBASSADOR|CHARGE|DEPUTY|UNDER|ASSISTANT)\b
                                                                        # FROM THE AMBASSADOR TO THE SECRETARY
      | EYES[ ]ONLY\b | ATTN\b                                          # EYES ONLY FOR THE AMBASSADOR
      | (?:CODEL|STAFFDEL)\b[^a-z]*$
      )
    """,
    re.VERBOSE | re.MULTILINE,
)
# Offices alone: NEA/ELA; EUR/RPM AND S/CT; EUR, PM, H; STATE INR/R/MR; USDOC 4322/MAC/OLAC.
_OFFICES: Final = re.compile(
    r"""
    [ \t]*(?:(?:STATE|DEPT|DEPARTMENT|USDOC|USDA)[ ])?
    (?:[A-Z0-9]{1,5}(?:/[A-Z]{1,6}){1,3} | [A-Z]{1,5}(?=,[ ]))
    (?:(?:,[ ]?|[ ]AND[ ]|;[ ]?)[A-Z0-9/]{1,12})*[,;]?[ \t\r]*
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """The captions, each once; why a copy was corrected; the instructions, each with the lines that go on with it."""

    captions: tuple[TextValue, ...]
    correction: TextValue | None
    instructions: tuple[TextValue, ...]


def read_handling(
    clean: CleanText, class_line: tuple[int, int] | None, spans: list[tuple[int, int]], *, is_lowered: bool = False
) -> Handling:
    """What stands in the captions of the class line, and in the lines of the spans.

    `is_lowered` says that a newspaper's copy brought the telegram's capitals to small letters.
    """
    found: dict[str, TextValue] = {}
    if class_line is not None:
        _add_captions(found, clean, *class_line)
    instructions: list[TextValue] = []
    correction = None
    for block in _blocks(clean.text, spans):
        begin: int | None = None
        for start, end in block:
            corrected = _CORRECTED.fullmatch(clean.text, start, end)
            if corrected is not None:
                found.setdefault("CORRECTED COPY", text_value(clean, start, end, "CORRECTED COPY"))
                correction = text_value(clean, *corrected.span("reason")) if corrected["reason"] else correction
            elif is_caption_line(clean.text[start:end]):
                _add_captions(found, clean, start, end)
            elif is_instruction(clean.text[start:end].upper() if is_lowered else clean.text[start:end]):
                begin = start
                instructions.append(text_value(clean, start, end))
                if leading := _LEADING.match(clean.text, start, end):
                    _add_captions(found, clean, *leading.span())
            elif begin is not None:
                instructions[-1] = text_value(clean, begin, end)
    return Handling(captions=tuple(found.values()), correction=correction, instructions=tuple(instructions))


def is_instruction(line: str) -> bool:
    """Whether a line says who is to get the cable: `NSC FOR DOE`, `NEA/ELA`."""
    return _HANDLING.match(line) is not None or _OFFICES.fullmatch(line) is not None


def is_caption_line(line: str) -> bool:
    """Whether a line holds captions and nothing else."""
    return bool(line.strip()) and not _CAPTION.sub("", line.replace("DEA SENSITIVE", "SENSITIVE")).strip(" \t\r/,.-")


def _blocks(text: str, spans: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The runs of lines that are not blank."""
    for start, end in spans:
        block: list[tuple[int, int]] = []
        for line in lines(text, start, end):
            if text[slice(*line)].strip():
                block.append(line)
            elif block:
                yield block
                block = []
        if block:
            yield block


def _add_captions(found: dict[str, TextValue], clean: CleanText, start: int, end: int) -> None:
    for match in _CAPTION.finditer(clean.text, start, end):
        words = match.group().upper().split()
        value = ("" if all(map(_IS_LETTER, words)) else " ").join(words)
        found.setdefault(value, text_value(clean, *match.span(), value))
