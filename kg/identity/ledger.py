"""Write and read the ledger and the judgements: sorted text, one thing a line, so that they can be compared and kept.

Both are tab-separated. The ledger has `identity` lines (anchor, name) and `redirect` lines (name given up, name that
stands for it); judgements have two anchors, verdict, who judged (`person` or `rule`), rule and reason.
"""

from collections.abc import Iterable
from typing import Final, cast

from kg.errors import DataFolderError
from kg.identity.model import DIFFERENT, PERSON, RULE, SAME, By, Judgement, Ledger, Verdict
from kg.kept import folded, rows, shown, text_of

LEDGER_HEAD: Final = "kind\tfrom\tto"
JUDGEMENTS_HEAD: Final = "a\tb\tverdict\tby\trule\treason"


def encode_ledger(ledger: Ledger) -> str:
    """The ledger as text: the same ledger gives the same bytes."""
    lines = [f"identity\t{anchor}\t{name}" for anchor, name in ledger.names.items()]
    lines += [f"redirect\t{name}\t{standing}" for name, standing in ledger.redirects.items()]
    return text_of(LEDGER_HEAD, lines)


def decode_ledger(text: str) -> Ledger:
    """The ledger behind a text; a line that is none, or a name given to two anchors, is a DataFolderError."""
    names: dict[str, str] = {}
    redirects: dict[str, str] = {}
    for number, cells in rows(text, LEDGER_HEAD):
        kind, source, target = cells
        known = {"identity": names, "redirect": redirects}.get(kind)
        if known is None or source in known:
            raise DataFolderError(f"line {number} is no new identity and no new redirect: {shown(cells)}.")
        known[source] = target
    _check(names, redirects)
    return Ledger(names=names, redirects=redirects)


def encode_judgements(judgements: Iterable[Judgement]) -> str:
    """Judgements as text, sorted, each once; white space in a reason is folded."""
    return text_of(
        JUDGEMENTS_HEAD,
        {"\t".join((j.a, j.b, j.verdict, j.by, j.rule, folded(j.reason))) for j in judgements},
    )


def decode_judgements(text: str) -> tuple[Judgement, ...]:
    """The judgements behind a text, sorted; a line that is none is a DataFolderError."""
    return tuple(sorted(_judgement(number, cells) for number, cells in rows(text, JUDGEMENTS_HEAD)))


def _judgement(number: int, cells: list[str]) -> Judgement:
    one, other, verdict, by, rule, reason = cells
    if verdict not in (SAME, DIFFERENT) or by not in (PERSON, RULE) or one == other:
        raise DataFolderError(
            f"line {number} is no judgement: {shown(cells)}. A line has two anchors that differ, same or different, "
            "person, judged, and the reason, with tabs between."
        )
    a, b = sorted((one, other))
    return Judgement(a=a, b=b, verdict=cast(Verdict, verdict), by=cast(By, by), rule=rule, reason=reason)


def _check(names: dict[str, str], redirects: dict[str, str]) -> None:
    given = set(names.values())
    if len(given) != len(names):
        raise DataFolderError("the ledger gives one name to two anchors; each anchor needs its own.")
    strange = sorted((redirects.keys() | set(redirects.values())) - given)
    if strange:
        raise DataFolderError(f"the ledger redirects {strange[0]!r}, which no anchor has.")
