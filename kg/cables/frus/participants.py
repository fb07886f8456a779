"""Read the list PARTICIPANTS of a memorandum of conversation: name, title and key of each person."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from kg.cables.model import CleanText, Participant
from kg.cables.spans import trim
from kg.tables import rows

_GROUP: Final = re.compile(r"(?P<title>[^:,\n]{1,60}):[ ]+(?=\S)")  # Ambassadors: Doe, Roe, and Poe
_PIECE: Final = re.compile(r"[^,]+")
_IN_GROUP: Final = re.compile(r"(?:and[ ])?(?P<name>[^\s,](?:(?!,|[ ]and[ ]).){0,80})")
_WORD: Final = re.compile(r"[^\s,;()]+")
_BRACKETS: Final = re.compile(r"[ ]?\([^()]{0,120}\)\Z")
_MOST_NAMESAKES: Final = 50

# Persons by each word of their surnames: key, and all words of the name.
_Index = Mapping[str, Sequence[tuple[str, frozenset[str]]]]


def read_participants(clean: CleanText, spans: Iterable[tuple[int, int]], stated: str) -> tuple[Participant, ...]:
    """The participants of the lines of a list; `stated` is what the edition says of persons: `p_RJ_1=Roe, Jane Q.|…`.

    A line that is a country or ends with a colon names a side, not a person. A line without a name, `The Secretary`,
    gives a title.
    """
    persons = _index(stated)
    return tuple(one for span in spans for one in _of_line(clean, *trim(clean.text, *span), persons))


def _index(stated: str) -> _Index:
    out: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for entry in stated.split("|"):
        key, _, name = entry.partition("=")
        # The surname of a name that is not turned round, `Faisal ibn Abd al-Aziz`, may be any word of it.
        for word in dict.fromkeys(_words(name.partition(",")[0])):
            out.setdefault(word, []).append((key, frozenset(_words(name))))
    return out


def _of_line(clean: CleanText, start: int, end: int, persons: _Index) -> Iterator[Participant]:
    text = clean.text
    if start == end or text[end - 1] == ":" or _is_side(text[start:end]):
        return
    group = _GROUP.match(text, start, end)
    if group is not None:
        for piece in _IN_GROUP.finditer(text, group.end(), end):
            yield _participant(clean, trim(text, *piece.span("name")), piece["name"].strip(), [group["title"]], persons)
        return
    pieces = [match.group().strip() for match in _PIECE.finditer(text, start, end)]
    at = next((at for at, piece in enumerate(pieces) if _key(_without_titles(piece, persons)[1], persons)), 0)
    before, name = _without_titles(pieces[at], persons)
    yield _participant(clean, (start, end), name, [*pieces[:at], before, *pieces[at + 1 :]], persons)


def _participant(clean: CleanText, span: tuple[int, int], name: str, titles: list[str], persons: _Index) -> Participant:
    return Participant(
        as_sent=clean.found[slice(*span)],
        start=span[0],
        end=span[1],
        name=name or None,
        title=", ".join(filter(None, titles)) or None,
        person_key=_key(name, persons),
    )


def _without_titles(piece: str, persons: _Index) -> tuple[str, str]:
    """The title that stands before a name, and the name; `Mr.` and its like are neither."""
    words = list(_WORD.finditer(_BRACKETS.sub("", piece)))
    if words and _bare(words[0].group()) == "the" and not _key(words[-1].group(), persons):  # The Harbor Master
        return piece, ""
    at = 0
    while at < len(words) and _bare(words[at].group()) in _title_words():
        at += 1
    if words and at == len(words) and _key(words[-1].group(), persons):  # Secretary King
        at -= 1
    title = piece[: words[at].start()].strip() if at < len(words) else piece
    while at < len(words) - 1 and _bare(words[at].group()) in _honorifics():
        at += 1
    return title, piece[words[at].start() :].strip() if at < len(words) else ""


def _key(name: str, persons: _Index) -> str | None:
    """The key of the one person whose name agrees with a name: the words of one are all in the other, and a surname."""
    words = frozenset(_words(name))
    near = {
        key
        for word in words
        for key, known in persons.get(word, ())[:_MOST_NAMESAKES]
        if words <= known or known <= words
    }
    return near.pop() if len(near) == 1 else None


def _is_side(line: str) -> bool:
    return line.casefold().removeprefix("the ") in _sides()


@cache
def _sides() -> frozenset[str]:
    names = {row["term"].casefold() for row in rows("country_words.tsv") if row["use"] == "name"}
    return frozenset(names | {"us", "u.s.", "foreign"})


def _words(name: str) -> list[str]:
    return [_bare(word) for word in _WORD.findall(_BRACKETS.sub("", name))]


def _bare(word: str) -> str:
    return word.casefold().strip(".’'")


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("honorifics.tsv"))


@cache
def _title_words() -> frozenset[str]:
    """The words that titles are made of, their plurals too; surnames that are titles are told by the persons' list."""
    titles = {word for row in rows("titles.tsv") for word in row["term"].split()}
    words = titles | {row["word"] for row in rows("role_words.tsv")} | {"the", "lt", "of", "state", "under"}
    return frozenset(words | {f"{word}s" for word in titles}) - _honorifics()
