"""Bring the raw cables of one canonical id together: versions of one text, sections of one cable.

Which text is preferred: a whole text before an extract, since the extract has less to read, and any text before a
catalogue entry, which only fills what the text lacks; then by the rank of the format (`kg.sources.model.FORMATS`),
since telegrams are closest to what was sent; then by digest, so that the order of arrival never decides. Texts that say
they are different sections are joined in the order of the sections. Texts in other words are kept as versions with what
they have otherwise; no word of one text goes into another, so what a release has redacted stays so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from kg.cables.clean import clean
from kg.cables.differences import changes, folded_words
from kg.cables.header.transmission import PARTIAL
from kg.cables.identity import identify, identity_of
from kg.cables.model import Cable, Problem, SourceNote, Version
from kg.cables.oddities import missing_sections
from kg.cables.parsing import parse, source_note
from kg.cables.stated.catalogue import is_entry
from kg.cables.stated.metadata import aliases_of, conflicts, filled_from, repaired_ids
from kg.errors import UsageError
from kg.sources.decoding import line_broken
from kg.sources.model import FORMATS, RawCable

# What stands between the texts of two sections that are joined.
_BETWEEN: Final = "\n\n"

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
    for entry in filter(is_entry, ordered):
        cable = filled_from(cable, entry)
    versions = _versions(ordered, sections, chosen)
    joined = len(sections) - 1 if sections else 0
    missing = _missing(ordered, sections) if joined else []
    others = [raw for raw in ordered if raw.metadata != chosen.metadata]
    problems = [*cable.problems, *missing, *map(_differs, versions)]
    aliases = set(cable.aliases)
    for raw in others:
        identity = identity_of(raw)
        aliases.update(aliases_of(identity))
        found = (*repaired_ids(identity), *conflicts(cable, raw))
        problems += found
    notes = sorted((source_note(raw, is_preferred=raw.digest in read_from) for raw in raws), key=_order)
    return Merged(
        cable=replace(
            cable,
            aliases=tuple(sorted(aliases - {cable.canonical_id or ""})),
            sources=tuple(notes),
            problems=tuple(dict.fromkeys(problems)),
            versions=versions,
        ),
        duplicates=len(raws) - 1 - joined,
        sections_joined=joined,
    )


def _preference(raw: RawCable) -> tuple[int, int, str, str, int, tuple[tuple[str, str], ...]]:
    rank = _RANK.get(raw.format, len(_RANK))
    lack = 2 if is_entry(raw) else int(PARTIAL.search(raw.text, 0, 400) is not None)
    return lack, rank, raw.digest, raw.source, raw.position, raw.metadata


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
        text=_between(raws).join(raw.text for raw in raws),
        repairs=tuple(_shifted_repairs(raws)),
    )


def _between(raws: Iterable[RawCable]) -> str:
    """A blank line in the newlines of the texts: carriage returns alone where all have these."""
    return _BETWEEN if any(line_broken(raw.text) is raw.text for raw in raws) else "\r\r"


def _shifted_repairs(raws: Iterable[RawCable]) -> Iterator[tuple[int, str, str]]:
    """The repairs of texts that are joined, counted in the joined text."""
    shift = 0
    for raw in raws:
        yield from ((shift + start, before, now) for start, before, now in raw.repairs)
        shift += len(raw.text) + len(_BETWEEN)


def _missing(ordered: Iterable[RawCable], sections: Collection[int]) -> list[Problem]:
    """A problem for each section after the last one that was found; parsing finds those before it."""
    announced = max((identity_of(raw).section_of or 0 for raw in ordered), default=0)
    return missing_sections(range(1, max(sections) + 1), announced)


def _versions(ordered: Sequence[RawCable], sections: Mapping[int, RawCable], chosen: RawCable) -> tuple[Version, ...]:
    """The texts whose words differ from those the cable was read from, each once, with what they have otherwise.

    Where sections were joined, the text of a section is compared with the one that was read as this section.
    """
    offsets = _offsets(sections) if len(sections) > 1 else {}
    seen = {raw.digest for raw in (chosen, *(sections.values() if offsets else ()))}
    known = {folded_words(clean(text)) for text in (chosen.text, *(sections[n].text for n in offsets))}
    out = []
    for raw in ordered:
        if raw.digest in seen or is_entry(raw):
            continue
        seen.add(raw.digest)
        other = clean(raw.text)
        if (words := folded_words(other)) not in known:
            known.add(words)
            section = identify(raw)[1]
            preferred, offset = (sections[section], offsets[section]) if section in offsets else (chosen, 0)
            found, is_cut = changes(clean(preferred.text), other, offset)
            out.append(
                Version(source=raw.source, position=raw.position, digest=raw.digest, changes=found, is_cut=is_cut)
            )
    return tuple(out)


def _offsets(sections: Mapping[int, RawCable]) -> dict[int, int]:
    """Where the text of each section begins in the joined text."""
    lengths = (len(raw.text) + len(_BETWEEN) for raw in sections.values())
    return dict(zip(sections, accumulate(lengths, initial=0), strict=False))


def _differs(version: Version) -> Problem:
    first = version.changes[0]
    return Problem(
        code="text-differs",
        message=f"{version.source}:{version.position} holds another text of this cable; it is kept, not read.",
        start=first.start,
        end=first.end,
    )
