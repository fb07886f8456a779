"""The values of an evaluation: what is annotated, what was extracted, what is wrong with an annotation."""

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("officials", "meetings", "agreements")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """A form of a name that a rule found, with the confidence it was given."""

    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of an annotation or of an extracted cable.

    `place` says where it stands (`p3 20-34`, or `¶3` where no more is known), `words` what stands there. `rule` and
    `confidence` are those of an extracted entry; an annotation has none.
    """

    place: str = ""
    words: str = ""
    rule: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry(Entry):
    """A person; `names` are the fullest name and all forms, `mentions` those of an extracted person."""

    names: tuple[str, ...]
    roles: tuple[str, ...]
    country: str | None
    mentions: tuple[FoundMention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEntry(Entry):
    """A meeting; `paragraph` is 0 where none is given, `date` an EDTF string."""

    participants: tuple[str, ...]
    countries: tuple[str, ...]
    date: str | None
    venue: str | None
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEntry(Entry):
    """An agreement; `names` are its name and all forms."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What is said of one cable, by an annotator or by the rules; `others` are persons without a public role."""

    id: str
    officials: tuple[PersonEntry, ...] = ()
    others: tuple[PersonEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    agreements: tuple[AgreementEntry, ...] = ()

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one of the kinds that are measured."""
        return {"officials": self.officials, "meetings": self.meetings, "agreements": self.agreements}[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationProblem:
    """Something wrong with an annotation: the file, the place in it (`meetings[2].date`), and what it is."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.place, self.message)))
