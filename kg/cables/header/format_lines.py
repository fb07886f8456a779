"""The format lines of a telegram (ACP 127): how it was routed, handled and filed on its way, as kinds of lines."""

import re
from typing import Final

from kg.cables.model import CleanText, FormatLine
from kg.cables.spans import folded, trim

# One alternative a kind of line; a name with `_` for `-` is the kind of the value.
_LINE: Final = re.compile(
    r"""
    ^[ \t]*(?:
      (?P<transmission_id> VZCZC[A-Z]{2,4}\d{3,4}\b )              # VZCZCXRO0182
    | (?P<routing_line> (?:ZZ|OO|PP|RR)[ ](?:(?:ZZ|OO|PP|RR)[ ])?R[A-Z]{3,7}\b
        (?:[ \t]+R[A-Z]{3,7}\b){0,20}                            # PP RUEHFL RUEHKW
        (?:\s{1,4}^[ \t]*R[A-Z]{3,7}(?:[ \t]+R[A-Z]{3,7}){0,20}[ \t\r]*$){0,20} )
    | (?P<de_line> DE[ \t]+R[A-Z]{3,7}[ \t]+\#?\d{3,4}\b[^\n]{0,60} )         # DE RUEHLO #1991/01 2131030
    | (?P<security_line> ZN[YR][ ]+[TSCEU]{5}\b[^\n]{0,80} )      # ZNY CCCCC ZZH (CCY AD6CB6C9 WSC6493 634)
    | (?P<dash_line> -{5,}[ \t]*[A-Z0-9]{6}Z?(?:[ \t]+[A-Z0-9]{6}Z?)?(?:[ \t]*/\d{1,3})?[ \t\r]*$ )
                                                                 # ---------281618Z 011536 /44
    | (?P<break_line> BT[ \t\r]*$ )                               # BT
    | (?P<record_number> <<\d{1,9}>> | ID:[ \t]*\d{1,9}\b )       # <<218634>>, ID: 218634
    | (?P<date_line> (?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,[ ][^\n]{8,40} )   # Friday, 22 January 2010, 15:14
    )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)

# What archives and releases print on a telegram.
_MARKING: Final = re.compile(
    r"""
    ^(?P<release_marking>[ \t]*(?:
      [^\n]{0,60}?(?: Declassified/Released | Original[ ]Telegram[ ]was | Copy[ ]from[ ]the[ ]National[ ]Archives
        | Central[ ]Foreign[ ]Policy[ ]File ) [^\n]{0,120}
    | (?:de-?classified | declassified[ ]by | released[ ]in[ ](?:full|part) | Review[ ]Authority)\b [^\n]{0,120}
    | RG[ ]\d{1,3}:[^\n]{0,120} | File:[ ][^\n]{0,80} | Message[ ]Text | NOTE[ ]-[ ]DO[ ]NOT[ ]PUBLISH[^\n]{0,120}
    ))$              # Declassified/Released US Department of State EO Systematic Review 20 Mar 2014
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_MARKING_WORDS: Final = (
    *("assified", "Archives", "Policy File", "Telegram was", "eleased in", "ELEASED IN", "Message Text", "NOTE - DO"),
)


def read_format_lines(clean: CleanText, end: int) -> tuple[FormatLine, ...]:
    """The format lines of the header that ends at `end`, in the order of the text."""
    out = [_line(clean, match) for match in _LINE.finditer(clean.text, 0, end)]
    markings = _markings(clean, end)
    return tuple(sorted([*out, *markings], key=lambda line: line.start)) if markings else tuple(out)


def is_marking(line: str) -> bool:
    """Whether an archive or a release printed a line on the telegram."""
    return _MARKING.match(line) is not None


def _markings(clean: CleanText, end: int) -> list[FormatLine]:
    if not any(clean.text.find(word, 0, end) >= 0 for word in _MARKING_WORDS):
        return []
    return [_line(clean, match) for match in _MARKING.finditer(clean.text, 0, end)]


def _line(clean: CleanText, match: re.Match[str]) -> FormatLine:
    kind = match.lastgroup or ""
    start, end = trim(clean.text, *match.span(kind))
    value = folded(clean.text[start:end])
    return FormatLine(as_sent=clean.found[start:end], start=start, end=end, value=value, kind=kind.replace("_", "-"))
