"""What the processes have in common that open stores: a large stack, a bound on memory, and an end with their starter.

Such a process is run as `python -m MODULE FD ARGUMENT...` by kg.store.child. It never outlives its starter: its
standard input is a pipe that the starter holds, and at its end the process exits, in the middle of its work too. The
work is done on a thread with a large stack, since the engine's parser recurses.
"""

import os
import re
import resource
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from typing import Final

STACK: Final = 256 * 2**20
# A process whose data has grown by so many bytes since its first store was open ends itself when that costs nothing.
GROWTH: Final = 128 * 2**20
VM_DATA: Final = re.compile(r"^VmData:\s+(\d+) kB", re.MULTILINE)  # VmData:     77312 kB


def run(serve: Callable[..., None], arguments: Sequence[str]) -> None:
    """Serve on the socket that the first argument names, with the other arguments, until standard input ends."""
    connection = socket.socket(fileno=int(arguments[0]))
    threading.excepthook = _die
    threading.stack_size(STACK)
    threading.Thread(target=serve, args=(connection, *arguments[1:]), daemon=True).start()
    while os.read(0, 1):
        pass
    os._exit(0)


def data_size() -> int:
    """The bytes of the process's data: what RLIMIT_DATA counts; 0 where /proc is missing."""
    # VmData, not VmSize: mapped files of the store do not count.
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            match = VM_DATA.search(status.read())
    except FileNotFoundError:
        return 0
    return int(match[1]) * 1024 if match else 0


def limit(data: int = resource.RLIM_INFINITY) -> None:
    """Bound the process's data."""
    # The hard limit stays open: at the next store the limit is another.
    resource.setrlimit(resource.RLIMIT_DATA, (data, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _die(what: threading.ExceptHookArgs) -> None:
    """End the process with the thread: a worker without its thread would only look alive."""
    if what.exc_type is not EOFError:
        traceback.print_exception(what.exc_type, what.exc_value, what.exc_traceback)
        sys.stderr.flush()
    os._exit(1)
