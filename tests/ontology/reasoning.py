"""The ontology, the vocabularies it is aligned to and the sample in one graph, and two reasoners over it."""

import importlib.util
import io
import shutil
from functools import cache
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, Graph, URIRef

from kg.iris import PREFIXES
from kg.resources import folder

DECLARATIONS = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items())
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")  # what owlrl types its findings as
HERMIT = shutil.which("java") is not None and importlib.util.find_spec("owlready2") is not None
needs_hermit = pytest.mark.skipif(
    not HERMIT, reason="needs HermiT: a Java runtime (apt-get install default-jre-headless) and `make install-reasoner`"
)


@cache
def stated() -> Graph:
    """All that is stated: the ontology, the facts of the aligned vocabularies, and the sample of a cable."""
    graph = Graph().parse(folder("ontology") / "ontology.ttl")
    graph.parse(folder("ontology") / "aligned" / "vocabularies.ttl")
    return graph.parse(Path(__file__).parent / "sample.ttl")


def with_more(turtle: str) -> Graph:
    """What is stated, and what a test plants."""
    return Graph().parse(data=DECLARATIONS + turtle, format="turtle") + stated()


def by_rules(graph: Graph) -> list[str]:
    """The contradictions that the rules of OWL 2 RL find."""
    closure = Graph() + graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    errors = [str(closure.value(node, None)) for node in closure.subjects(RDF.type, ERROR)]
    return errors + [str(node) for node in closure.subjects(RDF.type, OWL.Nothing)]


def by_hermit(graph: Graph) -> list[str]:
    """The classes that HermiT finds to have no member, or `inconsistent` where nothing can be true at once.

    HermiT knows the datatypes of OWL 2, which lack xsd:date and xsd:gYear; it leaves those ranges out.
    """
    import owlready2

    world = owlready2.World()
    data = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
    world.get_ontology("https://example.org/all").load(fileobj=data, format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, ignore_unsupported_datatypes=True, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return ["inconsistent"]
    return [str(one) for one in world.inconsistent_classes()]
