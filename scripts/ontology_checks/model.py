"""What a check of the ontology is, and how its terms are reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, Graph, URIRef

from kg.iris import CK

ONTOLOGY: Final = Path(__file__).parents[2] / "ontology"
FILE: Final = ONTOLOGY / "ontology.ttl"
ALIGNED: Final = ONTOLOGY / "aligned" / "vocabularies.ttl"

Finder = Callable[[Graph], list[str]]


class Verdict(Enum):
    """How a check came out."""

    PASS = "pass"
    LEFT = "left, with a reason"
    FAULT = "FAULT"
    BY_EYE = "by eye"
    WEB = "needs the web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check of a catalogue: its code there, what it looks for, and what finds the faults.

    `left` gives the faults that stay, each with its reason; `*` stands for any. A check without a finder is not decided
    here: its verdict is given, and its note says who decides.
    """

    code: str
    title: str
    find: Finder | None = None
    left: Mapping[str, str] = field(default_factory=dict)
    undecided: Verdict = Verdict.BY_EYE
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How a check came out, with the faults that stay and those that are new."""

    check: Check
    verdict: Verdict
    left: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What the table says of it."""
        if self.new:
            return "; ".join(self.new)
        reasons = [self.check.left.get(fault, self.check.left.get("*", "")) for fault in self.left]
        if self.left and "*" not in self.check.left:
            return "; ".join(f"{fault}: {reason}" for fault, reason in zip(self.left, reasons, strict=True))
        return reasons[0] if reasons else self.check.note


def judge(check: Check, graph: Graph) -> Finding:
    """Run a check and part what it finds into faults that stay and new ones."""
    if check.find is None:
        return Finding(check=check, verdict=check.undecided)
    faults = sorted(check.find(graph))
    left = tuple(fault for fault in faults if fault in check.left or "*" in check.left)
    new = tuple(fault for fault in faults if fault not in left)
    verdict = Verdict.FAULT if new else Verdict.LEFT if left else Verdict.PASS
    return Finding(check=check, verdict=verdict, left=left, new=new)


def own(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    """The terms of ours that are of one of the kinds, sorted; classes and properties where none is named."""
    wanted = kinds or (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    found = {node for kind in wanted for node in graph.subjects(RDF.type, kind)}
    return sorted(node for node in found if isinstance(node, URIRef) and str(node).startswith(CK))


def properties(graph: Graph) -> list[URIRef]:
    """The properties of ours, sorted."""
    return own(graph, OWL.ObjectProperty, OWL.DatatypeProperty)


def short(term: object) -> str:
    """A term of ours as `ck:Cable`, another as it is."""
    text = str(term)
    return f"ck:{text.removeprefix(CK)}" if text.startswith(CK) else text


def names(terms: list[URIRef]) -> list[str]:
    """The short forms of terms."""
    return [short(term) for term in terms]
