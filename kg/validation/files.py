"""Tell files of RDF from sources of cables, and read them: by their ending, else by how their text begins."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.errors import SourceNotFound, SourceUnreadable, UsageError
from kg.store.graphs import ENDINGS
from kg.store.shacl_jobs import Sent

STDIN: Final = "-"
# How a document begins whose name does not say what it is; TriG holds Turtle and N-Triples.
_BEGINNINGS: Final = (
    (re.compile(rb"\s*[\[{]"), "jsonld"),  # {"@context": …
    (re.compile(rb"\s*<\?xml|\s*<rdf:RDF"), "rdf"),  # <?xml version="1.0"?>
)
_OTHERWISE: Final = "trig"


def are_graphs(sources: Sequence[str]) -> bool:
    """Whether the sources are files of RDF; UsageError where some are and others not."""
    graphs = [source for source in sources if _ending(source) in ENDINGS]
    if graphs and len(graphs) < len(sources):
        other = next(source for source in sources if source not in graphs)
        raise UsageError(
            f"{graphs[0]} is RDF by its name, and {other} is not: validate cables and graphs one after the other. "
            "With --shapes everything is taken for RDF."
        )
    return bool(graphs)


def read_graphs(paths: Sequence[str], role: str) -> list[Sent]:
    """The graphs in files, as yet unparsed; SourceNotFound or SourceUnreadable where a file cannot be read."""
    return [_read(path, role) for path in paths]


def form_of(name: str, content: bytes) -> str:
    """The name of the format of a document of RDF."""
    by_name = ENDINGS.get(_ending(name))
    return by_name or next((form for sign, form in _BEGINNINGS if sign.match(content)), _OTHERWISE)


def _read(path: str, role: str) -> Sent:
    if path == STDIN:
        content, base = sys.stdin.buffer.read(), "urn:x-stdin:"
    else:
        try:
            content = Path(path).read_bytes()
        except FileNotFoundError:
            raise SourceNotFound(f"There is no {path}.") from None
        except OSError as error:
            raise SourceUnreadable(f"{path}: {error.strerror}") from None
        base = Path(path).absolute().as_uri()
    return Sent(role=role, form=form_of(path, content), name=path, base=base, content=content)


def _ending(name: str) -> str:
    return Path(name).suffix.removeprefix(".").lower()
