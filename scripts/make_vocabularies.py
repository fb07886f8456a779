"""Make the vocabularies that come from tables: TAGS terms, posts and countries, the prefixes, and the JSON-LD context.

usage: python scripts/make_vocabularies.py

Writes ontology/tags.ttl, posts.ttl, countries.ttl, prefixes.ttl and context.jsonld from kg/data, kg.iris and
ontology/ontology.ttl. The same input gives the same bytes; a test compares them with the files that are there.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from kg.iris import CK, DEFAULT_BASE, PREFIXES, Iris
from kg.tables import Country, Post, TagTerm, countries, posts, tag_terms

ONTOLOGY: Final = Path(__file__).parent.parent / "ontology"
IRIS: Final = Iris()
US: Final = "US"

Values = Iterator[tuple[str, str]]


class Kind(NamedTuple):
    """What a kind of kg/data/tags.tsv means: the slug of the kind of a term, and its era as EDTF."""

    slug: str
    era: str | None


TAG_KINDS: Final = MappingProxyType(
    {
        "geo": Kind("geographic", None),
        "geo-1970s": Kind("geographic", "197X"),
        "organization": Kind("organization", None),
        "program": Kind("program", None),
        "region": Kind("region", None),
        "subject": Kind("subject", None),
        "subject-1970s": Kind("subject", "197X"),
    }
)

# Geographic terms that no FIPS code of today explains, or that stood for another country in the handbook of 1974. They
# lead to the countries of today, for that is what people look for; PQ (Canal Zone) and SK (Sikkim) have no heir here.
DENOTED: Final = MappingProxyType(
    {
        "BP": ("SB",),
        "CZ": ("CSHH",),
        "DM": ("BJ",),
        "FT": ("DJ",),
        "GN": ("KI", "TV"),
        "GZ": ("PS",),
        "IV": ("CI",),
        "MW": ("ME",),
        "NH": ("VU",),
        "NS": ("SR",),
        "NT": ("BQ", "CW", "SX"),
        "PN": ("PA",),
        "PQ": (),
        "PT": ("TL",),
        "PU": ("GW",),
        "RH": ("ZW",),
        "SK": (),
        "SR": ("RS",),
        "SS": ("EH",),
        "TC": ("AE",),
        "TQ": ("FM", "MH", "MP", "PW"),
        "UR": ("SUHH",),
        "UV": ("BF",),
        "VN": ("VN",),
        "VS": ("VN",),
        "WA": ("NA",),
        "WB": ("DE",),
        "YI": ("CSXX",),
        "YO": ("YUCS",),
        "YS": ("YE",),
    }
)

# The table names Czechoslovakia (CSHH) where Serbia and Montenegro (CSXX) succeeded.
SUCCESSORS: Final = MappingProxyType({"YUCS": ("SI", "HR", "BA", "CSXX", "XK", "MK")})

TAGS_HEADER: Final = """\
# TAGS terms (Traffic Analysis by Geography and Subject), made by scripts/make_vocabularies.py from kg/data/tags.tsv.
#
# Sources: 5 FAH-3 H-011.1 and the TAGS handbook of 1974 (RG 59), both works of the US government; FIPS 10-4 by way of
# GeoNames (CC BY 4.0). dcterms:source names the source of each term; some still wait to be checked.
"""
POSTS_HEADER: Final = """\
# Posts that send cables, made by scripts/make_vocabularies.py from kg/data/posts.tsv.
#
# Sources: the list of origins of the Cablegate release; routing indicators from headers of cables and from ACP 117
# CAN-US SUPP-1; cities and their coordinates from GeoNames (CC BY 4.0, https://www.geonames.org/). A host country is
# the country of today: it takes no side where the place is disputed.
"""
COUNTRIES_HEADER: Final = """\
# Countries and territories, historical ones included, made by scripts/make_vocabularies.py from kg/data/countries.tsv.
#
# Sources: rigour (MIT), GeoNames (CC BY 4.0, https://www.geonames.org/), countryinfo (MIT); ids of Wikidata (CC0).
"""
PREFIXES_HEADER: Final = """\
# The prefixes of example queries and of tools that complete names, made by scripts/make_vocabularies.py from kg.iris.
"""

THINGS: Final = MappingProxyType(
    {kind: f"{DEFAULT_BASE}{kind}/" for kind in ("country", "post", "tag", "term")}
    | {"prefix": f"{DEFAULT_BASE}prefixes#"}
    | {"geonames": "https://sws.geonames.org/", "wd": "http://www.wikidata.org/entity/"}
)
NAMESPACES: Final = MappingProxyType({**PREFIXES, **THINGS})

# What a JSON-LD document of a thing uses besides the terms of the ontology.
BORROWED: Final = (
    "dcterms:isReplacedBy", "foaf:name", "geo:asWKT",
    "skos:altLabel", "skos:definition", "skos:exactMatch", "skos:inScheme", "skos:notation", "skos:prefLabel",
    "wgs84:lat", "wgs84:long",
)  # fmt: skip

_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


def files() -> dict[str, str]:
    """The content of each file by its name."""
    return {
        "context.jsonld": context(),
        "countries.ttl": turtle(COUNTRIES_HEADER, (_country(one) for _, one in sorted(countries().items()))),
        "posts.ttl": turtle(POSTS_HEADER, (_post(one) for one in posts())),
        "prefixes.ttl": turtle(PREFIXES_HEADER, _prefixes()),
        "tags.ttl": turtle(TAGS_HEADER, [_tag_scheme(), *(_tag(one) for _, one in sorted(tag_terms().items()))]),
    }


def turtle(header: str, blocks: Iterable[str]) -> str:
    """A Turtle file that declares just the prefixes that its blocks use."""
    body = "\n".join(blocks)
    used = (name for name in sorted(NAMESPACES) if re.search(rf"(?<![\w:]){name}:", body))
    return header + "\n" + "".join(f"@prefix {name}: <{NAMESPACES[name]}> .\n" for name in used) + "\n" + body


def context() -> str:
    """The JSON-LD 1.1 context: our terms by their local names, with the types of their values."""
    graph = Graph().parse(ONTOLOGY / "ontology.ttl")
    own = sorted(str(term) for term in set(graph.subjects(RDF.type)) if str(term).startswith(CK))
    borrowed = [NAMESPACES[name.split(":")[0]] + name.split(":")[1] for name in BORROWED]
    terms: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type", **dict(sorted(PREFIXES.items()))}
    terms["label"] = {"@id": "rdfs:label"}
    for term in (*own, *borrowed):
        terms[re.split("[#/]", term)[-1]] = _definition(graph, term)
    return json.dumps({"@context": terms}, indent=2, ensure_ascii=False) + "\n"


def _definition(graph: Graph, term: str) -> object:
    node = URIRef(term)
    kinds = set(graph.objects(node, RDF.type))
    if OWL.Class in kinds:
        return _name(term)
    if OWL.ObjectProperty in kinds:
        return {"@id": _name(term), "@type": "@id"}
    datatype = graph.value(node, RDFS.range)
    if datatype is None or datatype == XSD.string:
        return {"@id": _name(term)}
    return {"@id": _name(term), "@type": _name(str(datatype))}


def _country(country: Country) -> str:
    return _block(IRIS.country(country.code), _country_values(country))


def _country_values(country: Country) -> Values:
    yield "a", "schema:Country"
    yield "rdfs:label", _english(country.name)
    yield "schema:name", _english(country.name)
    if country.full_name is not None and country.full_name != country.name:
        yield "schema:alternateName", _english(country.full_name)
    yield "ck:countryCode", _string(country.code)
    yield from _optional("ck:iso3", country.iso3)
    yield from _optional("ck:fipsCode", country.fips)
    yield from _optional("ck:region", country.region)
    for word in country.demonym.split(",") if country.demonym is not None else ():
        yield "ck:demonym", _string(word.strip())
    if country.is_historical:
        yield "ck:isHistorical", "true"
    for successor in SUCCESSORS.get(country.code, country.successors):
        yield "dcterms:isReplacedBy", _name(IRIS.country(successor))
    if country.wikidata is not None:
        yield "skos:exactMatch", f"wd:{country.wikidata}"
    if country.geonames_id is not None:
        yield "skos:exactMatch", _geonames(country.geonames_id)


def _post(post: Post) -> str:
    return _block(IRIS.post(post.slug), _post_values(post))


def _post_values(post: Post) -> Values:
    yield "a", "ck:Post"
    yield "a", "org:OrganizationalUnit"
    yield "a", "schema:Organization"
    yield "rdfs:label", _english(post.label)
    yield "schema:name", _english(post.label)
    yield "ck:postKind", _name(IRIS.term(f"post-{post.kind}"))
    for station in post.stations:
        yield "ck:station", _string(station)
    yield from _optional("ck:routingIndicator", post.routing_indicator)
    yield from _optional("ck:plad", post.plad)
    yield "ck:represents", _name(IRIS.country(US))
    if post.country is not None:
        yield "ck:hostCountry", _name(IRIS.country(post.country))
        if post.kind != "mission":
            yield "ck:accreditedTo", _name(IRIS.country(post.country))
            yield "schema:areaServed", _name(IRIS.country(post.country))
    yield from _optional("ck:city", post.city)
    if post.latitude is not None and post.longitude is not None:
        yield "wgs84:lat", f'"{_decimal(post.latitude)}"^^xsd:decimal'
        yield "wgs84:long", f'"{_decimal(post.longitude)}"^^xsd:decimal'
        # WKT counts the longitude first.
        yield "geo:asWKT", f'"POINT({post.longitude} {post.latitude})"^^geo:wktLiteral'
    if post.geonames_id is not None:
        yield "schema:location", _geonames(post.geonames_id)


def _tag_scheme() -> str:
    title = _english("TAGS: Traffic Analysis by Geography and Subject")
    tops = [("skos:hasTopConcept", _name(IRIS.tag(term))) for term in sorted(tag_terms())]
    head = [("a", "skos:ConceptScheme"), ("rdfs:label", title), ("skos:prefLabel", title)]
    return _block(IRIS.term("tags"), iter([*head, *tops]))


def _tag(tag: TagTerm) -> str:
    return _block(IRIS.tag(tag.term), _tag_values(tag))


def _tag_values(tag: TagTerm) -> Values:
    kind = TAG_KINDS[tag.kind]
    scheme = _name(IRIS.term("tags"))
    yield "a", "ck:Tag"
    yield "a", "skos:Concept"
    yield "rdfs:label", _english(tag.meaning)
    yield "skos:prefLabel", _english(tag.meaning)
    yield "skos:notation", _string(tag.term)
    yield "ck:tagKind", _name(IRIS.term(f"tag-{kind.slug}"))
    yield from _optional("ck:era", kind.era)
    if kind.slug == "geographic":
        for code in denoted(tag.term):
            yield "ck:denotes", _name(IRIS.country(code))
    yield "skos:inScheme", scheme
    yield "skos:topConceptOf", scheme
    yield "dcterms:source", _string(tag.source)


def denoted(term: str) -> tuple[str, ...]:
    """The codes of the countries that a geographic TAGS term stands for: `CH` is China, `CN` in ISO 3166."""
    if term in DENOTED:
        return DENOTED[term]
    return tuple(country.code for country in countries().values() if country.fips == term)


def _prefixes() -> Iterator[str]:
    label = ("rdfs:label", _english("Prefixes of the example queries"))
    yield _block(f"{DEFAULT_BASE}prefixes", iter([label, *(("sh:declare", f"prefix:{n}") for n in sorted(PREFIXES))]))
    for name, namespace in sorted(PREFIXES.items()):
        yield _block(NAMESPACES["prefix"] + name, _prefix_values(name, namespace))


def _prefix_values(name: str, namespace: str) -> Values:
    yield "a", "sh:PrefixDeclaration"
    yield "rdfs:label", _english(f"prefix {name}")
    yield "sh:prefix", _string(name)
    yield "sh:namespace", f'"{namespace}"^^xsd:anyURI'


def _block(subject: str, values: Values) -> str:
    """One subject with its values, those of one property on one line as far as they fit."""
    grouped: dict[str, list[str]] = {}
    for property_, value in values:
        grouped.setdefault(property_, []).append(value)
    lines = [f"{property_} {_listed(objects)}" for property_, objects in grouped.items()]
    return f"{_name(subject)} " + " ;\n    ".join(lines) + " .\n"


def _listed(objects: list[str]) -> str:
    lines = [""]
    for value in objects:
        if len(lines[-1]) + len(value) > 100:
            lines.append("")
        lines[-1] += f"{value}, "
    return "\n        ".join(line.rstrip() for line in lines).rstrip(",")


def _name(iri: str) -> str:
    """An IRI as Turtle has it: with a prefix where the rest is a plain local name."""
    for prefix, namespace in _longest_first(NAMESPACES):
        rest = iri.removeprefix(namespace)
        if rest != iri and _LOCAL_NAME.fullmatch(rest):
            return f"{prefix}:{rest}"
    return f"<{iri}>"


def _longest_first(namespaces: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(namespaces.items(), key=lambda item: (-len(item[1]), item[0]))


def _geonames(number: str) -> str:
    return f"<{NAMESPACES['geonames']}{number}/>"


def _optional(property_: str, value: str | None) -> Values:
    if value is not None:
        yield property_, _string(value)


def _english(text: str) -> str:
    return f"{_string(text)}@en"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _decimal(text: str) -> str:
    # The canonical form, which a store would give back in any case, so that dump and store say the same.
    return text.rstrip("0").rstrip(".") if "." in text else text


def main() -> None:
    for name, content in files().items():
        (ONTOLOGY / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
