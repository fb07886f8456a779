"""What an explanation asks the graph, and which properties it tells under which names and in which order."""

from typing import Final

from kg.explanation import MOST
from kg.iris import CK, PREFIXES

# Said elsewhere in an explanation, repeated for tools, or of use to tools alone.
LEFT_OUT: Final = frozenset(
    CK + name
    for name in (
        "evidence",
        "hasAddressing",
        "hasParagraph",
        "hasPart",
        "hasReference",
        "inPart",
        "refersTo",
        "segments",
        "spans",
        "text",
    )
) | frozenset(
    PREFIXES[prefix] + name
    for prefix, name in (
        ("dcterms", "accessRights"),
        ("dcterms", "references"),
        ("dcterms", "subject"),
        ("dcterms", "title"),
        ("foaf", "name"),
        ("geo", "asWKT"),
        ("rdf", "type"),
        ("rdfs", "label"),
        ("foaf", "knows"),
        ("org", "holds"),
        ("org", "postIn"),
        ("prov", "wasDerivedFrom"),
        ("prov", "wasGeneratedBy"),
        ("schema", "areaServed"),
        ("schema", "attendee"),
        ("schema", "ccRecipient"),
        ("schema", "dateSent"),
        ("schema", "location"),
        ("schema", "name"),
        ("schema", "sender"),
        ("schema", "startDate"),
        ("schema", "toRecipient"),
        ("skos", "closeMatch"),
        ("skos", "inScheme"),
        ("skos", "prefLabel"),
    )
)

# What properties are called here whose label says little to a reader, and those of other vocabularies.
NAMES: Final = {
    CK + "anchor": "IRI made from",
    PREFIXES["dcterms"] + "isReplacedBy": "replaced by",
    PREFIXES["skos"] + "altLabel": "also called",
}

# What a reader asks first of a fact: who, with whom, what, where, when, how surely. All else follows by its name.
FIRST: Final = tuple(
    CK + name
    for name in (
        "holder",
        "position",
        "tenureStatus",
        "participant",
        "participantText",
        "side",
        "party",
        "meetingKind",
        "meetingStatus",
        "ordinal",
        "agreementKind",
        "status",
        "heldIn",
        "dateText",
        "edtf",
        "dateBasis",
        "notBefore",
        "notAfter",
        "concludedAt",
        "instrument",
        "signedIn",
        "inForceSince",
        "depositary",
        "ofCountry",
        "metWith",
        "reportedIn",
        "occasion",
    )
)

STATEMENTS: Final = """
SELECT ?this ?property ?value ?is_thing (MIN(?name_) AS ?name) (MIN(?label_) AS ?label) WHERE {
  ?this ?property ?value
  OPTIONAL { ?property rdfs:label ?name_ }
  OPTIONAL { ?value rdfs:label ?label_ }
  BIND(isIRI(?value) AS ?is_thing)
}
GROUP BY ?this ?property ?value ?is_thing ORDER BY ?property ?value
"""
TYPES: Final = """
SELECT ?this ?type (MIN(?name_) AS ?name) WHERE { ?this a ?type OPTIONAL { ?type rdfs:label ?name_ } }
GROUP BY ?this ?type ORDER BY ?type
"""
MENTION: Final = """
  ?mention ck:inPart ?part .
  ?part ck:text ?text .
  # A mention that stands at one place has it in its IRI.
  OPTIONAL { ?mention ck:spans ?several }
  BIND(COALESCE(?several, REPLACE(STR(?mention), "^.*-([0-9]+-[0-9]+)$", "$1")) AS ?spans)
  ?cable ck:hasParagraph|ck:hasPart ?part .
  OPTIONAL { ?part rdfs:label ?part_label }
  OPTIONAL { ?cable ck:sentAt ?sent_at }
  OPTIONAL { ?mention ck:rule ?mention_rule }
  OPTIONAL { ?mention ck:confidence ?mention_confidence }
  # A meeting's words have no rule of their own, and an unbound ?rule would go with every rule there is.
  BIND(COALESCE(?own_rule, ?mention_rule, "") AS ?rule)
  OPTIONAL { ?extraction_rule a ck:ExtractionRule ; skos:notation ?rule ; ck:confidence ?rule_confidence
    OPTIONAL { ?extraction_rule skos:definition ?meaning } }
  # What states no confidence has that of its rule: a fact with a rule of its own, else the mention.
  BIND(IF(BOUND(?own_rule), ?rule_confidence, ?mention_confidence) AS ?nearest)
  BIND(COALESCE(?own_confidence, ?nearest, ?rule_confidence) AS ?confidence)
"""
COLUMNS: Final = "?mention ?part ?text ?cable ?part_label ?spans ?rule ?meaning ?confidence ?sent_at"
ORDER: Final = f"ORDER BY ?sent_at ?cable ?part ?mention LIMIT {MOST}"
# A person is meant by its mentions, a fact has evidence, and its own rule and confidence; a tenure adds where its role
# stands in the same part.
EVIDENCE: Final = f"""
SELECT DISTINCT ?this ?role_spans {COLUMNS} WHERE {{
  ?this ck:evidence|^ck:refersTo ?mention
  OPTIONAL {{ ?this ck:spans ?role_spans }}
  OPTIONAL {{ ?this ck:rule ?own_rule }}
  OPTIONAL {{ ?this ck:confidence ?own_confidence }}
  {MENTION}
}} {ORDER}
"""
IN_PART: Final = f"SELECT ?this {COLUMNS} WHERE {{ ?mention ck:inPart ?this . {MENTION} }} {ORDER}"
ITSELF: Final = f"SELECT {COLUMNS} WHERE {{ {MENTION} }}"
COUNT: Final = """
SELECT ?this (COUNT(DISTINCT ?mention) AS ?total) WHERE { ?this ck:evidence|^ck:refersTo|^ck:inPart ?mention }
GROUP BY ?this
"""
ABOUT: Final = """
SELECT DISTINCT ?this ?other ?label WHERE {
  ?this ck:refersTo|^ck:evidence ?other
  OPTIONAL { ?other rdfs:label ?label }
}
"""
WHOLE_PART: Final = """
SELECT ?this ?text ?part_label ?cable ?sent_at WHERE {
  ?this ck:text ?text . ?cable ck:hasParagraph|ck:hasPart ?this
  OPTIONAL { ?this rdfs:label ?part_label }
  OPTIONAL { ?cable ck:sentAt ?sent_at }
}
"""


def _related(pattern: str, notes: str = "", order: str = "?label ?other") -> str:
    return f"SELECT DISTINCT ?this ?other ?label {notes} WHERE {{ {pattern} }} ORDER BY {order}"


TENURE: Final = """
  OPTIONAL { ?other ck:tenureStatus/rdfs:label ?stated }
  BIND(COALESCE(?stated, "current") AS ?note1)
  OPTIONAL {
    ?other ck:evidence/ck:inPart/^(ck:hasParagraph|ck:hasPart) ?cable . ?cable ck:canonicalId ?id
    OPTIONAL { ?cable ck:sentAt ?sent_at }
    BIND(CONCAT("in ", ?id, IF(BOUND(?sent_at), CONCAT(" of ", SUBSTR(STR(?sent_at), 1, 10)), "")) AS ?note2)
  }
"""
FACT: Final = """
  OPTIONAL { ?other ck:edtf ?note1 }
  OPTIONAL { ?other ck:reportedIn/ck:canonicalId ?id BIND(CONCAT("in ", ?id) AS ?note2) }
"""
# Another cable's report, with the rule that put the two together.
SAME_OCCASION: Final = """
  ?this ck:occasion ?occasion . ?occasion ck:rule ?by ; ck:confidence ?score .
  ?other ck:occasion ?occasion ; rdfs:label ?label ; ck:reportedIn/ck:canonicalId ?id
  FILTER(?other != ?this)
  BIND(CONCAT("by ", ?by, ", confidence ", STR(?score)) AS ?note1) BIND(CONCAT("in ", ?id) AS ?note2)
"""
# Tenures lead to their cable through their evidence, other facts at once.
IN_CABLE: Final = "?this ^ck:reportedIn|(ck:hasParagraph|ck:hasPart)/^ck:inPart/^ck:evidence ?other"
AS_SENT: Final = "OPTIONAL { ?other ck:asSent ?sent BIND(CONCAT('as sent: ', ?sent) AS ?note1) }"
BY_CABLE: Final = ("?note1 ?note2 ?sent_at", "?sent_at ?other")
BY_DAY: Final = "?note1 ?label ?other"
NOTES: Final = "?note1 ?note2"

# What else belongs to a thing: heading and query; a query that finds nothing for a kind of thing leaves no section.
SECTIONS: Final = (
    (
        "Tenures",
        _related(f"?other ck:holder|ck:position ?this ; rdfs:label ?label . {TENURE}", NOTES, "?sent_at ?other"),
    ),
    ("Meetings", _related(f"?other ck:participant ?this ; rdfs:label ?label . {FACT}", NOTES, BY_DAY)),
    ("The same occasion", _related(SAME_OCCASION, NOTES)),
    ("Told of in", _related(f"?other ck:instrument ?this ; rdfs:label ?label . {FACT}", NOTES, BY_DAY)),
    ("Reports", _related(f"?other ck:occasion ?this ; rdfs:label ?label . {FACT}", NOTES, BY_DAY)),
    ("Agreements concluded here", _related("?other ck:concludedAt ?this ; rdfs:label ?label .")),
    ("References", _related(f"?this ck:hasReference ?other . ?other rdfs:label ?label . {AS_SENT}", "?note1")),
    ("Addressees", _related("?this ck:hasAddressing ?other . ?other rdfs:label ?label .")),
    ("Facts reported", _related(f"{IN_CABLE} . ?other rdfs:label ?label .")),
    ("Parts", _related("?this ck:hasPart|ck:hasParagraph ?other . ?other rdfs:label ?label .", "", "?other")),
    ("Stands in", _related("?other ck:hasReference|ck:hasAddressing|ck:hasText ?this ; rdfs:label ?label .")),
    ("Cited by", _related("?other ck:cites ?this ; rdfs:label ?label .")),
    ("Replaces", _related("?other dcterms:isReplacedBy ?this ; rdfs:label ?label .")),
)
# Sections whose entries stand in the order of the text.
IN_TEXT_ORDER: Final = frozenset({"Addressees", "Parts", "References"})
SEGMENTS: Final = "SELECT ?this ?segments WHERE { ?this ck:hasText/ck:segments ?segments }"
# A judgement tells itself as a sentence.
_TOLD: Final = """rdfs:label ?name ; ck:score ?score
  OPTIONAL { ?judgement rdfs:comment ?told }
  BIND(COALESCE(?told, ?name) AS ?label)
"""
# A person's judgement has no rate.
_RATE: Final = 'BIND(IF(?score < 1, CONCAT("right in ", STR(ROUND(100 * ?score)), " of 100 cases"), ?none) AS ?note1)'
ONE_PERSON: Final = _related(
    f"""GRAPH ?graph {{
      ?judgement a ck:Judgement ; ck:candidate ?this ; ck:verdict ?same ; {_TOLD}
      BIND(?judgement AS ?other) {_RATE}
    }}""",
    "?graph ?same ?note1",
)
APART: Final = _related(
    f"""GRAPH ?graph {{
      ?judgement a ck:Judgement ; ck:candidate ?this, ?other ; ck:verdict ?different ; {_TOLD}
      FILTER(?other != ?this) {_RATE}
    }}""",
    "?graph ?different ?note1",
)
CANDIDATES: Final = _related(
    f"""GRAPH ?graph {{
      ?judgement a ck:IdentityCandidate ; ck:candidate ?this, ?other ; {_TOLD}
      FILTER(?other != ?this) BIND(CONCAT("score ", STR(?score)) AS ?note1)
    }}""",
    "?graph ?note1",
)
LISTED: Final = _related(
    """GRAPH ?graph { ?this skos:closeMatch ?other }
    BIND("Office of the Historian, Department of State" AS ?label)""",
    "?graph",
)


DOUBTFUL: Final = _related(
    """GRAPH ?graph { ?this ck:reportedIn ?other }
    BIND("not sure enough to stand among the facts of this cable" AS ?label)""",
    "?graph",
)
