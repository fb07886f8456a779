"""cablekg: diplomatic cables as a validated, queryable knowledge graph in which every fact leads back to its words.

The Python API is small: `kg.open(data)` gives the graph of a data folder as an rdflib `Graph`, `kg.parse(text)` reads
one cable, `kg.extract(cable)` finds its officials, meetings and agreements.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import extract, open, parse

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "open", "parse"]


def __getattr__(name: str) -> Any:
    # rdflib takes a third of a second to import, which `kg --help` need not wait for.
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
