"""Extractors are found by their entry points, and those that cannot be used say why."""

import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from kg.build.extractors.installed import again, choose, installed
from kg.errors import UsageError

PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_installed_extractors_are_listed_with_their_version(plugins):
    found = {one.name: one for one in installed()}
    assert (found["good"].version, found["good"].target, found["good"].problem) == ("1", "fado_names:Good", None)


def test_what_cannot_be_used_is_listed_with_the_reason(plugins):
    found = {one.name: one for one in installed()}
    assert found["unready"].version is None
    assert found["unready"].problem == "ImportError: its model is not installed"
    assert "named 'misnamed', the extractor 'other'" in str(found["misnamed"].problem)


def test_chosen_extractors_keep_their_order(plugins):
    assert [(one.name, one.confidence, one.rule) for one in choose(["raising=0.6", " good "])] == [
        ("raising", 0.6, "plugin:raising"),
        ("good", 0.5, "plugin:good"),
    ]


def test_an_extractor_that_is_not_installed_is_wrong_use(plugins):
    with pytest.raises(UsageError, match=r"No extractor 'cello' is installed. Installed: .*good"):
        choose(["cello"])


def test_an_extractor_that_cannot_be_used_is_wrong_use(plugins):
    with pytest.raises(UsageError, match="unready cannot be used: ImportError: its model is not installed"):
        choose(["unready"])


@pytest.mark.parametrize("item", ["good=", "good=much", "good=0", "good=1", "good=nan", "good=-1"])
def test_a_precision_lies_between_none_and_all(plugins, item):
    with pytest.raises(UsageError, match="between 0 and 1"):
        choose([item])


def test_extractors_of_a_manifest_are_chosen_again(plugins):
    chosen = choose(["good=0.6"])
    assert again([one.as_json() for one in chosen]) == chosen


def test_the_project_ships_the_extractor_of_its_extra():
    points = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["entry-points"]["kg.extractors"]
    module, _, attribute = points["spacy"].partition(":")
    assert getattr(import_module(module), attribute).name == "spacy"
