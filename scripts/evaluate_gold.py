"""Measure extraction against the annotated cables: all, the open ones with their misses, and the frozen ones in totals.

usage: python scripts/evaluate_gold.py [--misses] [--shared DIR]

The frozen cables check that rules are about language and not about the texts they were tuned on. Nobody reads their
annotations or misses: this script prints their totals and has no option for more.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.cables import parse
from kg.cables.model import Cable
from kg.extraction import as_json, extract
from kg.sources import read
from kg.sources.model import RawCable

# The seven of least SHA-256 of the id, 09BOGOTA335 set apart; docs/explanation/extraction.md names them too.
FROZEN = frozenset(
    ("72TEHRAN5055", "10WARSAW110", "10BRUSSELS128", "09RIYADH716", "08BOGOTA2578", "10THEHAGUE54", "10BRASILIA45")
)
SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder that holds gold/ and corpus/")
    parser.add_argument("--misses", action="store_true", help="list the misses of the open cables")
    args = parser.parse_args()
    gold = args.shared / "gold"
    ids = {path.stem for path in (gold / "dev").glob("*.json")}
    if not ids:
        sys.exit(f"no annotations in {gold / 'dev'}")
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted"
        predict(args.shared / "corpus", ids, predicted)
        for name, group in (("all", ids), ("open", ids - FROZEN), ("frozen", ids & FROZEN)):
            chosen = Path(folder) / name
            copy(gold / "dev", group, chosen)
            print(f"{name}: {len(group)} cables")
            print(score(gold, chosen, predicted, misses=args.misses and name == "open"))


def predict(corpus: Path, ids: set[str], out: Path) -> None:
    """Extract from every annotated cable of the corpus and write one file each; print the speed."""
    out.mkdir()
    cables = list(annotated(corpus, ids))
    started = time.process_time()
    for cable in cables:
        facts = json.dumps(as_json(cable, extract(cable)), ensure_ascii=False)
        (out / f"{cable.canonical_id}.json").write_text(facts, encoding="utf-8")
    seconds = time.process_time() - started
    found = {cable.canonical_id for cable in cables}
    print(f"extracted {len(found)} of {len(ids)} annotated cables in {seconds:.2f} s", end="\n\n")


def annotated(corpus: Path, ids: set[str]) -> list[Cable]:
    sources = [corpus / "09BOGOTA335.txt", corpus / "cables.csv"]
    cables = (parse(raw) for raw in read(sources) if isinstance(raw, RawCable))
    return [cable for cable in cables if cable.canonical_id in ids]


def copy(annotations: Path, ids: set[str], out: Path) -> None:
    out.mkdir()
    for name in sorted(ids):
        shutil.copy(annotations / f"{name}.json", out)


def score(gold: Path, chosen: Path, predicted: Path, *, misses: bool) -> str:
    command = [sys.executable, str(gold / "score.py"), str(chosen), str(predicted), *(["--misses"] if misses else [])]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
