"""From what an extractor answers to what the facts are made with: each suggestion is let in, known, or refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extraction.lexicon import country_words
from kg.extraction.model import Facts
from kg.extraction.plugins.gate import Gate
from kg.extraction.plugins.locating import locate_all
from kg.extraction.plugins.model import Admitted, Located, Refusal, Suggestion, TextPart
from kg.extraction.tokens import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What became of some suggestions; `known` counts those that the rules had found themselves."""

    admitted: tuple[Admitted, ...] = ()
    known: int = 0
    refused: tuple[Refusal, ...] = ()


class Asking:
    """One cable as extractors are asked about it: what is offered to them, and who of their answer is let in."""

    def __init__(self, readings: Sequence[Reading], facts: Facts) -> None:
        self._gate = Gate(readings, facts)
        self._readings = {reading.part: reading for reading in readings}

    def parts(self) -> tuple[TextPart, ...]:
        """The parts that hold capitalised names which no rule explains."""
        return tuple(
            TextPart(key=reading.part, text=reading.found, cased=reading.text)
            for reading in self._readings.values()
            if self._gate.has_unexplained(reading.part)
        )

    def admit(
        self, suggestions: Iterable[Suggestion], parts: Iterable[TextPart], rule: str, confidence: float
    ) -> Admission:
        """What of the suggestions about these parts is let in; no two of it overlap, and the first and longest goes."""
        located, refused = locate_all(suggestions, {part.key: part.text for part in parts})
        admitted: list[Admitted] = []
        reasons = list(refused)
        known = 0
        for one in located:
            text = self._readings[one.part].found[one.start : one.end]
            start, end = self._gate.trimmed(one.part, one.start, one.end)
            reason = self._gate.reason(one.part, start, end)
            if reason == "known":
                known += 1
            elif reason is None and any(a.part == one.part and a.start < end and start < a.end for a in admitted):
                reasons.append(Refusal(part=one.part, text=text, reason="overlaps-another"))
            elif reason is not None:
                reasons.append(Refusal(part=one.part, text=text, reason=reason))
            else:
                made, further = self._admitted(one, (start, end), rule, confidence)
                admitted.append(made)
                reasons += further
        return Admission(admitted=tuple(admitted), known=known, refused=tuple(reasons))

    def _admitted(
        self, one: Located, span: tuple[int, int], rule: str, confidence: float
    ) -> tuple[Admitted, tuple[Refusal, ...]]:
        text = self._readings[one.part].found
        refused: list[Refusal] = []
        role, country = one.role, None
        if role is not None and not self._belongs(one.part, span, role):
            refused.append(Refusal(part=one.part, text=text[role[0] : role[1]], reason="role-elsewhere"))
            role = None
        if one.country is not None:
            word = text[one.country[0] : one.country[1]]
            country = country_words("demonym").get(word) or country_words("name").get(word)
            if country is None:
                refused.append(Refusal(part=one.part, text=word, reason="no-country"))
        made = Admitted(
            part=one.part,
            start=span[0],
            end=span[1],
            role=role,
            country=country,
            rule=rule,
            confidence=confidence,
        )
        return made, tuple(refused)

    def _belongs(self, part: str, name: tuple[int, int], role: tuple[int, int]) -> bool:
        """Whether a role stands beside a name: in the same sentence, and neither in the other."""
        if name[0] < role[1] and role[0] < name[1]:
            return False
        reading = self._readings[part]
        places = [
            next((n for n, token in enumerate(reading.tokens) if token.start <= start < token.end), None)
            for start in (name[0], role[0])
        ]
        sentences = [reading.sentence_of(place) for place in places if place is not None]
        return len(sentences) == 2 and sentences[0] == sentences[1]
