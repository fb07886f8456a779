"""From a raw cable to a `Cable`: clean text, header, body; parsing never raises."""

from kg.cables.identity import identify
from kg.cables.parsing import parse

__all__ = ["identify", "parse"]
