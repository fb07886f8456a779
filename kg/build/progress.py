"""Who is told how far a build is: the command line draws it, libraries and tests may ignore it."""

from typing import Protocol


class Progress(Protocol):
    """Somebody who is told of stages and how far they are."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` is None where its size is not known."""

    def advance(self, number: int) -> None:
        """So many more of the stage are done."""

    def finish(self) -> None:
        """The stage is done."""


class Silent:
    """Progress that nobody looks at."""

    def start(self, stage: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, number: int) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""
