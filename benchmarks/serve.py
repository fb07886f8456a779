"""How fast the server answers beside `oxigraph serve` and rdflib-endpoint: the same data, the same run, ratios only.

usage: python benchmarks/serve.py [--rounds N] [--seconds N] [--nodes N] [--folder FOLDER]

The rounds of the servers are interleaved, and medians count, so that other work on the machine meets all of them. Ours
runs as it is shipped: log, metrics, cache, limits. The peers are installed from PyPI into the benchmark's folder. What
is missing (wrk, nginx, a peer) is named and its lines are left out.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from serving.servers import JSON, TINY, Server, fetch, make_data, needed, start_all

CONNECTIONS = 8
# Ten cables with their labels, as a page shows them; and one value of one thing.
LIST = (
    "SELECT ?c ?l { ?c a <https://w3id.org/cablekg/ontology#Cable> ;"
    " <http://www.w3.org/2000/01/rdf-schema#label> ?l } LIMIT 10"
)
LONG = "SELECT ?s ?n { ?s <urn:name> ?n } LIMIT 200000"
# Every request another query: a number of the round, of the thread, and one that counts.
DISTINCT = """
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args) round = args[1]; count = 0 end
function request()
  count = count + 1
  local node = "%3Curn:n:" .. count % NODES .. "%3E"
  local query = "SELECT%20?n%20{%20" .. node .. "%20%3Curn:name%3E%20?n%20}%23" .. round .. "-" .. id .. "-" .. count
  return wrk.format("GET", wrk.path .. "?query=" .. query)
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: what was measured, ours and the peer's figure, and the goal for their ratio."""

    what: str
    ours: str
    peer: str
    ratio: float
    goal: str
    met: bool


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5, help="rounds whose median counts")
    options.add_argument("--seconds", type=int, default=3, help="seconds of load a round")
    options.add_argument("--nodes", type=int, default=250_000, help="nodes of the invented graph, four triples each")
    options.add_argument("--folder", type=Path, help="folder for data and peers, kept for another run")
    chosen = options.parse_args()
    with ExitStack() as stack:
        folder = chosen.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cablekg-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        folder = folder.resolve()
        data = make_data(folder / "data", chosen.nodes)
        servers = {server.name: server for server in start_all(stack, folder, data)}
        print(f"{chosen.rounds} rounds of {chosen.seconds} s, {CONNECTIONS} connections, {os.cpu_count()} processors")
        lines = list(throughput(servers, folder, chosen)) if needed("wrk") else []
        lines += [*streaming(servers, chosen.rounds), memory(servers["cablekg"])]
    show(lines)


def interleaved(names: list[str], rounds: int, measure: Callable[[str, int], float]) -> dict[str, float]:
    """The median of each server's figure over the rounds."""
    found: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names:
            found[name].append(measure(name, turn))
    return {name: statistics.median(figures) for name, figures in found.items()}


def throughput(servers: dict[str, Server], folder: Path, chosen: argparse.Namespace) -> Iterator[Line]:
    """Answers a second under wrk: one GET again and again, and tiny queries of which each is another."""
    script = folder / "distinct.lua"
    script.write_text(DISTINCT.replace("NODES", str(chosen.nodes)))
    stamp = time.time_ns()

    def repeated(query: str) -> dict[str, float]:
        return interleaved(
            list(servers), chosen.rounds, lambda name, _: load(servers[name].address(query), chosen.seconds)
        )

    def distinct(name: str, turn: int) -> float:
        return load(servers[name].address(), chosen.seconds, "-s", str(script), "--", f"{stamp}-{turn}")

    ten, one = repeated(LIST), repeated(TINY)
    others = interleaved([name for name in servers if name != "nginx"], chosen.rounds, distinct)
    if "oxigraph" in servers:
        for through, goal in (("cablekg", 0.12), ("nginx", 1.8)):
            if through in servers:
                yield faster(f"one GET of ten rows, {through}", ten[through], "oxigraph", ten["oxigraph"], goal)
                yield faster(f"one GET of one row, {through}", one[through], "oxigraph", one["oxigraph"], None)
        yield faster("distinct queries of one row", others["cablekg"], "oxigraph", others["oxigraph"], None)
    if "rdflib-endpoint" in servers:
        theirs = others["rdflib-endpoint"]
        yield faster("distinct queries of one row", others["cablekg"], "rdflib-endpoint", theirs, 1.5)


def load(address: str, seconds: int, *script: str) -> float:
    """Answers a second; an error among them ends the benchmark."""
    options = ["-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-H", f"Accept: {JSON}"]
    separator = script.index("--") if "--" in script else len(script)
    command = ["wrk", *options, *script[:separator], address, *script[separator:]]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"{address}: {out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return float(found[1]) if found else 0.0


def faster(what: str, ours: float, peer: str, theirs: float, goal: float | None) -> Line:
    ratio = ours / theirs
    return Line(
        what=what,
        ours=f"{ours:,.0f}/s",
        peer=f"{peer} {theirs:,.0f}/s",
        ratio=ratio,
        goal=f">= {goal}" if goal else "none",
        met=goal is None or ratio >= goal,
    )


def streaming(servers: dict[str, Server], rounds: int) -> Iterator[Line]:
    """200,000 rows of JSON, each time another query."""
    names = [name for name in ("cablekg", "oxigraph") if name in servers]
    first: dict[str, list[float]] = {name: [] for name in names}

    def whole(name: str, turn: int) -> float:
        began, took, body = fetch(servers[name], f"{LONG} # {time.time_ns()} {turn}")
        if body.count(b"},{") != 199_999:
            sys.exit(f"{name} gives {len(body)} bytes, not 200,000 rows: {body[-100:]!r}")
        first[name].append(began)
        return took

    took = interleaved(names, rounds, whole)
    began = {name: statistics.median(figures) * 1000 for name, figures in first.items()}
    peer = began.get("oxigraph")
    yield Line(
        what="first byte of 200,000 rows",
        ours=f"{began['cablekg']:.0f} ms",
        peer=f"oxigraph {peer:.0f} ms" if peer else "-",
        ratio=began["cablekg"] / peer if peer else 0,
        goal="<= 50 ms",
        met=began["cablekg"] <= 50,
    )
    if "oxigraph" in took:
        ratio = took["cablekg"] / took["oxigraph"]
        ours, theirs = (f"{took[name]:.2f} s" for name in ("cablekg", "oxigraph"))
        what = "200,000 rows of JSON"
        yield Line(what=what, ours=ours, peer=f"oxigraph {theirs}", ratio=ratio, goal="<= 1.15", met=ratio <= 1.15)


def memory(server: Server) -> Line:
    """The most memory of the web process over 10,000 rows, and over a million."""
    (web,) = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    peaks = []
    for limit in (10_000, 1_000_000):
        # 5 sets the peak back to what is held now.
        Path(f"/proc/{web}/clear_refs").write_text("5")
        fetch(server, f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {limit} # {time.time_ns()}")
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{web}/status").read_text())
        peaks.append(int(found[1]) / 1024 if found else 0.0)
    ratio = peaks[1] / peaks[0]
    return Line(
        what="web process at 1,000,000 rows",
        ours=f"{peaks[1]:.0f} MiB",
        peer=f"at 10,000 {peaks[0]:.0f} MiB",
        ratio=ratio,
        goal="<= 1.1",
        met=ratio <= 1.1,
    )


def show(lines: list[Line]) -> None:
    print(f"\n{'what':<32}{'cablekg':>12}{'beside':>26}{'ratio':>8}  {'goal':<9}met")
    for line in lines:
        met = "-" if line.goal == "none" else "yes" if line.met else "NO"
        print(f"{line.what:<32}{line.ours:>12}{line.peer:>26}{line.ratio:>8.2f}  {line.goal:<9}{met}")


if __name__ == "__main__":
    main()
