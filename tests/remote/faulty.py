"""A small SPARQL server in this process that fails as it is told."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

if TYPE_CHECKING:
    from collections.abc import Callable


class FaultyStore:
    """A store in memory, and what goes wrong at it.

    ``fault`` is given each request's method and path with parameters; it returns
    None, or status, headers and body of the answer that is sent instead.
    """

    def __init__(self):
        self.store = pyoxigraph.Store()
        self.asked = []
        self.headers = []
        self.base = ""
        self.fault: Callable[[str, str], Any] = lambda _method, _path: None

    def answer(self, method, path, body):
        """Status, headers and body of an answer without a fault."""
        parts = urlsplit(path)
        given = {key: found[0] for key, found in parse_qs(parts.query).items()}
        if parts.path == "/store" and method in {"PUT", "POST", "DELETE"}:
            graph = pyoxigraph.NamedNode(given["graph"])
            if method != "POST":
                self.store.remove_graph(graph)
            if method != "DELETE":
                turtle = pyoxigraph.RdfFormat.TURTLE
                self.store.load(body, format=turtle, to_graph=graph)
            return 204, {}, b""
        form = {key: found[0] for key, found in parse_qs(body.decode()).items()}
        if parts.path == "/update":
            self.store.update(form["update"])
            return 204, {}, b""
        results: Any = self.store.query({**given, **form}["query"])
        return 200, {}, results.serialize(format=pyoxigraph.QueryResultsFormat.JSON)


@contextmanager
def faulty_store():
    """The store, listening at its ``base`` until the end."""
    store = FaultyStore()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Oxigraph/0"

        def respond(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            store.asked.append((self.command, self.path))
            store.headers.append(dict(self.headers))
            found = store.fault(self.command, self.path)
            if found == "hang up":
                self.close_connection = True
                return
            status, headers, data = found or store.answer(self.command, self.path, body)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": len(data)}.items():
                self.send_header(name, str(value))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def do_HEAD(self):
            self.send_response(405)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = do_PUT = do_DELETE = respond  # noqa: N815

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        store.base = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()
