"""A parsed cable as a whole, its sources and its versions."""

from dataclasses import dataclass, field
from datetime import datetime

from kg.cables.model.body import Redaction, Region
from kg.cables.model.fields import ClassifiedBy, DerivedFrom, Participant, Reference, Schedule, Subject, Tag
from kg.cables.model.header import Addressee, DateTimeGroup, Distribution, FormatLine
from kg.cables.model.text import DateValue, Part, Problem, TextValue
from kg.sources.model import RawCable


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Where one text of the cable was found; `is_preferred` says whether this cable was read from it."""

    source: str
    position: int
    format: str
    digest: str
    metadata: tuple[tuple[str, str], ...] = ()
    is_preferred: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where another text of the cable has other words than the preferred one.

    `kind` is one of replaced, inserted, deleted, redacted (one of the two has XXXX in place of words). `start`/`end`
    count in the preferred text as found and are equal for what was inserted; `preferred` and `other` are the words of
    both, in artefacts and all, cut where they are long.
    """

    kind: str
    start: int
    end: int
    preferred: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Another text of the cable, with what it has otherwise; nothing of it goes into the preferred text.

    `is_cut` says that there are more changes than are listed.
    """

    source: str
    position: int
    digest: str
    changes: tuple[Change, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cable:
    """A cable as read from one text.

    `canonical_id` is None where neither the text nor the source names the cable; such a cable goes to quarantine.
    `classification` is spelt as in the Cablegate CSV (`CONFIDENTIAL//NOFORN`). `section` and `section_of` number a
    cable sent in sections. `is_niact` says that NIACT (night action) stands with the precedence. `summary` is
    a pair of offsets in the text as found. `correction` is the reason of a corrected copy; `handling` are the lines
    that say who is to get the cable inside and through an addressee (`DEPT FOR WHA/BSC`). `document_kind` is one of
    telegram, airgram, memorandum-of-conversation; `place` is that of the dateline of an edition.
    """

    canonical_id: str | None
    aliases: tuple[str, ...] = ()
    raw: RawCable
    sources: tuple[SourceNote, ...] = ()
    transmission_id: TextValue | None = None
    message_reference_number: TextValue | None = None
    precedences: tuple[str, ...] = ()
    is_niact: bool = False
    date_time_group: DateTimeGroup | None = None
    sent_at: datetime | None = None
    originator: TextValue | None = None
    originator_routing_indicator: TextValue | None = None
    post: str | None = None
    action_addressees: tuple[Addressee, ...] = ()
    info_addressees: tuple[Addressee, ...] = ()
    classification: TextValue | None = None
    captions: tuple[TextValue, ...] = ()
    executive_order: TextValue | None = None
    declassify_on: DateValue | None = None
    schedule: Schedule | None = None
    tags: tuple[Tag, ...] = ()
    subject: Subject | None = None
    references: tuple[Reference, ...] = ()
    classified_by: ClassifiedBy | None = None
    derived_from: DerivedFrom | None = None
    signed_by: tuple[TextValue, ...] = ()
    summary: tuple[int, int] | None = None
    parts: tuple[Part, ...] = ()
    regions: tuple[Region, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    section: int | None = None
    section_of: int | None = None
    is_partial: bool = False
    format_lines: tuple[FormatLine, ...] = ()
    distribution: Distribution | None = None
    drafted_by: TextValue | None = None
    approved_by: TextValue | None = None
    cleared_by: tuple[TextValue, ...] = ()
    correction: TextValue | None = None
    handling: tuple[TextValue, ...] = ()
    document_kind: str = "telegram"
    place: TextValue | None = None
    participants: tuple[Participant, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    versions: tuple[Version, ...] = ()

    @property
    def paragraphs(self) -> tuple[Part, ...]:
        """The numbered paragraphs, in the order of the text."""
        return tuple(part for part in self.parts if part.kind == "paragraph")

    def part(self, key: str) -> Part:
        """The part with that key; KeyError where there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)
