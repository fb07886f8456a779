"""Ask a language model who is named in some parts, several parts a request."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cablekg_llm.client import Client
from cablekg_llm.prompt import VERSION, read_answer, request
from kg.extraction.plugins import Suggestion, TextPart

# A request holds so many parts and characters at most; a longer part goes alone.
MOST_PARTS: Final = 8
MOST_CHARACTERS: Final = 8_000


class LanguageModel:
    """Suggests the persons that a model names; KG_LLM_URL and KG_LLM_MODEL say which."""

    name = "llm"

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        url, model = environ.get("KG_LLM_URL", ""), environ.get("KG_LLM_MODEL", "")
        if not url.startswith(("http://", "https://")) or not model:
            raise RuntimeError("set KG_LLM_URL, such as http://127.0.0.1:8080/v1, and KG_LLM_MODEL, the model's name")
        self.version = f"{model}, prompt {VERSION}"
        self._model = model
        self._client = Client(
            url=url.rstrip("/") + "/chat/completions",
            key=environ.get("KG_LLM_KEY", ""),
            timeout=float(environ.get("KG_LLM_TIMEOUT") or 20),
            tries=int(environ.get("KG_LLM_TRIES") or 3),
        )

    def suggest(self, parts: Sequence[TextPart]) -> Iterator[Suggestion]:
        """The persons of the parts; raises where the server gives no answer, or one that is not as asked for."""
        for batch in batches(parts):
            yield from read_answer(self._client.post(request(self._model, batch)))


def batches(parts: Sequence[TextPart]) -> Iterator[list[TextPart]]:
    """The parts in their order, as many together as a request may hold."""
    batch: list[TextPart] = []
    for part in parts:
        size = sum(len(each.text) for each in batch) + len(part.text)
        if batch and (len(batch) == MOST_PARTS or size > MOST_CHARACTERS):
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch
