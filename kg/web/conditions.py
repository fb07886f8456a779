"""The conditions of a write, from its request to the writer: If-Match and its like (RFC 9110, 13).

Here is told whether what a client has read is of the current snapshot. The writer does the write only if that snapshot
is still the current one when its turn has come, so nobody else's write can be lost in between.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from flask import request
from werkzeug.http import parse_date

from kg.errors import PreconditionFailed
from kg.store.writer_jobs import Write
from kg.web.freshness import IF_MATCH, is_star, state, strong_tags, tags
from kg.web.service import service

# The id of no snapshot.
NONE: Final = ""
KNOWN: Final = "If-None-Match names the present state: nothing has been written since. Leave it out to write now."
THERE: Final = "If-None-Match: * asks that the endpoint is not there, and it always is. Leave the header out."
NEVER: Final = "If-Match: * and If-None-Match: * ask for the opposite of each other. Send one of them."


def on_conditions(write: Write, is_current: Callable[[str, str], bool]) -> Write:
    """A write bound to the conditions of its request; PreconditionFailed where they cannot hold.

    The function tells whether an ETag (its second argument) is one of what the write is about, at a snapshot (its
    first). `*` asks whether the graph is there, which the writer knows.
    """
    wanted, unwanted = request.headers.get(IF_MATCH), request.headers.get("If-None-Match")
    if is_star(wanted) and is_star(unwanted):
        raise PreconditionFailed(NEVER)
    # Before the date: a snapshot that comes between the two is newer, and the writer refuses.
    current = service().folder.snapshot().id
    if unwanted is not None and any(is_current(current, each) for each in tags(unwanted)):
        raise PreconditionFailed(KNOWN)
    existing = True if is_star(wanted) else False if is_star(unwanted) else None
    if wanted is None:
        is_met = _is_unmodified()
    else:
        is_met = None if existing else any(is_current(current, each) for each in strong_tags(wanted))
    expected = None if is_met is None else current if is_met else NONE
    return replace(write, expected=expected, existing=existing)


def update_on_conditions(write: Write) -> Write:
    """An update bound to the conditions of its request: to ETags of whatever was read from the current snapshot."""

    def is_current(snapshot: str, tag: str) -> bool:
        return tag.partition(".")[0] == state(snapshot)

    bound = on_conditions(write, is_current)
    if bound.existing is False:
        raise PreconditionFailed(THERE)
    return replace(bound, existing=None)


def _is_unmodified() -> bool | None:
    """Whether the snapshot is from before the date of If-Unmodified-Since; None without such a date.

    The second in which it was published counts as after it.
    """
    moment = parse_date(request.headers.get("If-Unmodified-Since"))
    if moment is None:
        return None
    return int(service().folder.current.lstat().st_mtime) < moment.timestamp()
