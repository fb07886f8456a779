"""Measure the matching of names on sets of variants that editors gathered: precision, recall, and what each rule adds.

usage: python scripts/compare_names.py history_state_people.tsv [--all]

The table has a preferred name and its variants for each person. Each pair of texts within a block is judged: the texts
of one person are to be found, all others are not. A block holds the texts that are filed under one surname, by its
consonants; with `in context`, of those that name persons of one country and time, as far as the table's remark tells.

Titles are taken off, as extraction does, and remarks in brackets. Texts that name nobody in full (`Colonel`,
`President Arias`) or a woman by her husband's name are left out, and counted. tests/data/identity/persons_twice.tsv
has the persons that stand twice in the table, under two ids. `--all` lists each mistake and miss.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from kg.identity.forms import SUFFIXES, Name, fold, parse
from kg.identity.matching import NAME_RULES, decide
from kg.identity.spelling import consonants
from kg.tables import countries, rows

TWICE: Final = Path(__file__).parents[1] / "tests" / "data" / "identity" / "persons_twice.tsv"

# Persons whose years lie further apart than this are of two times.
YEARS_APART: Final = 10
# Between these ages a person is in office.
IN_OFFICE: Final = (30, 75)

# fmt: off
RANKS: Final = frozenset({
    "acting", "adm", "admiral", "also", "amb", "ambassador", "amir", "archbishop", "archduke", "army", "aviation",
    "baron", "bishop", "brig", "brigade", "brigadier", "capt", "captain", "cardinal", "chairman", "chancellor",
    "chief", "class", "cmdr", "col", "colonel", "commander", "commodore", "comte", "congressman", "corporal", "count",
    "deputy", "elect", "emir", "emperor", "excellency", "field", "first", "fleet", "force", "gen", "general",
    "generalissimo", "governor", "grade", "hadj", "haj", "his", "honourable", "jg", "jonkheer", "king", "krommun",
    "later", "lieut", "lieutenant", "lord", "lt", "ltg", "maj", "major", "marquis", "marshal", "master", "member",
    "minister", "monsieur", "monsignor", "nawab", "nd", "of", "officer", "pandit", "petty", "premier", "president",
    "prime", "prince", "princess", "private", "professor", "queen", "radm", "rd", "rear", "representative", "ret",
    "right", "royal", "rt", "sardar", "second", "secretary", "senator", "sergeant", "sheikh", "sir", "soviet",
    "spokesman", "st", "staff", "steward", "sultan", "technical", "technician", "the", "third", "union", "usa", "usaf",
    "usmc", "usn", "vadm", "vice", "vicomte", "viscount", "warrant", "yeoman",
})
WIVES: Final = frozenset({"frau", "madam", "madame", "mme", "mrs"})
# fmt: on
# Matches a nickname or a remark: (“Mac”)
_ASIDE: Final = re.compile(r"\([^)]*\) | [“\"][^”\"]*[”\"]", re.VERBOSE)
_YEAR: Final = re.compile(r"\b (?: 1[789] | 20 ) \d\d \b", re.VERBOSE)
# Matches what only an American's remark says.
_AMERICAN: Final = re.compile(
    r"Foreign[ ]Service | Non-career | U\.[ ]?S\.[ ]?A\. | \b US (?: N | A | AF | MC ) \b | United[ ]States | American"
    r" | Department[ ]of[ ]State | Senator[ ]from | Congress | Democratic | Republican | Assistant[ ]Secretary"
    r" | White[ ]House | Secretary[ ]of",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of the table: the name in it, the word it is filed under, by sound, and the persons who bear it."""

    text: str
    name: Name
    surname: str
    persons: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the table tells of a person beside the name: countries, and the first and last year."""

    countries: frozenset[str]
    years: tuple[int, ...]

    def is_near(self, other: "Context") -> bool:
        """Whether nothing speaks against one block for both."""
        if self.countries and other.countries and self.countries.isdisjoint(other.countries):
            return False
        if not self.years or not other.years:
            return True
        return min(self.years) - max(other.years) <= YEARS_APART and min(other.years) - max(self.years) <= YEARS_APART


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The table: its texts, what it tells of each person, and how many texts were left out."""

    texts: tuple[Text, ...]
    contexts: dict[str, Context]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found: right and wrong pairs by rule, the wrong ones, and the pairs of one person that were missed."""

    right: Counter[str]
    wrong: Counter[str]
    mistaken: list[tuple[str, Text, Text]]
    missed: list[tuple[Text, Text]]

    @property
    def precision(self) -> float:
        """The share of the pairs found that are of one person."""
        return self.right.total() / max(1, self.right.total() + self.wrong.total())

    @property
    def recall(self) -> float:
        """The share of the pairs of one person within a block that were found."""
        return self.right.total() / max(1, self.right.total() + len(self.missed))


def read_people(path: Path) -> People:
    """The persons of the table that have variants."""
    with TWICE.open(encoding="utf-8", newline="") as file:
        twice = {row["other"]: row["id"] for row in csv.DictReader(file, delimiter="\t")}
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: dict[str, tuple[Name, str, set[str]]] = {}
    left_out = 0
    for row in table:
        for text in sorted({row["preferred_name"], *row["variants"].split("|")}) if row["variants"] else ():
            name, surname = plain(text)
            if len(name.words) > 1:
                found.setdefault(text, (name, surname, set()))[2].add(twice.get(row["id"], row["id"]))
            else:
                left_out += 1
    texts = tuple(
        Text(text=text, name=name, surname=consonants(surname) or surname, persons=frozenset(persons))
        for text, (name, surname, persons) in sorted(found.items())
    )
    return People(texts=texts, contexts={row["id"]: _context(row) for row in table}, left_out=left_out)


def compare(people: People, *, in_context: bool) -> Result:
    """Judge all pairs of texts within their blocks."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    mistaken, missed = [], []
    for block in _blocks(people):
        for one, other in combinations(block, 2):
            if in_context and not _are_near(one, other, people):
                continue
            rule = decide(one.name, other.name, _rivals(one, other, block, people, in_context))
            is_one = bool(one.persons & other.persons)
            if rule is not None and is_one:
                right[rule] += 1
            elif rule is not None:
                wrong[rule] += 1
                mistaken.append((rule, one, other))
            elif is_one:
                missed.append((one, other))
    return Result(right=right, wrong=wrong, mistaken=mistaken, missed=missed)


def plain(text: str) -> tuple[Name, str]:
    """The name in a text without titles and remarks, and the word it is filed under."""
    honorifics = {row["word"] for row in rows("honorifics.tsv")}
    before, comma, after = _ASIDE.sub(" ", text).partition(",")
    if WIVES & set(fold(text)):
        return Name(()), ""
    surname, given = (
        [word for word in part.split() if not RANKS | honorifics >= set(fold(word))] for part in (before, after)
    )
    words = parse(" ".join(surname)).words
    if not words:
        return Name(()), ""
    is_filed = comma and not SUFFIXES.issuperset(fold(" ".join(given)))
    joint = f"{' '.join(surname)}, {' '.join(given)}" if is_filed else " ".join(surname + given)
    return parse(joint), words[-1]


def _context(row: dict[str, str]) -> Context:
    remark = row["remark"]
    names = (
        (name, country.code) for country in countries().values() for name in (country.name, country.demonym) if name
    )
    found = {code for name, code in names if name in remark}
    found |= {"US"} if _AMERICAN.search(remark) else set()
    found |= {"RU"} if "Soviet" in remark else {"GB"} if "British" in remark else set()
    years = {int(year) for year in _YEAR.findall(remark)}
    if born := _YEAR.search(row["birth"]):
        died = _YEAR.search(row["death"])
        years |= {int(born[0]) + IN_OFFICE[0], min(int(born[0]) + IN_OFFICE[1], int(died[0]) if died else 9999)}
    return Context(countries=frozenset(found), years=tuple(sorted(years)))


def _blocks(people: People) -> Iterator[list[Text]]:
    blocks: dict[str, list[Text]] = {}
    for text in people.texts:
        blocks.setdefault(text.surname, []).append(text)
    yield from (blocks[key] for key in sorted(blocks))


def _rivals(one: Text, other: Text, block: Sequence[Text], people: People, in_context: bool) -> list[Name]:
    near = (t for t in block if not in_context or (_are_near(one, t, people) and _are_near(other, t, people)))
    return sorted({text.name for text in near})


def _are_near(one: Text, other: Text, people: People) -> bool:
    return any(people.contexts[a].is_near(people.contexts[b]) for a in one.persons for b in other.persons)


def table_of(result: Result) -> Iterator[str]:
    """The lines of the table: each rule with what it found, and the sums."""
    yield "| rule | pairs found | precision |"
    yield "|---|---|---|"
    for rule in NAME_RULES:
        if total := result.right[rule] + result.wrong[rule]:
            yield f"| `{rule}` | {total:,} | {result.right[rule] / total:.3f} |"
    total = result.right.total() + result.wrong.total()
    yield f"| all | {total:,} | {result.precision:.4f} |"


def main(arguments: list[str]) -> int:
    """Print the tables, and where asked each mistake and miss."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    people = read_people(Path(arguments[0]))
    print(f"{len(people.texts):,} texts; {people.left_out:,} left out")
    for in_context in (False, True):
        result = compare(people, in_context=in_context)
        print(f"\nsurname{', country and time' if in_context else ' alone'}: recall {result.recall:.4f}")
        print("\n".join(table_of(result)))
    if "--all" in arguments:
        for rule, one, other in result.mistaken:
            print(f"wrong by {rule}: {one.text} / {other.text}")
        for one, other in result.missed:
            print(f"missed: {one.text} / {other.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
