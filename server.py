"""The server: `python server.py` runs it, `gunicorn --worker-class gevent server:app` too.

KG_DATA names the data folder, HOST and PORT the address of the first form.
"""

import os

if __name__ == "__main__":
    # Before anything else is imported: threads, sockets and processes become gevent's.
    from gevent import monkey

    monkey.patch_all()

from kg.web import create_app, serve

if __name__ == "__main__":
    serve(None, os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
else:
    app = create_app()
