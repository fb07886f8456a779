"""The plain query form: a text area, formats, examples from the graph, and answers as tables; without JavaScript."""

from collections.abc import Callable, Iterable
from contextvars import copy_context
from functools import partial
from typing import Any, Final

from flask import Response, render_template, request

from kg.errors import KgError, QueryError
from kg.iris import PREFIXES
from kg.store.pool_answers import Job
from kg.web import editor, outcome
from kg.web.freshness import of_snapshot
from kg.web.links import is_local
from kg.web.negotiation import GRAPHS, HTML, SOLUTIONS
from kg.web.problems import short
from kg.web.rows import Row, Term, bind, query
from kg.web.service import service
from kg.web.threads import beside

SHOWN: Final = 1_000
# A page of so much text has some times as much markup; the web process makes it as a whole.
SHOWN_BYTES: Final = 4 * 2**20
# So many cells take some 20 ms; a page with more of them keeps no other client waiting.
SHORT: Final = 2_500
MOST: Final[dict[str | None, Callable[[Job], str]]] = {
    None: lambda job: "",
    "rows": lambda job: f"{job.max_rows:,} rows",
    "bytes": lambda job: f"{job.max_bytes:,} bytes",
}
FORMATS: Final = (HTML, *SOLUTIONS, *GRAPHS)
FIRST_QUERY: Final = """PREFIX ck: <https://w3id.org/cablekg/ontology#>

SELECT ?cable ?subject ?sent WHERE {
  ?cable a ck:Cable ; ck:subjectLine ?subject ; ck:sentAt ?sent .
}
ORDER BY DESC(?sent)
LIMIT 50
"""


@of_snapshot
def form() -> Response:
    """The form, with a first query, and the example queries."""
    return _page(FIRST_QUERY, examples=examples())


def results(text: str, table: dict[str, Any], job: Job) -> Response:
    """The answer as a table, above which the form stays; it says where the job's caps have cut it off."""
    rows = [[Term(*cell) if cell else None for cell in row] for row in table.get("rows", ())]
    is_long = sum(map(len, rows)) > SHORT
    return _page(text, is_long=is_long, table=table, rows=rows, labels=_labels(rows), most=MOST[table.get("cut")](job))


def failure(text: str, error: QueryError) -> Response:
    """The form with the query that got no answer, and why."""
    place = str(error).partition("\n")[2]
    query_id = request.environ[outcome.QUERY_ID]
    response = _page(text, error=error, reason=short(str(error)), place=place, query_id=query_id)
    response.status_code = error.status
    return response


def examples() -> list[Row]:
    """The example queries of the graph: label, comment, text."""
    return service().rows(query("examples"))


def _labels(rows: Iterable[Iterable[Term | None]]) -> dict[str, str]:
    """The labels of the graph's own things in an answer, for at most SHOWN of them."""
    iris = dict.fromkeys(
        term.value for row in rows for term in row if term is not None and term.kind == "iri" and is_local(term.value)
    )
    found = service().rows(bind(query("labels"), thing=list(iris)[:SHOWN])) if iris else []
    return {row["thing"].value: row["label"].value for row in found}


def _page(text: str, *, is_long: bool = False, **values: object) -> Response:
    if "examples" not in values:
        try:
            values["examples"] = examples()
        except KgError:
            # The page tells of the error it is made for; the list of examples is not worth a second one.
            values["examples"] = []
    is_built = editor.is_built()
    values |= {"query": text, "formats": FORMATS, "prefixes": PREFIXES, "is_built": is_built}
    render = partial(render_template, "query.html", **values)
    # What a template asks of the request and the application is in the context.
    body = beside(partial(copy_context().run, render)) if is_long else render()
    response = Response(body, content_type=HTML.content_type)
    if is_built:
        response.headers["Content-Security-Policy"] = editor.CSP
    response.vary.add("Accept")
    return response
