"""The whole front end as it is served, over real HTTP on this machine."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as og
from werkzeug.serving import WSGIRequestHandler, make_server

from vomkg.cli.files import GraphOfFiles
from vomkg.engine.source import Source
from vomkg.engine.workers import IsolatedEngine
from vomkg.web import create_app
from vomkg.web.cache import cached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.engine.local import Engine
    from vomkg.engine.stores import DefaultGraph

PATIENCE: Final = 60.0
QUERY_TYPE: Final = "application/sparql-query"
FORM_TYPE: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Served:
    """A server on a free port; each data set is mounted under a path of its own."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        self._apps: dict[str, object] = {}
        self._engines: list[IsolatedEngine] = []
        self._server = make_server(
            "127.0.0.1", 0, self._dispatch, threaded=True, request_handler=_Quiet
        )
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving and end what was started."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for engine in self._engines:
            engine.close()

    def __contains__(self, name: str) -> bool:
        return name in self._apps

    def mount(
        self,
        name: str,
        quads: Iterable[og.Quad],
        *,
        default_graph: DefaultGraph = "plain",
        isolated: bool = False,
        row_limit: int | None = None,
    ) -> None:
        """Serve these quads under ``/name``, read from a file as ``--data`` reads it.

        Args:
            name: the first segment of its addresses.
            quads: the data.
            default_graph: whether named graphs are part of the default graph.
            isolated: whether worker processes answer, as for ``vomkg serve``.
            row_limit: most rows of an answer; None leaves it to the settings.

        Raises:
            VomkgError: the data is refused.
        """
        path = self.folder / f"{name}.nq"
        path.write_bytes(og.serialize(quads, format=og.RdfFormat.N_QUADS) or b"")
        source = Source((str(path),), default_graph)
        settings = self.settings
        if row_limit is not None:
            settings = replace(settings, row_limit=row_limit)
        engine: Engine | IsolatedEngine
        if isolated:
            engine = IsolatedEngine(source, settings)
            self._engines.append(engine)
        else:
            engine = source.engine(settings)
        kg = GraphOfFiles(engine)
        self._apps[name] = cached(
            create_app(kg), release=kg.release.id, patience=PATIENCE
        )

    def send(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """The reply to one request; the target begins with the name of a data set."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, target, body, headers or {})
            reply = connection.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        finally:
            connection.close()

    def ask(self, name: str, query: str, accept: str, operation: str = "get") -> Reply:
        """The reply to a query, sent by one of the four operations."""
        target, headers = f"/{name}/sparql", {"Accept": accept}
        form = urlencode({"query": query})
        if operation == "get":
            return self.send("GET", f"{target}?{form}", headers=headers)
        if operation == "form":
            headers["Content-Type"] = FORM_TYPE
            return self.send("POST", target, form.encode(), headers)
        headers["Content-Type"] = QUERY_TYPE
        method = "QUERY" if operation == "query" else "POST"
        return self.send(method, target, query.encode(), headers)

    def _dispatch(self, environ, start_response):
        name, _, rest = environ["PATH_INFO"].removeprefix("/").partition("/")
        environ["SCRIPT_NAME"] = f"/{name}"
        environ["PATH_INFO"] = f"/{rest}"
        return self._apps[name](environ, start_response)  # type: ignore[operator]


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Requests of tests are no news."""


@contextmanager
def serving(settings: Settings, folder: Path) -> Iterator[Served]:
    """A server that is stopped, and its files removed, at the end."""
    served = Served(settings, folder)
    try:
        yield served
    finally:
        served.close()
        shutil.rmtree(folder, ignore_errors=True)
