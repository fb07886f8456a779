"""Checks of the ontology after the catalogues of OOPS! (pitfalls) and FOOPS! (FAIR), as far as they need no network."""
