"""Answers of the pool that the worker compresses."""

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg.errors import QueryTimeout
from kg.store.output import WORTH
from kg.store.pool import Pool
from kg.store.pool_answers import Job
from tests.store.pools import ALL, BASE, PAIRS, STREAM, ask, take


def unzstd(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


@pytest.mark.parametrize(("encoding", "expand"), [("gzip", gzip.decompress), ("zstd", unzstd)])
@pytest.mark.parametrize("query", [ALL, PAIRS + " LIMIT 30000"])
def test_worker_compresses(pool: Pool, snapshot: Path, encoding: str, expand: Callable[[bytes], bytes], query: str):
    answer, body = take(pool, query, snapshot, encoding=encoding)
    plain = ask(pool, query, snapshot)
    assert answer.encoding == encoding
    assert len(body) < len(plain) / 3
    assert expand(body) == plain


def test_short_answer_is_not_compressed(pool: Pool, snapshot: Path):
    query = "SELECT ?o {{ ?s ?p ?o }} LIMIT {}"
    assert len(ask(pool, query.format(8), snapshot)) < WORTH < len(ask(pool, query.format(30), snapshot))
    assert take(pool, query.format(8), snapshot, encoding="gzip")[0].encoding is None
    assert take(pool, query.format(30), snapshot, encoding="gzip")[0].encoding == "gzip"


def test_cut_answer_is_compressed(pool: Pool, snapshot: Path):
    answer, body = take(pool, PAIRS, snapshot, encoding="gzip", max_rows=5000)
    assert (answer.encoding, answer.cut) == ("gzip", "rows")
    assert len(json.loads(gzip.decompress(body))["results"]["bindings"]) == 5000


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compressed_answer_begins_early(pool: Pool, snapshot: Path, encoding: str):
    answer = pool.ask(Job(query=STREAM, base=BASE, encoding=encoding), snapshot)
    expander = zlib.decompressobj(31) if encoding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    assert expander.decompress(next(answer.pieces())).startswith(b'{"head"')
    answer.close()


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compressed_answer_that_is_broken_off_has_no_end(pool: Pool, snapshot: Path, encoding: str):
    answer = pool.ask(Job(query=STREAM, base=BASE, encoding=encoding), snapshot, seconds=0.5)
    expander = zlib.decompressobj(31) if encoding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    pieces = []
    with pytest.raises(QueryTimeout):
        pieces.extend(answer.pieces())
    for piece in pieces:
        expander.decompress(piece)
    assert not expander.eof
