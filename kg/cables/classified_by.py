"""The Classified By line: who classified the cable, in what position, and for which reasons."""

import re
from typing import Final

from kg.cables.model import ClassifiedBy, CleanText
from kg.cables.spans import folded, text_value

_AGAIN: Final = re.compile(
    r"\s*(?:Classified\s+by\b[\s:]*|by\s+|\([A-Z]{1,3}\)\s*|[:.]\s*)+", re.IGNORECASE
)  # "Classified By: Classified by ..."

_REASONS: Final = re.compile(
    r"""
    (?:\b(?:f\s?o\s?r|based\s+(?:up)?on)\s+)?(?:the\s+|E\.O\.\s*\d{5}\s+)?\br\s?e\s?a?\s?s\s?o?\s?n\s?s?\b:?\s*(?:for\s+classification\s*)?[\s:.]*
    | (?:\b(?:per|by|under|based\s+(?:up)?on)\s+(?:se\s?ction\s+)?)?\b(?:E\.?\s?O\.?\s*1\d{4},?\s*)?(?=1[.,]\s?[4-6])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SECTION: Final = re.compile(r"1\s?[.,]\s?(?P<section>[4-6])")
_BROKEN_AND: Final = re.compile(r"\ba\s+nd\b|\ban\s+d\b", re.IGNORECASE)  # "(b) a / nd (d)", broken at the margin
_LETTERS: Final = re.compile(r"(?<![A-Za-z])[A-Ha-h](?![A-Za-z])")

# The words of positions: "Political Counselor John S. Creamer", "DCM ...", "ECONOMIC OFFICER ...", "EconMinCouns ...".
_TITLE_WORD: Final = re.compile(
    r"""
    (?: Acting|Deputy|Vice|Senior|Principal|Chief|Consul|General|Assistant|Under|Secretary|Director|Dir|Minister|Minster
      | (?:Minister-)?(?:Coun(?:s|c|sel)?|Cous)(?:[ie]l)?l?[eio]{0,2}rs?|Counsel        # Counsellor, Councilor
      | Amb(?:[a-z]{2,5}ss?[a-z]{1,3}d[a-z]{1,4})?                             # Ambassador, Ambasasdor, Ambassodor
      | Charg[eé]['’]?|(?:de|d['’,]?)?Aff?ai?r(?:es|ies)|a\.?i                 # Charge d'Affaires, a.i.
      | Off(?:icer)?|Mission|Political(?:[/-][A-Za-z]+)?|Econ(?:omic)?(?:[/-][A-Za-z]+)?|Pol(?:[/-][A-Za-z]+)?|EcoPol
      | Management|Public|Affairs|Consular|Commercial|Legal|Advis[eo]r|Attach[eé]|Head|Section|Unit|Coordinator|Envoy
      | Representative|Rep|Manager|Team|Leader|Desk|Regional|Security|Bureau|Office|Mr|Ms|Mrs|Dr
      | (?:Pol|Econ|Emb|Msn)[A-Za-z/]{0,8}(?:Couns|Off|Mil|MC)                  # Polmincouns, EconOff
      | A?DCM|CDA|COM|MC|M-C|M/C|A/S|U/S|D/S|P?DAS|PO|CG|PAO|NAS|PRT|EMIN
      | [A-Z]{1,5}(?:/[A-Za-z]{1,8}){1,2}                                      # P/E, INR/OPS
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Words that bind a title together: "Counselor for Political Affairs", "Chief of the Section".
_BINDING: Final = frozenset({"of", "the", "for", "and", "to", "at", "&"})

_NAME: Final = re.compile(
    r"""
    # JOHN Q. DOE   Jane van Roe   LEE 0. DOE
    [A-Z][A-Za-z'’.\x00-]* (?:\s(?:0\.|[A-Z][A-Za-z'’.\x00-]*|d[aeiu]|de\sla|v[ao]n|del|al|el|la|[Ii]{2,3})){0,4}
    """,
    re.VERBOSE,
)
_PARTING: Final = re.compile(r"[,;]\s+|\s-\s|[()]")
# Stands for the comma of "Randt, Jr." while commas part the line.
_COMMA: Final = "\x00"
_ABBREVIATED: Final = re.compile(r"(?:\.\w|\bAmb)\.\Z")  # "a.i.", "Amb."
_SUFFIX: Final = re.compile(r",\s*(?:Jr|Sr|II|III|IV)\.?(?=[\s,;.]|\Z)", re.IGNORECASE)


def read_classified_by(clean: CleanText, start: int, end: int) -> ClassifiedBy:
    """Who classified the cable, read from the value of the line; `name` is None where no person is named."""
    value = text_value(clean, start, end)
    text = folded(
        _AGAIN.sub("", clean.text[value.start : value.end], count=1) if _AGAIN.match(value.value) else value.value
    )
    head, reasons = _split(text)
    name = _name_in(head)
    title = _title(head, name)
    return ClassifiedBy(
        as_sent=value.as_sent,
        start=value.start,
        end=value.end,
        names=(name,) if name else (),
        title=title,
        reasons=_reasons(reasons),
    )


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


def _name_in(head: str) -> str | None:
    """The name in `DCM John Doe`, `DCM, John Doe` and `John Doe, DCM` alike: the words that are no title."""
    head = _SUFFIX.sub(lambda m: _COMMA + m.group().lstrip(" ,"), head)
    parts = [part.strip(" .:-") if at else part.strip(" :-") for at, part in enumerate(_PARTING.split(head))]
    for part in filter(None, parts):
        words = part.split()
        first, last = _title_span(words)
        if last < len(words):
            return _name(" ".join(words[last:]))
        if first:
            return _name(" ".join(words[:first]))
    return None


def _title(head: str, name: str | None) -> str | None:
    """What stands before the name, else behind it, as written."""
    if name is None:
        return head.strip(" ,.;:-") or None
    start = head.find(name)
    before, after = head[:start].strip(" ,;:-("), head[start + len(name) :].strip(" ,;:-()")
    title = before or after.lstrip(". ")
    return (title if _ABBREVIATED.search(title) else title.rstrip(".")) or None


def _title_span(words: list[str]) -> tuple[int, int]:
    """From the first to behind the last word of a title; words in capitals before a name in small letters count."""
    titles = [at for at, word in enumerate(words) if _TITLE_WORD.fullmatch(word.strip(".,:"))]
    first, last = (titles[0], titles[-1] + 1) if titles else (0, 0)
    while last < len(words) and words[last].lower() in _BINDING:
        last += 1
    while last + 1 < len(words) and _is_acronym(words[last]) and any(map(str.islower, words[last + 1][1:])):
        last += 1
    return (first if last == len(words) and titles else 0), last


def _is_acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word


def _name(text: str) -> str | None:
    match = _NAME.match(text)
    if match is None or not any(len(word.strip(".")) > 1 for word in match.group().split()):
        return None
    name = match.group().strip().replace(_COMMA, ", ")
    return name if name.endswith(("Jr.", "Sr.", "JR.", "SR.")) or len(name) == 2 else name.rstrip(".")
