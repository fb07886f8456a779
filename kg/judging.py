"""Judge who is whom: take in a person's word that two officials are one or two, and keep it for every later build."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.build.resolving import read_judgements, read_ledger
from kg.errors import NotInGraph, UsageError
from kg.explain import Ask, asking
from kg.files import write_bytes
from kg.identity.decisions import Decision, decide
from kg.identity.ledger import encode_judgements
from kg.identity.model import DIFFERENT, PERSON, SAME, Judgement, Ledger, Verdict
from kg.identity.names import part_order
from kg.identity.naming import NAME_LENGTH
from kg.iris import Iris
from kg.store.folder import DataFolder
from kg.store.opening import open_store

VERDICTS: Final[Mapping[str, Verdict]] = {SAME: "same", DIFFERENT: "different"}

# Matches the name of an official: hkhw74zhhw
_NAME: Final = re.compile(rf"[a-z2-7]{{{NAME_LENGTH}}}")
# Matches an anchor: 07QUITO41#p2-8, and 07QUITO41#p2-8+9 where several persons start there
_ANCHOR: Final = re.compile(
    r"(?P<cable>[0-9A-Z]+) \# (?P<part>[a-z0-9-]+?) - (?P<start>\d+) (?P<apart>(?:\+\d+)*)", re.VERBOSE
)

_OFFICIALS: Final = """
SELECT ?this ?label ?anchor ?successor WHERE {
  ?this ck:anchor ?anchor ; rdfs:label ?label OPTIONAL { ?this dcterms:isReplacedBy ?successor }
}
"""
_MENTIONS: Final = """
SELECT ?cable ?mention ?official ?label WHERE {
  ?cable ck:hasParagraph|ck:hasPart ?part .
  ?mention ck:inPart ?part ; ck:refersTo ?official .
  ?official rdfs:label ?label ; ck:anchor ?anchor .
} ORDER BY ?mention ?official
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a judgement: what was given, the anchor that stands for it, and the official behind it now.

    `own_anchor` is that of an IRI that was given up. `warning` says why the anchor may name nobody.
    """

    given: str
    anchor: str
    own_anchor: str
    official: str
    label: str
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a judgement did, in sentences: what was written, what the next build will do, and warnings."""

    told: tuple[str, ...]
    warnings: tuple[str, ...]


def judge(data: Path, verdict: Verdict, one: str, other: str, reason: str = "") -> Outcome:
    """Write a judgement about two officials, given by IRI, name or anchor, into the data folder.

    UsageError where the two are one mention or a name cannot mean an official, NotInGraph where none has it;
    DataFolderBusy where a build is at work, which would not see it.
    """
    folder = DataFolder(data)
    officials = Officials.of(folder)
    with folder.held():
        a, b = officials.pair(one, other)
        earlier = read_judgements(folder.judgements)
        decision = decide(earlier, a.anchor, b.anchor, verdict, reason)
        _write(folder, decision.standing)
    return Outcome(told=tuple(_effects(decision, a, b)), warnings=tuple(_warnings(decision, a, b)))


def withdraw(data: Path, one: str, other: str) -> Outcome:
    """Take back the judgement about two officials; UsageError where there is none."""
    folder = DataFolder(data)
    officials = Officials.of(folder)
    with folder.held():
        earlier = read_judgements(folder.judgements)
        # What no cable has any more can be taken back by the anchors that `kg judge --list` shows.
        found = [j for j in earlier if j.by == PERSON and {j.a, j.b} == {one.strip(), other.strip()}]
        found = found or officials.judgements_of(earlier, *officials.pair(one, other))
        if not found:
            raise UsageError(f"There is no judgement about {one} and {other}. `kg judge --list` shows all.")
        _write(folder, [j for j in earlier if j not in found])
    return Outcome(
        told=(
            *(f"Taken back: {j.a} and {j.b} are {j.verdict}." for j in found),
            "The next build goes by its rules again; a name that was given up comes back where they part the two.",
        ),
        warnings=(),
    )


def listed(data: Path) -> list[tuple[str, str, str, str]]:
    """The judgements of persons in the data folder: verdict, both sides by anchor and label, reason."""
    folder = DataFolder(data)
    officials = Officials.of(folder)
    return [
        (j.verdict, officials.named(j.a), officials.named(j.b), j.reason)
        for j in read_judgements(folder.judgements)
        if j.by == PERSON
    ]


class Officials:
    """The officials of a snapshot and its ledger, by all that a person may give for them."""

    def __init__(self, ask: Ask, ledger: Ledger, iris: Iris) -> None:
        self._ask = ask
        self._ledger = ledger
        self._iris = iris

    @classmethod
    def of(cls, folder: DataFolder) -> "Officials":
        """The officials of the current snapshot; NoSnapshot where there is none."""
        if folder.is_writable_store:
            raise UsageError(f"{folder.path} was made by `kg init` and has no builds, so nothing there is judged.")
        snapshot = folder.snapshot()
        iris = Iris(snapshot.manifest()["base"])
        return cls(asking(open_store(snapshot.store)), read_ledger(folder.ledger_of_record), iris)

    def pair(self, one: str, other: str) -> tuple[Party, Party]:
        """Both sides of a judgement; UsageError where they are one mention.

        A name that was given up stands for the official that it leads to, unless the other side leads there too: then
        the two mentions are meant that the names were made from.
        """
        a, b = self.party(one), self.party(other)
        if a.official == b.official and a.anchor == b.anchor:
            a, b = (replace(party, anchor=party.own_anchor) for party in (a, b))
        if a.anchor == b.anchor:
            raise UsageError(f"{one} and {other} are one mention ({a.anchor}); a judgement needs two.")
        return a, b

    def party(self, given: str) -> Party:
        """The official that a text means: an IRI, a name of ten characters, or an anchor."""
        text = self._iris.shorten(given.strip()).removeprefix("/").removeprefix("official/")
        anchor = _ANCHOR.fullmatch(text)
        if anchor is not None:
            return self._by_anchor(given, anchor)
        if not _NAME.fullmatch(text):
            raise UsageError(self._no_name(given))
        return self._by_name(given, text)

    def named(self, anchor: str) -> str:
        """An anchor with the label of the official behind it, as far as the graph has it."""
        try:
            return f"{anchor} ({self.party(anchor).label})"
        except (NotInGraph, UsageError):
            return anchor

    def judgements_of(self, judgements: Sequence[Judgement], a: Party, b: Party) -> list[Judgement]:
        """The judgements of persons about two sides: by their anchors, else by the officials behind them."""
        own = [j for j in judgements if j.by == PERSON]
        for pairs in ({(a.anchor, b.anchor)}, {(a.own_anchor, b.own_anchor)}):
            if found := [j for j in own if (j.a, j.b) in pairs or (j.b, j.a) in pairs]:
                return found
        sides = {a.official, b.official}
        return [j for j in own if len(sides) == 2 and {self._official_of(j.a), self._official_of(j.b)} == sides]

    def _official_of(self, anchor: str) -> str | None:
        try:
            return self.party(anchor).official
        except (NotInGraph, UsageError):
            return None

    def _row(self, iri: str) -> Mapping[str, str] | None:
        return next(iter(self._ask(_OFFICIALS, {"this": iri})), None)

    def _by_name(self, given: str, name: str) -> Party:
        row = self._row(self._iris.official(name))
        if row is None:
            raise NotInGraph(f"The graph has no official {name} (given as {given!r}). `kg query` finds them by name.")
        standing = self._row(row.get("successor", row["this"])) or row
        return Party(
            given=given,
            anchor=standing["anchor"],
            own_anchor=row["anchor"],
            official=self._iris.shorten(standing["this"]).removeprefix("official/"),
            label=standing["label"],
        )

    def _by_anchor(self, given: str, anchor: re.Match[str]) -> Party:
        found = {row["mention"]: row for row in self._starting_at(anchor)}
        persons = sorted({row["official"] for row in found.values()})
        if not found:
            raise NotInGraph(f"No person is named at {given}: {anchor['cable']} has no mention that starts there.")
        if len(persons) > 1:
            lengths = sorted({_length(self._iris.shorten(mention)) for mention in found})
            several = ", ".join(f"{anchor['cable']}#{anchor['part']}-{anchor['start']}+{n}" for n in lengths)
            raise UsageError(f"{given} may mean {len(persons)} persons whose names start there: give {several}.")
        row = next(iter(found.values()))
        text = f"{anchor['cable']}#{anchor['part']}-{anchor['start']}{anchor['apart']}"
        name = self._iris.shorten(row["official"]).removeprefix("official/")
        warning = "" if text in self._ledger.names else self._not_first(row, anchor, text)
        return Party(given=given, anchor=text, own_anchor=text, official=name, label=row["label"], warning=warning)

    def _not_first(self, row: Mapping[str, str], anchor: re.Match[str], text: str) -> str:
        """A warning where the cable names the person at an earlier place: only first mentions are anchors."""
        cable = self._iris.cable(anchor["cable"])
        found = [
            _place(self._iris.shorten(r["mention"])) for r in self._mentions(cable) if r["official"] == row["official"]
        ]
        part, start = min(found, key=lambda place: (part_order(place[0]), place[1]))
        if (part, start) == (anchor["part"], int(anchor["start"])):
            return ""
        return (
            f"{text} is not where {anchor['cable']} first names {row['label']}, that is {part}-{start}. "
            "The judgement has no effect unless the build reads a person of its own there."
        )

    def _mentions(self, cable: str) -> Iterator[Mapping[str, str]]:
        yield from self._ask(_MENTIONS, {"cable": cable})

    def _starting_at(self, anchor: re.Match[str]) -> Iterator[Mapping[str, str]]:
        start = self._iris.part(anchor["cable"], f"{anchor['part']}-{anchor['start']}-")
        length = anchor["apart"].split("+")[1] if anchor["apart"] else ""
        for row in self._mentions(self._iris.cable(anchor["cable"])):
            if row["mention"].startswith(start) and length in ("", str(_length(self._iris.shorten(row["mention"])))):
                yield row

    def _no_name(self, given: str) -> str:
        borne = [
            self._iris.shorten(iri)
            for iri, row in sorted((row["this"], row) for row in self._ask(_OFFICIALS, {}))
            if row["label"].casefold() == given.strip().casefold() and "successor" not in row
        ]
        if borne:
            bearers = "one official bears" if len(borne) == 1 else f"{len(borne)} officials bear"
            return f"{given!r} is a name that {bearers}: give {' or '.join(borne)}."
        return (
            f"{given!r} is no official. Give an IRI (official/hkhw74zhhw), its ten characters, or an anchor "
            "(07QUITO41#p2-8); `kg explain` shows them."
        )


def _place(mention: str) -> tuple[str, int]:
    part, start, _ = mention.partition("#")[2].rsplit("-", 2)
    return part, int(start)


def _length(mention: str) -> int:
    start, end = mention.rsplit("-", 2)[-2:]
    return int(end) - int(start)


def _write(folder: DataFolder, judgements: Sequence[Judgement]) -> None:
    folder.ledger.mkdir(exist_ok=True)
    write_bytes(folder.judgements, encode_judgements(judgements).encode())


def _effects(decision: Decision, a: Party, b: Party) -> Iterator[str]:
    judgement = decision.judgement
    yield f"Judged {judgement.verdict}: {a.label} ({a.anchor}) and {b.label} ({b.anchor})."
    is_one = a.official == b.official
    if judgement.verdict == SAME and is_one:
        yield f"They are one already, official/{a.official}; no later rule will part them."
    elif judgement.verdict == SAME and decision.contradicted:
        yield (
            f"The next build keeps apart whom judgements call different. Whether it makes one person of "
            f"official/{a.official} and official/{b.official} is seen then, by `kg explain`."
        )
    elif judgement.verdict == SAME:
        yield (
            f"The next build makes one person of official/{a.official} and official/{b.official}; one of the two IRIs "
            "stays and the other leads to it."
        )
    elif is_one:
        yield f"They are one now, official/{a.official}; the next build parts them, and one gets an IRI of its own."
    else:
        yield f"They are two already, official/{a.official} and official/{b.official}; no later rule will join them."


def _warnings(decision: Decision, a: Party, b: Party) -> Iterator[str]:
    yield from filter(None, (a.warning, b.warning))
    replaced = decision.replaced
    if replaced is not None and replaced.verdict != decision.judgement.verdict:
        reason = f" ({replaced.reason})" if replaced.reason else ""
        yield f"It replaces the earlier judgement that they are {replaced.verdict}{reason}."
    for other in decision.contradicted:
        yield (
            f"It contradicts the judgement that {other.a} and {other.b} are {other.verdict}. Of two that contradict "
            "each other, different stands; withdraw the one that is wrong."
        )
