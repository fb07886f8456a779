"""How the ontology changes from version to version, and how users' data and queries follow."""
