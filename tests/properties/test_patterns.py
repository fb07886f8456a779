"""No regular expression of the readers and of the parser takes more than linear time, whatever the text.

Every compiled pattern of the modules is run over long texts of two kinds: units repeated that are known to trouble
patterns, and texts made of the pattern itself: what it needs up to one of its repetitions, then what that repeats, many
times over. A text four times as long may take some four times as long; sixteen times would be quadratic.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

import kg.cables
import kg.sources

SMALL = 5_000
FACTOR = 4
BOUND = 9  # between 4, linear, and 16, quadratic
# Below this nothing is seen of how the time grows, and a quadratic pattern takes far longer.
SECONDS_SEEN = 0.004

UNITS = (
    *(" ", "\n", "\t", "\r\n", " \n", "\n\n", "\x85", "\u2028", "é", "¶"),
    *("1", "12 ", "1\n", "1. ", "1.4 (b) ", "1 (", "09", "0Z ", "12/", "1/2/", "1:", "1-"),
    *("A", "a", "AB ", "ab ", "A B ", "A\n", "A. ", "A.", "A/", "A-", "A,", "A, ", "A'", "aB", "R", "REF", "SE"),
    *("X", "XXXX ", "-", "- ", "--\n", "=", "_", "*", "~ ", "#", ">", "<", "<a ", "</", "&", "&#1;", "|"),
    *(".", ". ", "..", ",", ";", ":", "/", "//", "(", ")", "()", "(C) ", "(C", "[", "[]", "](", "[1](#)", "[A](/"),
    *('"', '",', '"\n', "'", "\\", "“", "”", "@", "a@b.", "http://a", "www."),
    *("S E C R E T ", "S", "E", "PAGE 02 A ", "PAGE 02\tA\t", "END ", "END OF ", "of ", "OF 001 ", "SECTION 01 OF "),
    *(
        "REF: ",
        "REF ",
        "TAGS ",
        "TAGS: A, ",
        "SUBJ: ",
        "E.O. ",
        "INFO ",
        "FM A",
        "TO A\n",
        "XMT ",
        "DE R",
        "R 010000Z ",
    ),
    *("CLASSIFIED BY ", "STATE 1, ", "AND ", "STATE 1 AND ", "A 1; ", "VISIT ", "SUMMARY ", "REASON 1.4 "),
)


def patterns() -> Iterator[tuple[str, re.Pattern]]:
    """All compiled patterns that stand in a module, by themselves or in a tuple or table."""
    seen = set()
    for package in (kg.cables, kg.sources):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                for at, pattern in enumerate(compiled(value)):
                    if (pattern.pattern, pattern.flags) not in seen:
                        seen.add((pattern.pattern, pattern.flags))
                        yield f"{found.name.removeprefix('kg.')}.{name}[{at}]", pattern


def compiled(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from compiled(item)
    elif isinstance(value, Mapping):
        yield from compiled(tuple(value.values()))


def texts_of(pattern: re.Pattern) -> set[str]:
    """Units whose repetition the pattern invites: what leads to each of its repetitions, with what is repeated."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.UNICODE & ~re.DEBUG)
    return {unit for unit in pumped(tree, "") if unit}


def pumped(tree: Iterable, before: str) -> Iterator[str]:
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, high, inner = value
            for body in alternatives(inner):
                yield before + body
                if high > 3 or high == op.MAXREPEAT:
                    yield body
            yield from pumped(inner, before)
            before += sample(inner) * low
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield before + sample(branch)
                yield from pumped(branch, before)
            before += sample(value[1][0])
        elif kind is op.SUBPATTERN:
            yield from pumped(value[3], before)
            before += sample(value[3])
        else:
            before += sample([(kind, value)])
    yield before


def alternatives(tree: Iterable) -> Iterator[str]:
    tree = list(tree)
    if len(tree) == 1 and tree[0][0] is op.BRANCH:
        for branch in tree[0][1][1]:
            yield sample(branch)
    elif len(tree) == 1 and tree[0][0] is op.SUBPATTERN:
        yield from alternatives(tree[0][1][3])
    elif len(tree) == 1 and tree[0][0] is op.IN:
        yield from {one_of([item]) for item in tree[0][1]}
    else:
        yield sample(tree)


CATEGORIES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_NOT_DIGIT: "A",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "A",
    op.CATEGORY_WORD: "A",
    op.CATEGORY_NOT_WORD: " ",
}


def sample(tree: Iterable) -> str:
    """A text that the pattern matches, or nearly."""
    out = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            out += chr(value)
        elif kind is op.NOT_LITERAL:
            out += "A" if value != ord("A") else "B"
        elif kind is op.ANY:
            out += "A"
        elif kind is op.IN:
            out += one_of(value)
        elif kind is op.BRANCH:
            out += sample(value[1][0])
        elif kind is op.SUBPATTERN:
            out += sample(value[3])
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            out += sample(value[2]) * max(value[0], 1 if value[1] == op.MAXREPEAT else value[0])
    return out


def one_of(items: Iterable) -> str:
    items = list(items)
    if items[0][0] is op.NEGATE:
        return next(c for c in "A 1.-\n(é\x01" if not any(holds(item, c) for item in items[1:]))
    kind, value = items[0]
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is op.RANGE else CATEGORIES[value]


def holds(item: tuple, character: str) -> bool:
    kind, value = item
    if kind is op.LITERAL:
        return chr(value) == character
    if kind is op.RANGE:
        return value[0] <= ord(character) <= value[1]
    return CATEGORIES[value] == character


def seconds(pattern: re.Pattern, text: str, method: str) -> float:
    subject = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    if method == "search":
        for _ in pattern.finditer(subject):
            pass
    else:
        getattr(pattern, method)(subject)
    return time.process_time() - start


def is_slow(pattern: re.Pattern, method: str, unit: str, before: str = "") -> bool:
    """Whether the time grows faster than the text; measured again before it is believed."""
    small, large = (before + (unit * (size // len(unit) + 1))[:size] + "\x01" for size in (SMALL, SMALL * FACTOR))
    once = seconds(pattern, small, method)
    if once < SECONDS_SEEN:
        return False
    return all(seconds(pattern, large, method) > BOUND * min(seconds(pattern, small, method), once) for _ in range(3))


def methods_of(name: str) -> set[str]:
    """How the code uses a pattern: looking for it anywhere, or trying it at one place alone."""
    if name.partition("[")[0] in TRIED_WHOLE:
        return {"fullmatch"}
    module, _, name = name.partition("[")[0].rpartition(".")
    paths = [ROOT / f"{module.replace('.', '/')}.py"] if name.startswith("_") else ROOT.rglob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    used = set(re.findall(rf"\b{name}\.(search|finditer|findall|sub|subn|split|match|fullmatch)\b", code))
    anywhere = {"search"} if used - {"match", "fullmatch"} or not used else set()
    return anywhere | (used & {"match", "fullmatch"})


TRIED_WHOLE = {"cables.account.notices._RULES"}  # tables whose patterns must match a line as a whole
ROOT = Path(kg.cables.__file__).parents[1]
PATTERNS = dict(patterns())


def test_patterns_are_found():
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("name", PATTERNS)
def test_time_grows_with_the_text_alone(name):
    pattern = PATTERNS[name]
    own = texts_of(pattern)
    attacks = [("", unit) for unit in {*UNITS, *own}]
    attacks += [(before, unit) for before in own for unit in (" ", "\n", "A", "1", "A ")]
    slow = [
        (method, before, unit)
        for method in methods_of(name)
        for before, unit in attacks
        if is_slow(pattern, method, unit, before)
    ]
    assert not slow
