"""The plain query form: a text area, formats, examples from the graph, and answers as tables; without JavaScript."""

from typing import Any, Final

from flask import Blueprint, Response, render_template, request

from kg.errors import KgError, QueryError
from kg.iris import PREFIXES
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS
from kg.web.problems import short
from kg.web.rows import Row, Term, query
from kg.web.service import service

blueprint = Blueprint("forms", __name__)
SHOWN: Final = 1_000
FORMATS: Final = (HTML, *SOLUTIONS, *GRAPHS)
FIRST_QUERY: Final = """PREFIX ck: <https://w3id.org/cablekg/ontology#>

SELECT ?cable ?subject ?sent WHERE {
  ?cable a ck:Cable ; ck:subjectLine ?subject ; ck:sentAt ?sent .
}
ORDER BY DESC(?sent)
LIMIT 50
"""


@blueprint.get("/query")
def form() -> Response:
    """The form, with the query of the address or a first one, and the example queries."""
    return _page(request.args.get("query") or FIRST_QUERY, examples=examples())


def results(text: str, table: dict[str, Any]) -> Response:
    """The answer as a table above which the form stays."""
    rows = [[Term(*cell) if cell else None for cell in row] for row in table.get("rows", ())]
    return _page(text, table=table, rows=rows)


def failure(text: str, error: QueryError) -> Response:
    """The form with the query that got no answer, and why."""
    response = _page(text, error=error, reason=short(str(error)))
    response.status_code = error.status
    return response


def examples() -> list[Row]:
    """The example queries of the graph: label, comment, text."""
    return service().rows(query("examples"))


def _page(text: str, **values: object) -> Response:
    if "examples" not in values:
        try:
            values["examples"] = examples()
        except KgError:
            # The page tells of the error it is made for; the list of examples is not worth a second one.
            values["examples"] = []
    body = render_template("query.html", query=text, formats=FORMATS, prefixes=PREFIXES, shown=SHOWN, **values)
    response = Response(body, content_type=HTML.content_type)
    response.vary.add("Accept")
    return response
