"""A SPARQL server made for tests: it says what it is told to, or cuts answers."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl

import pyoxigraph

JSON = "application/sparql-results+json"
NT = "application/n-triples"
YES = b'{"head": {}, "boolean": true}'


class Upstream:
    """A server on a free port of this machine.

    Attributes:
        address: where it answers.
        asked: the form fields and headers of each request.
        gone: set when a client has closed the connection it waited on.
    """

    def __init__(self, reply):
        self.reply = reply
        self.asked = []
        self.gone = Event()
        self.connections = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def upstream(reply):
    """A server; ``reply`` gets the handler and the form fields, and writes."""
    found = Upstream(reply)
    try:
        yield found
    finally:
        found.close()


def said(status=200, body=YES, media=JSON, length=None, **headers):
    """A reply that is always the same; a header's name has _ for -."""

    def reply(handler, _):
        handler.send_response(status)
        if media is not None:
            handler.send_header("Content-Type", media)
        if length is not False:
            handler.send_header("Content-Length", str(length or len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if length:
            handler.close_connection = True
        handler.end_headers()
        handler.wfile.write(body)
        if length is False:
            handler.close_connection = True

    return reply


def waiting(handler, _):
    """Says nothing until the client is gone."""
    handler.rfile.read(1)
    handler.owner.gone.set()
    handler.close_connection = True


def holding(data, cap, lie=0):
    """A store that holds these triples and gives no more rows than its cap.

    Args:
        data: Turtle.
        cap: most rows; of a graph, most triples.
        lie: what it adds to each count of all rows.
    """
    store = pyoxigraph.Store()
    store.load(data, format=pyoxigraph.RdfFormat.TURTLE)

    def reply(handler, fields):
        query = dict(fields)["query"]
        found = store.query(query)
        if isinstance(found, pyoxigraph.QueryTriples):
            triples = [str(item) + " .\n" for item in found][:cap]
            said(body="".join(triples).encode(), media=NT)(handler, fields)
            return
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        facts = json.loads(body or b"")
        rows = facts.get("results", {}).get("bindings", [])
        del rows[cap:]
        if lie and "COUNT(*)" in query and "SELECT DISTINCT" not in query:
            for cell in rows[0].values():
                cell["value"] = str(int(cell["value"]) + lie)
        said(body=json.dumps(facts).encode())(handler, fields)

    return reply


def _handler(owner):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            self.owner = owner
            owner.connections.add(self.client_address)

        def do_GET(self):
            owner.asked.append(([], dict(self.headers)))
            said()(self, [])

        def do_POST(self):
            size = int(self.headers["Content-Length"])
            fields = parse_qsl(self.rfile.read(size).decode(), keep_blank_values=True)
            owner.asked.append((fields, dict(self.headers)))
            with suppress(ConnectionError):
                owner.reply(self, fields)

        def log_message(self, *_):
            """Tests talk only when they fail."""

    return Handler
