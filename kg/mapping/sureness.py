"""Tell facts from candidates: how sure something has to be to stand in the default graph."""

from typing import Final, Protocol

# What is less sure than this is a candidate, and no fact of the default graph.
SURE: Final = 0.7


class Graded(Protocol):
    """Whatever has a confidence."""

    @property
    def confidence(self) -> float:
        """How sure it is, from 0 to 1."""


def is_sure(fact: Graded) -> bool:
    """Whether something is a fact, and no candidate only."""
    return fact.confidence >= SURE
