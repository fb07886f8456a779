"""Find the extractors that are installed, by the entry-point group `kg.extractors`, and choose among them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Final

from kg.errors import UsageError
from kg.extraction.confidence import extractor_confidence
from kg.extraction.plugins import Extractor

GROUP: Final = "kg.extractors"
# Matches spacy, llm, my-names2; not Spacy, a b, 2names.
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,40}", re.VERBOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An extractor to be asked, in the version that answers are kept under, and how sure its finds are."""

    name: str
    version: str
    confidence: float

    @property
    def rule(self) -> str:
        """The rule that its finds are written with."""
        return f"plugin:{self.name}"

    def as_json(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"name": self.name, "version": self.version, "confidence": self.confidence}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulting:
    """Whom to ask, where answers are kept, and how many seconds one cable may take."""

    extractors: tuple[Chosen, ...] = ()
    cache: Path | None = None
    timeout: float = 60.0


NOBODY: Final = Consulting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An extractor that is installed: where its code is, and its version or why it cannot be used."""

    name: str
    target: str
    version: str | None
    problem: str | None


def installed() -> list[Installed]:
    """All extractors that are installed, by name, those that cannot be used with the reason."""
    return [_tried(point) for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))]


def load(name: str) -> Extractor:
    """The extractor of a name; UsageError where there is none, or it cannot be used."""
    points = sorted(entry_points(group=GROUP, name=name), key=lambda point: point.value)
    if not points:
        known = ", ".join(sorted({point.name for point in entry_points(group=GROUP)})) or "none"
        raise UsageError(f"No extractor {name!r} is installed. Installed: {known} (kg extractors).")
    try:
        return _made(points[0])
    except Exception as error:
        raise UsageError(f"The extractor {name} cannot be used: {_told(error)}") from error


def choose(wanted: Iterable[str]) -> tuple[Chosen, ...]:
    """The extractors of a list of `NAME` or `NAME=PRECISION`, in its order; UsageError for one that cannot be used."""
    found: dict[str, Chosen] = {}
    for item in wanted:
        name, _, stated = item.strip().partition("=")
        confidence = extractor_confidence(name, _precision(item, stated))
        found[name] = Chosen(name=name, version=load(name).version, confidence=confidence)
    return tuple(found.values())


def again(records: Sequence[dict[str, Any]]) -> tuple[Chosen, ...]:
    """The extractors that a manifest names, as they are installed now."""
    return tuple(
        Chosen(name=record["name"], version=load(record["name"]).version, confidence=record["confidence"])
        for record in records
    )


def _precision(item: str, stated: str) -> float | None:
    if "=" not in item:
        return None
    try:
        precision = float(stated)
    except ValueError:
        precision = 0.0
    if not 0 < precision < 1:
        raise UsageError(f"{item!r}: a measured precision lies between 0 and 1, as in NAME=0.85.")
    return precision


def _tried(point: EntryPoint) -> Installed:
    try:
        version, problem = _made(point).version, None
    except Exception as error:  # noqa: BLE001 - a broken plug-in is listed, and no reason to list no other
        version, problem = None, _told(error)
    return Installed(name=point.name, target=point.value, version=version, problem=problem)


def _made(point: EntryPoint) -> Extractor:
    made: Any = point.load()()
    if not NAME.fullmatch(point.name) or getattr(made, "name", None) != point.name:
        raise TypeError(f"the entry point is named {point.name!r}, the extractor {getattr(made, 'name', None)!r}")
    if not isinstance(getattr(made, "version", None), str) or not made.version or not callable(made.suggest):
        raise TypeError("an extractor has a version, a text that is not empty, and a function suggest")
    extractor: Extractor = made
    return extractor


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
