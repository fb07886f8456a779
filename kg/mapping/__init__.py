"""Map values to N-Triples: one list of sorted lines for a cable, one for the entities that cables share."""
