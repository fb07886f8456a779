"""The examples in docs/reference/fields.md."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fields.md"


def test_examples_print_what_the_page_shows():
    failed, attempted = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8", verbose=False)
    assert attempted
    assert not failed
