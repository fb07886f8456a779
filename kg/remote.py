"""List and stop the queries of a running server, over HTTP, for the command line."""

import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from kg import settings
from kg.errors import ServerRefused, UsageError

CONNECTIONS: Final = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
# Seconds until a server that says nothing is given up.
PATIENCE: Final = 30
LONGEST: Final = 2**26


@dataclass(frozen=True, slots=True)
class RemoteServer:
    """A running server, and the admin's token for it."""

    url: str
    token: str

    def queries(self) -> list[dict[str, Any]]:
        """The queries that run there, the oldest first: id, state, seconds, query."""
        found: list[dict[str, Any]] | None = self._ask("GET", "/queries").get("queries")
        if found is None:
            raise ServerRefused(f"{self.url} is no cablekg server.")
        return found

    def stop(self, query_id: str) -> None:
        """Stop a query; ServerRefused where none of that id runs."""
        self._ask("DELETE", f"/queries/{quote(query_id, safe='')}")

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        """The JSON that the server answers. A redirection is not followed: it could lead the token elsewhere."""
        parts = urlsplit(self.url)
        if parts.scheme not in CONNECTIONS or not parts.hostname:
            raise UsageError(f"{self.url!r} is no address of a server: it starts with http:// or https://.")
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self.token}"}
        connection = CONNECTIONS[parts.scheme](parts.hostname, _port(self.url), timeout=PATIENCE)
        with closing(connection):
            try:
                connection.request(method, f"{parts.path.rstrip('/')}{path}", headers=headers)
                response = connection.getresponse()
                body = response.read(LONGEST)
            except (OSError, http.client.HTTPException) as error:
                raise ServerRefused(f"{self.url} cannot be reached: {error}.") from error
        return _read(self.url, response.status, body)


def read_token(path: Path | None, environ: Mapping[str, str] | None = None) -> str:
    """The admin's token: from the file given, else from the settings; UsageError where there is none."""
    token = ""
    if path is None:
        token = settings.get("KG_ADMIN_TOKEN", environ)
        path = Path(file) if not token and (file := settings.get("KG_ADMIN_TOKEN_FILE", environ)) else None
    if path is not None:
        try:
            token = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"The token file {path} cannot be read: {error}.") from error
    if not token.isascii() or not token.isprintable() or not token:
        raise UsageError("There is no token, or none that fits into a header: set KG_ADMIN_TOKEN or give --token-file.")
    return token


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError as error:
        raise UsageError(f"{url!r} is no address of a server: {error}.") from error


def _read(url: str, status: int, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ServerRefused(f"{url} answers {status}, and not as a cablekg server does.")
    if status != http.client.OK:
        raise ServerRefused(f"{url} answers {status}: {answer.get('detail', 'no reason given')}")
    return answer
