"""Find where the lines of a list end inside a part whose text is folded to one line."""

from typing import Final

from kg.cables.model import Part

# Running text is broken near the margin; a line that ends this early ended on purpose.
LIST_LINE: Final = 50


def list_breaks(part: Part, found: str) -> frozenset[int]:
    """The offsets in a part's text after which a short line of the text as found ends."""
    ends = list(_line_ends(part, found))
    out, before = set(), 0
    for end in ends:
        following = part.text[end + 1 : end + 1 + LIST_LINE].split(" ", 1)[0]
        if end - before + len(following) < LIST_LINE:
            out.add(end)
        before = end + 1
    return frozenset(out)


def _line_ends(part: Part, found: str) -> list[int]:
    out: list[int] = []
    for start, there, length in part.segments:
        at = found.find("\n", there, there + length)
        while at >= 0:
            out.append(start + at - there)
            at = found.find("\n", at + 1, there + length)
    return sorted(out)
