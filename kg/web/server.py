"""Run the application under gunicorn: one process, its requests on gevent's greenlets."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from kg import settings
from kg.web import access_log, authorization
from kg.web.app import create_app

# One process owns the pool. A client may take its time to read; the deadline is the query's, not gunicorn's.
OPTIONS: Final = {
    # Gunicorn's gevent worker; by name, since gevent has to patch the process before it is imported.
    "worker_class": "kg.web.refusals.Worker",
    "workers": 1,
    "control_socket_disable": True,
    "limit_request_line": 128 * 2**10,
    "keepalive": 5,
    "proc_name": "cablekg",
    # What proxies tell is KG_PROXIES' to allow, from loopback too.
    "forwarded_allow_ips": "",
    "forwarder_headers": "",
}
# Seconds beyond KG_TIMEOUT that running answers have when the server is told to end.
GRACE: Final = 2


class Server(BaseApplication):
    """Gunicorn with options given by the program."""

    def __init__(self, data: Path | str | None, options: dict[str, Any]) -> None:
        self._data = data
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application, in the process that serves it."""
        return create_app(self._data)


def serve(
    data: Path | str | None, host: str = "127.0.0.1", port: int = 8000, on_checked: Callable[[], None] = lambda: None
) -> None:
    """Serve a data folder until the process is told to end; settings and tokens are checked before `on_checked`."""
    from gevent import monkey

    # Before gunicorn makes its first lock; modules above use threads and sockets by name only when they run.
    monkey.patch_all()
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    # Said here, what is wrong with them is said once and to whoever starts the server.
    authorization.Tokens.read()
    access_log.make()
    on_checked()
    graceful = math.ceil(settings.get_number("KG_TIMEOUT")) + GRACE
    Server(data, {**OPTIONS, "bind": address, "graceful_timeout": graceful}).run()
