"""Shapes of one's own for whole builds: one that refuses, and the fix that lets pass."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.build import checking, inputs, remembering, stages
from kg.resources import folder
from kg.validation import compiling
from kg.validation import shapes as reading

HEAD = """
@prefix ck: <https://w3id.org/cablekg/ontology#> .
@prefix cks: <https://w3id.org/cablekg/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def forget() -> None:
    """Let every function that reads shapes once read them again."""
    for module in (reading, compiling, remembering, stages):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


@pytest.fixture
def shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """A function that lets builds go by the project's shapes and the ones given, in one process.

    It returns their folder; who changes something in it calls the function again.
    """
    own = tmp_path / "shapes"
    shutil.copytree(folder("shapes"), own)

    def use(extra: str) -> Path:
        (own / "extra.ttl").write_text(HEAD + extra, encoding="utf-8")
        forget()
        return own

    for module in (reading, checking, inputs):
        monkeypatch.setattr(module, "folder", lambda name: own if name == "shapes" else folder(name))
    use("")
    yield use
    forget()


@pytest.fixture
def refusing(shapes: Callable[[str], Path]) -> Callable[[str], None]:
    """A function that lets builds refuse the cables whose subject line matches; none by the empty text."""

    def refuse(pattern: str) -> None:
        shapes(
            f"""
            cks:unwanted a sh:PropertyShape ;
                sh:targetClass ck:Cable ; sh:path ck:subjectLine ; sh:not [ sh:pattern "{pattern}" ] ;
                sh:severity sh:Violation ; cks:scope cks:local ;
                sh:message "The subject is one that this test refuses."@en .
            """
            if pattern
            else ""
        )

    return refuse
