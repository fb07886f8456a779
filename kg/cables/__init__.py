"""From a raw cable to a `Cable`: clean text, header, body; parsing never raises."""

from kg.cables.identity import identify
from kg.cables.ids.canonical import CanonicalId, canonical_id, parse_id
from kg.cables.ids.repair import Repaired, repair_id
from kg.cables.json_form import as_json
from kg.cables.merging import Merged, merge
from kg.cables.parsing import parse

__all__ = [
    "CanonicalId",
    "Merged",
    "Repaired",
    "as_json",
    "canonical_id",
    "identify",
    "merge",
    "parse",
    "parse_id",
    "repair_id",
]
