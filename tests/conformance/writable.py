"""A real server over a data folder of its users, and a client that may write to it."""

import http.client
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.build.empty import make_empty
from kg.store.folder import DataFolder
from tests.faults.servers import running

TOKEN: Final = "a-token-of-the-tests"
NQ: Final = "application/n-quads"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Client:
    """One connection to the server, kept open; it sends the token with every request."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self.host = f"{connection.host}:{connection.port}"

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """The reply to a request."""
        sent = {"Authorization": f"Bearer {TOKEN}", **(headers or {})}
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read())

    def update(self, text: str) -> Reply:
        """The reply to an update."""
        return self.send("POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-update"})

    def become(self, quads: Iterable[ox.Quad] = ()) -> None:
        """Let the store hold these quads and no others."""
        content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        reply = self.send("PUT", "/store", content, {"Content-Type": NQ})
        assert reply.status in (201, 204), reply

    def quads(self) -> frozenset[ox.Quad]:
        """All quads of the store."""
        reply = self.send("GET", "/store", headers={"Accept": NQ})
        assert reply.status == 200, reply
        return frozenset(ox.parse(reply.body, ox.RdfFormat.N_QUADS))


@contextmanager
def writing(data: Path, **settings: str) -> Iterator[Client]:
    """A client of a server over a new data folder of its users."""
    make_empty(DataFolder(data))
    with running(data, KG_UPDATE_TOKEN=TOKEN, **settings) as server:
        connection = server.connect()
        yield Client(connection)
        connection.close()
