"""The attributes that the State Department's archive keeps of a telegram: their names, in every release of the 1970s.

NARA prints them under the text, PlusD in a table and again below the text, History Lab as columns.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.sources.model import NOT_ON_LINE, WITHDRAWN

# The names of the attributes and the metadata that they are. The original classification is the cable's; the current
# one says that it was released. In 1977 the day of the draft is called that of sending.
NAMES: Final = {
    "Automatic Decaptioning": "automatic_decaptioning",
    "Capture Date": "capture_date",
    "Channel Indicators": "channel",
    "Concepts": "concepts",
    "Control Number": "control_number",
    "Copy": "copy",
    "Current Classification": "current_classification",
    "Decaption Date": "decaption_date",
    "Decaption Note": "decaption_note",
    "Disposition Action": "disposition_action",
    "Disposition Approved on Date": "disposition_approved_on_date",
    "Disposition Authority": "disposition_authority",
    "Disposition Case Number": "disposition_case_number",
    "Disposition Comment": "disposition_comment",
    "Disposition Date": "disposition_date",
    "Disposition Event": "disposition_event",
    "Disposition History": "disposition_history",
    "Disposition Reason": "disposition_reason",
    "Disposition Remarks": "disposition_remarks",
    "Document Number": "reference_id",
    "Document Source": "document_source",
    "Document Unique ID": "document_unique_id",
    "Draft Date": "created",
    "Drafter": "drafter",
    "Enclosure": "enclosure",
    "Errors": "errors",
    "Executive Order": "eo",
    "Film Number": "film",
    "From": "from",
    "Handling Restrictions": "current_handling",
    "ISecure": "isecure",
    "Image Path": "image_path",
    "Legacy Key": "legacy_key",
    "Line Count": "line_count",
    "Locator": "locator",
    "Markings": "markings",
    "Office": "office",
    "Original Classification": "classification",
    "Original Handling Restrictions": "handling",
    "Original Previous Classification": "original_previous_classification",
    "Original Previous Handling Restrictions": "original_previous_handling",
    "Page Count": "page_count",
    "Previous Channel Indicators": "previous_channel",
    "Previous Classification": "previous_classification",
    "Previous Handling Restrictions": "previous_handling",
    "Reference": "references",
    "Retention": "retention",
    "Review Action": "review_action",
    "Review Authority": "review_authority",
    "Review Comment": "review_comment",
    "Review Content Flags": "review_content_flags",
    "Review Date": "review_date",
    "Review Event": "review_event",
    "Review Exemptions": "review_exemptions",
    "Review History": "review_history",
    "Review Markings": "review_markings",
    "Review Media Identifier": "review_media_identifier",
    "Review Referrals": "review_referrals",
    "Review Release Date": "review_release_date",
    "Review Release Event": "review_release_event",
    "Review Transfer Date": "review_transfer_date",
    "Review Withdrawn Fields": "review_withdrawn_fields",
    "SAS ID": "sas_id",
    "Secure": "secure",
    "Sent Date": "created",
    "Status": "status",
    "Subject": "subject",
    "TAGS": "tags",
    "To": "to",
    "Type": "type",
}
_BY_KEY: Final = {name.casefold(): name_of for name, name_of in NAMES.items()}

# Original Classification: CONFIDENTIAL. A name that is not in the table has capitals and small letters, since lines of
# a value that runs on are all in capitals.
_ATTRIBUTE: Final = re.compile(
    r"""
    (?P<key> [A-Z][A-Za-z]{0,14} (?:[ ][A-Za-z]{1,14}){0,5} ) [ \t]? : (?P<value>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_TITLE_CASE: Final = re.compile(r"[A-Z][a-z]+(?:[ ](?:[A-Z][a-z]+|on|of|by))*")

# "Margaret P. Grafeld Declassified/Released US Department of State EO Systematic Review 04 MAY 2006", in one line or in
# several: the stamp of the release, which stands on every page of some copies.
STAMP: Final = re.compile(
    r"""
    (?:[A-Z][a-z]{1,20}[ ](?:[A-Z]\.[ ])?[A-Z][A-Za-z'-]{1,20}\s{1,20})?
    Declassified/Released\s{1,20}US\ Department\ of\ State\s{1,20}EO\ Systematic\ Review\s{1,20}
    \d{1,2}[ ][A-Za-z]{3}[ ]\d{4}
    """,
    re.VERBOSE,
)
STAMPED: Final = "Declassified/Released"

# What the locator says where the text itself was kept, and how many words an error message has at most that stands in
# its place: "MRN: … SEGMENT NUMBER: … ERROR READING TEXT INDEX FILE; …" has some 20.
_ON_LINE: Final = re.compile(r"TEXT ON-?LINE", re.IGNORECASE)
_LONGEST_STUB: Final = 60
_LOST: Final = re.compile(r"\b(?:ERROR[ ]READING[ ]TEXT|TEXT[ ]FOR[ ]THIS[ ]MRN[ ]IS[ ]UNAVAILABLE)\b")

_NOTHING: Final = frozenset({"", "n/a", "na", "-- n/a or blank --", "null", "\\n"})


def name_of(key: str) -> str:
    """The metadata that an attribute is; one that is not in the table keeps its own name, in small letters."""
    known = _BY_KEY.get(" ".join(key.split()).casefold())
    return known or re.sub(r"[^a-z0-9]+", "_", key.casefold()).strip("_")


def attribute(line: str) -> tuple[str, str] | None:
    """The name and the value of the attribute that a line begins, or None where it goes on with the one before."""
    match = _ATTRIBUTE.match(line)
    if match is None or not (match["key"].casefold() in _BY_KEY or _TITLE_CASE.fullmatch(match["key"])):
        return None
    return name_of(match["key"]), match["value"]


def said(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What attributes say, by name, without those that say nothing; what stands twice is joined line by line."""
    values: dict[str, dict[str, None]] = {}
    for name, found in pairs:
        value = found.strip()
        if value.casefold() not in _NOTHING:
            values.setdefault(name, {})[value] = None
    return {name: "\n".join(each) for name, each in values.items()}


def status_of(text: str, locator: str | None) -> str:
    """Why a text is none of a telegram (`text_status`), or nothing where it is one."""
    words = len(STAMP.sub("", text).split())
    if words <= _LONGEST_STUB:
        is_elsewhere = locator is not None and _ON_LINE.search(locator) is None
        if is_elsewhere or _LOST.search(text) is not None:
            return NOT_ON_LINE
    return "" if words else WITHDRAWN


def as_lines(values: Iterable[tuple[str, str]]) -> str:
    """Attributes as lines of `Key: value`, the text as found of a cable that a source knows by its attributes alone."""
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in values if value.strip())


def read_attributes(text: str) -> Iterator[tuple[str, str]]:
    """The attributes of a block of `Key: value` lines; lines that run on are joined to theirs, indented or not.

    Stamps of the release that stand between them are markings, whatever attribute they interrupt.
    """
    if STAMPED in text:
        yield from (("markings", " ".join(stamp.group().split())) for stamp in STAMP.finditer(text))
        text = STAMP.sub("", text)
    name, value = "heading", list[str]()
    for line in text.splitlines():
        begins = attribute(line)
        if begins is not None:
            yield name, "\n".join(value)
            name, value = begins[0], [begins[1]]
        elif line.strip():
            value.append(line.strip())
    yield name, "\n".join(value)
