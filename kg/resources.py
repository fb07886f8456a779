"""Find the project's own files: ontology/ and shapes/ in a checkout or a wheel, and the tables of kg/data."""

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `ontology` or `shapes`.

    A wheel carries them under kg/_data; an editable install reads the checkout's top level.
    """
    packed = PACKAGE / "_data" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def table(name: str) -> Path:
    """The path of a table under kg/data, such as `posts.tsv`."""
    return PACKAGE / "data" / name
