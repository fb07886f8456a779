"""The values of identity: who is whom, in one cable and across all of them.

Three kinds of text name a person here. A *key* (`p3`) names it inside its cable. An *anchor* (`09BOGOTA335#p6-0`:
cable, part, start) names the mention that stands for it in the ledger and in judgements; no two persons share one. A
*name* (`k3v7mzq2ta`: ten base-32 characters) is the opaque last part of an official's IRI.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Kind = Literal["signer", "classifier", "mentioned"]
Verdict = Literal["same", "different"]
By = Literal["person", "rule"]

SIGNER: Final = "signer"
CLASSIFIER: Final = "classifier"
MENTIONED: Final = "mentioned"
SAME: Final = "same"
DIFFERENT: Final = "different"
PERSON: Final = "person"
RULE: Final = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class CableResolution:
    """The persons of one cable: the name of the official behind each local key.

    `ambassador` is the name of the official who headed the cable's post that day, where other cables name that chief,
    or this one.
    """

    persons: Mapping[str, str]
    ambassador: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A person across all cables, as it is written once among the shared entities.

    `label` is the fullest name, `alt_labels` the other forms, sorted; `country` an ISO 3166-1 alpha-2 code;
    `is_official` is true where a cable gives it a public role. One whose IRI was given up has `replaced_by`, the name
    that stands for it now. `listed_as` is the id of the person in the list of chiefs of mission, where it has one.
    """

    name: str
    label: str
    alt_labels: tuple[str, ...]
    country: str | None
    is_official: bool
    anchor: str
    replaced_by: str | None = None
    listed_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPerson:
    """What has to be known of one person of one cable to tell who it is across cables.

    `sent_at` is the day of the cable (UTC); `roles` are (title, country, status), the title with its body where it says
    little alone; `post` is the slug of the cable's post; `kind` tells a signer and a classifier from all others;
    `first` is the first mention as (part key, start); `apart` tells it from those of other persons that start there
    (`+9`, its length, and `+9+2` for the second of one length), and is empty where no other does.
    """

    canonical_id: str
    sent_at: date | None
    key: str
    name: str
    forms: tuple[str, ...]
    country: str | None
    roles: tuple[tuple[str, str | None, str], ...]
    is_official: bool
    post: str | None
    kind: Kind
    first: tuple[str, int]
    apart: str = ""

    @property
    def anchor(self) -> str:
        """The first mention as text: `09BOGOTA335#p6-0`, or `09BOGOTA335#p6-0+9` where several persons start there."""
        part, start = self.first
        return f"{self.canonical_id}#{part}-{start}{self.apart}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Judgement:
    """A decision about two anchors: the same person, or not; by a rule, or by a person, whose word stands for ever.

    `a` sorts before `b`. `rule` names the rule (`judged` for a person's decision), `reason` says what it saw. `names`
    are the officials behind the two anchors, known once persons are resolved: of a merge of two known IRIs both, else
    the same twice. `score` is how often the rule is right, `told` the judgement as a sentence.
    """

    a: str
    b: str
    verdict: Verdict
    by: By
    rule: str
    reason: str = ""
    names: tuple[str, str] | None = None
    score: float = 1.0
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Candidate:
    """Two officials, by their names, who may be one person: for a person to judge.

    `a` sorts before `b`; `labels` are theirs in that order; `score` is between 0 and 1. `told` says in a sentence what
    leaves them open.
    """

    a: str
    b: str
    score: float
    rule: str
    labels: tuple[str, str] = ("", "")
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What earlier builds gave out, so that IRIs stay: the name of each anchor, and who stands for a name given up."""

    names: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who is whom in a set of cables.

    `officials` are sorted by name, those given up among them. `judgements` are all that had an effect: those that rules
    made, and those of persons. `unmatched` are judgements by persons with an anchor that no cable here has: kept, and
    without effect.
    """

    cables: Mapping[str, CableResolution]
    officials: tuple[Official, ...]
    candidates: tuple[Candidate, ...]
    judgements: tuple[Judgement, ...]
    ledger: Ledger
    unmatched: tuple[Judgement, ...] = ()
