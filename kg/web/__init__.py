"""The server: a Flask application that relays between clients and the pool of query workers."""

from kg.web.app import create_app
from kg.web.server import serve

__all__ = ["create_app", "serve"]
