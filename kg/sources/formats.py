"""The formats of sources, one table: how each is recognised by its content, and its reader."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.sources import (
    cablegate,
    cablegate_saved,
    frus,
    history_lab,
    nara_list,
    nara_text,
    partitions,
    plusd,
    telegram,
    text_dump,
    viewer,
)
from kg.sources.decoding import decode_head
from kg.sources.model import RawCable, SourceProblem
from kg.sources.streams import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: its name on raw cables, a test of the decoded head, and the reader."""

    name: str
    looks_like: Callable[[str], bool]
    read: Callable[[Source], Iterator[RawCable | SourceProblem]]


# In the order in which they are tried: what has a frame of its own before the bare telegram.
READERS: Final = (
    Format(name=partitions.NAME, looks_like=partitions.looks_like, read=partitions.read),
    Format(name=viewer.NAME, looks_like=viewer.looks_like, read=viewer.read),
    Format(name=plusd.NAME, looks_like=plusd.looks_like, read=plusd.read),
    Format(name=cablegate.NAME, looks_like=cablegate.looks_like, read=cablegate.read),
    Format(name=cablegate.NAME, looks_like=cablegate_saved.looks_like, read=cablegate_saved.read),
    Format(name=text_dump.NAME, looks_like=text_dump.looks_like, read=text_dump.read),
    Format(name=nara_list.NAME, looks_like=nara_list.looks_like, read=nara_list.read),
    Format(name=history_lab.NAME, looks_like=history_lab.looks_like, read=history_lab.read),
    Format(name=nara_text.NAME, looks_like=nara_text.looks_like, read=nara_text.read),
    Format(name=frus.NAME, looks_like=frus.looks_like, read=frus.read),
    Format(name=telegram.NAME, looks_like=telegram.looks_like, read=telegram.read),
)


def recognise(head: bytes) -> Format | None:
    """The format that the first bytes of a source show, or None."""
    text = decode_head(head)
    return next((known for known in READERS if known.looks_like(text)), None)


def sniff(head: bytes) -> str | None:
    """The name of the format that the first bytes of a source show, or None; 128 KB are enough."""
    known = recognise(head)
    return None if known is None else known.name
