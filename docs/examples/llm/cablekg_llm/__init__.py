"""An extractor for cablekg that asks a language model, over any URL that speaks OpenAI's chat completions."""

from cablekg_llm.extractor import LanguageModel

__all__ = ["LanguageModel"]
