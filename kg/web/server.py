"""Run the application under gunicorn: one process, its requests on gevent's greenlets."""

import ctypes
import math
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from kg import settings
from kg.web import access_log, authorization
from kg.web.app import create_app
from kg.web.heads import REQUEST_LINE

# One process owns the pool. A client may take its time to read; the deadline is the query's, not gunicorn's.
OPTIONS: Final = {
    # Gunicorn's gevent worker; by name, since gevent has to patch the process before it is imported.
    "worker_class": "kg.web.refusals.Worker",
    "workers": 1,
    "control_socket_disable": True,
    "limit_request_line": REQUEST_LINE,
    # Seconds for the head of a request, and between two requests.
    "keepalive": 5,
    "proc_name": "cablekg",
    # What proxies tell is KG_PROXIES' to allow, from loopback too.
    "forwarded_allow_ips": "",
    "forwarder_headers": "",
}
# Seconds beyond KG_TIMEOUT that running answers have when the server is told to end.
GRACE: Final = 2
# Connections at once, where the process may have as many files open, and files for all else. A silent connection took
# 13 KiB.
CONNECTIONS: Final = 10_000
OTHER_FILES: Final = 512
# mallopt's M_MMAP_THRESHOLD: longer memory goes back to the system when it is free. Left alone, the bound would grow.
MMAP_THRESHOLD: Final = -3
LARGE: Final = 128 * 2**10
# Seconds that a thread may keep the interpreter's lock from the event loop, which takes it up again at each read.
SWITCH: Final = 0.0005


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
    _keep_memory_small()
    sys.setswitchinterval(SWITCH)
    graceful = math.ceil(settings.get_number("KG_TIMEOUT")) + GRACE
    Server(data, {**OPTIONS, "bind": address, "graceful_timeout": graceful, "worker_connections": _connections()}).run()


def _connections() -> int:
    """How many connections there may be at once, once the process may open as many files as it is allowed to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(CONNECTIONS, max(soft - OTHER_FILES, soft // 2))


def _keep_memory_small() -> None:
    """Let memory for long texts go back to the system; where the C library has no such setting, it does as it does."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)
