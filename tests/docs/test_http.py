"""Every route of the server is on the reference page."""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.web import create_app

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "http.md"
# <any(cables,posts):name>
CHOICE = re.compile(r"<any\((?P<words>[^)]*)\):\w+>")
VARIABLE = re.compile(r"<[^<>]+>")


def addresses(rule: str) -> Iterator[str]:
    """A route as the page writes it: choices one by one, an ending as FORMAT, another variable as NAME."""
    choice = CHOICE.search(rule)
    if choice is None:
        yield VARIABLE.sub("NAME", rule)
    elif rule[: choice.start()].endswith("."):
        yield from addresses(rule.replace(choice[0], "FORMAT", 1))
    else:
        for word in choice["words"].split(","):
            yield from addresses(rule.replace(choice[0], word, 1))


def test_page_names_every_route(tmp_path):
    served = {address for rule in create_app(tmp_path).url_map.iter_rules() for address in addresses(rule.rule)}
    page = PAGE.read_text(encoding="utf-8")
    assert {address for address in served if f"`{address}`" not in page} == set()


def test_page_names_no_route_that_is_not_there(tmp_path):
    served = {address for rule in create_app(tmp_path).url_map.iter_rules() for address in addresses(rule.rule)}
    tables = [line.split("|")[1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `/")]
    assert set(re.findall(r"`(/[^`]*)`", " ".join(tables))) - served == set()
