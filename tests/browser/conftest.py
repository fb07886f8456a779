"""Debian's Chromium, headless, over real server processes; whatever a page logs or asks elsewhere fails its test."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.web.conftest import make_snapshot

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "kg" / "web" / "static" / "yasgui" / "page.js"
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
LIMIT = 3
PATIENCE = 15
# A name that Chromium must not even look up.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", ALONE)
WIDE = (1280, 1000)
MARKUP = '<img src="https://elsewhere.example/x.png" onerror="window.struck = 1">'
CLASS = "https://w3id.org/cablekg/ontology#Hostile"
EXTRA = (
    f"<{CLASS}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .\n"
    f"<{CLASS}> <http://www.w3.org/2000/01/rdf-schema#label> {json.dumps('hostile ' + MARKUP)} .\n"
)


@pytest.fixture(scope="session")
def chromium() -> tuple[str, str]:
    """The browser and its driver; a test without them is skipped."""
    if not CHROMIUM or not DRIVER:
        pytest.skip("needs Chromium and its driver (apt-get install chromium chromium-driver)")
    return CHROMIUM, DRIVER


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The page's script; a test without it is skipped."""
    if not BUNDLE.is_file():
        pytest.skip("needs the script of the query page, which has not been built (make page, with Node)")
    return BUNDLE


@contextmanager
def serving(data: Path, root: Path = ROOT) -> Iterator[str]:
    """A server process over a data folder, from a checkout: its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "KG_DATA": str(data), "KG_TIMEOUT": str(LIMIT), "KG_WORKERS": "2", "PYTHONPATH": str(root),
        "PORT": str(port),
    }  # fmt: skip
    command = [sys.executable, str(root / "server.py")]
    with subprocess.Popen(
        command, env=environment, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait(lambda: is_up(address))
            yield address
        finally:
            process.terminate()
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:
                # The browser keeps its connections; the server would wait for them.
                process.kill()


def is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5):
            return True
    except OSError:
        return False


def wait(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What the condition gives, once that is true."""
    return WebDriverWait(None, seconds, 0.05).until(lambda _nothing: condition())  # type: ignore[type-var]


@pytest.fixture(scope="session")
def server(example_data: Path, bundle: Path) -> Iterator[str]:
    """A server over the example graph."""
    with serving(example_data) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_server(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a graph with markup in its labels."""
    data = tmp_path_factory.mktemp("hostile")
    make_snapshot(data, "one", EXTRA)
    with serving(data) as address:
        yield address


@pytest.fixture(scope="session")
def bare_server(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose checkout has no script built."""
    root = tmp_path_factory.mktemp("bare")
    for name in ("kg", "ontology", "shapes"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("yasgui", "__pycache__"))
    shutil.copy(ROOT / "server.py", root)
    with serving(example_data, root) as address:
        yield address


class Page:
    """A page in the browser, by what a reader does with it."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        # Chromium logs answers of 400 and more; some tests are about these.
        self.is_refused = False

    def open(self, address: str) -> None:
        self.driver.get(address)

    def one(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """The texts of elements at one moment; lists of suggestions are drawn anew at every key."""
        script = "return [...document.querySelectorAll(arguments[0])].map(each => each.textContent)"
        found: list[str] = self.driver.execute_script(script, selector)
        return found

    def button(self, name: str) -> Any:
        return next(each for each in self.all("button") if each.text == name)

    def keys(self, *pressed: str) -> None:
        ActionChains(self.driver).send_keys(*pressed).perform()

    def ctrl(self, key: str) -> None:
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    @property
    def query(self) -> str:
        return str(self.driver.execute_script("return document.querySelector('.CodeMirror').CodeMirror.getValue()"))

    def write(self, text: str) -> None:
        """Put a text into the editor in the place of what is there, and the cursor behind it."""
        self.driver.execute_script(
            "const editor = document.querySelector('.CodeMirror').CodeMirror; editor.setValue(arguments[0]);"
            "editor.focus(); editor.setCursor(editor.lineCount(), 0)",
            text,
        )

    def run(self, text: str) -> str:
        """The heading of the answer to a query, or of the reason why there is none."""
        self.write(text)
        return self.answered(lambda: self.button("Run").click())

    def answered(self, act: Callable[[], None]) -> str:
        before = self.all("#answer, #fault")
        act()
        wait(lambda: (found := self.all("#answer, #fault")) and found != before)
        return str(self.one("#answer h2, #fault h2").text)

    def cells(self) -> list[list[str]]:
        """The table of the answer as text, without the numbers of its rows."""
        script = (
            "return [...document.querySelectorAll('#answer tbody tr')]"
            ".map(row => [...row.cells].slice(1).map(cell => cell.textContent))"
        )
        found: list[list[str]] = self.driver.execute_script(script)
        return found


@pytest.fixture(scope="session")
def driver(chromium: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A browser that logs what its pages say and ask."""
    options = webdriver.ChromeOptions()
    options.binary_location = chromium[0]
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(chromium[1]))
    yield made
    made.quit()


@pytest.fixture
def page(driver: webdriver.Chrome) -> Iterator[Page]:
    """A page; at its end it has logged nothing, asked no other host, and no markup from data has run."""
    driver.get("about:blank")
    driver.set_window_size(*WIDE)
    for kind in ("browser", "performance"):
        driver.get_log(kind)
    made = Page(driver)
    yield made
    assert driver.execute_script("return window.struck") is None
    logged = [entry for entry in driver.get_log("browser") if not (made.is_refused and entry["source"] == "network")]
    assert logged == []
    assert {host for host in asked_hosts(driver) if host != "127.0.0.1"} == set()


def asked_hosts(driver: webdriver.Chrome) -> set[str]:
    """The hosts of all requests since the log was last read."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert sent
    return {host for url in sent if (host := urllib.request.Request(url).host.partition(":")[0] if "//" in url else "")}


def link(address: str, **fields: str) -> str:
    return f"{address}?{urlencode(fields)}"


def fetch(address: str, **fields: str) -> str:
    with urllib.request.urlopen(link(address, **fields), timeout=PATIENCE) as response:
        return str(response.read().decode())
