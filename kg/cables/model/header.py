"""The values of the header: format lines, distribution, date-time group, addressees."""

from dataclasses import dataclass
from datetime import datetime

from kg.cables.model.text import Line, TextValue


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
