"""Builds: partitions, the pipeline over them, drivers and atomic publishing."""
