"""The words that rules look up: titles, countries, organizations, calendars, verbs, each from a table of kg/data."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from kg.extraction.treaties import treaties
from kg.tables import is_given_name, rows

CAPITAL: Final = 1 << 0  # begins with a capital letter
COMMON: Final = 1 << 1  # an English word in its lower case
TITLE: Final = 1 << 2  # heads a role: minister, official, DCM
PLURAL_TITLE: Final = 1 << 3  # ministers
HONORIFIC: Final = 1 << 4  # Mr., Dr., Shaykh: no role
DEMONYM: Final = 1 << 5
COUNTRY: Final = 1 << 6
PORTFOLIO: Final = 1 << 7  # Foreign, Affairs, Interior: capitalised in roles, never a name
INSTITUTION: Final = 1 << 8  # Ministry, Council, Party
FUNCTION: Final = 1 << 9  # words that a sentence opens with: The, During
CALENDAR: Final = 1 << 10
PARTICLE: Final = 1 << 11  # de, von, bin
SPEECH: Final = 1 << 12  # told, said
ROLE_WORD: Final = 1 << 13  # former, acting, foreign, police: in lower case before a title
ORGANIZATION: Final = 1 << 14
REDACTED: Final = 1 << 15  # XXXXXXXXXXXX
CITY: Final = 1 << 16
INITIAL: Final = 1 << 17  # S.
PUNCTUATION: Final = 1 << 18
NUMBER: Final = 1 << 19
GIVEN: Final = 1 << 20  # a given name that is no English word
STOP: Final = 1 << 21  # ends a sentence
TERM: Final = 1 << 22  # may begin a place or body of several words or a known instrument, or end a title of two
BODY_FIRST: Final = 1 << 23  # may begin the name of a body or country
MEETING: Final = 1 << 24  # may tell of a meeting: met, visit, told
INSTRUMENT: Final = 1 << 25  # treaty, sale, plan
UNDERTAKING: Final = 1 << 26  # agreed, pledged, sold
LEADER: Final = 1 << 27  # the surname of a public figure
PARTY: Final = 1 << 28  # may begin a position, or means a group or the post: DCM, delegation, embassy
FORENAME: Final = 1 << 29  # a given name, an English word or not

NO_NAME: Final = (
    HONORIFIC | DEMONYM | COUNTRY | PORTFOLIO | INSTITUTION | FUNCTION | CALENDAR | ORGANIZATION | REDACTED | CITY
)

SENTENCE_END: Final = frozenset(".?!;")
# Matches the "Inter" of "Inter-American".
LETTERS: Final = re.compile(r"[^\W\d_]+")
_USES: Final = {
    "portfolio": PORTFOLIO,
    "people": PORTFOLIO,
    "institution": INSTITUTION,
    "pronoun": FUNCTION,
    "calendar": CALENDAR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A word that heads a role; `country` is `host`, a code or None where the role alone tells whose official it is."""

    term: str
    kind: str
    country: str | None
    is_official: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A public figure whose country is known by name in the years `since` to `until`.

    `is_known_bare` says that the surname alone names this person in those years.
    """

    name: str
    country: str | None
    title: str
    since: int
    until: int
    is_known_bare: bool


@cache
def titles() -> MappingProxyType[str, Title]:
    """Titles by their lower-case word; plurals lead to the same title."""
    out: dict[str, Title] = {}
    for row in rows("titles.tsv"):
        title = Title(
            term=row["term"],
            kind=row["kind"],
            country=row["country"] or None,
            is_official=row["official"] == "1",
        )
        *before, last = row["term"].split()
        out[last] = out.get(last, title) if before else title  # "owner" is not "restaurant owner"
        out.setdefault(plural(last), title)
    return MappingProxyType(out)


def title_of(word: str) -> Title | None:
    """The title that a word is, `ex-minister` and `president-elect` included."""
    low = word.lower().removesuffix(".")
    for affix in ("-elect", "-designate", "-nominee"):
        low = low.removesuffix(affix)
    low = low.removeprefix("ex-").removesuffix("-equivalent")
    return titles().get(low) or titles().get(low.rpartition("-")[2])  # "Under-Secretary", "Africa-adviser"


@cache
def title_pairs() -> frozenset[tuple[str, str]]:
    """Titles of two words neither of which is one alone: `point person`."""
    pairs = [row["term"].split() for row in rows("titles.tsv") if " " in row["term"]]
    return frozenset((first, form) for first, second in pairs for form in (second, plural(second)))


@cache
def column(table: str, key: str) -> frozenset[str]:
    """All values of a column."""
    return frozenset(row[key] for row in rows(table))


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of lower-case words that rules share, from the table of word sets."""
    return frozenset(row["word"] for row in rows("word_sets.tsv") if row["set"] == name)


@cache
def mapping(table: str, key: str, value: str) -> MappingProxyType[str, str]:
    """One column by another."""
    return MappingProxyType({row[key]: row[value] for row in rows(table)})


@cache
def country_words(use: str) -> MappingProxyType[str, str]:
    """Country codes by demonym (`use="demonym"`) or by name (`use="name"`)."""
    return MappingProxyType({row["term"]: row["country"] for row in rows("country_words.tsv") if row["use"] == use})


def body_country(name: str, near: frozenset[str | None] = frozenset()) -> str | None:
    """The country of a body of the table, `host` or `international`; of several one that is near, or else the first."""
    known = mapping("organizations.tsv", "name", "country").get(name)
    if known is None:
        return None
    codes = known.split()
    return next((code for code in codes if code in near), codes[0])


@cache
def leaders() -> MappingProxyType[str, tuple[Leader, ...]]:
    """Public figures by the lower-case last word of their name."""
    out: dict[str, list[Leader]] = {}
    for row in rows("leaders.tsv"):
        leader = Leader(
            name=row["name"],
            country=row["country"] or None,
            title=row["title"],
            since=int(row["from"]),
            until=int(row["until"]),
            is_known_bare=row["bare"] == "1",
        )
        out.setdefault(surname(leader.name), []).append(leader)
    return MappingProxyType({key: tuple(found) for key, found in out.items()})


def surname(name: str) -> str:
    """The last word of a name in lower case, without an Arabic article."""
    last = name.split()[-1].lower()
    return last[3:] if last.startswith(("al-", "el-")) and len(last) > 5 else last


def plural(term: str) -> str:
    """The regular plural: `secretary` gives `secretaries`, `attorney-general` gives `attorneys-general`; and `-men`."""
    if term.endswith("-general"):
        return f"{term.removesuffix('-general')}s-general"
    if term.endswith("man"):
        return f"{term.removesuffix('man')}men"
    if term.endswith("y") and term[-2:-1] not in tuple("aeiou"):
        return f"{term[:-1]}ies"
    return term if term.endswith("s") else f"{term}s"


@cache
def long_terms() -> MappingProxyType[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """Cities, countries and organizations of several words, by the first: the words and their bit."""
    out: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for names, bit in (
        (column("cities.tsv", "name"), CITY),
        (country_words("name"), COUNTRY),
        (country_words("demonym"), DEMONYM),
        (column("organizations.tsv", "name"), ORGANIZATION),
    ):
        for name in sorted(names):
            words = tuple(name.split())
            if len(words) > 1:
                out.setdefault(words[0], []).append((words, bit))
    return MappingProxyType({first: tuple(terms) for first, terms in out.items()})


@lru_cache(maxsize=1 << 16)
def flags(word: str) -> int:
    """What a word is, as the bits above; `word` is a token's text."""
    low = word.lower().removesuffix(".")
    if not word[0].isalpha():
        return NUMBER if word[0].isdigit() else PUNCTUATION | STOP if word in SENTENCE_END else PUNCTUATION
    if len(word) > 2 and not low.strip("x"):
        return REDACTED
    return _shared(_by_case(word, low) | _by_table(word, low) | _by_use(word, low))


@cache
def _shared(bits: int) -> int:
    """The same bits, as one object for all words that have them."""
    return bits


def _by_case(word: str, low: str) -> int:
    bits = CAPITAL if word[0].isupper() or _is_article(word) else 0
    if len(word) == 2 and word[1] == "." and word[0].isupper():
        bits |= INITIAL
    if low in column("common_words.tsv", "word"):
        bits |= COMMON
    return bits


def _is_article(word: str) -> bool:
    # al-Qadhafi is as good as a capital.
    return word[:3] in ("al-", "el-", "ad-", "as-", "ar-", "an-", "at-", "az-", "bin-") and word[3:4].isupper()


def _by_table(word: str, low: str) -> int:
    bits = _USES.get(mapping("not_names.tsv", "word", "use").get(low, ""), 0)
    title = title_of(low)
    if (
        title is not None
        and " " not in title.term
        and _is_title_here(word.removeprefix("ex-").removeprefix("then-"), title)
    ):
        bits |= PLURAL_TITLE if low == plural(title.term) and low != title.term else TITLE
    for table, key, bit in (
        ("honorifics.tsv", "word", HONORIFIC),
        ("name_particles.tsv", "word", PARTICLE),
        ("speech_verbs.tsv", "word", SPEECH),
        ("role_words.tsv", "word", ROLE_WORD),
    ):
        if low in column(table, key):
            bits |= bit
    if word in country_words("demonym"):
        bits |= DEMONYM
    if word in country_words("name"):
        bits |= COUNTRY
    if word in column("organizations.tsv", "name") or government(word) is not None:
        bits |= ORGANIZATION
    if word in column("cities.tsv", "name"):
        bits |= CITY
    if is_given_name(word.upper(), or_word=True):
        bits |= FORENAME if not is_given_name(word.upper()) else FORENAME | GIVEN
    return bits


def _by_use(word: str, low: str) -> int:
    """Which rules a word may set off."""
    bits = 0
    for table, bit in (
        ("meeting_triggers.tsv", MEETING),
        ("instruments.tsv", INSTRUMENT),
        ("undertaking_verbs.tsv", UNDERTAKING),
    ):
        if low in column(table, "word"):
            bits |= bit
    if word in long_terms() or word in _instrument_words() or low in _second_words():
        bits |= TERM
    if low in _party_words():
        bits |= PARTY
    if surname(word) in leaders():
        bits |= LEADER
    letters = LETTERS.match(word)
    if (letters is not None and letters[0] in _body_firsts()) or government(word) is not None:
        bits |= BODY_FIRST
    return bits


@cache
def _second_words() -> frozenset[str]:
    return frozenset(second for _, second in title_pairs())


@cache
def _instrument_words() -> frozenset[str]:
    """The words that known instruments begin with."""
    names = (name for treaty in treaties().values() for name in (treaty.name, *treaty.aliases))
    return frozenset(("Plan", *(name.split()[0] for name in names)))


@cache
def _party_words() -> frozenset[str]:
    """The words that positions begin with, those for groups and firms, and those for a post."""
    positions = (row["phrase"].split()[0] for row in rows("positions.tsv"))
    return frozenset((*positions, *sorted(word_set("groups") | word_set("firms")), "embassy", "mission", "post"))


@cache
def _body_firsts() -> frozenset[str]:
    """The letters that the names of bodies and countries begin with, up to a space or mark."""
    names = (
        *column("organizations.tsv", "name"),
        *country_words("name"),
        *mapping("government_codes.tsv", "code", "country"),
    )
    return frozenset(letters[0] for letters in map(LETTERS.match, names) if letters is not None)


def _is_title_here(word: str, title: Title) -> bool:
    # "PM" and "AG" are titles in capitals only, "Charge" and "Gen." only with one capital.
    if len(title.term) <= 4 and title.term not in (
        "head",
        "aide",
        "king",
        "emir",
        "amir",
        "shah",
        "pope",
        "chair",
        "whip",
    ):
        return word[0].isupper()
    return word[0].isupper() or title.term not in (
        "charge",
        "counsel",
        "general",
        "major",
        "fiscal",
        "protocol",
        "marshal",
        "chair",
    )


def government(word: str) -> str | None:
    """`?C` for a code such as `GOC`, whose country the cable tells, or the country of `USG`; None for other words."""
    if (
        word.startswith("GO")
        and 3 <= len(word) <= 5
        and word.isupper()
        and word not in ("GOLD", "GOOD", "GOAL", "GOES")
    ):
        return f"?{word[2:]}"
    return mapping("government_codes.tsv", "code", "country").get(word)
