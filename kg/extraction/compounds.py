"""Read the names that a hyphen joins to another word: `the Orlan-Varga talks`, `the Orlan-era law`."""

from typing import Final

from kg.extraction.tokens import Token

SHORTEST: Final = 4  # letters of a surname


def joined_names(token: Token) -> list[tuple[str, int, int]]:
    """The capitalised words of a token with hyphens, and where they stand; none where one is too short for a name."""
    out: list[tuple[str, int, int]] = []
    at = token.start
    for piece in token.text.split("-"):
        if piece[:1].isupper():
            out.append((piece, at, at + len(piece)))
        at += len(piece) + 1
    return out if all(len(piece) >= SHORTEST and not piece.isupper() for piece, _, _ in out) else []
