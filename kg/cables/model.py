"""The values of a parsed cable.

Three frames of coordinates, never mixed up (docs/explanation/coordinates.md):

- the *text as found*: `start`/`end` of all header values, parts and problems count in it, in Unicode code points, end
  exclusive, and `as_sent` equals that slice;
- the *clean text*: the same length, artefacts blanked;
- the *text of a part*: folded; evidence counts in it, and the part's `segments` lead back to the text as found.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from kg.sources.model import RawCable


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something odd in a cable; `start`/`end` count in the text as found."""

    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """The text as found beside the text for rules to read: equal in length, artefacts and page breaks blanked.

    `blanked` lists the spans that were blanked, as (start, end, kind) with kinds `link-markup`, `pilcrow`,
    `page-line`, `class-line`, `caption-line`, `release-marking`, `section-header`, sorted and disjoint.
    """

    found: str
    text: str
    blanked: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value read from the header with the words it came from; `as_sent` is `found[start:end]`."""

    as_sent: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextValue(Line):
    """A header value that is a string, normalised: `value` beside `as_sent`."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatLine(TextValue):
    """A line that transmission, filing or copying put at the head of a telegram.

    `kind` is one of transmission-id, routing-line, de-line, security-line, dash-line, break-line, record-number,
    date-line, release-marking.
    """

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Line):
    """The distribution that the Department wrote on a telegram: offices with their copies (`OCT-01`), and the sum."""

    origin: tuple[str, ...]
    action: tuple[str, ...]
    info: tuple[str, ...]
    copies: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(TextValue):
    """The subject; `value` is without the portion marking that may stand before it, `portion_marking` has its code."""

    portion_marking: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue(Line):
    """A header value that is a day."""

    value: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Line):
    """What the E.O. line says of a cable's declassification; `order` is the number of the executive order.

    `scheme` is the general one: GDS, ADS, XGDS, RDS, XDS, OADR, DECL, DNG, MR, N/A, EXEMPT or None; `category` adds
    its number (`XGDS-3`). `exemptions` are those of the order (`X1`, `1.6X1`, `25X1`). `event` is what has to happen
    first. `released_on` is the day of a release that has happened. `officer` and `authority` are those of E.O. 12065:
    `(DOE, JANE Q.) OR-P`.
    """

    order: str | None
    scheme: str | None
    category: str | None = None
    exemptions: tuple[str, ...] = ()
    declassify_on: DateValue | None = None
    is_extended: bool = False
    downgrade_to: str | None = None
    downgrade_on: DateValue | None = None
    event: TextValue | None = None
    is_released: bool = False
    released_on: DateValue | None = None
    officer: TextValue | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTimeGroup(Line):
    """The date-time group: `032125Z FEB 09`; `sent_at` is in UTC, None where the group names no instant."""

    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee(Line):
    """One addressee of the TO or INFO field.

    `precedence` is a code (`Z O P R`) or None, and `is_niact` says that NIACT (night action) stands before it; `serial`
    is the message continuity number as sent; `exempted` lists the addressees after XMT, whose lines the span takes in;
    `post` is the slug of the post it names, or None.
    """

    routing_indicator: str | None
    plad: str
    precedence: str | None
    serial: str | None
    exempted: tuple[str, ...]
    post: str | None
    is_niact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Line):
    """A TAGS term; `kind` is one of geographic, subject, organization, program, person, region, unknown.

    `country` is the code of the country (kg/data/countries.tsv) that a geographic term meant when the cable was sent.
    """

    term: str
    kind: str
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Line):
    """One entry of the REF line.

    `kind` is one of cable, airgram, e-mail, telcon, fax, report, memo, meeting, message, web, other; `target` is the
    canonical id of the cable it names, or None; `title` is what stands in brackets or quotes behind it as its subject.
    `is_year_assumed` says that the year is the cable's own, since the reference gives none; `repair` says what was
    wrong with the name of the station, None where nothing was.
    """

    letter: str | None
    kind: str
    target: str | None
    title: str | None = None
    is_year_assumed: bool = False
    repair: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Line):
    """One entry of the list PARTICIPANTS of a memorandum of conversation.

    `name` is as it stands there without title and `Mr.`, None where a title stands alone (`The Secretary`); `title` are
    the words of office beside it; `person_key` is the key that the edition has for the person, or None.
    """

    name: str | None
    title: str | None
    person_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedBy(Line):
    """The Classified By line: who, in what position, for which reasons (`("1.4 (b)", "1.4 (d)")`).

    `names` has more than one name where two officers classified the cable together; `name` is the first.
    """

    names: tuple[str, ...]
    title: str | None
    reasons: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The first name, or None."""
        return self.names[0] if self.names else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFrom(TextValue):
    """What a classification is derived from: `value` is the source (`DSCG 05-1`), `reasons` as far as given."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the cable that holds text: evidence counts in its folded `text`.

    `kind` is one of subject, tags, classified-by, heading, paragraph, unnumbered, signature. `key` is the fragment of
    its IRI: `subject`, `tags`, `classified-by`, `signature`, `p6`, `p6-2` (a repeated number), `x1` (headings and
    unnumbered text, counted in order). `segments` are (start in text, start in the text as found, length), sorted,
    covering the whole of `text`: inside a segment one code point of `text` stands for one code point of the text as
    found; folded white space is one code point that stands for the first of the run.
    """

    kind: str
    key: str
    number: int | None = None
    portion_marking: str | None = None
    heading: str | None = None
    text: str
    start: int
    end: int
    segments: tuple[tuple[int, int, int], ...]

    def found_at(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as found that stands behind `text[start:end]`; the span must not be empty."""
        return self._found(start), self._found(end - 1) + 1

    def _found(self, offset: int) -> int:
        for text_start, found_start, length in reversed(self.segments):
            if text_start <= offset < text_start + length:
                return found_start + offset - text_start
        raise IndexError(f"offset {offset} is outside the text of #{self.key} (0-{len(self.text)})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Line):
    """A stretch of the body of one kind, without the marks around it (`BEGIN TEXT`, `END TEXT`).

    `kind` is one of summary, comment, note, text, talking-points, key-points, non-paper, quote, introduction,
    action-request, table, list. `is_opened` and `is_closed` say whether its beginning and its end are marked; where
    one is not, the region reaches to the border of its paragraph. `parts` are the keys of the parts it lies in.
    """

    kind: str
    is_opened: bool
    is_closed: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Line):
    """A place where something was taken out before the release.

    `kind` is one of xxx (`XXXXXXXXXXXX`), ellipsis (`[...]`), dashes, not-declassified; `extent` is how much was taken
    out, in the words of the text (`4½ lines`), or None.
    """

    kind: str
    extent: str | None


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
