"""Keep a process from the network and the disk, whatever the shapes that it applies make a library do.

What would reach outside is refused before anything is evaluated (kg.validation.own_shapes). This is the second barrier:
an audit hook (PEP 578), which no Python code can take away again.
"""

import os
import sys
import sysconfig
from typing import Final

import rdflib.plugins.sparql

import kg

# Calls that open a connection or start a program.
_REFUSED: Final = frozenset([
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "subprocess.Popen",
    "urllib.Request",
])  # fmt: skip
# What may be read: the code itself, for what is imported late, and what the process is told about itself.
_READABLE: Final = tuple({
    os.path.realpath(path) + os.sep
    for path in (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), os.path.dirname(kg.__file__))
})  # fmt: skip
_OWN_STATUS: Final = "/proc/self/status"


class Secluded(Exception):
    """The process was about to reach outside."""


def seclude() -> None:
    """Let this process open no connection, start no program, and read no file but those of the code; for good."""
    # Without it rdflib fetches the graphs of FROM clauses.
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _REFUSED:
        raise Secluded(f"The shapes would reach outside ({event}); nothing is reached from here.")
    if event == "open" and not _may_open(*arguments[:3]):
        raise Secluded("The shapes would open a file; none is opened here.")


def _may_open(path: object, mode: object, flags: object) -> bool:
    if isinstance(path, int):
        return True
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & writes):
        return False
    name = os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes) else ""
    return path == _OWN_STATUS or name.startswith(_READABLE)
