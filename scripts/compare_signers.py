"""Compare who signed the cables with the list of chiefs of mission: is each chief in office found, and nobody else?

usage: python scripts/compare_signers.py pocom_chiefs_and_principals.tsv SOURCE...

The list is read as it is, not as the project has frozen it. A signer is *due* where the surname is that of a chief of
mission or principal officer in office at the post that day; he *resolves* where the official behind the signature is
that person of the list. An official who is a person of the list must be in office on the day of each signature.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from freeze_chiefs import first_day, last_day, places

from kg.cables import identify, merge
from kg.extraction import extract
from kg.identity.forms import parse
from kg.identity.model import SIGNER, Ledger, LocalPerson, Official, Resolution
from kg.identity.names import local_persons
from kg.identity.resolve import resolve
from kg.sources import read
from kg.sources.model import RawCable

CHIEFS: Final = (
    "ambassador",
    "charge",
    "minister",
    "principal-officer",
    "representative",
    "secretary",
    "chief",
    "director",
)

OUTCOMES: Final = ("found", "missed", "other", "not in office", "own full name, outside the term", "not in the list")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A row of the list at one post."""

    person: str
    surname: tuple[str, ...]
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature: who signed as the cable has it, the person of the list who is due, and the one it resolves to."""

    signer: LocalPerson
    due: frozenset[str]
    found: str
    label: str

    @property
    def outcome(self) -> str:
        """One of OUTCOMES."""
        if self.due:
            return "found" if self.found in self.due else "other" if self.found else "missed"
        if not self.found:
            return "not in the list"
        return "own full name, outside the term" if parse(self.signer.name).is_full else "not in office"


def read_terms(path: Path) -> dict[str, list[Term]]:
    """The terms of the list by post."""
    found: dict[str, list[Term]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            is_chief = row["role"].startswith(CHIEFS) and (
                row["territory_or_org"] != "(dept)" or row["role"] == "secretary"
            )
            if not is_chief or not row["started"] or row["role"].startswith("ambassador-at-large"):
                continue
            start = date.fromisoformat(first_day(row["started"]))
            end = date.fromisoformat(last_day(row["ended"])) if row["ended"] else date.max
            for post, since, until in places(row["territory_or_org"]):
                term = Term(
                    person=row["person_id"],
                    surname=parse(row["surname"]).words,
                    since=max(start, date.fromisoformat(since)) if since else start,
                    until=min(end, date.fromisoformat(until)) if until else end,
                )
                found.setdefault(post, []).append(term)
    return found


def persons_of(sources: Sequence[str]) -> Iterator[LocalPerson]:
    """The persons of all cables of the sources."""
    raws: dict[str, list[RawCable]] = {}
    for raw in read(list(sources)):
        if isinstance(raw, RawCable):
            identifier, _ = identify(raw)
            raws.setdefault(identifier or raw.digest, []).append(raw)
    for key in sorted(raws):
        cable = merge(raws[key]).cable
        if cable.canonical_id is not None:
            yield from local_persons(cable, extract(cable))


def compare(persons: Iterable[LocalPerson], terms: dict[str, list[Term]]) -> list[Signature]:
    """Every signature of a cable with a day, beside the list."""
    listed = list(persons)
    resolution = resolve(listed, Ledger(), ())
    officials = {official.name: official for official in resolution.officials}
    return [
        _signature(one, officials[_name(one, resolution)], terms)
        for one in listed
        if one.kind == SIGNER and one.sent_at
    ]


def _name(person: LocalPerson, resolution: Resolution) -> str:
    return resolution.cables[person.canonical_id].persons[person.key]


def _signature(signer: LocalPerson, official: Official, terms: dict[str, list[Term]]) -> Signature:
    surname = parse(signer.name).words
    due = {
        term.person
        for term in terms.get(signer.post or "", ())
        if signer.sent_at is not None
        and term.since <= signer.sent_at <= term.until
        and surname[-len(term.surname) :] == term.surname
    }
    return Signature(signer=signer, due=frozenset(due), found=official.listed_as or "", label=official.label)


def main(arguments: list[str]) -> int:
    """Print the table, and each signature that is not as it should be."""
    if len(arguments) < 2:
        print(__doc__)
        return 2
    found = compare(persons_of(arguments[1:]), read_terms(Path(arguments[0])))
    counts = Counter(signature.outcome for signature in found)
    print("| signatures | |\n|---|---|")
    for outcome in OUTCOMES:
        print(f"| {outcome} | {counts[outcome]:,} |")
    due = counts["found"] + counts["missed"] + counts["other"]
    print(f"| share of those due | {counts['found'] / max(1, due):.3f} |")
    for one in found:
        if one.outcome not in ("found", "not in the list"):
            print(
                f"{one.outcome}: {one.signer.anchor} {one.signer.sent_at} {one.signer.name}: {one.label} ({one.found})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
