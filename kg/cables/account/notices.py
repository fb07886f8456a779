"""Lines that are no part of what a cable says: notices of posts about sites and protection, traces of releases."""

import re
from typing import Final

from kg.cables.body.blocks import NOTICE

# The sentence that releases put in place of a header they leave out.
EXTRACT: Final = re.compile(r"This record is a partial extract of the original cable", re.IGNORECASE)

_RULES: Final = (
    # "SENSITIVE BUT UNCLASSIFIED - PLEASE PROTECT ACCORDINGLY", "(U) This cable is ... not for internet distribution."
    (
        "protection-notice",
        re.compile(
            r"""
            \W{0,4}(?:\((?:U|SBU)\)[ ]?)?(?:THIS[ ](?:CABLE|MESSAGE)[ ](?:IS[ ]|CONTAINS[ ]))?
            (?: SENSITIVE[ ]BUT[ ]UNCLASSIFIED\b | NOT[ ]FOR[ ]INTERNET\b | SBU[ ]DELIBERATIVE\b
              | (?:PLEASE[ ])?(?:PROTECT|HANDLE)[ ]ACCORDINGLY | ACCORDINGLY\.?\s*$ ).{0,100}
            """,
            re.VERBOSE | re.IGNORECASE,
        ),
    ),
    # "http://www.example.gov/wiki", and the tail of an address that a copy broke: "gov.gov/wiki/Portal:Atlantis".
    (
        "web-address",
        re.compile(r"\W{0,6}(?:https?://|www\.|[\w.]{2,30}\.gov/)\S+(?:[ ]?\S{1,60})?\s{0,4}", re.IGNORECASE),
    ),
    # A stretch that a release blacked out and that is all of a line: "XXXXXXXXXXXX,".
    ("redaction", re.compile(r"[ \t]*[Xx]{5,}[ \t.,;]*")),
    # "BEGIN SUMMARY", "END TEXT", "End Cable Text" alone on a line.
    (
        "region-marker",
        re.compile(r"\W{0,4}(?:BEGIN|END)(?:[ ](?:OF|CABLE))?[ ][A-Z]{3,12}(?:[ ][A-Z]{4,12})?\W{0,4}", re.IGNORECASE),
    ),
    # What a newspaper's program printed below a copy, and a mail program: "ID: 187536", "... From DB/Inbox: ...".
    ("print-mark", re.compile(r".{0,60}From[ ]DB/Inbox.{0,60}|Track[ ]impresi.{0,160}|ID:\s{0,4}\d{1,8}\s{0,4}")),
)


def notice_kind(line: str) -> str | None:
    """The rule that explains a line as a notice or a trace of copying, or None."""
    if EXTRACT.search(line):
        return "extract-notice"
    if NOTICE.match(line):
        return "site-notice"
    return next((kind for kind, rule in _RULES if rule.fullmatch(line)), None)
