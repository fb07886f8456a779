"""Name the nodes that a cable refers to: keys, slugs and IRIs that two modules of the mapping must agree on."""

from collections import Counter
from collections.abc import Iterator

from kg.cables.model import Addressee, Cable, Reference, SourceNote
from kg.extraction.model import Participant, Role
from kg.iris import Iris, slug
from kg.mapping.ntriples import iri
from kg.sources.model import FORMATS
from kg.tables import countries
from kg.terms import classification_terms


def folded(text: str) -> str:
    """A text with one space for each run of white space."""
    return " ".join(text.split())


def addressee_name(addressee: Addressee) -> str:
    """What an addressee is called: its plain language address designator, else what the line has."""
    return folded(addressee.plad or addressee.routing_indicator or addressee.as_sent)


def addressee_node(addressee: Addressee, iris: Iris) -> str:
    """The post or the organization that an addressee is."""
    if addressee.post is not None:
        return iri(iris.post(addressee.post))
    return iri(iris.organization(slug(addressee_name(addressee))))


def sender_node(cable: Cable, iris: Iris) -> str | None:
    """The post, else the organization, that a cable was sent from."""
    if cable.post is not None:
        return iri(iris.post(cable.post))
    return iri(iris.organization(slug(cable.originator.value))) if cable.originator is not None else None


def addressings(cable: Cable) -> Iterator[tuple[str, Addressee]]:
    """The addressees with the keys of their lines: `to1`, `to2`, `info1`."""
    for field, addressees in (("to", cable.action_addressees), ("info", cable.info_addressees)):
        for number, addressee in enumerate(addressees, 1):
            yield f"{field}{number}", addressee


def keyed_references(cable: Cable) -> Iterator[tuple[str, Reference]]:
    """The references with their keys: `refD` by letter, `refD-2` where a letter comes again, `ref1` by place."""
    seen = Counter[str]()
    for place, reference in enumerate(cable.references, 1):
        key = f"ref{reference.letter or place}"
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key}-{seen[key]}"), reference


def texts(cable: Cable) -> list[tuple[str, list[SourceNote]]]:
    """The texts of a cable by digest, each with its sources: the preferred one first, then by rank of the format."""
    by_digest: dict[str, list[SourceNote]] = {}
    for note in sorted(cable.sources or (_own_note(cable),), key=_rank):
        by_digest.setdefault(note.digest, []).append(note)
    return list(by_digest.items())


def caption_texts(cable: Cable) -> tuple[str, ...]:
    """The captions of a cable, those in its classification (`CONFIDENTIAL//NOFORN`) among them."""
    own = tuple(caption.value for caption in cable.captions)
    return own if cable.classification is None else own + classification_terms(cable.classification.value)[1]


def position_slug(role: Role) -> str:
    """`co-defense-minister`: country, organization and title of a role; `x-co-president` where it has no country."""
    words = (role.country, role.organization, role.title)
    name = "-".join(slug(word) for word in words if word)
    # A co-president is not the president of Colombia.
    is_like_country = not role.country and name.partition("-")[0].upper() in countries()
    return f"x-{name}" if is_like_country else name


def position_label(role: Role) -> str:
    """`President (Mexico)`: the title, the organization, the country."""
    country = countries().get(role.country or "")
    title = ", ".join(folded(word) for word in (role.title, role.organization) if word)
    return f"{title} ({country.name})" if country is not None else title


def is_body(participant: Participant) -> bool:
    """Whether a participant is an organization with a node of its own."""
    return participant.kind == "body" and participant.person is None


def _own_note(cable: Cable) -> SourceNote:
    raw = cable.raw
    return SourceNote(source=raw.source, position=raw.position, format=raw.format, digest=raw.digest)


def _rank(note: SourceNote) -> tuple[bool, int, str, str, int]:
    rank = FORMATS.index(note.format) if note.format in FORMATS else len(FORMATS)
    return not note.is_preferred, rank, note.digest, note.source, note.position
