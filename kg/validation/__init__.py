"""Check what was mapped against the shapes, report what they find, and set refused cables aside."""

from kg.validation.batch import validate_cables
from kg.validation.checked import Engines, Verdicts, engines_for, validate_and_check
from kg.validation.engine import Engine, PyShaclEngine
from kg.validation.model import CableResults, Result
from kg.validation.shapes import global_shapes, local_shapes

__all__ = [
    "CableResults",
    "Engine",
    "Engines",
    "PyShaclEngine",
    "Result",
    "Verdicts",
    "engines_for",
    "global_shapes",
    "local_shapes",
    "validate_and_check",
    "validate_cables",
]
