"""Annotations of an invented cable, and the text that they were made on."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.evaluation.annotations import annotation
from kg.evaluation.model import Annotation
from kg.evaluation.texts import CableText

NOTHING = CableText(found=(), parts=(), folded=())


@pytest.fixture
def person() -> Callable[..., dict[str, Any]]:
    """Make an annotated person."""
    return lambda name, *forms, roles=("Minister",), country="PE", **more: {
        "name": name,
        "forms": [name, *forms],
        "roles": list(roles),
        "country": country,
        "paragraphs": [1],
        **more,
    }


@pytest.fixture
def meeting() -> Callable[..., dict[str, Any]]:
    """Make an annotated meeting."""
    return lambda *participants, countries=("PE", "US"), date="2009-01-20", place=None, paragraph=1, **more: {
        "participants": list(participants),
        "countries": list(countries),
        "date": date,
        "place": place,
        "paragraph": paragraph,
        "quote": " met ".join(participants),
        **more,
    }


@pytest.fixture
def cable() -> Callable[..., Annotation]:
    """Make what is said of a cable from entries by kind."""

    def make(**kinds: list[dict[str, Any]]) -> Annotation:
        entries = {"officials": [], "others": [], "meetings": [], "agreements": [], **kinds}
        return annotation("09BOGOTA1", entries, NOTHING)

    return make
