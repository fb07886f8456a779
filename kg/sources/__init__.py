"""Readers: from files, archives and streams to raw cables, one reader a format, found by content."""
