"""A front end that listens, for what talks to it as others do."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread

from werkzeug.serving import make_server


@contextmanager
def listening(app):
    """The address of an application while it listens, with a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
