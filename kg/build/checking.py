"""Check the loaded store against the shapes for the whole graph, and have the cables that they refuse taken out."""

from collections.abc import Callable, Sequence
from typing import Any

import pyoxigraph as ox

from kg.build.expelling import expel
from kg.build.snapshots import Draft
from kg.errors import BuildError
from kg.iris import Iris
from kg.resources import folder
from kg.store.load import vocabulary
from kg.validation.blame import blamed
from kg.validation.compiling import global_checks
from kg.validation.model import VIOLATION, Result
from kg.validation.report import short
from kg.validation.shapes import read_shapes, unmarked
from kg.validation.store_checks import Checked, check_store


def require_usable_shapes() -> None:
    """Refuse to build with a shape that has no scope, or one for the whole graph that cannot be checked; BuildError."""
    names = unmarked(read_shapes(folder("shapes")))
    if names:
        raise BuildError(
            f"{len(names)} shapes have no cks:scope, so it is not known when to check them: {', '.join(names)}. "
            "Mark each cks:local or cks:global."
        )
    global_checks()


def check(store: ox.Store, iris: Iris, clock: Callable[[], float]) -> list[Checked]:
    """What every check finds in the loaded store."""
    return check_store(store, global_checks(), iris, clock)


def take_out(draft: Draft, store: ox.Store, done: Sequence[Checked]) -> bool:
    """Note the cables that violations belong to; False where there are none, or persons released them all.

    BuildError where a violation belongs to no cable.
    """
    violations = [result for one in done for result in one.results if result.severity == VIOLATION]
    if not violations:
        return False
    described = {line.partition(" ")[0][1:-1] for line in vocabulary(draft.iris.base)}
    refused = blamed(store, violations, draft.iris, described)
    return expel(draft.work, {task.bits: task.output("shared", ".json") for task in draft.tasks}, refused)


def all_results(done: Sequence[Checked]) -> list[Result]:
    """The results of all checks, so far as they are kept."""
    return [result for one in done for result in one.results]


def as_json(done: Sequence[Checked]) -> list[dict[str, Any]]:
    """What each check found and how long it took, for the manifest."""
    return [
        {
            "shape": short(one.check.shape),
            "component": short(one.check.component),
            "results": one.count,
            "kept": len(one.results),
            "seconds": round(one.seconds, 4),
        }
        for one in done
    ]
