"""Invented persons of invented cables, for the tests of identity."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.identity.model import LocalPerson


def make_person(cable: str, day: str | None, name: str, *titles: str, **more: Any) -> LocalPerson:
    country, status = more.pop("country", "CO"), more.pop("status", "current")
    values: dict[str, Any] = {
        "canonical_id": cable,
        "sent_at": None if day is None else date.fromisoformat(day),
        "key": "p1",
        "name": name,
        "forms": (name,),
        "country": country,
        "roles": tuple((title, country, status) for title in titles),
        "is_official": bool(titles),
        "post": "bogota",
        "kind": "mentioned",
        "first": ("p1", 0),
    }
    return LocalPerson(**{**values, **more})


def make_signer(cable: str, day: str | None, name: str, **more: Any) -> LocalPerson:
    values = {"country": None, "kind": "signer", "key": "p9", "first": ("signature", 0), "is_official": True}
    return make_person(cable, day, name, **{**values, **more})


@pytest.fixture(scope="session")
def person() -> Callable[..., LocalPerson]:
    """Makes a person of Colombia mentioned at the start of ¶1: cable, day, name, current titles, other fields."""
    return make_person


@pytest.fixture(scope="session")
def signer() -> Callable[..., LocalPerson]:
    """Makes a signer, with no country stated: cable, day, name, other fields."""
    return make_signer
