"""Who may write and who may look after queries: tokens, one for either, compared in constant time and never logged.

A program sends `Authorization: Bearer TOKEN`. A browser, which asks its user for a name and a password, may send the
admin's token as the password (Basic). It does so again by itself, also for a form on another site, so nothing is done
for it that another site could guess: the ids of queries are random, and updates take a Bearer token alone.
"""

import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from flask import Flask, current_app, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from kg import settings
from kg.errors import UsageError

Kind = Literal["update", "admin"]
VARIABLES: Final[Mapping[Kind, str]] = {"update": "KG_UPDATE_TOKEN", "admin": "KG_ADMIN_TOKEN"}
PURPOSES: Final[Mapping[Kind, str]] = {"update": "Updates are off", "admin": "Looking after queries is off"}
REALM: Final = "cablekg"
EXTENSION: Final = "kg.tokens"
# What can be sent as a Bearer token (token68, RFC 9110); other signs would let nobody pass.
SENDABLE: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # mF_9.B5f-4.1JqM=


@dataclass(frozen=True, slots=True)
class Tokens:
    """The digests of the tokens that the settings give; None where there is none, and what it allows is off."""

    update: bytes | None
    admin: bytes | None

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> "Tokens":
        """The tokens of the settings, or of files that these name; UsageError where that cannot be."""
        return cls(*(_digest_of(VARIABLES[kind], environ) for kind in ("update", "admin")))

    def has(self, kind: Kind) -> bool:
        """Whether what this kind of token allows is on."""
        return self.digest(kind) is not None

    def digest(self, kind: Kind) -> bytes | None:
        """The digest of the token of this kind."""
        return self.update if kind == "update" else self.admin


def register(app: Flask) -> None:
    """Give the application the tokens of the settings."""
    app.extensions[EXTENSION] = Tokens.read()


def tokens() -> Tokens:
    """The tokens of the application that handles this request."""
    found: Tokens = current_app.extensions[EXTENSION]
    return found


def require(kind: Kind) -> None:
    """Let the request pass that has the token: Forbidden where that is off, else Unauthorized."""
    expected = tokens().digest(kind)
    if expected is None:
        variable = VARIABLES[kind]
        raise Forbidden(f"{PURPOSES[kind]}: the server has neither {variable} nor {variable}_FILE.")
    given = _given(kind)
    if not given or not hmac.compare_digest(_digest(given), expected):
        schemes = [WWWAuthenticate("bearer", {"realm": REALM})]
        if kind == "admin":
            schemes.append(WWWAuthenticate("basic", {"realm": REALM, "charset": "UTF-8"}))
        fault = "The token is wrong" if given else "The token is missing"
        raise Unauthorized(
            f"{fault}: this needs the one of {VARIABLES[kind]}, sent as `Authorization: Bearer TOKEN`.",
            www_authenticate=schemes,
        )


def _given(kind: Kind) -> str | None:
    sent = request.authorization
    if sent is None:
        return None
    if sent.type == "bearer":
        return sent.token
    return sent.password if sent.type == "basic" and kind == "admin" else None


def _digest_of(variable: str, environ: Mapping[str, str] | None) -> bytes | None:
    given = os.environ if environ is None else environ
    token, path = settings.get(variable, given), settings.get(f"{variable}_FILE", given)
    if token and path:
        raise UsageError(f"{variable} and {variable}_FILE are both set. Set one of them.")
    source = f"{variable}_FILE={path!r}" if path else variable
    if path:
        try:
            token = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{source} cannot be read: {error}.") from error
        if not token:
            raise UsageError(f"{source} is empty. Write a token into it.")
    if token and not SENDABLE.fullmatch(token):
        # The token itself is told to nobody, the log of the start neither.
        raise UsageError(
            f"The token of {source} cannot be sent: it may have the letters A-Z and a-z, digits and -._~+/ alone."
        )
    return _digest(token) if token else None


def _digest(token: str) -> bytes:
    """The digest of a token: as long for every token, so that a comparison tells not even the length."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
