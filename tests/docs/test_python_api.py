"""The sessions on the page of the Python API run as they stand there."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "python-api.md"


def test_sessions_run_as_shown(inside):
    failed, attempted = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8", verbose=False)
    assert attempted > 15
    assert failed == 0
