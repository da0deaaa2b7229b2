"""SPARQL servers of others, started for tests on free ports and stopped by pid.

One server of a kind serves all workers of pytest-xdist: who comes first starts
it, who goes last stops it, and a locked file counts them. Tests that write use
graphs of their own names, or a server of their own (:func:`started`).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from socket import create_server
from time import monotonic, sleep
from typing import TYPE_CHECKING, Literal
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["oxigraph", "virtuoso"]
ADVICE = {
    "oxigraph": "pip install oxigraph",
    "virtuoso": "apt-get install virtuoso-opensource-7-bin",
}
_PATIENCE = 120
# Threads, connections and buffers are above Debian's; rows are cut as there.
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
MaxClientConnections = 64
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
MaxQueryMem = 1G
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 64
ServerThreads = 64
MaxKeepAlives = 64
KeepAliveTimeout = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 40000
MaxQueryExecutionTime = 60
"""


class MissingServerError(Exception):
    """The program is not installed; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, by its addresses.

    Attributes:
        kind: which program it is.
        base: scheme, host and port, without a slash at the end.
        pid: its process.
    """

    kind: Kind
    base: str
    pid: int

    @property
    def query(self) -> str:
        """Where SPARQL queries go."""
        return self.base + {"oxigraph": "/query", "virtuoso": "/sparql"}[self.kind]

    @property
    def update(self) -> str:
        """Where SPARQL updates go."""
        paths = {"oxigraph": "/update", "virtuoso": "/sparql-auth"}
        return self.base + paths[self.kind]

    @property
    def store(self) -> str:
        """Where the Graph Store Protocol is spoken."""
        paths = {"oxigraph": "/store", "virtuoso": "/sparql-graph-crud-auth"}
        return self.base + paths[self.kind]

    @property
    def user(self) -> str:
        """Who may write; empty where everyone may."""
        return {"oxigraph": "", "virtuoso": "dba"}[self.kind]

    @property
    def password(self) -> str:
        """The password of that user, as the program is delivered."""
        return self.user


@contextmanager
def started(kind: Kind, folder: Path) -> Iterator[Server]:
    """A server of its own with an empty store in that folder, until the end.

    Raises:
        MissingServerError: the program is not installed.
    """
    server = _start(kind, folder)
    try:
        yield server
    finally:
        _stop(server)


@contextmanager
def shared(kind: Kind, folder: Path) -> Iterator[Server]:
    """The server that all processes which name this folder use together.

    Raises:
        MissingServerError: the program is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / f"{kind}.json"
    with locked(state):
        text = state.read_text() if state.exists() else '{"users": 0}'
        facts = json.loads(text)
        if facts["users"]:
            server = Server(**facts["server"])
        else:
            server = _start(kind, folder / kind)
        facts = {"users": facts["users"] + 1, "server": asdict(server)}
        state.write_text(json.dumps(facts))
    try:
        yield server
    finally:
        with locked(state):
            facts = json.loads(state.read_text())
            facts["users"] -= 1
            state.write_text(json.dumps(facts))
            if not facts["users"]:
                _stop(server)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else is in the body for the same path; who comes later waits."""
    with path.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def _start(kind: Kind, folder: Path) -> Server:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port = free_port()
    words = {"oxigraph": _oxigraph, "virtuoso": _virtuoso}[kind](folder, port)
    log = folder / "output.txt"
    write = os.O_WRONLY | os.O_CREAT
    pid = os.posix_spawn(
        words[0],
        words,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), write, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setpgroup=0,
    )
    server = Server(kind, f"http://127.0.0.1:{port}", pid)
    try:
        _wait(server, log)
    except BaseException:
        _stop(server)
        raise
    return server


def _oxigraph(_folder: Path, port: int) -> list[str]:
    program = Path(sys.executable).parent / "oxigraph"
    found = str(program) if program.exists() else shutil.which("oxigraph")
    return [_there("oxigraph", found), "serve", "--bind", f"127.0.0.1:{port}"]


def _virtuoso(folder: Path, port: int) -> list[str]:
    program = _there("virtuoso", shutil.which("virtuoso-t"))
    settings = folder / "virtuoso.ini"
    text = _VIRTUOSO.format(folder=folder, port=port, sql_port=free_port())
    settings.write_text(text, encoding="utf-8")
    return [program, "+foreground", "+configfile", str(settings)]


def _there(kind: Kind, program: str | None) -> str:
    if program is None:
        raise MissingServerError(f"no {kind} here: {ADVICE[kind]}")
    return program


def _wait(server: Server, log: Path) -> None:
    """Returns when it answers; fails with what it printed if it does not."""
    end = monotonic() + _PATIENCE
    while True:
        with suppress(OSError, HTTPException):
            with urlopen(f"{server.query}?query=ASK%7B%7D", timeout=5) as answer:  # noqa: S310  # our own server
                answer.read()
            return
        ended, _ = os.waitpid(server.pid, os.WNOHANG)
        if ended or monotonic() > end:
            raise RuntimeError(f"{server.kind} did not start:\n{log.read_text()}")
        sleep(0.05)


def _stop(server: Server) -> None:
    """Ends it at once: what it stored is of no use to anyone."""
    with suppress(ProcessLookupError):
        os.kill(server.pid, signal.SIGKILL)
    with suppress(ChildProcessError):  # another process's child: its own to reap
        os.waitpid(server.pid, 0)
