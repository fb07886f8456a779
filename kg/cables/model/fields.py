"""The values of the fields under the class line, and the participants that a memorandum lists."""

from dataclasses import dataclass

from kg.cables.model.text import DateValue, Line, TextValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(TextValue):
    """The subject; `value` is without the portion marking that may stand before it, `portion_marking` has its code."""

    portion_marking: str | None


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
