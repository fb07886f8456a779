"""Compare what the text of a cable says alone with what its source states: id, hour, post, classification.

usage: python scripts/compare_metadata.py SOURCE...

The metadata are taken off before the text is parsed, so nothing can leak from them into what is read. An id needs the
year, which a text without a date does not have; so station and number are compared too. Minutes are not compared: the
viewer prints wrong ones. Each difference is listed with its cause as far as the text shows it.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kg.cables import parse
from kg.cables.ids.repair import repair_id
from kg.cables.model import Cable
from kg.cables.stated.attributes import stated_classification, stated_post
from kg.cables.stated.dates import stated_date
from kg.sources import read
from kg.sources.model import RawCable


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One field of one cable: as stated, as read from the text alone (None where the text lacks it), and why not."""

    field: str
    cable: str
    stated: str
    read: str | None
    cause: str

    @property
    def outcome(self) -> str:
        """`agree`, `differ`, or `not in the text`."""
        return "not in the text" if self.read is None else "agree" if self.read == self.stated else "differ"


OUTCOMES: Final = ("agree", "differ", "not in the text")


def compare(raw: RawCable) -> Iterator[Comparison]:
    """The fields of a cable that its source states, each beside what the text alone says."""
    cable = parse(replace(raw, metadata=()))
    for field, (stated_of, read_of) in FIELDS.items():
        stated = stated_of(raw)
        if stated is not None:
            found = read_of(cable)
            name = _stated_id(raw) or f"{raw.source}:{raw.position}"
            yield Comparison(field=field, cable=name, stated=stated, read=found, cause=_cause(field, cable, raw))


def _stated_id(raw: RawCable) -> str | None:
    known = repair_id(raw.get("reference_id") or "")
    return str(known.id) if known else None


def _stated_number(raw: RawCable) -> str | None:
    known = repair_id(raw.get("reference_id") or "")
    return f"{known.id.station} {known.id.number}" if known else None


def _number(cable: Cable) -> str | None:
    """Station and number, which the class line gives without the year too."""
    reference = cable.message_reference_number
    known = repair_id(cable.canonical_id or (f"00 {reference.value}" if reference else ""))
    return f"{known.id.station} {known.id.number}" if known else None


def _stated_hour(raw: RawCable) -> str | None:
    stated = stated_date(raw.get("created"))
    return f"{stated.instant:%Y-%m-%d %H}" if stated and stated.has_hour else None


def _hour(cable: Cable) -> str | None:
    return f"{cable.sent_at:%Y-%m-%d %H}" if cable.sent_at else None


def _classification(cable: Cable) -> str | None:
    return cable.classification.value if cable.classification else None


FIELDS: Final = MappingProxyType(
    {
        "id": (_stated_id, lambda cable: cable.canonical_id),
        "station, number": (_stated_number, _number),
        "day and hour": (_stated_hour, _hour),
        "post": (stated_post, lambda cable: cable.post),
        "classification": (stated_classification, _classification),
    }
)


def _cause(field: str, cable: Cable, raw: RawCable) -> str:
    """Why the text does not say what the source states, as far as the text shows it."""
    codes = {problem.code for problem in cable.problems}
    if field in ("id", "day and hour") and cable.sent_at is None:
        return "an extract whose header was left out" if cable.is_partial else "a text without a date"
    if field == "day and hour":
        is_alone = cable.originator_routing_indicator is None or codes & {"de-line-day-differs", "de-line-hour-differs"}
        return "unknown" if is_alone else "date-time group and DE line agree, so the source is wrong"
    if "class-line-of-another-cable" in codes:
        return "the text of another cable under this one's header"
    if field == "classification" and "//" in (stated_classification(raw) or ""):
        marked = sum("NF" in (part.portion_marking or "") for part in cable.parts)
        return f"no caption says so; {marked} portions are marked NF"
    return "unknown"


def report(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """The counts of each field with their denominators, then every comparison that does not agree."""
    yield f"{'field':<16}{'stated':>8}{''.join(f'{outcome:>17}' for outcome in OUTCOMES)}{'share that differs':>20}"
    for field in FIELDS:
        of_field = [one.outcome for one in comparisons if one.field == field]
        counts = [of_field.count(outcome) for outcome in OUTCOMES]
        share = f"{counts[1] / len(of_field):.2%}" if of_field else "-"
        yield f"{field:<16}{len(of_field):>8}{''.join(f'{number:>17}' for number in counts)}{share:>20}"
    for outcome in OUTCOMES[1:]:
        yield ""
        yield f"{outcome}:"
        for one in comparisons:
            if one.outcome == outcome:
                yield f"  {one.field}: {one.cable}: stated {one.stated}, read {one.read}: {one.cause}"


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("Name the files or folders to compare: python scripts/compare_metadata.py SOURCE...")
    found = [item for item in read(sys.argv[1:]) if isinstance(item, RawCable)]
    print(f"{len(found)} cables")
    for line in report([one for raw in found for one in compare(raw)]):
        print(line)
