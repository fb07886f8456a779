"""Settings, each an environment variable `KG_*` with a default; read once, by the command line and the server."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from kg.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: its variable, default, unit and meaning; the reference page of settings is made of these.

    A number has to be above 0, but where 0 stands for off.
    """

    variable: str
    default: str
    unit: str
    meaning: str
    may_be_zero: bool = False


SETTINGS: Final = (
    Setting(variable="KG_DATA", default="data", unit="path", meaning="The data folder."),
    Setting(
        variable="KG_BASE",
        default="https://w3id.org/cablekg/",
        unit="IRI",
        meaning="What the IRIs of things start with; fixed at build time, ends in a slash.",
    ),
    Setting(
        variable="KG_EXTRACTORS",
        default="",
        unit="names",
        meaning="Extractors to ask besides the rules, by commas: `spacy`, or with its precision as measured `llm=0.7`.",
    ),
    Setting(
        variable="KG_EXTRACTOR_TIMEOUT",
        default="60",
        unit="seconds",
        meaning="Deadline of an extractor for one cable; beyond, it is ended and the cable has the finds of the rules.",
    ),
    Setting(
        variable="KG_WORKERS", default="2", unit="processes", meaning="Query workers that answer at the same time."
    ),
    Setting(
        variable="KG_QUEUE", default="64", unit="queries", meaning="Queries that may wait for a worker; more: 503."
    ),
    Setting(variable="KG_TIMEOUT", default="30", unit="seconds", meaning="Deadline of a query; its worker is killed."),
    Setting(variable="KG_MEMORY", default="1024", unit="MiB", meaning="Memory a query may take; its worker is ended."),
    Setting(
        variable="KG_MAX_QUERY", default="1048576", unit="bytes", meaning="Longest query text; a longer one gets 413."
    ),
    Setting(variable="KG_MAX_NESTING", default="128", unit="levels", meaning="Deepest nesting of a query."),
    Setting(
        variable="KG_MAX_ROWS", default="10000000", unit="rows", meaning="Most rows of an answer; it is cut off there."
    ),
    Setting(
        variable="KG_MAX_BYTES", default="4096", unit="MiB", meaning="Largest answer; it is cut off there, and says so."
    ),
    Setting(
        variable="KG_CACHE",
        default="64",
        unit="MiB",
        meaning="Answers that the server keeps in memory; 0: none.",
        may_be_zero=True,
    ),
    Setting(
        variable="KG_CACHE_SECONDS",
        default="10",
        unit="seconds",
        meaning="How long caches in front may answer without asking back; 0: not at all.",
        may_be_zero=True,
    ),
    Setting(
        variable="KG_UPDATE_TOKEN", default="", unit="token", meaning="Who sends it may write; without it nobody may."
    ),
    Setting(
        variable="KG_UPDATE_TOKEN_FILE", default="", unit="path", meaning="The file with that token, in its place."
    ),
    Setting(
        variable="KG_MAX_UPLOAD",
        default="256",
        unit="MiB",
        meaning="Largest graph that may be sent; beyond: 413.",
    ),
    Setting(
        variable="KG_VALIDATORS", default="1", unit="processes", meaning="Validations at `/shacl` at the same time."
    ),
    Setting(
        variable="KG_MAX_SHACL",
        default="8",
        unit="MiB",
        meaning="Most bytes of data and shapes that `/shacl` takes; beyond: 413.",
    ),
    Setting(
        variable="KG_ADMIN_TOKEN",
        default="",
        unit="token",
        meaning="Who sends it sees the running queries and may stop them; without it nobody may.",
    ),
    Setting(variable="KG_ADMIN_TOKEN_FILE", default="", unit="path", meaning="The file with that token, in its place."),
    Setting(
        variable="KG_RATE",
        default="0",
        unit="requests a second",
        meaning="Most requests of one client on the average, five seconds' worth at once; more: 429. 0: no bound.",
        may_be_zero=True,
    ),
    Setting(
        variable="KG_PROXIES",
        default="0",
        unit="proxies",
        meaning="Proxies in front whose X-Forwarded-* headers hold; 0: none.",
        may_be_zero=True,
    ),
    Setting(
        variable="KG_ACCESS_LOG",
        default="-",
        unit="path",
        meaning="Where a line for each request goes; `-`: standard output, `off`: nowhere.",
    ),
    Setting(
        variable="KG_SLOW",
        default="5",
        unit="seconds",
        meaning="A query that takes longer is told on standard error, with its text.",
    ),
)
# Units of settings that are no numbers.
TEXTS: Final = frozenset(["path", "IRI", "token", "names"])
# difflib's ratio: KG_WORKRES and KG_QUERY are like KG_WORKERS and KG_MAX_QUERY, KG_SHARED and KG_PORT like none.
LIKENESS: Final = 0.8


def get(variable: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a setting as text: from the environment, else its default."""
    setting = _BY_VARIABLE[variable]
    return (os.environ if environ is None else environ).get(variable) or setting.default


def get_number(variable: str, environ: Mapping[str, str] | None = None) -> float:
    """The value of a setting as a number above 0, or 0 where that stands for off; UsageError where it is none."""
    setting = _BY_VARIABLE[variable]
    text = get(variable, environ)
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 < number < float("inf") or (number == 0 and setting.may_be_zero):
        return number
    least = "of 0 or more" if setting.may_be_zero else "above 0"
    raise UsageError(f"{variable}={text!r} is not a number {least} ({setting.unit}).")


def get_base(environ: Mapping[str, str] | None = None) -> str:
    """The base of IRIs; UsageError where it is none."""
    base = get("KG_BASE", environ)
    if not base.startswith(("http://", "https://")) or not base.endswith("/"):
        raise UsageError(f"KG_BASE={base!r} is no base for IRIs: it starts with http(s):// and ends in a slash.")
    return base


def check(environ: Mapping[str, str] | None = None) -> None:
    """Read every setting once; UsageError for the first that cannot mean anything."""
    get_base(environ)
    for setting in SETTINGS:
        if setting.unit not in TEXTS:
            get_number(setting.variable, environ)


def misspelt(environ: Mapping[str, str] | None = None) -> Iterator[str]:
    """A warning for each variable that is no setting but is named much like one; others may be another program's."""
    for variable in os.environ if environ is None else environ:
        if not variable.startswith("KG_") or variable in _BY_VARIABLE:
            continue
        if nearest := get_close_matches(variable, _BY_VARIABLE, n=1, cutoff=LIKENESS):
            yield f"{variable} is no setting and has no effect; {nearest[0]} is one."


_BY_VARIABLE: Final = {setting.variable: setting for setting in SETTINGS}
