"""Map when something was: the words, the EDTF, how it was read, and the days that bound it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kg.extraction.model import DateExpression
from kg.mapping import values
from kg.mapping.ntriples import literal
from kg.terms import CK_DATE_BASIS, CK_DATE_TEXT, CK_EDTF, CK_NOT_AFTER, CK_NOT_BEFORE

# The basis of what "recently" and "current" tell.
VAGUE: Final = "vague"


def exact_day(expression: DateExpression | None) -> date | None:
    """The one day of a date that the words tell exactly; "the current visit" tells none."""
    if expression is None or expression.basis == VAGUE or expression.earliest != expression.latest:
        return None
    return expression.earliest


def when(expression: DateExpression | None) -> Iterator[tuple[str, str]]:
    """The properties of the date of a fact; none where it has no date."""
    if expression is None:
        return
    yield CK_EDTF, literal(expression.edtf)
    yield CK_DATE_TEXT, literal(expression.text)
    yield CK_DATE_BASIS, literal(expression.basis)
    if expression.basis == VAGUE:
        return  # "recently" and "current" bound no day
    # date.min and date.max stand for an interval that is open at that end.
    if expression.earliest > date.min:
        yield CK_NOT_BEFORE, values.day(expression.earliest)
    if expression.latest < date.max:
        yield CK_NOT_AFTER, values.day(expression.latest)
