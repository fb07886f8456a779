"""Make one query over all focus nodes of the SELECT of a SPARQL constraint, which SHACL asks for one node at a time.

SHACL binds $this before the query runs. So does LATERAL (an extension of SPARQL that Oxigraph has) for each focus node.
"""

from typing import Final

from kg.store.lexer import tokens

# SHACL refuses MINUS, SERVICE and VALUES itself; the others mean something else when all nodes are asked about at once.
_REFUSED: Final = {
    "FROM",
    "GRAPH",
    "GROUP",
    "HAVING",
    "LIMIT",
    "MINUS",
    "OFFSET",
    "ORDER",
    "SERVICE",
    "UNION",
    "VALUES",
}
_UNBOUND: Final = {"PATH", "path", "shapesGraph", "currentShape"}


def over_all(select: str, focus: str) -> str:
    """The SELECT of a constraint for every node of a pattern of focus nodes; ValueError where that is another query."""
    opening, closing = None, 0
    selects = 0
    projected: list[str] = []
    for token in tokens(select):
        word = token.text.upper()
        if token.kind == "word" and word in _REFUSED:
            raise ValueError(f"{word} stands in its query, which is asked for all focus nodes at once")
        if token.kind == "variable" and token.text[1:] in _UNBOUND:
            raise ValueError(f"{token.text} stands in its query and has no value in the store")
        closing = token.start if token.text == "}" else closing
        selects += token.kind == "word" and word == "SELECT"
        if opening is None and token.text == "{":
            opening = token.start + 1
        elif opening is None and token.kind == "variable":
            projected.append(token.text[1:])
    if opening is None or selects != 1 or "this" not in projected:
        raise ValueError("its query is not a single SELECT of $this and other variables by name")
    return f"{select[:opening]} {focus} LATERAL {{ {select[opening:closing]} }} {select[closing:]}"
