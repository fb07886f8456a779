"""Extractors of other packages, as their entry points are found on the path, in this process and in those it starts."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build.extractors.installed import Consulting, choose
from kg.build.extractors.process import ended_afterwards

# One module for all: what an extractor does goes by its name, and a file counts how often it is asked.
CODE = """
import os
import sys
import time
from pathlib import Path

from kg.extraction.plugins import Suggestion

ASKED = Path(__file__).with_name("asked.txt")
print("noise on stdout")


class Base:
    version = "1"

    def suggest(self, parts):
        with ASKED.open("a") as file:
            file.writelines(part.key + "\\n" for part in parts)
        return self.answer(parts)

    def answer(self, parts):
        for part in parts:
            for words in ("Zumbrel Falquero", "Nobody Atall"):
                at = part.text.find(words)
                if at >= 0 or words == "Nobody Atall":
                    yield Suggestion(part=part.key, text=words, start=max(at, 0), end=max(at, 0) + len(words))


class Good(Base):
    name = "good"


class Raising(Base):
    name = "raising"

    def answer(self, parts):
        raise ValueError("the answer is no JSON")


class Hanging(Base):
    name = "hanging"

    def answer(self, parts):
        time.sleep(600)


class Forking(Base):
    name = "forking"

    def suggest(self, parts):
        child = os.fork()
        if child == 0:
            time.sleep(60)
        raise ValueError(child)


class Dying(Base):
    name = "dying"

    def answer(self, parts):
        os._exit(7)


class Malformed(Base):
    name = "malformed"

    def answer(self, parts):
        yield {"text": "Zumbrel Falquero"}
        yield Suggestion(part=parts[0].key, text=b"Zumbrel Falquero")
        yield Suggestion(part=parts[0].key, text="Zumbrel Falquero", start=True, end=3)
        yield Suggestion(part=parts[0].key, text="Zumbrel Falquero")


class Endless(Base):
    name = "endless"

    def answer(self, parts):
        while True:
            yield Suggestion(part=parts[0].key, text="Zumbrel Falquero")


class Unready(Base):
    name = "unready"

    def __init__(self):
        raise ImportError("its model is not installed")


class Changing(Base):
    name = "changing"

    def __init__(self):
        self.version = str(os.getpid())


class Misnamed(Base):
    name = "other"
"""
NAMES = ("good", "raising", "hanging", "dying", "forking", "malformed", "endless", "unready", "changing", "misnamed")


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path in which a package with these extractors is installed; `asked.txt` tells who was asked."""
    folder = tmp_path / "site"
    (folder / "fado-1.dist-info").mkdir(parents=True)
    (folder / "fado_names.py").write_text(CODE)
    (folder / "fado-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: fado\nVersion: 1\n")
    lines = "".join(f"{name} = fado_names:{name.capitalize()}\n" for name in NAMES)
    (folder / "fado-1.dist-info" / "entry_points.txt").write_text(f"[kg.extractors]\n{lines}")
    monkeypatch.syspath_prepend(str(folder))
    with ended_afterwards():
        yield folder
    sys.modules.pop("fado_names", None)


@pytest.fixture
def asked(plugins: Path) -> Callable[[], list[str]]:
    """A function that tells the parts that extractors were asked about so far."""
    path = plugins / "asked.txt"
    return lambda: path.read_text().split() if path.exists() else []


@pytest.fixture
def consulting(plugins: Path, tmp_path: Path) -> Callable[..., Consulting]:
    """A function from names to the extractors that are asked, their answers kept in a folder."""

    def make(*names: str, timeout: float = 30.0) -> Consulting:
        return Consulting(extractors=choose(names), cache=tmp_path / "cache", timeout=timeout)

    return make
