"""Ids of cables: canonical ids, the stations in them, and what malformed ones mean."""
