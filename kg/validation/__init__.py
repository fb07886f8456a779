"""Check what was mapped against the shapes, report what they find, and set refused cables aside."""

from kg.validation.batch import validate_cables
from kg.validation.engine import Engine, PyShaclEngine
from kg.validation.model import CableResults, Result
from kg.validation.shapes import global_shapes, local_shapes

__all__ = ["CableResults", "Engine", "PyShaclEngine", "Result", "global_shapes", "local_shapes", "validate_cables"]
