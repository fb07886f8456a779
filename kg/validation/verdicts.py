"""Remember verdicts: a cable whose triples have not changed is validated again only by the shapes that have.

What is remembered is text: a line that names the engines and the digest of each shape, then a line for each cable with
the digest of its triples and its results. Remembered or found anew, the results are the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.errors import DataFolderError
from kg.validation.batch import Lines
from kg.validation.checked import Engines, Verdicts, validate_and_check
from kg.validation.model import CableResults, Result
from kg.validation.report import result_as_json, result_from_json
from kg.validation.shape_digests import UNNAMED

# The keys of what is counted: validated by all shapes, by those alone that have changed, by none.
ANEW: Final = "by all shapes"
CHANGED: Final = "by changed shapes alone"
REMEMBERED: Final = "remembered"
DIGEST_LENGTH: Final = 32

# By the digest of a cable's triples.
Known = Mapping[str, tuple[Result, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered: which shapes judged, by digest, and the results of each cable by that of its triples."""

    shapes: Mapping[str, str]
    cables: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """Verdicts, how many of them came from where, and what to remember of them."""

    verdicts: Verdicts
    counts: Mapping[str, int]
    known: Known


NOTHING: Final = Memory(shapes={}, cables={})
_NONE: Final = Verdicts(cables={}, validated={})
NOTHING_RECALLED: Final = Recalled(verdicts=_NONE, counts={}, known={})


def validate_remembering(
    cables: Mapping[str, Lines],
    memory: Memory,
    shapes: Mapping[str, str],
    engines: Callable[[frozenset[str] | None], Engines],
) -> Recalled:
    """The verdicts on cables, of which some may be in memory; `shapes` are the digests of the shapes of today.

    `engines` gives engines for some shapes alone, and for all of them by None.
    """
    digests = {one: digest_of(lines) for one, lines in cables.items()}
    changed = frozenset(one for one, digest in shapes.items() if memory.shapes.get(one) != digest)
    kept = shapes.keys() - changed
    known = {one: lines for one, lines in cables.items() if digests[one] in memory.cables}
    again = validate_and_check(known, engines(changed)) if changed and known else _NONE
    # A cable that the changed shapes break is told of as it would be by all.
    known = {one: lines for one, lines in known.items() if one not in again.cables or again.cables[one].failure is None}
    rest = {one: lines for one, lines in cables.items() if one not in known}
    anew = validate_and_check(rest, engines(None)) if rest else _NONE
    found = dict(anew.cables)
    for one in known:
        fresh = again.cables[one].results if changed else ()
        results = {result for result in memory.cables[digests[one]] if _name(result) in kept}
        results |= {result for result in fresh if _name(result) in changed}
        found[one] = CableResults(canonical_id=one, results=tuple(results))
    ranked = {one: _ranked(found[one]) for one in cables}
    return Recalled(
        verdicts=Verdicts(cables=ranked, validated=_sum(anew.validated, again.validated)),
        counts={ANEW: len(rest), CHANGED: len(known) if changed else 0, REMEMBERED: 0 if changed else len(known)},
        known={digests[one]: verdict.results for one, verdict in ranked.items() if verdict.failure is None},
    )


def digest_of(lines: Lines) -> str:
    """The digest of a cable's triples, whatever their order."""
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


def encode(memory: Memory, engines: str) -> Iterator[str]:
    """The lines of what is remembered: the same memory gives the same bytes."""
    yield json.dumps({"engines": engines, "shapes": dict(memory.shapes)}, sort_keys=True) + "\n"
    for digest, results in sorted(memory.cables.items()):
        yield json.dumps([digest, [result_as_json(result) for result in results]], sort_keys=True) + "\n"


def decode(lines: Iterable[str], engines: str) -> Memory:
    """What lines remember; nothing where other engines judged, DataFolderError where a line is broken."""
    rest = iter(lines)
    try:
        head: dict[str, Any] = json.loads(next(rest, "{}"))
        if head.get("engines") != engines:
            return NOTHING
        cables = {digest: tuple(map(result_from_json, results)) for digest, results in map(json.loads, rest)}
        return Memory(shapes=dict(head["shapes"]), cables=cables)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFolderError(f"This is no memory of verdicts ({error}).") from error


def _name(result: Result) -> str:
    return UNNAMED if result.shape is None else result.shape


def _ranked(verdict: CableResults) -> CableResults:
    """The verdict with each result once: an engine may come to one by several ways."""
    return replace(verdict, results=tuple(sorted(set(verdict.results), key=lambda result: result.rank)))


def _sum(*counts: Mapping[str, int]) -> dict[str, int]:
    names = sorted({name for one in counts for name in one})
    return {name: sum(one.get(name, 0) for one in counts) for name in names}
