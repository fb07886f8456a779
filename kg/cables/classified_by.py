"""The Classified By line: who classified the cable, in what position, and for which reasons."""

import re
from typing import Final

from kg.cables.model import ClassifiedBy, CleanText
from kg.cables.spans import folded, text_value

_AGAIN: Final = re.compile(
    r"\s*(?:Classified\s+by\b[\s:]*|[:.]\s*)+", re.IGNORECASE
)  # "Classified By: Classified by ..."

_REASONS: Final = re.compile(
    r"""
    [\s.,;:(-]*(?:\bf\s?or\s+)?(?:the\s+)?\breas?\s?o?\s?ns?\b:?\s*(?:for\s+classification\s*)?[\s:.]*
    | [\s.,;:(-]*(?:\bper\s+|\bunder\s+|\bby\s+)?\b(?:E\.?\s?O\.?\s*1\d{4},?\s*)?(?=1[.,]\s?[4-6])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SECTION: Final = re.compile(r"1\s?[.,]\s?(?P<section>[4-6])")
_LETTERS: Final = re.compile(r"(?<![A-Za-z])[A-Ha-h](?![A-Za-z])")

# Words that stand before a name as its title: "Political Counselor John S. Creamer", "DCM ...", "CHARGE D'AFFAIRES ...".
_TITLE_WORD: Final = re.compile(
    r"""
    (?:Acting|Deputy|Vice|Senior|Principal|Chief|Consul|General|Assistant|Under|Secretary|Director|Minister|Counselors?|Counsellor
    |Officer|Ambassador|Amb|Charg[eé]|D'?Affaires|d['’]affaires|a\.?i\.?|Chief|of|the|Mission|for|and|to|at|Political|Economic
    |Econ|Pol|Management|Public|Affairs|Consular|Commercial|Defense|Legal|Advisor|Adviser|Attach[eé]|Head|Section|Unit|External
    |DCM|CDA|ADCM|POLOFF|ECONOFF|POLCOUNS?|PolMinCouns|Polmincouns|ECONCOUNS?|EMIN|PolMC|POL|M/C|A/S|U/S|D/S|DAS|PDAS|PO|CG|COM|A/DCM|PAO
    |Counselor|Couns|Science|Environment|Energy|Regional|Security|Military|Labor|Interests|Mr|Ms|Mrs|Dr|Team|Leader|PRT|Country
    |[A-Z]{2,4}/[A-Z/]{1,8}|Desk|Office|Internal|Minister-Counselor|Political-Military|Embassy|Consulate|US|U\.S|Representative
    |Pol/Econ|POL/ECON|Political/Economic|Econ/Pol|Economic/Political|Coordinator|Special|Envoy|Executive|Manager|Rep|Permanent
    )
    [.,:]?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"""
    [A-Z][A-Za-z'’.-]* (?:\s(?:[A-Z][A-Za-z'’.-]*|d[aeiu]|de\sla|v[ao]n|del|al|el|la|[Ii]{2,3})){0,4}
    """,
    re.VERBOSE,
)
_SUFFIX: Final = re.compile(r",\s*(?:Jr|Sr|II|III|IV)\.?(?=[\s,;.]|\Z)", re.IGNORECASE)


def read_classified_by(clean: CleanText, start: int, end: int) -> ClassifiedBy:
    """Who classified the cable, read from the value of the line; `name` is None where no person is named."""
    value = text_value(clean, start, end)
    text = folded(
        _AGAIN.sub("", clean.text[value.start : value.end], count=1) if _AGAIN.match(value.value) else value.value
    )
    head, reasons = _split(text)
    name, title = _name_and_title(head)
    return ClassifiedBy(
        as_sent=value.as_sent, start=value.start, end=value.end, name=name, title=title, reasons=_reasons(reasons)
    )


def _split(text: str) -> tuple[str, str]:
    """What stands before the reasons, and the reasons."""
    match = next(
        (m for m in _REASONS.finditer(text) if m.group().strip(" .,;:(-") or _SECTION.match(text, m.end())), None
    )
    if match is None:
        return text, ""
    return text[: match.start()], text[match.end() :]


def _reasons(text: str) -> tuple[str, ...]:
    """`1.4 (b)`, `1.4 (d)`: one for each letter after a section."""
    out: list[str] = []
    sections = list(_SECTION.finditer(text))
    for at, match in enumerate(sections):
        stop = sections[at + 1].start() if at + 1 < len(sections) else min(len(text), match.end() + 60)
        letters = [found.group().lower() for found in _LETTERS.finditer(text, match.end(), stop)]
        letters = letters or [c for c in re.findall(r"[a-h]", text[match.end() : match.end() + 3].lower())]
        out += [f"1.{match['section']} ({letter})" for letter in letters] or [f"1.{match['section']}"]
    return tuple(dict.fromkeys(out))


def _name_and_title(head: str) -> tuple[str | None, str | None]:
    """`DCM John Doe` and `John Doe, DCM` alike: the words that are no title, and the title."""
    head = _SUFFIX.sub(lambda m: " " + m.group().strip(" ,"), head).strip(" .,;:-")
    if not head:
        return None, None
    first, *rest = [part.strip() for part in re.split(r"[,;]\s+|\s-\s|\(|\)", head) if part.strip()]
    words = first.split()
    count = _title_length(words)
    if count == len(words) and rest:
        name, title = _name_and_title(", ".join(rest))
        return name, " ".join(filter(None, [first, title])) or None
    name = _name(" ".join(words[count:]))
    title = " ".join(words[:count]).rstrip(",") or ", ".join(rest) or None
    return name, title


def _title_length(words: list[str]) -> int:
    """How many words at the front belong to the title."""
    count = 0
    while count < len(words) and _TITLE_WORD.fullmatch(words[count]):
        count += 1
    return count


def _name(text: str) -> str | None:
    match = _NAME.match(text)
    if match is None or not any(len(word.strip(".")) > 1 for word in match.group().split()):
        return None
    name = match.group().strip()
    return (
        name if len(name) == 2 or not name.endswith(".") or name.endswith(("Jr.", "Sr.", "JR.")) else name.rstrip(".")
    )
