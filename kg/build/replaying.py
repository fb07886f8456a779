"""Replay quarantine: read refused cables again with the code and the shapes of today, and publish what passes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.build.pipeline import Plan, add
from kg.build.quarantine import Held, held, refused_by
from kg.build.report import BuildReport
from kg.errors import UsageError
from kg.validation.quarantine import RefusedCable, fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """What became of the cables that were replayed: the names of those that passed, and those still refused.

    `build` is the build that replayed them; a cable that passes is in its snapshot.
    """

    passed: tuple[str, ...]
    refused: tuple[RefusedCable, ...]
    build: BuildReport

    def as_json(self) -> dict[str, Any]:
        """The outcome, and the report of the build, as JSON can hold it."""
        refused = [{"cable": one.name, "reasons": list(one.reasons)} for one in self.refused]
        return {"passed": list(self.passed), "refused": refused, "build": self.build.as_json()}


def replay(plan: Plan, names: Sequence[str]) -> ReplayReport | None:
    """Build anew from the kept sources and the refused cables; None where quarantine is empty.

    The build judges every cable that it is made from, so the refused cables of the current snapshot are all read again;
    of earlier ones' those of the names come back, or all where there is no name. UsageError where a name is not there.
    """
    chosen = chosen_from(held(plan.data), names)
    if not chosen:
        return None
    back = {fingerprint(raw) for one in chosen if not one.is_current for raw in one.refused.raw}
    report = add(replace(plan, arguments=(), returning=tuple(sorted(back))))
    still = refused_by(plan.data, report.snapshot)
    left = {fingerprint(raw): one for one in still for raw in one.raw}
    passed = [one.refused.name for one in chosen if not any(fingerprint(raw) in left for raw in one.refused.raw)]
    named = {left[key].name: left[key] for one in chosen for key in map(fingerprint, one.refused.raw) if key in left}
    return ReplayReport(passed=tuple(passed), refused=tuple(named[name] for name in sorted(named)), build=report)


def chosen_from(found: Sequence[Held], names: Sequence[str]) -> list[Held]:
    """The cables in quarantine of these names, all where there is no name; UsageError where one is not there."""
    if not names:
        return list(found)
    chosen: list[Held] = []
    for name in names:
        chosen += [one for one in named(found, name) if one not in chosen]
    return chosen


# So many digits of a digest are asked for, which no two texts of a quarantine share by chance.
SHORTEST_DIGEST = 8


def named(found: Sequence[Held], name: str) -> list[Held]:
    """The cables in quarantine that a name means: a canonical id, or the first eight digits or more of a digest."""
    wanted = name.strip()
    ids = [one for one in found if one.refused.canonical_id == wanted.upper()]
    digests = [
        one
        for one in found
        if one.refused.canonical_id is None
        and len(wanted) >= SHORTEST_DIGEST
        and one.refused.name.startswith(wanted.lower())
    ]
    if not ids and not digests:
        raise UsageError(f"No cable {name} is in quarantine. `kg quarantine list` names all that are.")
    return ids or digests
