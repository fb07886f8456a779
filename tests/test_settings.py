"""Settings: variables that are named much like one."""

import pytest

from kg.settings import SETTINGS, misspelt


@pytest.mark.parametrize(
    ("variable", "setting"),
    [("KG_WORKRES", "KG_WORKERS"), ("KG_QUERY", "KG_MAX_QUERY"), ("KG_UPDATE_TOKENS", "KG_UPDATE_TOKEN")],
)
def test_misspelt_setting_is_told_with_the_nearest(variable: str, setting: str):
    assert list(misspelt({variable: "1"})) == [f"{variable} is no setting and has no effect; {setting} is one."]


def test_other_variables_are_not_told():
    others = ("KG_SHARED", "KG_CABLEMAP_CASES", "KG_FUZZ_SEED", "KG_TEST_RUN", "KG_PORT", "WORKERS", "PATH")
    assert list(misspelt(dict.fromkeys(others, "1"))) == []
    assert list(misspelt({setting.variable: "1" for setting in SETTINGS})) == []
