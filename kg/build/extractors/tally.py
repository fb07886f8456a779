"""Count and name what became of the answers of an extractor: nothing of them is dropped in silence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.build.extractors.installed import Chosen

# What is counted, beside the reasons of refusals and failures.
COUNTS: Final = ("cables", "parts", "asked", "kept", "suggested", "admitted", "known")


@dataclass(slots=True)
class Tally:
    """The counts of one extractor in the making; `named` are its refusals and failures, one record each."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    messages: dict[str, str] = field(default_factory=dict)  # the first of each reason of a failure
    named: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, cable: str, part: str, text: str, reason: str) -> None:
        """Count and name a suggestion that was not let in."""
        self.refused[reason] += 1
        self.named.append({"cable": cable, "part": part, "refused": reason, "text": text})

    def fail(self, cable: str, reason: str, message: str) -> None:
        """Count and name a cable about which the extractor gave no answer."""
        self.failed[reason] += 1
        self.messages.setdefault(reason, message)
        self.named.append({"cable": cable, "failed": reason, "message": message})

    def as_json(self) -> dict[str, Any]:
        """The counts, without the names."""
        return {
            **{name: self.counts[name] for name in COUNTS},
            "refused": dict(sorted(self.refused.items())),
            "failed": dict(sorted(self.failed.items())),
            "messages": dict(sorted(self.messages.items())),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorReport:
    """What one extractor did in a whole build.

    `cables` had `parts` to ask about; of these `asked` were asked anew and `kept` had an answer already. `suggested`
    spans were `admitted`, `known` to the rules, or `refused`, by reason; `failed` counts cables without an answer, and
    `messages` has the first message of each of its reasons.
    """

    name: str
    version: str
    confidence: float
    cables: int
    parts: int
    asked: int
    kept: int
    suggested: int
    admitted: int
    known: int
    refused: Mapping[str, int]
    failed: Mapping[str, int]
    messages: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """The report for the manifest and for `--json`."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}

    def as_text(self) -> str:
        """A line `extractor spacy (…): 12 parts of 9 cables, …`, and the first message of each way to fail."""
        text = (
            f"extractor {self.name} ({self.version}): {self.parts:,} parts of {self.cables:,} cables, "
            f"{self.asked:,} asked, {self.kept:,} answered before; {self.suggested:,} spans suggested, "
            f"{self.admitted:,} let in, {self.known:,} known"
        )
        for what, counts in (("refused", self.refused), ("failed", self.failed)):
            if counts:
                reasons = ", ".join(f"{reason} {number:,}" for reason, number in counts.items())
                text += f"; {what} {sum(counts.values()):,} ({reasons})"
        for reason in self.failed:
            if message := self.messages.get(reason):
                text += f"\n  {reason}: {' '.join(message.split())}"
        return text


def reports(extractors: Iterable[Chosen], tallies: Sequence[Mapping[str, Any]]) -> tuple[ExtractorReport, ...]:
    """The sum for each extractor of what partitions counted, `{name: counts}` each."""
    made = []
    for chosen in extractors:
        own = [tally[chosen.name] for tally in tallies if chosen.name in tally]
        made.append(
            ExtractorReport(
                name=chosen.name,
                version=chosen.version,
                confidence=chosen.confidence,
                **{count: sum(one[count] for one in own) for count in COUNTS},
                refused=_sum(one["refused"] for one in own),
                failed=_sum(one["failed"] for one in own),
                messages={reason: text for one in reversed(own) for reason, text in one["messages"].items()},
            )
        )
    return tuple(made)


def _sum(many: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in many:
        total.update(one)
    return dict(sorted(total.items()))


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
