"""Tokens: where they come from, and whom they let pass."""

import base64
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import Forbidden, Unauthorized

from kg.errors import UsageError
from kg.web import authorization
from kg.web.authorization import EXTENSION, Tokens, require

BASIC = base64.b64encode(b"anybody:secret").decode()


def passes(kind: authorization.Kind, header: str | None, **environ: str) -> bool:
    app = Flask(__name__)
    app.extensions[EXTENSION] = Tokens.read(environ)
    headers = {} if header is None else {"Authorization": header}
    with app.test_request_context("/", headers=headers):
        try:
            require(kind)
        except Unauthorized as error:
            schemes = [value for name, value in error.get_headers() if name == "WWW-Authenticate"]
            assert any(scheme.startswith("Bearer ") for scheme in schemes)
            assert any(scheme.startswith("Basic ") for scheme in schemes) is (kind == "admin")
            return False
        return True


@pytest.mark.parametrize("kind", ["update", "admin"])
def test_bearer_passes_with_its_token_alone(kind: authorization.Kind):
    environ = {"KG_UPDATE_TOKEN": "secret", "KG_ADMIN_TOKEN": "secret"}
    assert passes(kind, "Bearer secret", **environ)
    for header in (None, "Bearer secre", "Bearer", "Bearer ", "Token secret", "Basic !", "secret", "Bearer sécret"):
        assert not passes(kind, header, **environ)


def test_basic_passes_for_the_admin_and_not_for_updates():
    environ = {"KG_UPDATE_TOKEN": "secret", "KG_ADMIN_TOKEN": "secret"}
    assert passes("admin", f"Basic {BASIC}", **environ)
    assert not passes("update", f"Basic {BASIC}", **environ)


def test_a_token_is_good_for_its_own_purpose():
    environ = {"KG_UPDATE_TOKEN": "one", "KG_ADMIN_TOKEN": "two"}
    assert not passes("admin", "Bearer one", **environ)
    assert not passes("update", "Bearer two", **environ)


@pytest.mark.parametrize("kind", ["update", "admin"])
def test_without_a_token_nobody_passes(kind: authorization.Kind):
    with pytest.raises(Forbidden, match=f"KG_{kind.upper()}_TOKEN"):
        passes(kind, "Bearer ")


def test_token_of_a_file(tmp_path: Path):
    file = tmp_path / "token"
    file.write_text("secret\n")
    assert passes("admin", "Bearer secret", KG_ADMIN_TOKEN_FILE=str(file))


def test_token_file_that_cannot_be_is_refused(tmp_path: Path):
    (tmp_path / "empty").write_text("\n")
    for environ in (
        {"KG_ADMIN_TOKEN_FILE": str(tmp_path / "none")},
        {"KG_ADMIN_TOKEN_FILE": str(tmp_path / "empty")},
        {"KG_ADMIN_TOKEN_FILE": str(tmp_path / "empty"), "KG_ADMIN_TOKEN": "one"},
    ):
        with pytest.raises(UsageError, match="KG_ADMIN_TOKEN_FILE"):
            Tokens.read(environ)


@pytest.mark.parametrize("variable", ["KG_UPDATE_TOKEN", "KG_ADMIN_TOKEN"])
@pytest.mark.parametrize("token", [" ", "two words", "sécret", "secret ", "a\tb", "=", "a=b", '"secret"'])
def test_token_that_cannot_be_sent_is_refused_and_not_shown(variable: str, token: str, tmp_path: Path):
    with pytest.raises(UsageError, match=f"The token of {variable} cannot be sent") as error:
        Tokens.read({variable: token})
    assert "words" not in str(error.value)
    file = tmp_path / "token"
    file.write_text(f"{token}x y\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"{variable}_FILE=.* cannot be sent"):
        Tokens.read({f"{variable}_FILE": str(file)})


@pytest.mark.parametrize("token", ["secret", "mF_9.B5f-4.1JqM", "YWJj+/=="])
def test_token_that_can_be_sent_passes(token: str):
    assert passes("update", f"Bearer {token}", KG_UPDATE_TOKEN=token)


def test_missing_token_is_told_from_a_wrong_one():
    app = Flask(__name__)
    app.extensions[EXTENSION] = Tokens.read({"KG_UPDATE_TOKEN": "secret"})
    for header, told in (("", "missing"), ("Bearer", "missing"), (f"Basic {BASIC}", "missing"), ("Bearer x", "wrong")):
        with (
            app.test_request_context("/", headers={"Authorization": header}),
            pytest.raises(Unauthorized, match=f"The token is {told}: "),
        ):
            require("update")


def test_tokens_are_not_shown():
    assert "secret" not in repr(Tokens.read({"KG_ADMIN_TOKEN": "secret"}))
