"""The reference page of metrics names every metric, outcome and field of the log, with its kind."""

import json
import re
from pathlib import Path

from kg.web import create_app, outcome
from kg.web.metrics import EXTENSION

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"


def section(heading: str) -> str:
    return PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]


def test_page_names_every_metric_and_its_kind(tmp_path):
    registry = create_app(tmp_path).extensions[EXTENSION].registry
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", section("Metrics"), re.MULTILINE)
    assert sorted(rows) == sorted((metric.name, metric.type) for metric in registry.collect())


def test_page_names_every_outcome():
    rows = re.findall(r"^\| `(\w+)` \|", section("Outcomes"), re.MULTILINE)
    assert sorted(rows) == sorted(outcome.OUTCOMES)


def test_page_names_every_field_of_the_access_log(tmp_path, monkeypatch):
    monkeypatch.setenv("KG_ACCESS_LOG", str(tmp_path / "access.log"))
    app = create_app(tmp_path)
    app.test_client().get("/health", buffered=True)
    app.extensions[EXTENSION].log.lines.flush()
    (line,) = (tmp_path / "access.log").read_text().splitlines()
    rows = re.findall(r"^\| (`.*?) \|", section("The access log"), re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(json.loads(line))
