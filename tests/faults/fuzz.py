"""Requests that no client should send: methods, headers, encodings, bodies and queries, mutated at random."""

import random
import string
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, quote_from_bytes

TOKEN: Final = "a-token-of-the-tests"
METHODS: Final = (
    ("GET",) * 10 + ("POST",) * 6 + ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get", "FOO", "M-SEARCH")
)
PATHS: Final = (
    "/sparql", "/sparql", "/sparql", "/sparql", "/sparql", "/sparql", "/sparql", "/query", "/store", "/", "/health", "/ready", "/metrics", "/openapi.json", "/cables",
    "/officials", "/cable/09ATLANTIS7", "/cable/09ATLANTIS7.ttl", "/ontology", "/ontology.ttl", "/.well-known/void",
    "/prefixes", "/static/style.css", "/graph/facts", "/queries", "/robots.txt", "/example/001", "/nothing", "//", "/../etc",
)  # fmt: skip
PARAMETERS: Final = (
    "query", "query", "query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "format", "output",
    "timeout", "max-rows", "max-bytes", "graph", "default", "page", "q", "",
)  # fmt: skip
VALUES: Final = (
    "", "0", "-1", "1e999", "nan", "inf", "1" * 400, "json", "csv", "html", "no-such", "urn:g", "http://127.0.0.1:1/", "a b",
    "<>", "\0", "\ud7ff", "💥", "../../etc/passwd", "%", "%zz", "default", "*", "_:b", "[]", "{}", "';--",
)  # fmt: skip
HEADERS: Final = (
    "Accept", "Accept", "Content-Type", "Content-Type", "Accept-Encoding", "Accept-Language", "If-None-Match", "If-Match",
    "If-Modified-Since", "Range", "Authorization", "Origin", "Access-Control-Request-Method", "X-Forwarded-For",
    "X-Forwarded-Proto", "X-Forwarded-Host", "Host", "Cookie", "Connection", "Content-Encoding", "Slug", "Via",
    "Cache-Control", "X-HTTP-Method-Override",
)  # fmt: skip
TYPES: Final = (
    "*/*", "text/html", "text/csv", "text/turtle", "application/json", "application/sparql-query", "application/sparql-update",
    "application/x-www-form-urlencoded", "application/sparql-results+json", "application/n-triples", "application/trig",
    "multipart/form-data; boundary=b", "multipart/form-data", "application/xml", "text/plain; charset=utf-16",
    "application/sparql-query; charset=no-such", "a/b;q=2, c/d;q=-1", "text/*;q=0.1, */*;q=0", ";;,,", "q", "x/y;" * 50,
)  # fmt: skip
ENCODINGS: Final = (
    "gzip",
    "zstd",
    "br",
    "gzip;q=0",
    "*;q=0",
    "identity;q=0",
    "gzip, zstd;q=0.5",
    "deflate, gzip;q=1.0, *;q=0.5",
)
OTHERS: Final = (
    'W/"x"', '"x"', "*", "bytes=0-1", "bytes=5-2", "Bearer", "Bearer x", "Basic eDp5", "Tue, 24 Nov 2026 00:00:00 GMT", "soon",
    "100-continue", "close", "Upgrade", "a" * 3000, "\xff\xfe", "\t", "no-cache", "http://evil.example", "null", "1.2.3.4, 5.6.7.8",
)  # fmt: skip
QUERIES: Final = (
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3",
    "DESCRIBE <urn:n:1>",
    "PREFIX x: <urn:> SELECT (COUNT(*) AS ?n) FROM <urn:g> WHERE { ?s x:number ?o . FILTER(?o > 3 && STR(?s) != 'a') }",
    'SELECT ?v { VALUES ?v { 1 "a"@en "b"^^<urn:t> UNDEF true 1.5e3 } OPTIONAL { ?v <urn:a>/<urn:b>* ?w } } ORDER BY ?v OFFSET 1',
    "SELECT * { GRAPH ?g { ?s ?p ?o } UNION { ?s (<urn:a>|^<urn:b>)? ?o MINUS { ?s a ?o } } BIND(REPLACE('a','(a)','$1') AS ?x) } LIMIT 2",
    "INSERT DATA { <urn:s> <urn:p> 'o' . GRAPH <urn:g> { <urn:s> <urn:p> 'o'@en } }",
    "DELETE { ?s <urn:p> ?o } INSERT { ?s <urn:q> ?o } USING <urn:g> WHERE { ?s ?p ?o FILTER(?o = 1) }; CLEAR SILENT GRAPH <urn:g>",
    "LOAD <http://127.0.0.1:1/>",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
)
PIECES: Final = (
    "{", "}", "(", ")", "[", "]", "<", ">", "<<", ">>", "<<(", ")>>", "'", '"', "'''", '"""', "\\", "\\u0041", "\\U0010FFFF",
    "\\uD800", "\0", "#", "\n", "\r", "^", "^^", "@", "?", "$", "_:", ":", ";", ".", ",", "|", "||", "&&", "!", "*", "+", "-", "/", "=",
    "SELECT", "WHERE", "FILTER", "OPTIONAL", "UNION", "GRAPH", "SERVICE", "VALUES", "FROM", "NAMED", "AS", "BIND", "EXISTS", "IN",
    "UNDEF", "LIMIT", "ORDER BY", "BASE", "PREFIX", "VERSION", "'1.2'", "1e400", "9" * 40, "\u202e", "é", "𝔖", "\ufeff",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzed:
    """One request as bytes; `raw` is not even HTTP."""

    data: bytes
    raw: bool = False
    head: bool = field(default=False)


def fuzzed(seed: int) -> Fuzzed:
    """The request that belongs to a seed, always the same."""
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return Fuzzed(data=garbage(chance), raw=True)
    method = chance.choice(METHODS)
    body = b"" if method in ("GET", "HEAD", "OPTIONS") and chance.random() < 0.9 else a_body(chance)
    lines = [f"{method} {target(chance)} HTTP/1.{chance.choice('1111110')}", "Host: localhost"]
    lines += [header(chance) for _ in range(chance.randrange(5))]
    if body or chance.random() < 0.2:
        lines.append(f"Content-Length: {len(body)}")
    # One request a connection, so that its end is the connection's.
    lines.append("Connection: close")
    return Fuzzed(data="\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body, head=method == "HEAD")


def garbage(chance: random.Random) -> bytes:
    """What no HTTP server can read: noise, or a request that is cut, doubled or mutated."""
    whole = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\nASK {}"
    )
    match chance.randrange(8):
        case 0:
            return chance.randbytes(chance.randrange(1, 3000))
        case 1:
            return whole[: chance.randrange(1, len(whole))]
        case 2:
            return whole.replace(
                b"Content-Length: 6", b"Content-Length: " + chance.choice([b"-1", b"x", b"9" * 30, b"6, 7", b""])
            )
        case 3:
            return whole.replace(
                b"Content-Length: 6", b"Transfer-Encoding: " + chance.choice([b"chunked", b"x", b"gzip, chunked"])
            ).replace(
                b"ASK {}",
                chance.choice(
                    [
                        b"6\r\nASK {}\r\n0\r\n\r\n",
                        b"zz\r\n",
                        b"ffffffffffffffff\r\nASK",
                        b"-6\r\nASK {}\r\n",
                        b"6\r\nASK",
                    ]
                ),
            )
        case 4:
            return (
                b"GET /"
                + b"a" * chance.randrange(9000)
                + b" HTTP/1.1\r\n"
                + b"X: y\r\n" * chance.randrange(300)
                + b"\r\n"
            )
        case 5:
            mutated = bytearray(whole)
            for _ in range(chance.randrange(1, 8)):
                mutated[chance.randrange(len(mutated))] = chance.randrange(256)
            return bytes(mutated)
        case 6:
            return whole.replace(
                b"HTTP/1.1", chance.choice([b"HTTP/9.9", b"HTTP/2", b"http/1.1", b"", b"HTTP/1.1 x", b"ICY"])
            )
        case _:
            return whole.replace(
                b"Host: x",
                chance.choice([b"Host: x\r\nHost: y", b"Host", b": x", b"Ho st: x", b"Host: \x00", b" Host: x"]),
            )


def target(chance: random.Random) -> str:
    path = chance.choice(PATHS)
    if chance.random() < 0.1:
        path += quote(chance.choice(VALUES), safe="")
    if chance.random() < 0.05:
        path = "".join(f"%{byte:02x}" if chance.random() < 0.5 else chr(byte) for byte in path.encode())
    return path + ("?" + form(chance) if chance.random() < 0.8 else "")


def form(chance: random.Random) -> str:
    """Parameters, some of them more than once, some badly encoded."""
    return chance.choice("&&&;").join(parameter(chance) for _ in range(chance.randrange(1, 4)))


def parameter(chance: random.Random) -> str:
    name = chance.choice(PARAMETERS)
    text = query(chance) if name in ("query", "update") else chance.choice(VALUES)
    match chance.randrange(12):
        case 0:
            return f"{name}={quote_from_bytes(text.encode('utf-16'))}"
        case 1:
            return f"{name}={quote(text)}%{chance.choice(['', '8', 'ff', 'c3%28', 'u0041'])}"
        case 2:
            return name
        case _:
            return f"{name}={quote(text)}"


def header(chance: random.Random) -> str:
    name = chance.choice(HEADERS)
    if name in ("Accept", "Content-Type"):
        values = TYPES
    elif name in ("Accept-Encoding", "Content-Encoding"):
        values = ENCODINGS
    elif name == "Authorization":
        values = (f"Bearer {TOKEN}",)
    else:
        values = OTHERS
    return f"{name}: {chance.choice(values if chance.random() < 0.9 else OTHERS)}"


def a_body(chance: random.Random) -> bytes:
    match chance.randrange(5):
        case 0:
            return form(chance).encode()
        case 1:
            return query(chance).encode()
        case 2:
            return chance.randbytes(chance.randrange(500))
        case 3:
            return (
                b"--b\r\nContent-Disposition: form-data; name="
                + chance.choice([b'"query"', b"x", b'"f"; filename="a.ttl"'])
                + (b"\r\n\r\n" + query(chance).encode() + chance.choice([b"\r\n--b--\r\n", b"\r\n--b", b""]))
            )
        case _:
            return b"<urn:s> <urn:p> " + chance.choice([b"<urn:o> .", b'"x', b"[", b"<urn:o> <urn:g> .", b"\xff ."])


def query(chance: random.Random) -> str:
    """A valid query, or one with pieces put in, taken out, doubled or moved."""
    text = chance.choice(QUERIES)
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 8])):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[min(to, at + 8) :]
            case 2:
                text = text[:to] + text[at:to] * chance.choice([1, 1, 20]) + text[to:]
            case 3:
                text = text[:at] + chance.choice(string.printable) + text[at + 1 :]
            case _:
                text = f"{text} {chance.choice(PIECES)} {chance.choice(QUERIES)}"
    return text or "ASK {}"
