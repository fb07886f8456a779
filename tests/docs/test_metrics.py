"""The reference page of metrics names every metric, outcome and field of the log, with its kind."""

import json
import re
from pathlib import Path

from kg.web import create_app, outcome
from kg.web.metrics import EXTENSION

# What a name has at its end in the text format.
ENDINGS = {"counter": "_total", "info": "_info"}
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"


def section(heading: str) -> str:
    return PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]


def test_page_names_every_metric_as_it_is_sent_and_its_kind(tmp_path):
    registry = create_app(tmp_path).extensions[EXTENSION].registry
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", section("Metrics"), re.MULTILINE)
    sent = [(metric.name + ENDINGS.get(metric.type, ""), metric.type) for metric in registry.collect()]
    assert sorted(rows) == sorted(sent)


def test_page_names_what_the_text_format_has(tmp_path):
    text = create_app(tmp_path).test_client().get("/metrics", buffered=True).get_data(as_text=True)
    samples = {line.split("{")[0].split(" ")[0] for line in text.splitlines() if not line.startswith("#")}
    # When a counter began is said by a sample of its own, which Prometheus does not keep as a metric.
    plain = {re.sub(r"_(bucket|sum|count)$", "", name) for name in samples if not name.endswith("_created")}
    rows = re.findall(r"^\| `(\w+)` \|", section("Metrics"), re.MULTILINE)
    assert len(plain) > 15
    assert plain - set(rows) == set()


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
