"""The reference page of settings says what kg.settings says."""

from pathlib import Path

from kg.settings import SETTINGS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_page_has_every_setting_as_it_is():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `KG_")]
    expected = [
        f"| `{s.variable}` | {f'`{s.default}`' if s.default else 'none'} | {s.unit} | {s.meaning} |" for s in SETTINGS
    ]
    assert rows == expected
