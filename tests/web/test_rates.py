"""The rate of each client, and who that is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask

from kg.settings import SETTINGS
from kg.web import rates
from kg.web.rates import Buckets

Serve = Callable[..., AbstractContextManager[Flask]]
BURST = int(rates.BURST_SECONDS)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_bucket_is_emptied_and_fills_again():
    clock = Clock()
    buckets = Buckets(2, clock)
    assert [buckets.take("a") for _ in range(2 * BURST)] == [0.0] * 2 * BURST
    assert buckets.take("a") == pytest.approx(0.5)
    assert buckets.take("b") == 0
    clock.now += 0.5
    assert (buckets.take("a"), buckets.take("a") > 0) == (0.0, True)
    clock.now += 1_000
    assert [buckets.take("a") for _ in range(2 * BURST)] == [0.0] * 2 * BURST
    assert buckets.take("a") > 0


def test_slow_rate_lets_one_pass():
    buckets = Buckets(0.01, Clock())
    assert (buckets.take("a"), round(buckets.take("a"))) == (0.0, 100)


def test_clients_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rates, "CLIENTS", 3)
    buckets = Buckets(0.1, Clock())
    for client in "abcda":
        assert buckets.take(client) == 0
    assert buckets.take("d") > 0


def test_over_the_rate_is_429(data: Path, serve: Serve):
    with serve(data, KG_RATE="0.2") as app:
        client = app.test_client()
        first, second = (client.get("/sparql?query=ASK{}") for _ in range(2))
        page = client.get("/", headers={"Accept": "text/html"})
        free = [client.get(path).status_code for path in ("/health", "/ready", "/metrics", "/static/style.css")]
        preflight = client.options("/sparql")
    assert first.status_code == 200
    assert (second.status_code, second.content_type) == (429, "application/problem+json")
    assert 1 <= int(second.headers["Retry-After"]) <= 5
    assert second.headers["Access-Control-Allow-Origin"] == "*"
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert free == [200] * 4
    assert preflight.status_code == 200


def ask(app: Flask, client: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    environ = {"REMOTE_ADDR": client}
    return app.test_client().get("/sparql?query=ASK{}", headers=named, environ_overrides=environ).status_code


def test_client_is_who_connects(data: Path, serve: Serve):
    with serve(data, KG_RATE="0.2") as app:
        statuses = [ask(app, "192.0.2.1", X_Forwarded_For=f"192.0.2.{number}") for number in range(3)]
        assert statuses == [200, 429, 429]
        assert ask(app, "192.0.2.2") == 200


def test_client_is_whom_the_proxy_tells(data: Path, serve: Serve):
    with serve(data, KG_RATE="0.2", KG_PROXIES="1") as app:
        assert [ask(app, "127.0.0.1", X_Forwarded_For=f"198.51.100.1, 192.0.2.{number}") for number in (1, 2)] == [
            200,
            200,
        ]
        assert ask(app, "127.0.0.1", X_Forwarded_For="198.51.100.9, 192.0.2.1") == 429


def test_network_of_ipv6_is_one_client(data: Path, serve: Serve):
    with serve(data, KG_RATE="0.2") as app:
        assert [ask(app, f"2001:db8::{number}") for number in (1, 2)] == [200, 429]
        assert ask(app, "2001:db8:0:1::1") == 200
        assert [ask(app, f"::ffff:192.0.2.{number}") for number in (1, 2)] == [200, 200]
        assert ask(app, "192.0.2.1") == 429
        assert [ask(app, "fe80::1%eth0"), ask(app, "fe80::2%eth1")] == [200, 429]


@pytest.mark.parametrize(("proxies", "host"), [("0", "localhost"), ("1", "cables.example")])
def test_forwarded_host_and_scheme_hold_behind_a_proxy_alone(data: Path, serve: Serve, proxies: str, host: str):
    headers = {"X-Forwarded-Host": "cables.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}
    with serve(data, KG_PROXIES=proxies) as app:
        text = app.test_client().get("/service", headers=headers | {"Accept": "text/turtle"}).text
    scheme = "https" if proxies == "1" else "http"
    assert f"<{scheme}://{host}/sparql>" in text
    assert "evil" not in text


def test_meaning_of_the_setting_tells_how_much_may_come_at_once():
    (rate,) = (setting for setting in SETTINGS if setting.variable == "KG_RATE")
    assert rates.BURST_SECONDS == 5
    assert "five seconds' worth at once" in rate.meaning
