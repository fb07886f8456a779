"""Read annotated cables, and say of each that is broken what is wrong and where; the sound rest of it is kept."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from kg.evaluation.model import (
    AgreementEntry,
    Annotation,
    AnnotationProblem,
    FoundMention,
    MeetingEntry,
    PersonEntry,
)
from kg.evaluation.texts import CableText

# Matches PT, SUHH, GB-SCT; not Portugal, pt
_CODE: Final = re.compile(r"[A-Z]{1,4} (?: - [A-Z]{2,4} )?", re.VERBOSE)
# Matches the first date of a text in EDTF: 2006, 2006-03~, 2006-21, [2006-03-09,..], ../2006-03; not 9 March, 2006-13
_EDTF: Final = re.compile(
    r"""
    (?: [\[{/~?%] | \.\. )* -? [\dX]{4}                                # how a set or an interval opens; the year
    (?: - [~?%]? (?: 0[1-9] | 1[0-2] | 2[1-9] | 3\d | 4[01] | [01]X | XX )  # a month or a season
        (?: - [~?%]? (?: 0[1-9] | [12]\d | 3[01] | [0-3]X | XX ) )?        # a day
    )?
    (?: [~?%/,.\]}] | \Z )
    """,
    re.VERBOSE,
)

Values = Mapping[str, Any]
_Check = tuple[str, Callable[[Any], bool]]

_TEXT: Final[_Check] = ("a string", lambda value: isinstance(value, str))
_TEXT_OR_NULL: Final[_Check] = ("a string or null", lambda value: value is None or isinstance(value, str))
_COUNTRY: Final[_Check] = (
    "a country's code, as PT, or null",
    lambda value: value is None or (isinstance(value, str) and _CODE.fullmatch(value) is not None),
)
_DATE: Final[_Check] = (
    "a date in EDTF, as 2006-03-09, or null",
    lambda value: value is None or (isinstance(value, str) and _EDTF.match(value) is not None),
)
_TEXTS: Final[_Check] = (
    "a list of strings",
    lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
)
_NUMBER_OR_NULL: Final[_Check] = ("a number or null", lambda value: value is None or type(value) is int)
_NUMBERS: Final[_Check] = (
    "a list of numbers",
    lambda value: isinstance(value, list) and all(type(one) is int for one in value),
)
_LIST: Final[_Check] = ("a list of objects", lambda value: isinstance(value, list))

# What the measure looks at, so an entry cannot be without it.
_NEEDED: Final[Mapping[str, Mapping[str, _Check]]] = MappingProxyType(
    {
        "officials": {"name": _TEXT, "forms": _TEXTS, "roles": _TEXTS, "country": _COUNTRY},
        "others": {"name": _TEXT, "forms": _TEXTS},
        "meetings": {
            "participants": _TEXTS,
            "countries": _TEXTS,
            "date": _DATE,
            "place": _TEXT_OR_NULL,
            "paragraph": _NUMBER_OR_NULL,
        },
        "agreements": {"name": _TEXT, "forms": _TEXTS},
    }
)
# What an entry may have beside.
_ALLOWED: Final[Mapping[str, _Check]] = MappingProxyType(
    {
        "roles": _TEXTS,
        "organization": _TEXT_OR_NULL,
        "paragraphs": _NUMBERS,
        "date_text": _TEXT_OR_NULL,
        "quote": _TEXT_OR_NULL,
        "kind": _TEXT,
        "status": _TEXT,
        "countries": _TEXTS,
        "ordinal": _NUMBER_OR_NULL,
    }
)
# The keys whose strings are copied from the text.
WORDS: Final = ("name", "forms", "roles", "organization", "participants", "date_text", "place", "quote")


def parse_annotation(file: str, content: bytes) -> Values | AnnotationProblem:
    """The JSON object of an annotation file, or why there is none."""
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return AnnotationProblem(file=file, place=f"byte {error.start}", message="this is no text in UTF-8")
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        return AnnotationProblem(file=file, place=where, message=f"this is no JSON: {error.msg}")
    except RecursionError:
        return AnnotationProblem(file=file, place="", message="this JSON is nested too deeply to be an annotation")
    if not isinstance(value, dict):
        return AnnotationProblem(file=file, place="", message="an annotation is a JSON object")
    return value


def read_annotation(
    file: str, canonical_id: str, value: Values, text: CableText
) -> tuple[Annotation, list[AnnotationProblem]]:
    """An annotation of the cable of that id, and what is wrong with it: entries that cannot be used are left out."""
    sound: dict[str, list[Values]] = {}
    problems: list[AnnotationProblem] = []

    def tell(place: str, message: str) -> None:
        problems.append(AnnotationProblem(file=file, place=place, message=message))

    for kind in _NEEDED:
        entries = value.get(kind, [] if kind == "others" else None)
        sound[kind] = []
        if entries is None:
            tell(kind, "this key is missing")
        elif not isinstance(entries, list):
            tell(kind, f"this is no list of objects but {_shown(entries)}")
        else:
            for number, entry in enumerate(entries):
                place = f"{kind}[{number}]"
                wrong = list(_mistakes(kind, entry))
                for key, message in wrong:
                    tell(f"{place}.{key}" if key else place, message)
                if not wrong:
                    sound[kind].append(entry)
                    for key, message in _strange_words(entry, text):
                        tell(f"{place}.{key}", message)
    return annotation(canonical_id, sound, text), problems


def annotation(canonical_id: str, entries: Mapping[str, Any], text: CableText) -> Annotation:
    """The values of a cable whose entries are sound: of an annotation, or of the file that extraction writes."""
    return Annotation(
        id=canonical_id,
        officials=tuple(_person(entry, text) for entry in entries["officials"]),
        others=tuple(_person(entry, text) for entry in entries["others"]),
        meetings=tuple(_meeting(entry, text) for entry in entries["meetings"]),
        agreements=tuple(_agreement(entry, text) for entry in entries["agreements"]),
    )


def _mistakes(kind: str, entry: object) -> Iterator[tuple[str, str]]:
    """What makes an entry unusable, by key."""
    if not isinstance(entry, dict):
        yield "", f"an entry is an object, and this is {_shown(entry)}"
        return
    for key, (what, is_right) in {**_ALLOWED, **_NEEDED[kind]}.items():
        if key not in entry:
            if key in _NEEDED[kind]:
                yield key, "this key is missing"
        elif not is_right(entry[key]):
            yield key, f"this should be {what} and is {_shown(entry[key])}"


def _strange_words(entry: Values, text: CableText) -> Iterator[tuple[str, str]]:
    """The strings of an entry that do not stand in the text of the cable."""
    for key in WORDS:
        value = entry.get(key)
        for place, words in [(key, value)] if not isinstance(value, list) else _numbered(key, value):
            if words is not None and not text.holds(words):
                yield place, f"{_shown(words)} does not stand in the text"


def _numbered(key: str, values: list[str]) -> list[tuple[str, str]]:
    return [(f"{key}[{number}]", value) for number, value in enumerate(values)]


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def _person(entry: Values, text: CableText) -> PersonEntry:
    mentions = tuple(
        FoundMention(text=one["text"], rule=one["rule"], confidence=one["confidence"])
        for one in entry.get("mentions", ())
    )
    return PersonEntry(
        names=(entry["name"], *entry["forms"]),
        roles=tuple(entry.get("roles", ())),
        country=entry.get("country"),
        mentions=mentions,
        confidence=entry.get("confidence"),
        rule=max(mentions, key=lambda one: one.confidence).rule if mentions else None,
        place=_place(entry, text, entry["name"]),
        words=entry["name"],
    )


def _meeting(entry: Values, text: CableText) -> MeetingEntry:
    words = entry.get("quote") or ", ".join(entry["participants"])
    return MeetingEntry(
        participants=tuple(entry["participants"]),
        countries=tuple(entry["countries"]),
        date=entry["date"],
        venue=entry["place"],
        paragraph=entry["paragraph"] or 0,
        confidence=entry.get("confidence"),
        rule=entry.get("rule"),
        place=_place(entry, text, words),
        words=words,
    )


def _agreement(entry: Values, text: CableText) -> AgreementEntry:
    return AgreementEntry(
        names=(entry["name"], *entry["forms"]),
        confidence=entry.get("confidence"),
        rule=entry.get("rule"),
        place=_place(entry, text, entry["name"]),
        words=entry["name"],
    )


def _place(entry: Values, text: CableText, words: str) -> str:
    """Where the words of an entry stand: an extracted entry says it, for an annotated one they are looked up."""
    if "evidence" in entry:
        return "{part} {start}-{end}".format(**entry["evidence"])
    if entry.get("mentions"):
        first = entry["mentions"][0]
        return f"{first['part']} {first['spans'][0][0]}-{first['spans'][0][1]}"
    numbers = [entry["paragraph"]] if "paragraph" in entry else entry.get("paragraphs", ())
    return text.place_of(words, min(numbers, default=None))
