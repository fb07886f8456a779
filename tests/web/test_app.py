"""The application as it is made."""

from pathlib import Path

import pytest


def test_misspelt_setting_is_told_when_the_application_is_made(tmp_path: Path, serve, caplog: pytest.LogCaptureFixture):
    with serve(tmp_path, KG_WORKRES="3"):
        assert "KG_WORKRES is no setting and has no effect; KG_WORKERS is one." in caplog.messages
