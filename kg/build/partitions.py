"""Sort raw cables into partitions, so that every later stage works on a few hundred at a time.

A partition holds all raw cables whose canonical ids have a hash with the same leading bits, sorted; so all texts of one
cable lie in one partition, whatever the order of arrival and the number of files. Its file is JSON Lines under gzip,
named by the digest of its content: equal partitions of different builds are one file.

Reading goes through a *spool*: sorted runs of raw cables, merged once into partitions (an external merge sort), so
memory is bounded by one run whatever the size of the input.
"""

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from kg.cables import identify
from kg.files import gzip_lines, gzipped, write_bytes
from kg.sources.model import RawCable
from kg.sources.partitions import as_record, from_record

# A partition holds at most this many raw cables; fewer where the whole input is small, so that every worker has some.
LARGEST: Final = 500
SMALLEST: Final = 25
AT_LEAST: Final = 16

# The histogram over which partitions are cut has 2**16 bins: enough for 16 million raw cables.
HISTOGRAM_BITS: Final = 16

# A run of the spool ends at so many cables or characters, whichever comes first.
RUN_CABLES: Final = 2_000
RUN_CHARACTERS: Final = 32_000_000

# More runs than this are merged in two steps, so that few files are open at a time.
MERGE_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A file of raw cables: `bits` are the leading bits that their hashes share, `file` is its name in the folder.

    `repeated` counts raw cables that were read again from the same place with the same text, and are held once.
    """

    bits: str
    file: str
    cables: int
    repeated: int


def spool_line(raw: RawCable) -> bytes:
    """A raw cable as a line that sorts into its place: hash, id, source, position and digest before the record."""
    identifier, section = identify(raw)
    digest = raw.digest
    key = "\t".join((
        f"{_hash(identifier or digest):016x}", identifier or "", json.dumps(raw.source), f"{raw.position:09d}", digest,
    ))  # fmt: skip
    return f"{key}\t{_encode(raw, identifier, section)}\n".encode()


def write_run(lines: list[bytes], path: Path) -> None:
    """Write one sorted run of the spool."""
    lines.sort()
    write_bytes(path, b"".join(lines))


def bits_of(raw: RawCable) -> str:
    """All bits of the hash that decides in which partition a raw cable lies, as ones and zeros."""
    identifier, _ = identify(raw)
    return f"{_hash(identifier or raw.digest):064b}"


def histogram(runs: Iterable[Path]) -> list[int]:
    """How many lines of the runs fall into each of the 2**16 bins of leading bits."""
    counts = [0] * (1 << HISTOGRAM_BITS)
    for path in runs:
        with path.open("rb") as file:
            for line in file:
                counts[int(line[: HISTOGRAM_BITS // 4], 16)] += 1
    return counts


def cut(counts: Sequence[int]) -> list[str]:
    """The leading bits of each partition, in order; a function of the counts alone.

    A range is halved until it holds few enough cables. An empty input is one empty partition.
    """
    size = min(LARGEST, max(SMALLEST, sum(counts) // AT_LEAST))

    def halve(bits: str, start: int, end: int) -> Iterator[str]:
        if end - start == 1 or sum(counts[start:end]) <= size:
            yield bits
        else:
            middle = (start + end) // 2
            yield from halve(bits + "0", start, middle)
            yield from halve(bits + "1", middle, end)

    return list(halve("", 0, len(counts)))


def write_partitions(runs: Sequence[Path], folder: Path, work: Path) -> list[Partition]:
    """Merge the runs of the spool into partition files in `folder`; returns them in order of their bits."""
    names = cut(histogram(runs))
    out = []
    with ExitStack() as stack:
        merged = heapq.merge(*(stack.enter_context(path.open("rb")) for path in _fewer(runs, work)))
        line = next(merged, None)
        for bits in names:
            limit = _limit(bits)
            lines = []
            while line is not None and (limit is None or line[:16] < limit):
                lines.append(line)
                line = next(merged, None)
            out.append(_write_partition(bits, lines, folder))
    return out


def read_partition(path: Path) -> Iterator[tuple[str | None, int | None, RawCable]]:
    """The raw cables of a partition file with the canonical id and the section under which they were filed."""
    for line in gzip_lines(path):
        yield decode(line)


def decode(line: bytes | str) -> tuple[str | None, int | None, RawCable]:
    """A record of a partition file as a value."""
    record = json.loads(line)
    return record["id"], record["section"], from_record(record)


def _encode(raw: RawCable, identifier: str | None, section: int | None) -> str:
    # ASCII only: a text as found may hold lone surrogates, which UTF-8 has no bytes for.
    return json.dumps({"id": identifier, "section": section, **as_record(raw)})


def _write_partition(bits: str, lines: list[bytes], folder: Path) -> Partition:
    # A file named twice, or added again, gives lines that are equal in key and record; sorted, they are neighbours.
    records = [line.split(b"\t", 5)[5] for line, _ in groupby(lines)]
    digest = hashlib.sha256(b"".join(records)).hexdigest()[:24]
    path = folder / f"{digest}.jsonl.gz"
    if not path.exists():
        write_bytes(path, gzipped(records))
    return Partition(bits=bits, file=path.name, cables=len(records), repeated=len(lines) - len(records))


def _fewer(runs: Sequence[Path], work: Path) -> list[Path]:
    """The runs, merged in groups where there are more than can be open at a time."""
    out = list(runs)
    level = 0
    while len(out) > MERGE_AT_ONCE:
        groups = [out[i : i + MERGE_AT_ONCE] for i in range(0, len(out), MERGE_AT_ONCE)]
        out = [_merge_group(group, work / f"merged-{level}-{number}") for number, group in enumerate(groups)]
        level += 1
    return out


def _merge_group(group: Sequence[Path], path: Path) -> Path:
    with ExitStack() as stack, path.open("wb") as file:
        file.writelines(heapq.merge(*(stack.enter_context(run.open("rb")) for run in group)))
    return path


def _limit(bits: str) -> bytes | None:
    """The least key, as 16 hexadecimal digits, above all that start with these bits; None where there is none."""
    above = (int(bits, 2) + 1) << (64 - len(bits)) if bits else 1 << 64
    return None if above >= 1 << 64 else f"{above:016x}".encode()


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])
