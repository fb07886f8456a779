"""The cases of the peer cablemap, run through the project's own functions.

Each case names one of cablemap's functions; the table below maps it to ours. The file of cases is taken from
KG_CABLEMAP_CASES, else from the shared texts. What fails here and why stands in docs/reference/cablemap-cases.md; the
number of cases that pass may only grow.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from kg.cables import parse
from kg.cables.body.plain import plain_summary, plain_text
from kg.cables.fields.tags import kind_of
from kg.cables.fields.titles import display_name, title_case
from kg.cables.ids.repair import repair_id
from kg.cables.json_form import precedence_of
from kg.cables.model import Addressee, Cable
from kg.sources import RawCable

# Cases of the file in shared/ that pass. cablemap itself passes 652 of its 914, of which these are a part.
PASSED_OF_SHARED: Final = 434

SHARED: Final = Path(os.environ.get("KG_SHARED", Path(__file__).parents[3] / "shared"))

# cablemap's words for kinds of references, where they differ.
KINDS_OF_REFERENCES: Final = MappingProxyType({"e-mail": "email", "telcon": "tel", "other": "unknown"})

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One case: its function, what went in, what was expected and what came out."""

    function: str
    given: str
    expected: object
    found: object

    @property
    def is_passed(self) -> bool:
        return self.found == self.expected


def _read(text: str, arguments: Arguments) -> Cable:
    """The cable of a fragment; the year of the cable, where a case gives it, comes from its id."""
    # cablemap strips every pilcrow before it looks at a text.
    year = arguments.get("year")
    known = arguments.get("reference_id") or (f"{year % 100:02d}NOWHERE1" if year else "")
    metadata = (("reference_id", known),) if known else ()
    return parse(
        RawCable(
            source="case",
            position=1,
            format="telegram",
            encoding="utf-8",
            metadata=metadata,
            text=text.replace("¶", ""),
        )
    )


def _canonicalize_id(text: str, arguments: Arguments, expected: object) -> object:
    repaired = repair_id(text)
    return text if repaired is None else str(repaired.id)


def _references(text: str, arguments: Arguments, expected: object) -> object:
    found = _read(text, arguments).references
    if _expects_objects(expected):
        return [
            {
                "value": r.target or r.as_sent,
                "kind": KINDS_OF_REFERENCES.get(r.kind, r.kind),
                "bullet": r.letter,
                "title": r.title,
            }
            for r in found
        ]
    return [r.target for r in found if r.target is not None]


def _expects_objects(expected: object) -> bool:
    return isinstance(expected, list) and any(isinstance(item, dict) for item in expected)


def _classified_by(text: str, arguments: Arguments, expected: object) -> object:
    found = _read(text, arguments).classified_by
    names = found.names if found else ()
    return [display_name(name) for name in names] if arguments.get("normalize") else list(names)


def _titlefy(text: str, arguments: Arguments, expected: object) -> object:
    return title_case(text)


def _signed_by(text: str, arguments: Arguments, expected: object) -> object:
    return [name.value for name in _read(text, arguments).signed_by]


def _subject(text: str, arguments: Arguments, expected: object) -> object:
    found = _read(text, arguments).subject
    if found is None:
        return ""
    # cablemap strips the portion marking only where it is asked to.
    is_kept = arguments.get("clean") is False and found.portion_marking is not None
    return f"({found.portion_marking}) {found.value}" if is_kept else found.value


def _tags(text: str, arguments: Arguments, expected: object) -> object:
    found = _read(text, arguments).tags
    if arguments.get("canonicalize", True):
        return [tag.term for tag in found]
    # As sent: terms that touch are one word.
    words: list[str] = []
    for before, tag in zip((None, *found), found, strict=False):
        if before is not None and before.end == tag.start:
            words[-1] += tag.as_sent
        else:
            words.append(tag.as_sent)
    return words


def _tag_kind(text: str, arguments: Arguments, expected: object) -> object:
    # To cablemap regions are geographic.
    kind = "geographic" if kind_of(text) == "region" else kind_of(text)
    return arguments["default"] if kind == "unknown" and "default" in arguments else kind


def _summary(text: str, arguments: Arguments, expected: object) -> object:
    return plain_summary(_read(text, arguments)) or ""


def _clean_content(text: str, arguments: Arguments, expected: object) -> object:
    return plain_text(_read(text, arguments))


def _deadline(text: str, arguments: Arguments, expected: object) -> object:
    found = _read(text, arguments).declassify_on
    return found.value.isoformat() if found else None


def _recipients(text: str, arguments: Arguments, expected: object) -> object:
    return [_addressee(found) for found in _read(text, arguments).action_addressees]


def _info_recipients(text: str, arguments: Arguments, expected: object) -> object:
    return [_addressee(found) for found in _read(text, arguments).info_addressees]


def _addressee(found: Addressee) -> dict[str, object]:
    return {
        "route": found.routing_indicator,
        "name": found.plad,
        "precedence": precedence_of(found),
        "mcn": found.serial,
        "excluded": list(found.exempted),
    }


FUNCTIONS: Final[Mapping[str, Callable[[str, Arguments, object], object]]] = MappingProxyType(
    {
        "canonicalize_id": _canonicalize_id,
        "clean_content": _clean_content,
        "parse_classified_by": _classified_by,
        "parse_info_recipients": _info_recipients,
        "parse_nondisclosure_deadline": _deadline,
        "parse_recipients": _recipients,
        "parse_references": _references,
        "parse_signed_by": _signed_by,
        "parse_subject": _subject,
        "parse_summary": _summary,
        "parse_tags": _tags,
        "tag_kind": _tag_kind,
        "titlefy": _titlefy,
    }
)


def outcomes(path: Path) -> Iterator[Outcome]:
    """Run every case of a file; a function that has no counterpart here fails all its cases."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        run = FUNCTIONS.get(case["function"])
        arguments, expected = case.get("args") or {}, case["expected"]
        if run is not None and isinstance(expected, dict) and "$call" in expected:
            expected = FUNCTIONS[expected["$call"]](expected["input"], arguments, None)
        found = "no such function" if run is None else run(case["input"], arguments, expected)
        yield Outcome(function=case["function"], given=case["input"], expected=expected, found=found)


@pytest.fixture(scope="module")
def run() -> list[Outcome]:
    named = os.environ.get("KG_CABLEMAP_CASES")
    path = Path(named) if named else SHARED / "suites" / "cablemap" / "cases.jsonl"
    if not path.exists():
        pytest.skip(f"needs the cases of cablemap, and there are none at {path} (set KG_CABLEMAP_CASES to their file)")
    return list(outcomes(path))


def test_cases_of_cablemap(run: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{report(run)}")
    assert run
    if "KG_CABLEMAP_CASES" not in os.environ:
        assert sum(outcome.is_passed for outcome in run) >= PASSED_OF_SHARED


def report(run: list[Outcome]) -> str:
    """One line with the totals, and the same for each function."""
    passed = Counter(outcome.function for outcome in run if outcome.is_passed)
    failed = Counter(outcome.function for outcome in run if not outcome.is_passed)
    lines = [f"cablemap: passed {passed.total()} failed {failed.total()}"]
    lines += [f"{name}: passed {passed[name]} failed {failed[name]}" for name in sorted({*passed, *failed})]
    return "\n".join(lines)


if __name__ == "__main__":
    cases = Path(sys.argv[1])
    found = list(outcomes(cases))
    print(report(found))
    for outcome in found:
        if not outcome.is_passed and outcome.function in (sys.argv[2:] or {outcome.function}):
            print(json.dumps([outcome.function, outcome.given, outcome.expected, outcome.found], ensure_ascii=False))
