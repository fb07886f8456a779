"""The terms of the ontology as full IRIs, and the tables that lead from what a cable says to the terms it means.

The first half names classes and properties; a test compares them with ontology/ontology.ttl. The second half holds the
slugs of `/term/...`: docs/reference/mapping.md lists them, ontology/terms.ttl describes them.
"""

from types import MappingProxyType
from typing import Final

from kg.iris import CK, CKS, PREFIXES, slug

_DCTERMS: Final = PREFIXES["dcterms"]
_ORG: Final = PREFIXES["org"]
_PROV: Final = PREFIXES["prov"]
_RDFS: Final = PREFIXES["rdfs"]
_SCHEMA: Final = PREFIXES["schema"]
_SH: Final = PREFIXES["sh"]
_SKOS: Final = PREFIXES["skos"]
_XSD: Final = PREFIXES["xsd"]

RDF_TYPE: Final = PREFIXES["rdf"] + "type"
RDFS_COMMENT: Final = _RDFS + "comment"
RDFS_LABEL: Final = _RDFS + "label"

XSD_BOOLEAN: Final = _XSD + "boolean"
XSD_DATE: Final = _XSD + "date"
XSD_DATE_TIME: Final = _XSD + "dateTime"
XSD_DECIMAL: Final = _XSD + "decimal"
XSD_G_YEAR: Final = _XSD + "gYear"
XSD_INTEGER: Final = _XSD + "integer"

# Classes of the ontology.
CK_ADDRESSING: Final = CK + "Addressing"
CK_AGREEMENT: Final = CK + "Agreement"
CK_CABLE: Final = CK + "Cable"
CK_CITED_CABLE: Final = CK + "CitedCable"
CK_EXTRACTION_RULE: Final = CK + "ExtractionRule"
CK_INSTRUMENT_CLASS: Final = CK + "Instrument"
CK_MEETING: Final = CK + "Meeting"
CK_MENTION: Final = CK + "Mention"
CK_OCCASION_CLASS: Final = CK + "Occasion"
CK_OFFICIAL: Final = CK + "Official"
CK_PARAGRAPH: Final = CK + "Paragraph"
CK_POSITION: Final = CK + "Position"
CK_REFERENCE: Final = CK + "Reference"
CK_SOURCE_TEXT: Final = CK + "SourceText"
CK_TAG: Final = CK + "Tag"
CK_TENURE: Final = CK + "Tenure"
CK_TEXT_PART: Final = CK + "TextPart"

# Classes of others that are written beside them.
FOAF_PERSON: Final = PREFIXES["foaf"] + "Person"
ORG_ORGANIZATION: Final = _ORG + "Organization"
ORG_POST: Final = _ORG + "Post"
PROV_ACTIVITY: Final = _PROV + "Activity"
PROV_PLAN: Final = _PROV + "Plan"
SCHEMA_CREATIVE_WORK: Final = _SCHEMA + "CreativeWork"
SCHEMA_EVENT: Final = _SCHEMA + "Event"
SCHEMA_MESSAGE: Final = _SCHEMA + "Message"
SCHEMA_PERSON: Final = _SCHEMA + "Person"
SCHEMA_PLACE: Final = _SCHEMA + "Place"
SKOS_CONCEPT: Final = _SKOS + "Concept"

# Properties of the ontology.
CK_ACTION_ADDRESSEE: Final = CK + "actionAddressee"
CK_ADDRESSEE: Final = CK + "addressee"
CK_AGREEMENT_KIND: Final = CK + "agreementKind"
CK_ALIAS: Final = CK + "alias"
CK_ANCHOR: Final = CK + "anchor"
CK_AS_SENT: Final = CK + "asSent"
CK_CANONICAL_ID: Final = CK + "canonicalId"
CK_CAPTION: Final = CK + "caption"
CK_CITES: Final = CK + "cites"
CK_CLASSIFICATION: Final = CK + "classification"
CK_CLASSIFICATION_REASON: Final = CK + "classificationReason"
CK_CLASSIFIED_BY: Final = CK + "classifiedBy"
CK_CONCLUDED_AT: Final = CK + "concludedAt"
CK_CONFIDENCE: Final = CK + "confidence"
CK_DATE_BASIS: Final = CK + "dateBasis"
CK_DATE_TEXT: Final = CK + "dateText"
CK_DATE_TIME_GROUP: Final = CK + "dateTimeGroup"
CK_DECLASSIFY_ON: Final = CK + "declassifyOn"
CK_DEPOSITARY: Final = CK + "depositary"
CK_DIGEST: Final = CK + "digest"
CK_EDTF: Final = CK + "edtf"
CK_EVIDENCE: Final = CK + "evidence"
CK_EXECUTIVE_ORDER: Final = CK + "executiveOrder"
CK_EXEMPTED: Final = CK + "exempted"
CK_FORMAT: Final = CK + "format"
CK_HAS_ADDRESSING: Final = CK + "hasAddressing"
CK_HAS_PARAGRAPH: Final = CK + "hasParagraph"
CK_HAS_PART: Final = CK + "hasPart"
CK_HAS_REFERENCE: Final = CK + "hasReference"
CK_HAS_TAG: Final = CK + "hasTag"
CK_HAS_TEXT: Final = CK + "hasText"
CK_HEADING: Final = CK + "heading"
CK_HELD_IN: Final = CK + "heldIn"
CK_HOLDER: Final = CK + "holder"
CK_INFO_ADDRESSEE: Final = CK + "infoAddressee"
CK_INSTRUMENT: Final = CK + "instrument"
CK_IN_FORCE_SINCE: Final = CK + "inForceSince"
CK_IN_ORGANIZATION: Final = CK + "inOrganization"
CK_IN_PART: Final = CK + "inPart"
CK_IS_PARTIAL: Final = CK + "isPartial"
CK_IS_PREFERRED: Final = CK + "isPreferred"
CK_LETTER: Final = CK + "letter"
CK_MEETING_KIND: Final = CK + "meetingKind"
CK_MEETING_STATUS: Final = CK + "meetingStatus"
CK_MESSAGE_REFERENCE_NUMBER: Final = CK + "messageReferenceNumber"
CK_MET_WITH: Final = CK + "metWith"
CK_NAMES: Final = CK + "names"
CK_NOT_AFTER: Final = CK + "notAfter"
CK_NOT_BEFORE: Final = CK + "notBefore"
CK_NUMBER: Final = CK + "number"
CK_OF_COUNTRY: Final = CK + "ofCountry"
CK_OCCASION: Final = CK + "occasion"
CK_ORDINAL: Final = CK + "ordinal"
CK_PARTICIPANT: Final = CK + "participant"
CK_PARTICIPANT_TEXT: Final = CK + "participantText"
CK_PARTY: Final = CK + "party"
CK_PORTION_MARKING: Final = CK + "portionMarking"
CK_POSITION_HELD: Final = CK + "position"
CK_PRECEDENCE: Final = CK + "precedence"
CK_PROBLEM: Final = CK + "problem"
CK_REFERENCE_KIND: Final = CK + "referenceKind"
CK_REFERS_TO: Final = CK + "refersTo"
CK_REPORTED_IN: Final = CK + "reportedIn"
CK_ROUTING_INDICATOR: Final = CK + "routingIndicator"
CK_RULE: Final = CK + "rule"
CK_SEGMENTS: Final = CK + "segments"
CK_SENT_AT: Final = CK + "sentAt"
CK_SENT_FROM: Final = CK + "sentFrom"
CK_SERIAL: Final = CK + "serial"
CK_SIDE: Final = CK + "side"
CK_SIGNED_BY: Final = CK + "signedBy"
CK_SIGNED_IN: Final = CK + "signedIn"
CK_SOURCE: Final = CK + "source"
CK_SPANS: Final = CK + "spans"
CK_STATUS: Final = CK + "status"
CK_SUBJECT_LINE: Final = CK + "subjectLine"
CK_SUMMARY_PART: Final = CK + "summaryPart"
CK_TAG_KIND: Final = CK + "tagKind"
CK_TENURE_STATUS: Final = CK + "tenureStatus"
CK_TEXT: Final = CK + "text"
CK_TRANSMISSION_ID: Final = CK + "transmissionId"

# Properties of others that are written beside them.
DCTERMS_ACCESS_RIGHTS: Final = _DCTERMS + "accessRights"
DCTERMS_IS_REPLACED_BY: Final = _DCTERMS + "isReplacedBy"
DCTERMS_REFERENCES: Final = _DCTERMS + "references"
DCTERMS_SUBJECT: Final = _DCTERMS + "subject"
DCTERMS_TITLE: Final = _DCTERMS + "title"
FOAF_KNOWS: Final = PREFIXES["foaf"] + "knows"
FOAF_NAME: Final = PREFIXES["foaf"] + "name"
ORG_HOLDS: Final = _ORG + "holds"
ORG_POST_IN: Final = _ORG + "postIn"
PROV_WAS_DERIVED_FROM: Final = _PROV + "wasDerivedFrom"
PROV_WAS_GENERATED_BY: Final = _PROV + "wasGeneratedBy"
SCHEMA_ATTENDEE: Final = _SCHEMA + "attendee"
SCHEMA_CC_RECIPIENT: Final = _SCHEMA + "ccRecipient"
SCHEMA_DATE_SENT: Final = _SCHEMA + "dateSent"
SCHEMA_LOCATION: Final = _SCHEMA + "location"
SCHEMA_NAME: Final = _SCHEMA + "name"
SCHEMA_SENDER: Final = _SCHEMA + "sender"
SCHEMA_START_DATE: Final = _SCHEMA + "startDate"
SCHEMA_TO_RECIPIENT: Final = _SCHEMA + "toRecipient"
SKOS_ALT_LABEL: Final = _SKOS + "altLabel"
SKOS_DEFINITION: Final = _SKOS + "definition"
SKOS_NOTATION: Final = _SKOS + "notation"

# The words of a validation report.
SH_CONFORMS: Final = _SH + "conforms"
SH_FOCUS_NODE: Final = _SH + "focusNode"
SH_RESULT: Final = _SH + "result"
SH_RESULT_MESSAGE: Final = _SH + "resultMessage"
SH_RESULT_PATH: Final = _SH + "resultPath"
SH_RESULT_SEVERITY: Final = _SH + "resultSeverity"
SH_SOURCE_CONSTRAINT_COMPONENT: Final = _SH + "sourceConstraintComponent"
SH_SOURCE_SHAPE: Final = _SH + "sourceShape"
SH_VALIDATION_REPORT: Final = _SH + "ValidationReport"
SH_VALIDATION_RESULT: Final = _SH + "ValidationResult"
SH_VALUE: Final = _SH + "value"
CKS_SOURCE: Final = CKS + "source"
CKS_LINE: Final = CKS + "line"

# Precedence code → slug of its term (5 FAH-2 H-312).
PRECEDENCES: Final = MappingProxyType({"Z": "flash", "O": "immediate", "P": "priority", "R": "routine"})

# Classification as the Cablegate CSV spells it, without what stands after `//` → slug of its term.
CLASSIFICATIONS: Final = MappingProxyType(
    {
        "UNCLASSIFIED": "unclassified",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY": "fouo",
        "FOR OFFICIAL USE ONLY": "fouo",
        "LIMITED OFFICIAL USE": "limited-official-use",
        "CONFIDENTIAL": "confidential",
        "SECRET": "secret",
        "TOP SECRET": "top-secret",
    }
)

# First word of a portion marking → slug of the classification it stands for; what follows (`C/NF`, `S//REL ISAF`) is
# kept in the marking as sent. Sensitive but unclassified is what the CSV calls FOR OFFICIAL USE ONLY.
PORTION_MARKINGS: Final = MappingProxyType(
    {
        "U": "unclassified",
        "SBU": "fouo",
        "FOUO": "fouo",
        "LOU": "limited-official-use",
        "C": "confidential",
        "S": "secret",
        "TS": "top-secret",
    }
)

# Slug of a classification → the portion marking that says it and nothing else.
PLAIN_MARKINGS: Final = MappingProxyType(
    {
        "unclassified": "U",
        "fouo": "SBU",
        "limited-official-use": "LOU",
        "confidential": "C",
        "secret": "S",
        "top-secret": "TS",
    }
)

# Caption → slug of its term, for the captions that ontology/terms.ttl describes. Any other is written with the shared
# entities, under the slug of its words.
CAPTIONS: Final = MappingProxyType(
    {
        "CORRECTED COPY": "corrected-copy",
        "DSSR": "dssr",
        "EFTO": "efto",
        "EXDIS": "exdis",
        "EYES ONLY": "eyes-only",
        "FOR OFFICIAL USE ONLY": "fouo",
        "FOUO": "fouo",
        "LIMDIS": "limdis",
        "NESCO": "nesco",
        "NODIS": "nodis",
        "NOFORN": "noforn",
        "ONLY": "only",
        "ROGER CHANNEL": "roger-channel",
        "SENSITIVE": "sensitive",
        "SENSITIVE BUT UNCLASSIFIED": "fouo",
        "SIPDIS": "sipdis",
        "STADIS": "stadis",
    }
)


def classification_terms(classification: str) -> tuple[str, tuple[str, ...]]:
    """The slug of a classification and the captions that stand with it: `CONFIDENTIAL//NOFORN`.

    A classification that the table lacks gets the slug of its words, which the shapes then report.
    """
    known = CLASSIFICATIONS.get(classification)
    if known is not None:
        return known, ()
    level, *captions = (word.strip() for word in classification.split("//"))
    return CLASSIFICATIONS.get(level, slug(level)), tuple(filter(None, captions))


def portion_term(marking: str) -> str | None:
    """The slug of the classification that a portion marking stands for: `S//FGI//NF` is secret; None for others."""
    words = marking.replace("/", " ").replace("-", " ").split()
    return PORTION_MARKINGS.get(words[0].upper()) if words else None


def kind_term(prefix: str, kind: str) -> str:
    """The slug of a kind or status: `meeting-courtesy-call`, `agreement-in-force`, `reference-e-mail`."""
    return f"{prefix}-{slug(kind)}"


def caption_term(caption: str) -> str:
    """The slug of a caption."""
    return CAPTIONS.get(caption, slug(caption))


def is_known_caption(caption: str) -> bool:
    """Whether the vocabulary describes a caption."""
    return caption_term(caption) in _CAPTION_SLUGS


_CAPTION_SLUGS: Final = frozenset(CAPTIONS.values())
