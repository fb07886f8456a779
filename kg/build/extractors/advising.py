"""Ask the chosen extractors about cables, one after the other, and let in what holds; a failing one is passed over."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from kg.build.extractors.cache import AnswerCache
from kg.build.extractors.installed import Chosen, Consulting
from kg.build.extractors.process import ExtractorFailed, running
from kg.build.extractors.tally import Tally
from kg.cables.model import Cable
from kg.extraction.extract import extract, readings_of
from kg.extraction.gazetteer import EMPTY, Gazetteer
from kg.extraction.plugins import Suggestion, TextPart
from kg.extraction.plugins.admission import Asking
from kg.extraction.plugins.model import Admitted

# After so many failures in a row an extractor is not asked about the other cables of the partition.
PATIENCE: Final = 3


class Advisers:
    """The chosen extractors and what became of their answers."""

    def __init__(self, consulting: Consulting) -> None:
        cache = AnswerCache(consulting.cache) if consulting.cache is not None else None
        self._advisers = [_Adviser(chosen, cache, consulting.timeout) for chosen in consulting.extractors]
        self._digest = hashlib.sha256()

    def suggestions(self, cable: Cable, gazetteer: Gazetteer = EMPTY) -> tuple[Admitted, ...]:
        """The names in a cable that extractors found beyond rules and gazetteer; none where no extractor is chosen."""
        if not self._advisers:
            return ()
        admitted: tuple[Admitted, ...] = ()
        readings = readings_of(cable)
        for adviser in self._advisers:
            asking = Asking(readings, extract(cable, gazetteer, admitted))
            admitted += adviser.admitted(cable.canonical_id or cable.raw.digest, asking)
        if admitted:
            self._digest.update(repr((cable.canonical_id, admitted)).encode("utf-8", "replace"))
        return admitted

    def entry(self) -> dict[str, Any]:
        """The counts of each extractor by its name, and the digest of all that was let in; empty without extractors."""
        if not self._advisers:
            return {}
        counts = {adviser.chosen.name: adviser.tally.as_json() for adviser in self._advisers}
        return {"extractors": counts, "suggested": self._digest.hexdigest()}

    def named(self) -> list[str]:
        """A line of JSON for each refusal and failure."""
        return [
            json.dumps({"extractor": adviser.chosen.name, **record}, ensure_ascii=False) + "\n"
            for adviser in self._advisers
            for record in adviser.tally.named
        ]


class _Adviser:
    """One extractor, its kept answers, and the count of what it said."""

    def __init__(self, chosen: Chosen, cache: AnswerCache | None, timeout: float) -> None:
        self.chosen = chosen
        self._process = running(chosen.name, chosen.version, timeout)
        self.tally = Tally()
        self._cache = cache
        self._failures = 0

    def admitted(self, cable: str, asking: Asking) -> tuple[Admitted, ...]:
        """What the extractor adds to one cable."""
        parts = asking.parts()
        if not parts:
            return ()
        self.tally.counts.update(cables=1, parts=len(parts))
        suggestions = self._suggestions(cable, parts)
        admission = asking.admit(suggestions, parts, self.chosen.rule, self.chosen.confidence)
        self.tally.counts.update(suggested=len(suggestions), admitted=len(admission.admitted), known=admission.known)
        for one in admission.refused:
            self.tally.refuse(cable, one.part, one.text, one.reason)
        return admission.admitted

    def _suggestions(self, cable: str, parts: Sequence[TextPart]) -> list[Suggestion]:
        kept = {part.key: self._cache.read(self.chosen, part) if self._cache is not None else None for part in parts}
        unasked = [part for part in parts if kept[part.key] is None]
        answered = [one for part in parts for one in kept[part.key] or ()]
        self.tally.counts.update(kept=len(parts) - len(unasked))
        return answered + (self._asked(cable, unasked) if unasked else [])

    def _asked(self, cable: str, parts: Sequence[TextPart]) -> list[Suggestion]:
        if self._failures >= PATIENCE:
            self.tally.fail(cable, "given-up", f"not asked, after {PATIENCE} failures in a row")
            return []
        try:
            suggestions, malformed = self._process.ask(parts)
        except ExtractorFailed as failure:
            self._failures += 1
            self.tally.fail(cable, failure.reason, str(failure))
            return []
        self._failures = 0
        self.tally.counts.update(asked=len(parts), suggested=len(malformed))
        for text in malformed:
            self.tally.refuse(cable, "", text, "malformed")
        if self._cache is not None:
            for part in parts:
                self._cache.write(self.chosen, part, [one for one in suggestions if one.part == part.key])
        return list(suggestions)
