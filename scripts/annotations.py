"""Keep annotations of cables without their words: every string is the place in the text as found where it stands.

usage: python scripts/annotations.py pack FOLDER [--shared DIR]     FOLDER/<id>.json → tests/extraction/annotations/
       python scripts/annotations.py unpack FOLDER [--shared DIR]   and back, with the words

The words of cables do not belong into the project; who has the corpus can put them back and score against them. A file
names the text by its SHA-256. A place is `[start, end]` in Unicode code points, or several of these where the words of
a string stand apart in the text as found (a page break between them); white space is folded to one space.
"""

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.cables import parse
from kg.evaluation.standoff import worded
from kg.sources import read
from kg.sources.model import RawCable

HERE = Path(__file__).parents[1] / "tests" / "extraction" / "annotations"
SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared"))
# The keys whose values are words of the text; all others are normalised.
WORDS = frozenset(
    ("date_text", "forms", "name", "organization", "participants", "place", "quote", "roles"),
)
# Words of a string that stand in one run, at least, where a page break parts it.
LEAST = 2
# Characters that a page break takes at most.
PAGE_BREAK = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("way", choices=("pack", "unpack"))
    parser.add_argument("folder", type=Path, help="the folder of the annotations with their words")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder that holds corpus/")
    chosen = parser.parse_args()
    source, target = (chosen.folder, HERE) if chosen.way == "pack" else (HERE, chosen.folder)
    ids = {path.stem for path in source.glob("*.json")}
    if not ids:
        sys.exit(f"no annotations in {source}")
    target.mkdir(parents=True, exist_ok=True)
    found = dict(texts(chosen.shared / "corpus", ids))
    if missing := sorted(ids - found.keys()):
        sys.exit(f"not in the corpus: {', '.join(missing)}")
    for name in sorted(ids):
        annotation = json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
        change = packed if chosen.way == "pack" else unpacked
        (target / f"{name}.json").write_text(change(annotation, found[name]), encoding="utf-8")
    print(f"{len(ids)} annotations written to {target}")


def texts(corpus: Path, ids: set[str]) -> Iterator[tuple[str, str]]:
    """The texts as found, the first of each cable."""
    left = set(ids)
    for raw in read([corpus / "cables.csv"]):
        if isinstance(raw, RawCable) and (name := parse(raw).canonical_id) in left:
            left.discard(name)
            yield name, raw.text


def packed(annotation: dict[str, Any], text: str) -> str:
    """An annotation with places for words."""
    out = mapped(annotation, lambda words: places(words, text))
    return json.dumps({"sha256": digest(text), **out}, ensure_ascii=False) + "\n"


def unpacked(annotation: dict[str, Any], text: str) -> str:
    """An annotation with its words."""
    if annotation.pop("sha256") != digest(text):
        sys.exit(f"{annotation['id']}: the corpus has another text than the one that was annotated")
    return json.dumps(worded(annotation, text), ensure_ascii=False, indent=1) + "\n"


def mapped(annotation: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """An annotation with its words changed."""
    out = dict(annotation)
    for kind in ("officials", "others", "meetings", "agreements"):
        out[kind] = [
            {
                key: value if key not in WORDS or value is None else _changed(key, value, change)
                for key, value in entry.items()
            }
            for entry in annotation.get(kind, [])
        ]
    return out


def _changed(key: str, value: Any, change: Callable[[Any], Any]) -> Any:
    return [change(each) for each in value] if key in ("forms", "participants", "roles") else change(value)


def places(words: str, text: str) -> list[tuple[int, int]]:
    """Where a string stands first; in several pieces where it stands nowhere whole."""
    parts = words.split()
    out: list[tuple[int, int]] = []
    at = 0
    while parts:
        for count in range(len(parts), 0, -1):
            pattern = re.compile(r"\s+".join(map(re.escape, parts[:count])))
            match = pattern.search(text, at) if out else pattern.search(text)
            if match is not None and count < min(LEAST, len(parts)) and not out:
                match = _close_before(parts[0], parts[1], text)
            if match is not None:
                break
        else:
            sys.exit(f"not in the text: {words!r}")
        out.append((match.start(), match.end()))
        parts, at = parts[count:], match.end()
    return out


def _close_before(word: str, following: str, text: str) -> re.Match[str] | None:
    # One word says little: it is the one that a page break alone parts from what follows.
    return re.search(rf"{re.escape(word)}(?=[\s\S]{{0,{PAGE_BREAK}}}?{re.escape(following)})", text)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
