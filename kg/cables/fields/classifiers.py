"""The officers of a Classified By line: their names and the title of the first.

The words that are titles, offices and places part the line into runs; what is left of a run may be a name. So
`DCM John Roe`, `John Roe, DCM` and `Ambassador to Ruritania John Roe` are read alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from kg.cables.fields.classifier_words import (
    BINDING,
    OFFICE,
    PLACE,
    TITLE,
    UNKNOWN,
    WORD,
    begins_name,
    is_acronym,
    use_of,
)
from kg.tables import is_given_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """Who classified a cable: the names, and the title of the first; `title` alone where no person is named."""

    names: tuple[str, ...]
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    text: str
    start: int
    end: int
    use: str


# "Charge d'Affaires, a.i.", "Charge, d,Affaires a. i.", "CHARGE DE AFFAIRES AD INTERIM": one title, whatever parts it.
_CHARGE: Final = re.compile(
    r"\bcharg[eé]['’]?(?:,?\s(?:d|de)?\s?['’,`]?\s?aff?\w{2,7})?(?:,?\s(?:a\.?\s?i\.?|ad\s+interim)(?=[\s,;]|\Z))?",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\s,;:()/]+(?:/[^\s,;:()/]*)*(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)?|[,;:()]", re.IGNORECASE)
_SUFFIX: Final = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\.?\Z", re.IGNORECASE)
_PARTICLES: Final = frozenset(
    (
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "las",
        "le",
        "van",
        "von",
        "y",
    )
)
# A word of a name: Roe, O'Donnell, S.K., AFinch, 0. (a zero typed for an initial O).
_NAME: Final = re.compile(r"0\.|[A-Z][A-Za-z'’`.\u00c0-\u024f-]*(?:,?\s(?:Jr|Sr|II|III|IV)\.?)?", re.IGNORECASE)
_QUOTES: Final = '"“”'
# "AmbassadorJane": a title that lost the space behind it.
_GLUED: Final = re.compile(r"(?P<title>[A-Z][a-z]{5,})(?=[A-Z][a-z])")
_CONJUNCTIONS: Final = frozenset({"AND", "&"})
_ABBREVIATED: Final = re.compile(r"(?:\.\w|\bAmb)\.\Z")  # "a.i.", "Amb."
_MOST_WORDS: Final = 6


@lru_cache(maxsize=8192)
def classifiers(head: str) -> Classifier:
    """The officers that a line names; `head` is the line without its keyword and its reasons, folded.

    What was read is kept: the same officers classify most cables of a post.
    """
    segments = list(_segments(head))
    names: list[tuple[int, int]] = []
    for segment in segments:
        if not names:
            names += _names(segment)
        else:
            # A further officer stands behind "and": "X, ACTING, AND DCM Y".
            names += [name for after in _after_conjunction(segment) if (name := _second(after)) is not None]
    return Classifier(
        names=tuple(_text(head, *name) for name in names), title=_title(head, names[0] if names else None)
    )


def _segments(head: str) -> Iterator[list[_Word]]:
    """The words between commas, brackets, dashes, and behind the full stop of a sentence."""
    # Copies in small letters have names in small letters too.
    shown = head.title() if head.islower() and len(head.title()) == len(head) else head
    plain = _CHARGE.sub(lambda match: re.sub(r"[\s,]", "_", match.group()), shown)
    segment: list[_Word] = []
    for match in _WORD.finditer(plain):
        for word in _split_stroke(match.group(), match.start()):
            if word.text in ",;:()-" or word.text == "--":
                yield segment
                segment = []
                continue
            segment.append(word)
            if (
                word.use == UNKNOWN
                and word.text.endswith(".")
                and len(word.text.strip(".")) > 3
                and "." not in word.text[:-1]
            ):
                yield segment
                segment = []
    yield segment


def _split_stroke(text: str, start: int) -> Iterator[_Word]:
    """A word; `DCM/Jane` is the title DCM and the name Jane, as is `AmbassadorJane`."""
    glued = _GLUED.match(text)
    if glued is not None and use_of(glued["title"]) == TITLE and use_of(text) != TITLE:
        yield _word(glued["title"], start)
        yield _word(text[glued.end() :], start + glued.end())
        return
    before, stroke, after = text.rpartition("/")
    if stroke and is_given_name(after.upper()) and not after.isupper():
        yield _word(before, start)
        yield _word(after, start + len(before) + 1)
    else:
        yield _word(text, start)


def _word(text: str, start: int) -> _Word:
    return _Word(
        text=text, start=start, end=start + len(text), use=TITLE if "_" in text else use_of(_SUFFIX.sub("", text))
    )


def _names(segment: Sequence[_Word]) -> list[tuple[int, int]]:
    """The names of a segment: that of the best run, and those of officers joined to it by `and`."""
    for at, word in enumerate(segment):
        if word.text.upper() in _CONJUNCTIONS and _joins_officers(segment, at):
            return [*_names(segment[:at]), *_names(segment[at + 1 :])]
    best: tuple[int, int, int] | None = None
    for run, behind_title in _runs(segment):
        found = _name_in(run, behind_title=behind_title)
        if found is not None and (best is None or found[0] >= best[0]):
            best = found
    return [best[1:]] if best is not None else []


def _joins_officers(segment: Sequence[_Word], at: int) -> bool:
    """Whether `and` stands between a whole name and a further title or name: not in `Political and Economic Chief`."""
    before = [run for run, _ in _runs(segment[:at])]
    if not before or segment[at - 1] is not before[-1][-1] or at + 2 >= len(segment):
        return False
    found = _name_in(before[-1], behind_title=True)
    # A given name, or several words that nothing binds to a title ("for Nets and Ropes").
    is_whole = found is not None and (found[0] > 2 or (found[0] > 1 and found[1] == before[-1][0].start))
    return is_whole and (segment[at + 1].use in (TITLE, OFFICE) or begins_name(segment[at + 1].text))


def _after_conjunction(segment: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    for at, word in enumerate(segment):
        if word.text.upper() in _CONJUNCTIONS:
            yield segment[at + 1 :]


def _second(segment: Sequence[_Word]) -> tuple[int, int] | None:
    """The name of a further officer: behind a title or with a given name, of two words or more."""
    for run, behind_title in _runs(segment):
        found = _name_in(run, behind_title=behind_title)
        if found is not None and behind_title and found[0] > 1:
            return found[1:]
    return None


def _runs(segment: Sequence[_Word]) -> Iterator[tuple[list[_Word], bool]]:
    """The runs of words between titles and offices, and whether a title stands before each."""
    behind_title = False
    for is_title, words in groupby(segment, key=lambda word: word.use in (TITLE, OFFICE)):
        if not is_title:
            yield list(words), behind_title
        behind_title = behind_title or is_title


def _name_in(run: list[_Word], *, behind_title: bool) -> tuple[int, int, int] | None:
    """How sure a name in the run is (3 a known given name, 2 several words, 1 one), and its span; None without one."""
    first, is_bound = _first_of_name(run)
    last = first
    while last < len(run) and last - first < _MOST_WORDS and _goes_on(run, first, last):
        last += 1
    while last > first and run[last - 1].text.lower() in _PARTICLES:
        last -= 1
    words = run[first:last]
    if not any(len(letters) > 1 for word in words for letters in word.text.split(".")):
        return None
    if begins_name(words[0].text) and len(words) > 1:
        return 3, words[0].start, words[-1].end
    is_plain = len(words) == 1 and (is_bound or (not behind_title and words[0].use != UNKNOWN))
    return None if is_plain else (min(len(words), 2), words[0].start, words[-1].end)


def _goes_on(run: list[_Word], first: int, at: int) -> bool:
    text = run[at].text
    if at > first and text.lower() in _PARTICLES and at + 1 < len(run):
        return True
    is_word_of_name = (text[0].isupper() and run[at].use != BINDING) or text[0] in _QUOTES
    return text == "0." or (is_word_of_name and _NAME.fullmatch(text.strip(_QUOTES)) is not None)


def _first_of_name(run: list[_Word]) -> tuple[int, bool]:
    """Where the name of a run begins: behind binding words and the places, words and codes that belong to a title."""
    is_bound = False
    for at, word in enumerate(run):
        left = len(run) - at - 1
        if word.use == BINDING and not (word.text[0].isupper() and word.text.lower() in _PARTICLES and left):
            is_bound = True
        elif begins_name(word.text) and left:
            return at, False
        elif not _is_of_title(run, at, is_bound=is_bound):
            return at, is_bound
    return len(run), is_bound


def _is_of_title(run: list[_Word], at: int, *, is_bound: bool) -> bool:
    """Whether a word before a name belongs to the title: `Ambassador to RURITANIA John Roe`, `IPO John Roe`."""
    word, rest = run[at], run[at + 1 :]
    if not word.text[0].isupper() and word.text != "0.":
        return True
    if len(rest) < 2:
        return bool(rest) and is_acronym(word.text) and not rest[0].text.isupper() and len(word.text) > 1
    if is_bound:
        return word.use in (PLACE, WORD) or any(_is_given(later.text) for later in rest[:-1])
    if is_acronym(word.text) and (_is_given(rest[0].text) or not rest[0].text.isupper()):
        return True
    return word.use in (WORD, PLACE) and not _is_initial(rest[0].text)


def _is_given(text: str) -> bool:
    return begins_name(text) and not _is_initial(text)


def _is_initial(text: str) -> bool:
    return len(text.strip(".")) == 1


def _text(head: str, start: int, end: int) -> str:
    name = " ".join(head[start:end].split())
    return name if _SUFFIX.search(name) else name.rstrip(".,:")


def _title(head: str, name: tuple[int, int] | None) -> str | None:
    """What stands before the name, else behind it, as written."""
    if name is None:
        return head.strip(" ,.;:-") or None
    before, after = head[: name[0]].strip(" ,;:-(/"), head[name[1] :].strip(" ,;:-()")
    title = before or after.lstrip(". ")
    return (title if _ABBREVIATED.search(title) else title.rstrip(".")) or None
