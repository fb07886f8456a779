"""The one place that joins strings to IRIs.

All functions give absolute IRIs as strings under `base` (setting KG_BASE), with what is not allowed in an IRI
percent-encoded. Terms of the ontology stay under https://w3id.org/cablekg/ontology# whatever the base.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

CK: Final = "https://w3id.org/cablekg/ontology#"
CKS: Final = "https://w3id.org/cablekg/shapes#"
DEFAULT_BASE: Final = "https://w3id.org/cablekg/"

# The prefixes of the project: for queries, Turtle and the sh:declare list in the graph.
PREFIXES: Final = {
    "ck": CK,
    "cks": CKS,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Whatever RFC 3987 allows in a path segment or a fragment without meaning something else there.
_SAFE: Final = "-._~!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one knowledge graph."""

    base: str = DEFAULT_BASE

    def cable(self, canonical_id: str) -> str:
        """`/cable/09BOGOTA335`."""
        return f"{self.base}cable/{_part(canonical_id)}"

    def part(self, canonical_id: str, key: str) -> str:
        """A part or another fragment of a cable: `/cable/09BOGOTA335#p6`, `#refD`, `#to1`."""
        return f"{self.cable(canonical_id)}#{_part(key)}"

    def mention(self, canonical_id: str, part: str, start: int, end: int) -> str:
        """`/cable/09BOGOTA335#p6-0-10`, from the first span of the mention."""
        return self.part(canonical_id, f"{part}-{start}-{end}")

    def meeting(self, canonical_id: str, number: int) -> str:
        """`/meeting/09BOGOTA335-1`."""
        return f"{self.base}meeting/{_part(canonical_id)}-{number}"

    def occasion(self, canonical_id: str, number: int) -> str:
        """`/occasion/09BOGOTA335-1`, from the first of the meetings that report it."""
        return f"{self.base}occasion/{_part(canonical_id)}-{number}"

    def agreement(self, canonical_id: str, number: int) -> str:
        """`/agreement/09BOGOTA335-1`."""
        return f"{self.base}agreement/{_part(canonical_id)}-{number}"

    def instrument(self, slug: str) -> str:
        """`/instrument/abm-treaty`."""
        return f"{self.base}instrument/{_part(slug)}"

    def tenure(self, canonical_id: str, number: int) -> str:
        """`/tenure/09BOGOTA335-1`."""
        return f"{self.base}tenure/{_part(canonical_id)}-{number}"

    def official(self, name: str) -> str:
        """`/official/` and the ten characters of its opaque name."""
        return f"{self.base}official/{_part(name)}"

    def position(self, slug: str) -> str:
        """`/position/co-defense-minister`."""
        return f"{self.base}position/{_part(slug)}"

    def post(self, slug: str) -> str:
        """`/post/bogota`."""
        return f"{self.base}post/{_part(slug)}"

    def organization(self, slug: str) -> str:
        """`/org/nsc-washdc`."""
        return f"{self.base}org/{_part(slug)}"

    def country(self, code: str) -> str:
        """`/country/CO`."""
        return f"{self.base}country/{_part(code)}"

    def place(self, slug: str) -> str:
        """`/place/mexico-city`."""
        return f"{self.base}place/{_part(slug)}"

    def tag(self, term: str) -> str:
        """`/tag/PGOV`; white space in a term becomes an underscore."""
        return f"{self.base}tag/{_part('_'.join(term.split()))}"

    def term(self, slug: str) -> str:
        """`/term/priority`: precedence, classification, caption, kind or status."""
        return f"{self.base}term/{_part(slug)}"

    def graph(self, name: str) -> str:
        """`/graph/provenance`."""
        return f"{self.base}graph/{_part(name)}"

    def judgement(self, digest: str) -> str:
        """`/judgement/` and the digest of what was judged."""
        return f"{self.base}judgement/{_part(digest)}"

    def release(self, canonical_id: str) -> str:
        """`/release/09BOGOTA335`: that a person accepts the cable in spite of the shapes."""
        return f"{self.base}release/{_part(canonical_id)}"

    def candidate(self, digest: str) -> str:
        """`/candidate/` and the digest of the pair that may be one person."""
        return f"{self.base}candidate/{_part(digest)}"

    def expand(self, text: str) -> str:
        """The IRI that a person gives in full or in short: `09BOGOTA335#p6`, `/cable/09BOGOTA335`, `official/k3v7…`."""
        if "://" in text:
            return text
        path, hash_sign, fragment = text.strip().lstrip("/").partition("#")
        places = path.split("/") if "/" in path else ["cable", path]
        return self.base + "/".join(map(_part, places)) + hash_sign + _part(fragment)

    def shorten(self, iri: str) -> str:
        """An IRI without the base of the graph; that of a cable and its fragments without `cable/` too."""
        return iri.removeprefix(self.base).removeprefix("cable/") if iri.startswith(self.base) else iri

    @property
    def dataset(self) -> str:
        """The void:Dataset of the whole graph."""
        return f"{self.base}.well-known/void#dataset"


# Names of cables, parts, posts and terms come again and again; encoding them anew was a third of the mapping.
@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """The lower-case letters and digits of a text joined by single hyphens, accents folded; `x` where none are left."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "-".join(_words(c for c in folded if not unicodedata.combining(c))) or "x"


def _words(characters: Iterable[str]) -> list[str]:
    return "".join(c if c.isascii() and c.isalnum() else " " for c in characters).split()


@lru_cache(maxsize=16384)
def _part(text: str) -> str:
    return quote(text, safe=_SAFE)
