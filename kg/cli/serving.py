"""Serve the graph, and look at what a server does: `kg serve`, `kg queries`."""

import json
from pathlib import Path

import click

from kg import settings
from kg.cli.common import data_option, json_option, reported
from kg.errors import UsageError


@click.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@reported
def serve(data: Path, host: str, port: int) -> None:
    """Serve the graph: a SPARQL endpoint at /sparql, and a page for everything in it.

    Settings are environment variables. The most important: KG_WORKERS and KG_QUEUE (queries at the same time and
    waiting), KG_TIMEOUT (seconds) and KG_MEMORY (MiB) of a query, KG_RATE (requests a second and client), KG_PROXIES
    (proxies in front), KG_UPDATE_TOKEN (who may write), KG_ADMIN_TOKEN (who may stop queries), KG_ACCESS_LOG (a path,
    - or off). docs/reference/settings.md lists all.
    """
    from kg.store.folder import DataFolder

    DataFolder(data).snapshot()
    settings.check()
    _check_address(host, port)
    told = f"Serving {data} at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C ends it)"
    # The server patches the process for gevent as it is imported, so nothing else of it is imported before.
    from kg.web.server import serve as run_server

    run_server(data, host, port, lambda: click.echo(told, err=True))


@click.command()
@click.option("--url", default="http://127.0.0.1:8000/", show_default=True, help="The address of the server.")
@click.option("--kill", "query_id", metavar="ID", help="Stop the query of this id.")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file with the admin's token.  [default: KG_ADMIN_TOKEN, else KG_ADMIN_TOKEN_FILE]",
)
@json_option
@reported
def queries(url: str, query_id: str | None, token_file: Path | None, as_json: bool) -> None:
    """List the queries and writes that a running server works on, or stop one.

    The server knows the admin's token by KG_ADMIN_TOKEN or KG_ADMIN_TOKEN_FILE.
    """
    from kg.console import print_table
    from kg.remote import RemoteServer, read_token

    server = RemoteServer(url, read_token(token_file))
    if query_id is not None:
        server.stop(query_id)
        click.echo(f"Stopped {query_id}.", err=True)
        return
    found = server.queries()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_table(
            ("id", "state", "seconds", "query"),
            ([each["id"], each["state"], f"{each['seconds']:.1f}", each["query"]] for each in found),
        )


def _check_address(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before the server starts and tries it again and again."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Choose another --port (make serve: PORT=...)."
        ) from error
