"""Servers that are not Python packages: Virtuoso and nginx."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from harness.processes import free_port
from harness.servers import Server

if TYPE_CHECKING:
    from collections.abc import Mapping

GRAPH: Final = "https://example.org/synthetic/graph"
_VIRTUOSO: Final = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 80
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}, {data}
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 80
ServerThreads = 80
MaxKeepAlives = 80
KeepAliveTimeout = 100
EnabledGzipContent = 0
HTTPThreadSize = 280000
Charset = UTF-8
[Client]
SQL_PREFETCH_ROWS = 100
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 40000
MaxQueryExecutionTime = 3600
"""
_NGINX: Final = """\
daemon off;
master_process on;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  open_file_cache max=16 inactive=1h;
  types {{ application/sparql-results+json json; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port} backlog=1024; root {folder}/static; etag on; }}
}}
"""


class Virtuoso(Server):
    """Virtuoso open source, its limits raised so that none cuts an answer."""

    name = "Virtuoso"
    extra: ClassVar[dict[str, str]] = {"default-graph-uri": GRAPH}

    def before(self) -> None:
        """Write its settings."""
        assert self.data is not None
        self._sql_port = free_port()
        (self.folder / "virtuoso.ini").write_text(
            _VIRTUOSO.format(
                folder=self.folder,
                data=self.data.parent,
                port=self.port,
                sql_port=self._sql_port,
            ),
            "ascii",
        )

    def command(self) -> list[str]:
        """In the foreground, with the settings of :meth:`before`."""
        return ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]

    def after(self) -> None:
        """Load in bulk."""
        assert self.data is not None
        orders = (
            f"ld_dir('{self.data.parent}', '{self.data.name}', '{GRAPH}'); "
            "rdf_loader_run(); checkpoint;"
        )
        done = subprocess.run(
            [_isql(), f"127.0.0.1:{self._sql_port}", "dba", "dba", f"exec={orders}"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or "Error" in done.stderr:
            raise RuntimeError(f"Virtuoso takes no data: {done.stderr[-300:]}")


class Nginx(Server):
    """nginx, giving the bytes of one file: the ceiling of HTTP on this machine."""

    name = "nginx, static file"
    path = "/answer.json"

    def __init__(self, body: bytes) -> None:
        super().__init__(None)
        self._body = body

    def before(self) -> None:
        """Write the file and the settings."""
        static = self.folder / "static"
        static.mkdir()
        (static / "answer.json").write_bytes(self._body)
        settings = _NGINX.format(folder=self.folder, port=self.port)
        (self.folder / "nginx.conf").write_text(settings, "ascii")
        # As root its workers are another user, who must be able to read.
        for folder in (static, self.folder):
            folder.chmod(0o755)

    def command(self) -> list[str]:
        """In the foreground, with nothing of the system's settings."""
        words = [found("nginx") or "nginx", "-p", str(self.folder)]
        return [*words, "-c", "nginx.conf", "-e", "stderr"]

    def first_answer(self) -> None:
        """It answers as soon as it listens."""


def found(tool: str) -> str | None:
    """The path of a tool, which may stand where only root looks; None if absent."""
    return shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/sbin")


def missing() -> Mapping[str, str]:
    """What is left out on this machine, with what to install."""
    tools = {
        "virtuoso-t": ("the comparison with Virtuoso", "virtuoso-opensource"),
        "nginx": ("the ceiling: nginx with a static file", "nginx-light"),
        "wrk": ("requests a second, p50, p99 and CPU of cached answers", "wrk"),
    }
    return {
        row: f"apt-get install {package}"
        for tool, (row, package) in tools.items()
        if not found(tool)
    }


def _isql() -> str:
    return next(
        (path for name in ("isql-vt", "isql-v", "isql") if (path := found(name))),
        str(Path("/usr/bin/isql-vt")),
    )
