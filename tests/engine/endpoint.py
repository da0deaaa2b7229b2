"""An endpoint on this machine that counts who asks it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

ANSWER = {
    "head": {"vars": ["o"]},
    "results": {"bindings": [{"o": {"type": "literal", "value": "from afar"}}]},
}


class Endpoint:
    """Where it is, and what it was asked: path and query of each request."""

    def __init__(self, server):
        self.address = f"http://127.0.0.1:{server.server_port}/"
        self.asked = []


@contextmanager
def endpoint():
    """One that answers ANSWER; ``/elsewhere`` sends on to ``/sparql``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"] or 0)
            found.asked.append((self.path, self.rfile.read(size).decode()))
            if self.path == "/elsewhere":
                self.send_response(307)
                self.send_header("Location", found.address + "sparql")
                body = b""
            else:
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                body = json.dumps(ANSWER).encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Endpoint(server)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()
