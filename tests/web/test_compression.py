"""Compression: which encoding, of what, and never twice."""

import gzip
from urllib.parse import quote

import pytest
import zstandard
from flask.testing import FlaskClient

from kg.web.compression import choose

UNPACK = {"gzip": gzip.decompress, "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body)}
NUMBERS = quote("SELECT * { ?s <urn:number> ?n }")
TRIPLES = quote("CONSTRUCT WHERE { ?s <urn:number> ?o }")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.9", "gzip"),
        ("zstd;q=0, *", "gzip"),
        ("*", "zstd"),
        ("*;q=0", None),
        ("identity", None),
        ("identity;q=0.5, gzip;q=0.4", None),
        ("identity;q=0.5, gzip;q=0.6", "gzip"),
        ("gzip;q=0", None),
        ("br, deflate", None),
        ("GZIP ; Q=0.5", "gzip"),
        ("gzip;q=nan", None),
        ("gzip;q=2, zstd;q=0.1", "zstd"),
        (";;,=,\x00", None),
    ],
)
def test_choice(header: str | None, expected: str | None):
    assert choose(header) == expected


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/", "text/html"),
        ("/ontology.ttl", "*/*"),
        ("/.well-known/void?format=ttl", "*/*"),
        ("/static/style.css", "*/*"),
        ("/service", "text/html"),
        ("/service", "text/turtle"),
        ("/cable/09ATLANTIS7.ttl", "*/*"),
        (f"/sparql?query={NUMBERS}", "text/html"),
        (f"/sparql?query={NUMBERS}", "application/sparql-results+json"),
        (f"/sparql?query={NUMBERS}", "text/csv"),
        (f"/sparql?query={TRIPLES}", "text/turtle"),
    ],
)
def test_compressed_and_plain_say_the_same(client: FlaskClient, path: str, accept: str, encoding: str):
    plain = client.get(path, headers={"Accept": accept})
    packed = client.get(path, headers={"Accept": accept, "Accept-Encoding": encoding})
    body = packed.get_data()
    if path != "/.well-known/void?format=ttl":
        assert packed.headers["Content-Encoding"] == encoding
        assert len(body) < len(plain.get_data())
        assert packed.headers["ETag"] != plain.headers["ETag"]
        assert "accept-encoding" in packed.vary.as_set() & plain.vary.as_set()
        body = UNPACK[encoding](body)
    plain.close()
    packed.close()
    assert sorted(body.splitlines()) == sorted(plain.get_data().splitlines())


def test_short_pages_stay_as_they_are(client: FlaskClient):
    response = client.get("/robots.txt", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


def test_part_of_a_file_is_not_compressed(client: FlaskClient):
    whole = client.get("/static/style.css")
    response = client.get("/static/style.css", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-1999"})
    assert (response.status_code, response.data) == (206, whole.data[:2000])
    assert "Content-Encoding" not in response.headers
    whole.close()
    response.close()
