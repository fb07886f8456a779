"""Map values to N-Triples: sorted lines for each cable, and for the entities that cables share."""

from kg.mapping.cable import map_cable, map_doubtful
from kg.mapping.officials import map_official, map_officials
from kg.mapping.shared import SharedEntities, map_shared, shared_entities

__all__ = [
    "SharedEntities",
    "map_cable",
    "map_doubtful",
    "map_official",
    "map_officials",
    "map_shared",
    "shared_entities",
]
