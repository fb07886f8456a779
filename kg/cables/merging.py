"""Bring the raw cables of one canonical id together: versions of one text, sections of one cable.

Which text is preferred: a whole text before an extract, since the extract has less to read; then by the rank of the
format (`kg.sources.model.FORMATS`), since telegrams are closest to what was sent; then by digest, so that the order of
arrival never decides. Texts that say they are different sections are joined in the order of the sections.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.cables.header import PARTIAL
from kg.cables.identity import identify
from kg.cables.metadata import conflicts
from kg.cables.model import Cable, Problem, SourceNote
from kg.cables.parsing import parse, source_note
from kg.errors import UsageError
from kg.sources.model import FORMATS, RawCable

_RANK: Final = {name: rank for rank, name in enumerate(FORMATS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A cable and how the raw cables became it: read = 1 loaded + `duplicates` + `sections_joined`."""

    cable: Cable
    duplicates: int
    sections_joined: int


def merge(raws: Sequence[RawCable]) -> Merged:
    """One cable from all raw cables that share a canonical id; UsageError where there are none."""
    if not raws:
        raise UsageError("There is nothing to merge: no raw cables were given.")
    if len(raws) == 1:
        return Merged(cable=parse(raws[0]), duplicates=0, sections_joined=0)
    ordered = sorted(raws, key=_preference)
    sections = _sections(ordered)
    chosen = _joined(sections) if len(sections) > 1 else ordered[0]
    read_from = {raw.digest for raw in sections.values()} if len(sections) > 1 else {chosen.digest}
    cable = parse(chosen)
    notes = sorted((source_note(raw, is_preferred=raw.digest in read_from) for raw in raws), key=_order)
    others = [raw for raw in ordered if raw.metadata != chosen.metadata]
    joined = len(sections) - 1 if sections else 0
    return Merged(
        cable=_with_sources(cable, notes, others, _unread(ordered, read_from)),
        duplicates=len(raws) - 1 - joined,
        sections_joined=joined,
    )


def _preference(raw: RawCable) -> tuple[bool, int, str, str, int, tuple[tuple[str, str], ...]]:
    rank = _RANK.get(raw.format, len(_RANK))
    return PARTIAL.search(raw.text, 0, 400) is not None, rank, raw.digest, raw.source, raw.position, raw.metadata


def _order(note: SourceNote) -> tuple[str, int, str, tuple[tuple[str, str], ...]]:
    return note.source, note.position, note.digest, note.metadata


def _sections(ordered: Iterable[RawCable]) -> Mapping[int, RawCable]:
    """The preferred text of each section number, in order of the sections."""
    out: dict[int, RawCable] = {}
    for raw in ordered:
        section = identify(raw)[1]
        if section is not None:
            out.setdefault(section, raw)
    return dict(sorted(out.items()))


def _joined(sections: Mapping[int, RawCable]) -> RawCable:
    """The texts of the sections as one raw cable, with the metadata of the first."""
    raws = list(sections.values())
    first = raws[0]
    return RawCable(
        source=" + ".join(raw.source for raw in raws),
        position=first.position,
        format=first.format,
        encoding=first.encoding,
        metadata=first.metadata,
        text="\n\n".join(raw.text for raw in raws),
    )


def _unread(ordered: Iterable[RawCable], read_from: Collection[str]) -> list[Problem]:
    """A problem for each text that differs in its words from those the cable was read from."""
    raws = list(ordered)
    known = {_words(raw) for raw in raws if raw.digest in read_from}
    out = []
    for raw in raws:
        if (words := _words(raw)) not in known:
            known.add(words)
            out.append(
                Problem(
                    code="text-differs",
                    message=f"{raw.source}:{raw.position} holds another text of this cable; it is kept, not read.",
                    start=0,
                    end=0,
                )
            )
    return out


def _words(raw: RawCable) -> str:
    return " ".join(raw.text.split())


def _with_sources(cable: Cable, notes: list[SourceNote], others: list[RawCable], unread: Iterable[Problem]) -> Cable:
    """The cable with all its sources, and the problems that these bring to light."""
    problems = [*cable.problems, *unread]
    for raw in others:
        problems += [problem for problem in conflicts(cable, raw) if problem not in problems]
    return replace(cable, sources=tuple(notes), problems=tuple(problems))
