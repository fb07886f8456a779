"""The command line `kg`: build a graph from cables, ask it, serve it, explain its facts.

Data goes to stdout, talk to stderr. Exit codes: 0 all went well, 1 something could not be done (what could is done), 2
wrong use.
"""

import logging

import click

from kg import __version__
from kg.cli import asking, building, migrating, quarantine, reading, serving, validating


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn diplomatic cables into a knowledge graph, and ask it.

    A SOURCE is a file, a folder, an archive, or - for standard input. Formats are found by content.
    """
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)


for command in (
    *(building.build, building.add, building.init),
    *(reading.parse, reading.extract, reading.evaluate, reading.extractors),
    *(validating.validate, quarantine.quarantine, migrating.migrate),
    *(asking.query, asking.describe, asking.explain, asking.judge),
    *(serving.serve, serving.queries),
):
    main.add_command(command)
