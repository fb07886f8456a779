"""Send a request to the server and wait for its answer: deadlines, a few tries, and no redirects."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final

# An answer that is longer is none.
LONGEST: Final = 4_000_000
# Worth another try: too many requests, and what is wrong on the server's side for now.
PASSING: Final = frozenset((408, 429, 500, 502, 503, 504))
FIRST_PAUSE: Final = 0.5  # seconds, doubled after each try
LONGEST_PAUSE: Final = 10.0


class ServerFailed(Exception):
    """The server gave no answer; the message tells what it said, and never the key."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would send the texts, and the key, to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A server's address, who asks, and how patiently. `timeout` is that of one try, in seconds."""

    url: str
    key: str
    timeout: float
    tries: int
    pause: Callable[[float], None] = time.sleep

    def post(self, body: dict[str, Any]) -> Any:
        """The answer as JSON; ServerFailed where there is none after the last try, ValueError where it is no JSON."""
        content = json.dumps(body).encode()
        for number in range(1, self.tries + 1):
            try:
                return json.loads(self._answer(content))
            except urllib.error.HTTPError as error:
                with error:
                    message, asked_for = f"status {error.code}", error.headers.get("Retry-After")
                if error.code not in PASSING or number == self.tries:
                    raise ServerFailed(f"{message} from {self.url}, try {number}") from None
            except (OSError, HTTPException) as error:  # no connection, none in time, broken off
                message, asked_for = str(getattr(error, "reason", error)), None
                if number == self.tries:
                    raise ServerFailed(f"{message} from {self.url}, try {number}") from None
            self.pause(_pause(number, asked_for))
        raise ServerFailed(f"{self.url} was not asked: KG_LLM_TRIES is below 1")

    def _answer(self, content: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        asked = urllib.request.Request(self.url, data=content, headers=headers, method="POST")
        opener = urllib.request.build_opener(_NoRedirects)
        with opener.open(asked, timeout=self.timeout) as response:
            answer: bytes = response.read(LONGEST + 1)
        if len(answer) > LONGEST:
            raise ServerFailed(f"the answer from {self.url} is longer than {LONGEST:,} bytes")
        return answer


def _pause(number: int, asked_for: str | None) -> float:
    """The seconds to wait after a try: as the server asks, or twice as long each time, within bounds."""
    try:
        wanted = float(asked_for) if asked_for is not None else 0.0
    except ValueError:  # a date
        wanted = 0.0
    doubled: float = FIRST_PAUSE * 2 ** (number - 1)
    return min(max(wanted, doubled), LONGEST_PAUSE)
