"""Map an occasion that several cables report, and lead its reports to it."""

from kg.identity.occasions import Occasion
from kg.iris import Iris
from kg.mapping import values
from kg.mapping.ntriples import iri, literal, statements
from kg.terms import CK_CONFIDENCE, CK_OCCASION, CK_OCCASION_CLASS, CK_RULE, RDF_TYPE, RDFS_LABEL


def map_occasion(occasion: Occasion, iris: Iris) -> list[str]:
    """The lines of an occasion, named by its first report, and of its reports' way to it."""
    first = occasion.reports[0]
    node = iri(iris.occasion(first.canonical_id, first.number))
    lines = statements(
        node,
        [
            (RDF_TYPE, iri(CK_OCCASION_CLASS)),
            (RDFS_LABEL, literal(first.label)),
            (CK_RULE, literal(occasion.rule)),
            (CK_CONFIDENCE, values.confidence(occasion.score)),
        ],
    )
    for report in occasion.reports:
        lines += statements(iri(iris.meeting(report.canonical_id, report.number)), [(CK_OCCASION, node)])
    return lines
