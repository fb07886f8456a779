"""The values of extraction: facts about persons, meetings and agreements, each with the words it came from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """The words behind a fact: `start`/`end` count in the text of the part with the key `part`, end exclusive."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A surface form of a person in one part, with all the places where it stands there.

    `spans` are sorted and never empty; `text` is what stands at each of them.
    """

    part: str
    text: str
    spans: tuple[tuple[int, int], ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression:
    """When something was: the words, the EDTF (level 1), the earliest and the latest day, and what it was read by."""

    text: str
    edtf: str
    earliest: date
    latest: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that the text gives to a person: as written, and split.

    `country` is an ISO 3166-1 alpha-2 code; `country_basis` says where it came from: demonym, country-name,
    organization, government-code, list, host-country, tags, originator. `status` is one of current, former, acting,
    elect, designate, candidate. `held` is when the role was held, as far as the text bounds it: date.min and date.max
    stand for an end that it leaves open.
    """

    text: str
    title: str
    organization: str | None
    country: str | None
    country_basis: str | None
    status: str
    evidence: Evidence
    rule: str
    confidence: float
    held: DateExpression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of one cable: the fullest name, all forms, roles and mentions.

    `key` names the person inside the cable (`p1`, `p2` … in the order of the first mention). `is_official` is true
    where a public role is stated or follows from the signature or the Classified By line.
    """

    key: str
    name: str
    forms: tuple[str, ...]
    roles: tuple[Role, ...]
    organization: str | None
    country: str | None
    is_official: bool
    mentions: tuple[Mention, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who took part: a person of the cable (`person` is its key), a position (`the Ambassador`) or a body."""

    name: str
    kind: str  # person, position, body
    person: str | None
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A participant in the making, at the tokens from `first` to the one before `last`; a role phrase counts in."""

    first: int
    last: int
    participant: Participant
    role_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An encounter that the cable reports or announces.

    `kind` as in the guidelines: bilateral, trilateral, multilateral, summit, call, visit, conference, courtesy call,
    working level, embassy contact, other. `status` is one of held, planned, cancelled. `evidence` is the trigger's
    clause; `quote` is its text. `name` is that of a conference.
    """

    key: str
    participants: tuple[Participant, ...]
    countries: tuple[str, ...]
    date: DateExpression | None
    place: str | None
    kind: str
    ordinal: int | None
    status: str
    evidence: Evidence
    quote: str
    rule: str
    confidence: float
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An instrument or understanding between parties.

    `kind` and `status` as in the guidelines (treaty, agreement, mou, joint statement, programme, convention, contract,
    understanding; proposed, negotiating, agreed, signed, ratified, in force, suspended, expired, unknown). `meeting`
    is the key of the meeting at which it came about. `mentions` are the places of its forms, the first the fullest.
    `known` is the name of the known instrument that it is (kg.extraction.treaties); `grounds` are the evidence that
    spoke for and against it (kg.extraction.agreement_scores).
    """

    key: str
    name: str
    forms: tuple[str, ...]
    kind: str
    status: str
    countries: tuple[str, ...]
    date: DateExpression | None
    meeting: str | None
    mentions: tuple[Mention, ...]
    quote: str
    rule: str
    confidence: float
    known: str | None = None
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that was extracted from one cable."""

    persons: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    agreements: tuple[Agreement, ...]


EMPTY = Facts(persons=(), meetings=(), agreements=())
