"""Snapshots and those who read them: publishing, opening, and the query workers."""
