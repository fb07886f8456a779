"""Map the header of a cable: its own node, its addressees, references and texts."""

from collections.abc import Iterator, Sequence

from kg.cables.model import Addressee, Cable, Part, Reference, SourceNote
from kg.iris import Iris, slug
from kg.mapping import values
from kg.mapping.naming import (
    addressee_name,
    addressee_node,
    addressings,
    caption_texts,
    folded,
    keyed_references,
    sender_node,
    texts,
)
from kg.mapping.ntriples import iri, literal, statements
from kg.mapping.parts import segments
from kg.tables import posts_by_slug
from kg.terms import (
    CK_ACTION_ADDRESSEE,
    CK_ADDRESSEE,
    CK_ADDRESSING,
    CK_ALIAS,
    CK_AS_SENT,
    CK_CABLE,
    CK_CANONICAL_ID,
    CK_CAPTION,
    CK_CITES,
    CK_CLASSIFICATION,
    CK_CLASSIFICATION_REASON,
    CK_DATE_TIME_GROUP,
    CK_DECLASSIFY_ON,
    CK_DIGEST,
    CK_EXECUTIVE_ORDER,
    CK_EXEMPTED,
    CK_FORMAT,
    CK_HAS_ADDRESSING,
    CK_HAS_PARAGRAPH,
    CK_HAS_PART,
    CK_HAS_REFERENCE,
    CK_HAS_TAG,
    CK_HAS_TEXT,
    CK_INFO_ADDRESSEE,
    CK_IS_PARTIAL,
    CK_IS_PREFERRED,
    CK_LETTER,
    CK_MESSAGE_REFERENCE_NUMBER,
    CK_NAMES,
    CK_PRECEDENCE,
    CK_PROBLEM,
    CK_REFERENCE,
    CK_REFERENCE_KIND,
    CK_ROUTING_INDICATOR,
    CK_SEGMENTS,
    CK_SENT_AT,
    CK_SENT_FROM,
    CK_SERIAL,
    CK_SOURCE,
    CK_SOURCE_TEXT,
    CK_SUBJECT_LINE,
    CK_SUMMARY_PART,
    CK_TRANSMISSION_ID,
    DCTERMS_ACCESS_RIGHTS,
    DCTERMS_REFERENCES,
    DCTERMS_SUBJECT,
    DCTERMS_TITLE,
    PRECEDENCES,
    PROV_WAS_DERIVED_FROM,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA_CC_RECIPIENT,
    SCHEMA_DATE_SENT,
    SCHEMA_MESSAGE,
    SCHEMA_SENDER,
    SCHEMA_TO_RECIPIENT,
    caption_term,
    classification_terms,
    kind_term,
)

Pairs = Iterator[tuple[str, str]]


def map_header(cable: Cable, canonical_id: str, parts: Sequence[Part], iris: Iris) -> list[str]:
    """The lines of the cable's own node and of its addressees, references and texts; `parts` are those it links to."""
    node = iri(iris.cable(canonical_id))
    lines = statements(node, _identification(cable, canonical_id))
    lines += statements(node, _dates(cable))
    lines += statements(node, _markings(cable, iris))
    lines += statements(node, _traffic(cable, canonical_id, iris))
    lines += statements(node, _subject_matter(cable, canonical_id, iris))
    lines += statements(node, _contents(cable, canonical_id, parts, iris))
    lines += _addressing_lines(cable, canonical_id, iris)
    lines += _reference_lines(cable, canonical_id, iris)
    return lines + _text_lines(cable, canonical_id, parts, iris)


def _identification(cable: Cable, canonical_id: str) -> Pairs:
    yield RDF_TYPE, iri(CK_CABLE)
    yield RDF_TYPE, iri(SCHEMA_MESSAGE)
    yield CK_CANONICAL_ID, literal(canonical_id)
    for alias in cable.aliases:
        yield CK_ALIAS, literal(alias)
    if cable.message_reference_number is not None:
        yield CK_MESSAGE_REFERENCE_NUMBER, literal(cable.message_reference_number.as_sent)
    if cable.transmission_id is not None:
        yield CK_TRANSMISSION_ID, literal(cable.transmission_id.value)
    if cable.subject is None:
        yield RDFS_LABEL, literal(canonical_id)
    else:
        subject = literal(cable.subject.value)
        yield RDFS_LABEL, literal(f"{canonical_id}: {cable.subject.value}")
        yield CK_SUBJECT_LINE, subject
        yield DCTERMS_TITLE, subject


def _dates(cable: Cable) -> Pairs:
    if cable.date_time_group is not None:
        yield CK_DATE_TIME_GROUP, literal(cable.date_time_group.as_sent)
    if cable.sent_at is not None:
        sent_at = values.instant(cable.sent_at)
        yield CK_SENT_AT, sent_at
        yield SCHEMA_DATE_SENT, sent_at
    if cable.declassify_on is not None:
        yield CK_DECLASSIFY_ON, values.day(cable.declassify_on.value)
    if cable.executive_order is not None:
        yield CK_EXECUTIVE_ORDER, literal(cable.executive_order.value)


def _markings(cable: Cable, iris: Iris) -> Pairs:
    for code in cable.precedences:
        yield CK_PRECEDENCE, _precedence(code, iris)
    if cable.classification is not None:
        level = iri(iris.term(classification_terms(cable.classification.value)[0]))
        yield CK_CLASSIFICATION, level
        yield DCTERMS_ACCESS_RIGHTS, level
    for caption in caption_texts(cable):
        yield CK_CAPTION, iri(iris.term(caption_term(caption)))
    if cable.classified_by is not None:
        for reason in cable.classified_by.reasons:
            yield CK_CLASSIFICATION_REASON, literal(reason)


def _traffic(cable: Cable, canonical_id: str, iris: Iris) -> Pairs:
    sender = sender_node(cable, iris)
    if sender is not None:
        yield CK_SENT_FROM, sender
        yield SCHEMA_SENDER, sender
    for addressee in cable.action_addressees:
        yield CK_ACTION_ADDRESSEE, addressee_node(addressee, iris)
        yield SCHEMA_TO_RECIPIENT, addressee_node(addressee, iris)
    for addressee in cable.info_addressees:
        yield CK_INFO_ADDRESSEE, addressee_node(addressee, iris)
        yield SCHEMA_CC_RECIPIENT, addressee_node(addressee, iris)
    for key, _ in addressings(cable):
        yield CK_HAS_ADDRESSING, iri(iris.part(canonical_id, key))


def _subject_matter(cable: Cable, canonical_id: str, iris: Iris) -> Pairs:
    for tag in cable.tags:
        node = iri(iris.tag(tag.term))
        yield CK_HAS_TAG, node
        yield DCTERMS_SUBJECT, node
    for key, reference in keyed_references(cable):
        yield CK_HAS_REFERENCE, iri(iris.part(canonical_id, key))
        if reference.target is not None:
            cited = iri(iris.cable(reference.target))
            yield CK_CITES, cited
            yield DCTERMS_REFERENCES, cited


def _contents(cable: Cable, canonical_id: str, parts: Sequence[Part], iris: Iris) -> Pairs:
    for part in parts:
        property_ = CK_HAS_PARAGRAPH if part.kind == "paragraph" else CK_HAS_PART
        node = iri(iris.part(canonical_id, part.key))
        yield property_, node
        if _is_summary(part, cable.summary):
            yield CK_SUMMARY_PART, node
    for number, (_, notes) in enumerate(texts(cable), 1):
        node = iri(iris.part(canonical_id, f"text{number}"))
        yield CK_HAS_TEXT, node
        if notes[0].is_preferred:
            yield PROV_WAS_DERIVED_FROM, node
    if cable.is_partial:
        yield CK_IS_PARTIAL, values.truth(True)
    for problem in cable.problems:
        yield CK_PROBLEM, literal(problem.code)


def _is_summary(part: Part, summary: tuple[int, int] | None) -> bool:
    if summary is None or part.kind not in ("paragraph", "unnumbered"):
        return False
    return part.start < summary[1] and summary[0] < part.end


def _addressing_lines(cable: Cable, canonical_id: str, iris: Iris) -> list[str]:
    lines: list[str] = []
    for key, addressee in addressings(cable):
        lines += statements(iri(iris.part(canonical_id, key)), _addressing(addressee, cable.precedences, iris))
    return lines


def _addressing(addressee: Addressee, of_cable: Sequence[str], iris: Iris) -> Pairs:
    yield RDF_TYPE, iri(CK_ADDRESSING)
    # The label is the line as sent, but for its white space; ck:asSent would say it twice. What only the source of a
    # cable says was never sent as a line.
    yield RDFS_LABEL, literal(folded(addressee.as_sent) or addressee_name(addressee))
    yield CK_ADDRESSEE, addressee_node(addressee, iris)
    if addressee.routing_indicator is not None and addressee.routing_indicator != _own_indicator(addressee):
        yield CK_ROUTING_INDICATOR, literal(addressee.routing_indicator)
    if addressee.precedence is not None and (addressee.precedence,) != tuple(of_cable):
        # Where the cable has one precedence, it is that of each addressee.
        yield CK_PRECEDENCE, _precedence(addressee.precedence, iris)
    if addressee.serial is not None:
        yield CK_SERIAL, literal(addressee.serial)
    for exempted in addressee.exempted:
        yield CK_EXEMPTED, literal(exempted)


def _own_indicator(addressee: Addressee) -> str | None:
    """The routing indicator that the post of an addressee has anyway."""
    post = posts_by_slug().get(addressee.post or "")
    return post.routing_indicator if post is not None else None


def _precedence(code: str, iris: Iris) -> str:
    return iri(iris.term(PRECEDENCES.get(code, slug(code))))


def _reference_lines(cable: Cable, canonical_id: str, iris: Iris) -> list[str]:
    lines: list[str] = []
    for key, reference in keyed_references(cable):
        lines += statements(iri(iris.part(canonical_id, key)), _reference(reference, iris))
    return lines


def _reference(reference: Reference, iris: Iris) -> Pairs:
    what = reference.target or folded(reference.as_sent)
    yield RDF_TYPE, iri(CK_REFERENCE)
    yield RDFS_LABEL, literal(what if reference.letter is None else f"{reference.letter}. {what}")
    yield CK_AS_SENT, literal(reference.as_sent)
    yield CK_REFERENCE_KIND, iri(iris.term(kind_term("reference", reference.kind)))
    if reference.letter is not None:
        yield CK_LETTER, literal(reference.letter)
    if reference.target is not None:
        yield CK_NAMES, iri(iris.cable(reference.target))


def _text_lines(cable: Cable, canonical_id: str, parts: Sequence[Part], iris: Iris) -> list[str]:
    lines: list[str] = []
    for number, (_, notes) in enumerate(texts(cable), 1):
        node = iri(iris.part(canonical_id, f"text{number}"))
        lines += statements(node, _text(f"{canonical_id} text {number}", notes))
        if number == 1 and parts:
            # The first text is the one that the cable was read from.
            lines += statements(node, [(CK_SEGMENTS, literal(segments(parts)))])
    return lines


def _text(label: str, notes: list[SourceNote]) -> Pairs:
    yield RDF_TYPE, iri(CK_SOURCE_TEXT)
    yield RDFS_LABEL, literal(label)
    yield CK_DIGEST, literal(notes[0].digest)
    yield CK_FORMAT, literal(notes[0].format)
    yield CK_IS_PREFERRED, values.truth(notes[0].is_preferred)
    for note in notes:
        yield CK_SOURCE, literal(f"{note.source}:{note.position}")
