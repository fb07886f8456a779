"""Tell by which rule two full names of persons may name one person, or that they cannot.

`Quill, Ana` counts as `Ana Quill`. That a rule holds says that the names agree; whether somebody else of the same
surname agrees as well is another question, which `is_alone` answers for a block of names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from kg.identity.forms import Name
from kg.identity.spelling import are_spellings, is_slip
from kg.tables import rows

Words = tuple[str, ...]

# Given names that many persons of one surname bear.
# fmt: off
COMMON_NAMES: Final = frozenset({
    "abdul", "abdullah", "ahmad", "ahmed", "alexander", "ali", "andrew", "ann", "anne", "antonio", "arthur", "carlos",
    "charles", "daniel", "david", "donald", "edward", "edwin", "elizabeth", "frank", "fred", "frederick", "george",
    "gerald", "harold", "harry", "hassan", "henry", "howard", "ivan", "jack", "james", "jean", "john", "jose",
    "joseph", "juan", "kenneth", "kim", "lee", "louis", "luis", "manuel", "margaret", "maria", "mary", "michael",
    "mohamed", "mohammad", "mohammed", "muhammad", "nguyen", "paul", "pedro", "peter", "philip", "raymond", "richard",
    "robert", "ronald", "samuel", "stephen", "thomas", "vladimir", "walter", "william",
})
# fmt: on

# Every rule in the order in which they are tried, and what it says.
NAME_RULES: Final = {
    "same-words": "the same words",
    "same-letters": "the same letters, joined or parted otherwise",
    "spelling": "each word the same or another spelling of it",
    "middle-name": "a middle name or its initial said by one alone",
    "initials": "an initial for a given name",
    "nickname": "a short form for a given name",
    "slip": "one letter wrong in one word",
    "other-order": "the same words in another order",
    "second-surname": "a second surname said by one alone",
    "by-middle-name": "called by the middle name",
    "rare-name": "the same surname and the same given name, which is no common one",
}

_ORDER: Final = {rule: place for place, rule in enumerate(NAME_RULES)}

# How one word stands for another.
_SAME: Final = "same"
_SPELLING: Final = "spelling"
_INITIAL: Final = "initial"
_SHORT: Final = "nickname"
_SLIP: Final = "slip"

# A surname that is spelt or written otherwise has at least so many letters, unless a middle name agrees too: Davis and
# Davies, Chacin and Chacon are two names.
_LONG_SPELLING: Final = 6
_LONG_SLIP: Final = 8


@lru_cache(maxsize=1 << 16)
def match(one: Name, other: Name) -> str | None:
    """The rule by which two full names may name one person; None where they cannot."""
    if min(len(one.words), len(other.words)) < 2 or _suffixes_differ(one, other):
        return None
    longer, shorter = sorted((one.words, other.words), key=lambda words: (-len(words), words))
    if longer == shorter:
        return "same-words"
    if len(longer) != len(shorter) and "".join(longer) == "".join(shorter):
        return "same-letters"
    for rule, words in _readings(longer, shorter):
        found = _by_words(words, shorter)
        if found is not None:
            return rule or found
    return "other-order" if _is_shuffled(longer, shorter) else None


def contradict(one: Name, other: Name) -> bool:
    """Whether two full names of one surname cannot be one person's: other given name, middle initial or suffix."""
    if _suffixes_differ(one, other):
        return True
    if not one.words or not other.words:
        return False
    if match(one, other) is not None:
        return False
    (first, *middle), (second, *others) = one.words[:-1] or one.words, other.words[:-1] or other.words
    if _how(first, second) is None:
        return first not in others and second not in middle
    return bool(middle and others) and middle[0][0] != others[0][0]


def decide(one: Name, other: Name, block: Sequence[Name]) -> str | None:
    """The rule by which two full names name one person, where nobody else of a block of names can be meant.

    Somebody else may be meant where a name agrees with one of the two as surely as they do with each other, and
    contradicts the other: `A. Quill` beside `Ana Quill` and `Abel Quill`.
    """
    if _suffixes_differ(one, other):
        return None
    if _share_rare_name(one, other, block):
        return match(one, other) or "rare-name"
    rule = match(one, other)
    is_rivalled = rule is None or any(
        (_is_rival(one, name, rule) and contradict(other, name))
        or (_is_rival(other, name, rule) and contradict(one, name))
        for name in block
    )
    return None if is_rivalled else rule


def _share_rare_name(one: Name, other: Name, block: Iterable[Name]) -> bool:
    """Whether two names have one given name and one surname that together tell a person, whatever the initials between.

    They do where the given name is no common one, and where nobody of that surname is called otherwise.
    """
    if min(len(one.words), len(other.words)) < 2 or len(one.words[0]) == 1 or _spell_out_others(one, other):
        return False
    if not are_spellings(one.words[0], other.words[0]) or not are_spellings(one.words[-1], other.words[-1]):
        return False
    kin = [name for name in block if are_spellings(name.words[-1], one.words[-1])]
    if len({name.suffix for name in kin if _how(one.words[0], name.words[0]) is not None} - {""}) > 1:
        return False
    return not COMMON_NAMES & {one.words[0], other.words[0]}


def _spell_out_others(one: Name, other: Name) -> bool:
    """Whether both names have a middle name in full, and none in common."""
    ours, theirs = ([word for word in name.words[1:-1] if len(word) > 1] for name in (one, other))
    return bool(ours and theirs) and not any(_how(a, b) for a in ours for b in theirs)


def _is_rival(one: Name, name: Name, rule: str) -> bool:
    found = match(one, name)
    return found is not None and _ORDER[found] <= _ORDER[rule]


def _suffixes_differ(one: Name, other: Name) -> bool:
    return bool(one.suffix and other.suffix and one.suffix != other.suffix)


def _readings(longer: Words, shorter: Words) -> Iterator[tuple[str, Words]]:
    """The longer name as it may be read beside the shorter: whole, turned, without its last or its first word."""
    yield "", longer
    if len(longer) == len(shorter):
        yield "other-order", (*longer[1:], longer[0])
        yield "other-order", (longer[-1], *longer[:-1])
    if len(longer) > 2 and len(longer) > len(shorter):
        if len(longer[-1]) > 1:
            yield "second-surname", longer[:-1]
        if min(len(longer[1]), len(shorter[0])) > 1:
            yield "by-middle-name", longer[1:]


def _is_shuffled(longer: Words, shorter: Words) -> bool:
    """Whether the given names are the same in another order: `Quill, Ana Maria` and `Quill, Maria Ana`."""
    if len(longer) != len(shorter) or len(longer) < 3 or not are_spellings(longer[-1], shorter[-1]):
        return False
    turned = sorted(range(len(shorter) - 1), key=lambda place: shorter[place])
    ours = [longer[place] for place in sorted(range(len(longer) - 1), key=lambda place: longer[place])]
    return any(len(word) > 1 for word in ours) and all(
        _how(word, shorter[place]) in (_SAME, _SPELLING, _INITIAL) for word, place in zip(ours, turned, strict=True)
    )


def _by_words(longer: Words, shorter: Words) -> str | None:
    """The rule by which the words of the one stand for those of the other, named after the weakest pair."""
    first, last = _how(longer[0], shorter[0]), _how(longer[-1], shorter[-1])
    middle = _middle(longer[1:-1], shorter[1:-1])
    if first is None or last is None or middle is None or len(shorter) < 2:
        return None
    ways = [first, last, *middle]
    is_backed = any(way != _SLIP for way in middle) and first != _INITIAL
    if not _is_one_surname(last, longer[-1], shorter[-1], is_backed) or ways.count(_SLIP) > 1:
        return None
    if _SLIP in ways:
        return None if first == _INITIAL else "slip"
    if first == _SHORT:
        return "nickname"
    if first == _INITIAL:
        # Who is written "J. Hodding Quill" is called Hodding, and "J. R. Quill" by neither name: no Jane Quill.
        return "initials" if len(longer) == len(shorter) or len(longer[0]) > 1 else None
    return "spelling" if len(longer) == len(shorter) and _INITIAL not in middle else "middle-name"


def _is_one_surname(how: str, one: str, other: str, is_backed: bool) -> bool:
    length = min(len(one), len(other))
    if how == _SPELLING:
        return is_backed or length >= _LONG_SPELLING
    return how == _SAME or (how == _SLIP and (is_backed or length >= _LONG_SLIP))


def _middle(longer: Words, shorter: Words) -> list[str] | None:
    """How each middle word of the shorter stands in the longer, in that order; None where one does not."""
    found: list[str] = []
    rest = iter(longer)
    for word in shorter:
        how = next((way for other in rest if (way := _how(word, other)) is not None), None)
        if how is None:
            return None
        found.append(how)
    return found


def _how(one: str, other: str) -> str | None:
    if one == other:
        return _SAME
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1 and longer.startswith(shorter):
        return _INITIAL
    if are_spellings(one, other):
        return _SPELLING
    if _is_short(one, other):
        return _SHORT
    return _SLIP if is_slip(one, other) else None


def _is_short(one: str, other: str) -> bool:
    names = _nicknames()
    return other in names.get(one, ()) or one in names.get(other, ())


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({row["short"]: frozenset(row["full"].split("|")) for row in rows("nicknames.tsv")})
