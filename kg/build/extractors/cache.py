"""Keep what extractors answered, by extractor, version and text, so that nothing is asked twice.

`cache/extractors/1/<name>/<digest of the version>/<two digits>/<digest of the text>.json`; the 1 is the form of the
files. A file is put in place as a whole; one that cannot be read is as good as none.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kg.build.extractors.installed import Chosen
from kg.extraction.plugins import Suggestion, TextPart

FORM: Final = "1"


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """The answers in a folder."""

    folder: Path

    def read(self, extractor: Chosen, part: TextPart) -> tuple[Suggestion, ...] | None:
        """What the extractor, in this version, answered about the text of a part; None where it was not asked."""
        try:
            record = json.loads(self._path(extractor, part).read_bytes())
            if record["version"] != extractor.version:
                return None
            return tuple(Suggestion(part=part.key, **row) for row in record["suggestions"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, extractor: Chosen, part: TextPart, suggestions: Iterable[Suggestion]) -> None:
        """Keep what the extractor answered about a part."""
        path = self._path(extractor, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        record = {
            "extractor": extractor.name,
            "version": extractor.version,
            "suggestions": [_row(one) for one in suggestions],
        }
        # Two workers may ask about one text at the same time: each writes beside, and the last one stands.
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        beside.write_bytes(json.dumps(record, sort_keys=True, indent=1).encode() + b"\n")
        os.replace(beside, path)

    def _path(self, extractor: Chosen, part: TextPart) -> Path:
        version = hashlib.sha256(extractor.version.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        digest = part.digest
        return self.folder / "extractors" / FORM / extractor.name / version / digest[:2] / f"{digest}.json"


def _row(suggestion: Suggestion) -> dict[str, Any]:
    # The key of the part is left out: the same text may be another part of another cable.
    return {name: value for name, value in asdict(suggestion).items() if name != "part" and value is not None}
