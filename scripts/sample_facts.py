"""Draw a sample of extracted facts, and print each with its words in their context, for reading by eye.

usage: python scripts/sample_facts.py KIND NUMBER FOLDER SOURCE... [--seed SEED] [--least CONFIDENCE]
           [--leave-out LIST]... [--verdicts FILE]

FOLDER is what `kg extract SOURCE... --out FOLDER` has written. A fact is drawn by the digest of the seed and its place,
so a sample changes little where rules do, and anybody draws the same. `--least` leaves facts of less confidence out; by
default those that are candidates only. LIST names cables to leave out, an id a line. `--verdicts` writes a table to be
filled in: tests/extraction/sampled keeps those of the project, and docs/explanation/extraction.md tells the sums.
"""

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.cables import identify, merge
from kg.evaluation.model import KINDS
from kg.files import read_json
from kg.mapping.sureness import SURE
from kg.sources import read
from kg.sources.model import RawCable

COLUMNS: Final = ("cable", "place", "rule", "verdict", "reason")
# So many code points stand on each side of the words.
CONTEXT: Final = 400
SHOWN: Final = ("roles", "organization", "participants", "countries", "date", "date_text", "place", "kind", "ordinal")
MORE: Final = ("status", "forms", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact of one cable as extraction writes it; `spans` are its words as (part, start, end), the first its place."""

    cable: str
    spans: tuple[tuple[str, int, int], ...]
    rule: str
    confidence: float
    fields: Mapping[str, Any]

    @property
    def place(self) -> str:
        """The part, and where the words stand in it."""
        part, start, end = self.spans[0]
        return f"{part} {start}-{end}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path, help="what `kg extract` has written")
    parser.add_argument("sources", nargs="+", help="the sources it was extracted from")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--least", type=float, default=SURE, help="the least confidence of a fact")
    parser.add_argument("--leave-out", type=Path, action="append", default=[], help="a list of cables, an id a line")
    parser.add_argument("--verdicts", type=Path, help="write the table of verdicts, to be filled in")
    args = parser.parse_args()
    left_out = {name for path in args.leave_out for name in path.read_text(encoding="utf-8").split()}
    every = [fact for fact in facts(args.folder, args.kind, left_out) if fact.confidence >= args.least]
    sample = drawn(every, args.number, args.seed)
    texts = dict(parts(args.sources, {fact.cable for fact in sample}))
    print(f"{len(sample)} of {len(every):,} {args.kind}, seed {args.seed}")
    for number, fact in enumerate(sample, 1):
        print(f"\n{number}. " + "\n".join(lines(fact, texts.get(fact.cable, {}))))
    if args.verdicts is not None:
        args.verdicts.write_text("\n".join(table(sample)) + "\n", encoding="utf-8")


def facts(folder: Path, kind: str, left_out: Iterable[str] = ()) -> Iterator[Fact]:
    """All facts of a kind that a folder of extracted cables holds, those of some cables left out."""
    for path in sorted(folder.glob("*.json")):
        if path.stem not in left_out:
            for fields in read_json(path)[kind]:
                yield _fact(path.stem, fields)


def drawn(every: Iterable[Fact], number: int, seed: str) -> list[Fact]:
    """The sample of that seed: the facts of the least digests, in the order of their cables."""

    def rank(fact: Fact) -> str:
        return hashlib.sha256(f"{seed} {fact.cable} {fact.place}".encode()).hexdigest()

    return sorted(sorted(every, key=rank)[:number], key=lambda fact: (fact.cable, fact.place))


def parts(sources: Sequence[str], ids: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of the parts of some cables, by id and key."""
    together: dict[str, list[RawCable]] = {}
    for raw in read(sources):
        if isinstance(raw, RawCable) and (name := identify(raw)[0]) in ids:
            together.setdefault(name, []).append(raw)
    for name, raws in together.items():
        yield name, {part.key: part.text for part in merge(raws).cable.parts}


def lines(fact: Fact, texts: Mapping[str, str]) -> Iterator[str]:
    """A fact for reading: where it stands, what it says, its words in their context."""
    yield f"{fact.cable} {fact.place} [{fact.rule}, {fact.confidence}] {fact.fields.get('name', '')}"
    for key in (*SHOWN, *MORE):
        if fact.fields.get(key):
            yield f"   {key}: {fact.fields[key]}"
    for tenure in fact.fields.get("tenures", ()):
        yield f"   tenure: {tenure['text']} | {tenure['country']} ({tenure['country_basis']}), {tenure['status']}"
    for part in dict.fromkeys(part for part, _, _ in fact.spans[:4]):
        spans = [(start, end) for other, start, end in fact.spans if other == part]
        yield f"   {part}: {_in_context(texts.get(part, ''), spans)}"


def table(sample: Iterable[Fact]) -> Iterator[str]:
    """The rows of a table of verdicts, with the verdict and its reason to be filled in."""
    yield "\t".join(COLUMNS)
    for fact in sample:
        yield "\t".join((fact.cable, fact.place, fact.rule, "", ""))


def _fact(cable: str, fields: Mapping[str, Any]) -> Fact:
    if "evidence" in fields:
        evidence = fields["evidence"]
        spans = [(evidence["part"], evidence["start"], evidence["end"])]
    else:
        spans = [(one["part"], start, end) for one in fields["mentions"] for start, end in one["spans"][:1]]
    rule = fields.get("rule") or max(fields["mentions"], key=lambda one: one["confidence"])["rule"]
    return Fact(cable=cable, spans=tuple(spans), rule=rule, confidence=fields["confidence"], fields=fields)


def _in_context(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text around the spans, each between »…«."""
    pieces, at = [], max(0, spans[0][0] - CONTEXT)
    for start, end in sorted(spans):
        if start >= at:
            pieces.append(f"{text[at:start]}»{text[start:end]}«")
            at = end
    return "".join(pieces) + text[at : at + CONTEXT]


if __name__ == "__main__":
    main()
