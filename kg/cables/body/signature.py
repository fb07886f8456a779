"""The signature: the surname of the chief of mission or chargé, on the last line of the cable."""

import re
from dataclasses import dataclass
from typing import Final

from kg.cables.body.blocks import NOTICE
from kg.cables.spans import trim

_NAME: Final = re.compile(
    r"""
    (?: (?:[A-Z]\.[ ]?)? [A-Z][A-Z'’-]+ (?:[ ](?:[A-Z]\.?|[A-Z][A-Z'’-]+)){0,2}    # BROWNFIELD, TILDEN JR, DE LA CRUZ
      | (?:Mc|Mac|Le|De|Di|O')?[A-Z][a-z]+ (?:[-'’ ](?:[A-Z][a-z]+|Jr|Sr))?          # Brandel, LeBlanc, Hudson-Vale
      | (?P<twice>[A-Z][A-Z'’-]+)[ ](?i:(?P=twice))                                     # SHERWIN Sherwin
      | [a-z]{3,12}                                                                   # jones
    )
    (?:[ ]?[*\#]{1,3}|[ ][.])?
    (?:[ \t]{1,60}(?:SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|NNNN))?                 # MARLOW      UNCLASSIFIED
    """,
    re.VERBOSE,
)
_PAIR: Final = re.compile(r"([A-Z][A-Z'’-]{2,20})[ ]?/[ ]?([A-Z][A-Z'’-]{2,20})")  # two signers: MARLOW/ROE

_IN_LINE: Final = re.compile(
    r"""
    (?<=[.!?)"”])[ ]{1,3}(?:END[ ]COMMENT[ ])?
    (?P<names>(?:LA[ ]|DE[ ])?[A-Z][A-Z'’-]{2,20}(?:[ ](?:JR|SR|[A-Z][A-Za-z'’-]{2,20}))?  # "... the harbour. MARLOW"
      | (?:Mc|Mac|Le|De)?[A-Z][a-z]{2,15})(?:[ ]\d{4}-\d\d-\d\d)?\Z                      # "... to the harbour. Brandel"
    """,
    re.VERBOSE,
)
# "END COMMENT ROY"  "End of Part One LA FARGE"
_AFTER_COMMENT: Final = re.compile(
    r"(?:END[ ](?:COMMENT|SUMMARY|NOTE|TEXT)|End[ ]of[ ]Part[ ]\w{1,6})[ ]"
    r"(?P<names>(?:LA[ ]|DE[ ])?[A-Z][A-Z'’-]{2,20})\Z"
)
_AFTER_ADDRESS: Final = re.compile(r"https?://\S{1,200}(?:[ ]\S{1,30})?[ ](?P<names>[A-Z][A-Za-z'’-]{2,20})\Z")

_IN_LINES: Final = (_IN_LINE, _AFTER_COMMENT, _AFTER_ADDRESS)

# What may stand below the signature: "Visit ... http://...", a URL's rest, a drafting note, rows of marks.
_BELOW: Final = re.compile(
    r"""
    \s*+ (?: .{0,160}https?://\S*(?:[ ]?\S{1,60})? | \S{1,60}(?:/wiki/|\.gov)\S* .{0,40} | \(Drafted:.{0,200}
      | [-=*_\#>. ]++ | X{3,} | End[ ]Cable[ ]Text | EXEMPT | Declassified/Released.{0,80} | Review[ ]\d\d[ ].{0,20}
      | (?:TOP[ ])?SECRET | CONFIDENTIAL | UNCLASSIFIED | LIMITED[ ]OFFICIAL[ ]USE | SIPDIS | NNN+
      | \w[\w ]{3,30}[ ]-[ ]Classification:.{0,40} | =+[ ]?CABLE[ ]ENDS.{0,80} | <<[ ]?END[ ]OF[ ]DOCUMENT.{0,20}
      | .{0,60}From[ ]DB/Inbox.{0,40} | Track[ ]impresi.{0,160} | ID:\s{0,4}\d{1,8}
      | "?(?:Please[ ])?[Vv]isit[ ].{0,160}
      )\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Single words in capitals on a line of their own that are no names.
_NO_NAME: Final = re.compile(
    r"(?:END|BEGIN|COMMENT|SUMMARY|NOTE|TEXT|XX+|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET|SIPDIS|NOFORN|EXEMPT|REDACTED|NNNN|BT|GP)\b"
    r"|N/?A\b|(?:THE|THIS|THAT|THESE|IT|HE|SHE|THEY|WE|IN|ON|AT|FOR|BUT|AND|HOWEVER|MINIMIZE)\b|.*\b(?:COMMENT|SUMMARY|TEXT|CABLE)\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE: Final = frozenset('.!?:;"”’)]*-=')
# So much of a line is looked at for a name at its end.
_TAIL: Final = 300
# Lines of running text are wrapped at 60 characters or more; a shorter one has ended.
_WRAPPED: Final = 45
_NUMBER_ONLY: Final = re.compile(r"\W*\d{0,3}[.)]?\s*+(?:\([A-Za-z/ ]{1,40}\))?\s*+")  # "2. (C) "
# Behind a name: "##", " .", "             UNCLASSIFIED".
_SUFFIX: Final = re.compile(r"(?<![\s.*#])(?:[ \t]{1,60}(?:SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|NNNN))?[\s.*#]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The span of the signature and of each name in it; offsets in the clean text."""

    start: int
    end: int
    names: tuple[tuple[int, int], ...]


def find_signature(text: str, floor: int) -> Signature | None:
    """The signature at the end of a text, not above `floor`; None where the last lines hold no name."""
    end = len(text)
    for _ in range(8):
        end = _strip(text, floor, end)
        start = max(floor, text.rfind("\n", floor, end) + 1)
        if start >= end:
            return None
        line = text[start:end].strip()
        if _NAME.fullmatch(line) and not _NO_NAME.match(line):
            return _on_lines(text, floor, *trim(text, start, end))
        pair = _PAIR.fullmatch(line)
        if pair is not None and not _NO_NAME.match(pair[1]) and not _NO_NAME.match(pair[2]):
            return _two_on_a_line(trim(text, start, end)[0], pair)
        inline = next((found for rule in _IN_LINES if (found := rule.search(text, max(start, end - _TAIL), end))), None)
        if (
            inline is not None
            and not _NO_NAME.match(inline["names"])
            and not _is_all(text, start, inline.start("names"))
        ):
            names = inline.span("names")
            return Signature(start=names[0], end=names[1], names=_once(text, *names))
        if not (_BELOW.fullmatch(line) or NOTICE.match(line)):
            return None
        end = start
    return None


def _is_all(text: str, start: int, name: int) -> bool:
    """Whether nothing but a number and a portion marking stands before a word: it is the text of a paragraph."""
    return name - start <= 60 and _NUMBER_ONLY.fullmatch(text, start, name) is not None


def _two_on_a_line(start: int, pair: re.Match[str]) -> Signature:
    names = tuple((start + first, start + last) for first, last in (pair.span(1), pair.span(2)))
    return Signature(start=start, end=start + pair.end(), names=names)


def _strip(text: str, floor: int, end: int) -> int:
    while end > floor and text[end - 1].isspace():
        end -= 1
    return end


def _on_lines(text: str, floor: int, start: int, end: int) -> Signature | None:
    """The signature that ends with this line: one name, or two on two lines."""
    above_end = _strip(text, floor, start)
    gap = text.count("\n", above_end, start)
    above_start = max(floor, text.rfind("\n", floor, above_end) + 1)
    above = text[above_start:above_end].strip()
    own = _without_suffix(text, start, end)
    if gap == 1 and above.isupper() and text[start:end].isupper() and _is_first_of_two(text, floor, above_start, above):
        first = trim(text, above_start, above_end)
        return Signature(start=first[0], end=end, names=(_without_suffix(text, *first), own))
    if gap < 2 and _runs_on(above) and text[start:end].isupper() == above.isupper():
        return None
    return Signature(start=start, end=end, names=_once(text, *own))


def _is_first_of_two(text: str, floor: int, start: int, line: str) -> bool:
    """Whether the line above the last name is a name too: no part of the sentence above it."""
    if not _NAME.fullmatch(line) or _NO_NAME.match(line) or line.endswith(".") or line.islower():
        return False
    above = text[max(floor, start - 200) : start]
    return "\n" in above[len(above.rstrip()) :][1:] or above.rstrip()[-1:] in _ENDS_SENTENCE


def _runs_on(above: str) -> bool:
    """Whether a line is one of a wrapped sentence that has not ended."""
    return len(above) >= _WRAPPED and above[-1] not in _ENDS_SENTENCE and not _BELOW.fullmatch(above)


def _once(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """A name that is sent twice ("MARLOW MARLOW", "SHERWIN Sherwin") counts once."""
    words = text[start:end].split()
    if len(words) == 2 and words[0].casefold() == words[1].casefold():
        return ((start, start + len(words[0])),)
    return ((start, end),)


def _without_suffix(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(_SUFFIX.sub("", text[start:end]))
