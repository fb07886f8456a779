"""Read from a cable what its unqualified words mean: whose President, and which country's government GOC is."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from kg.cables.model import Cable
from kg.extraction.lexicon import COUNTRY, DEMONYM, country_words, government, mapping, word_set
from kg.extraction.nationality import Setting
from kg.extraction.tokens import Reading
from kg.tables import countries, posts_by_slug


def setting_of(cable: Cable, readings: Sequence[Reading]) -> Setting:
    """The setting of a cable: its host country, from the post or else from its foreign TAGS terms."""
    tagged = _tagged(cable)
    mentioned = _mentioned(readings)
    host, basis = _host(cable), "host-country"
    is_at_organization = cable.post in word_set("missions-to-organizations")
    if is_at_organization:
        host = None
    post = host if host != "US" else None
    foreign = [code for code in tagged if code != "US"]
    if host in (None, "US") or (len(foreign) == 1 and host not in foreign):
        # The Department, a mission to an organization, or a post that reports on another country.
        about = [code for code in mentioned if code in foreign] or [code for code in mentioned if code != "US"][:1]
        host, basis = (
            (about[0], "tags")
            if about
            else (foreign[0], "tags")
            if foreign
            else (None if host == "US" else host, basis)
        )
    return Setting(
        host=host,
        host_basis=basis,
        government=_governments(host, foreign, mentioned),
        year=cable.sent_at.year if cable.sent_at is not None else 0,
        post=post,
        near=frozenset((host, *foreign)),
        named=frozenset((host, *foreign, *mentioned)),
        is_at_organization=is_at_organization,
    )


def _host(cable: Cable) -> str | None:
    post = posts_by_slug().get(cable.post or "")
    return post.country if post is not None and post.kind != "department" else None


def _tagged(cable: Cable) -> list[str]:
    return [tag.country for tag in cable.tags if tag.country is not None]


def _mentioned(readings: Sequence[Reading]) -> list[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        for index in reading.places(DEMONYM | COUNTRY):
            token = reading.tokens[index]
            if token.bits & DEMONYM:
                _count(counts, country_words("demonym").get(token.text))
            else:
                _count(counts, country_words("name").get(token.text))
    return [code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _count(counts: Counter[str], code: str | None) -> None:
    if code is not None:
        counts[code] += 1


def _governments(host: str | None, tagged: Sequence[str], mentioned: Sequence[str]) -> Callable[[str], str | None]:
    """How to read a code: the host, a TAGS country or a named country with these initials, else the table's."""
    order = [code for code in (host, *tagged, *mentioned) if code is not None]

    def resolve(word: str) -> str | None:
        known = government(word)
        if known is None or not known.startswith("?"):
            return known
        letters = known[1:].lower()
        usual = mapping("government_codes.tsv", "code", "country").get(word)
        return next((code for code in order if letters in _initials(code)), usual)

    return resolve


@cache
def _initials(code: str) -> frozenset[str]:
    """The letters that can stand for a country after GO: `c` and `co` for Colombia, `es` for El Salvador."""
    country = countries().get(code)
    if country is None:
        return frozenset()
    words = country.name.replace("-", " ").lower().split()
    initials = "".join(word[0] for word in words if word not in ("of", "the", "and"))
    return frozenset((words[0][0], words[0][:2], words[0][:3], initials, code.lower()))
