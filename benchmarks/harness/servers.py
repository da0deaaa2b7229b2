"""A server that is measured: started on a free port and stopped again; and ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Self

from harness.client import Client
from harness.processes import (
    cpu_seconds,
    free_port,
    memory_mib,
    started,
    stop,
    survivors,
    tree,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
BUILD: Final = ROOT / "build" / "bench"
_LONGEST_START: Final = 900.0


class Server:
    """One server over one file of N-Triples.

    A subclass says how it is started; ``with`` starts and ends it.

    Attributes:
        name: what the tables call it.
        path: the address of its endpoint.
        port: where it listens.
        start_seconds: from its start to its first answer, loading included.
    """

    name: ClassVar[str]
    path: ClassVar[str] = "/sparql"
    extra: ClassVar[dict[str, str]] = {}

    def __init__(self, data: Path | None) -> None:
        self.data = data
        self.port = free_port()
        self.start_seconds = 0.0
        self.folder = BUILD / "servers" / f"{type(self).__name__.lower()}-{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """The command line that serves until it is ended."""
        raise NotImplementedError

    def before(self) -> None:
        """What is to be done before the start; not timed."""

    def after(self) -> None:
        """What is to be done when it listens, such as loading; timed."""

    def environment(self) -> dict[str, str]:
        """The environment of its process."""
        return dict(os.environ)

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            self.before()
            begin = time.perf_counter()
            with (self.folder / "log").open("wb") as log:
                self._process = subprocess.Popen(
                    self.command(),
                    cwd=self.working_folder(),
                    env=self.environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            self._listens()
            self.after()
            self.first_answer()
            self.start_seconds = time.perf_counter() - begin
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def working_folder(self) -> Path:
        """Where its process runs."""
        return self.folder

    @property
    def pid(self) -> int:
        """The number of its first process."""
        assert self._process is not None
        return self._process.pid

    def client(self) -> Client:
        """A new connection to its endpoint."""
        return Client(self.port, self.path, self.extra)

    def cpu_seconds(self) -> float:
        """CPU time of all its processes so far."""
        return cpu_seconds(self.pid)

    def memory_mib(self) -> float:
        """Memory of all its processes, shared pages by their share."""
        return memory_mib(self.pid)

    def close(self) -> list[int]:
        """End it; the processes that had to be killed one by one."""
        if self._process is None:
            return []
        alive = {pid: started(pid) for pid in tree(self._process.pid)}
        stop([self._process.pid])
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        orphans = survivors(alive, 5)
        stop(orphans, 9)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._process = None
        return orphans

    def exit_code(self) -> int | None:
        """How its first process ended; None while it runs."""
        return None if self._process is None else self._process.poll()

    def words(self) -> str:
        """The end of what it printed."""
        return (self.folder / "log").read_bytes()[-600:].decode("utf-8", "replace")

    def first_answer(self) -> None:
        """Nothing, once a query is answered."""
        self._until("ASK {}", {200})

    def _listens(self) -> None:
        self._until(None, set())

    def _until(self, query: str | None, wanted: set[int]) -> None:
        """Nothing, once a request gets such a status; any, if none is named.

        Raises:
            RuntimeError: the server ended, or takes too long.
        """
        end = time.monotonic() + _LONGEST_START
        client = self.client()
        while self.exit_code() is None and time.monotonic() < end:
            if query is None:
                reply = client.get("/", "text/html", 30)
            else:
                reply = client.ask(query, 30)
            if reply.status in wanted or (reply.status and not wanted):
                client.close()
                return
            client.close()
            time.sleep(0.005)
        raise RuntimeError(f"{self.name} does not answer: {self.words()}")


class Vomkg(Server):
    """Ours, from the command line: over a file, or over the shipped release."""

    name = "vomkg"

    def __init__(self, data: Path | None, options: Sequence[str] = ()) -> None:
        super().__init__(data)
        self._options = options

    def command(self) -> list[str]:
        """``python -m vomkg serve``, with the limits that are its defaults."""
        data = [] if self.data is None else ["--data", str(self.data)]
        words = [sys.executable, "-m", "vomkg", "serve", *data, *self._options]
        return [*words, "--host", "127.0.0.1", "--port", str(self.port)]

    def working_folder(self) -> Path:
        """The root, where the package is found."""
        return ROOT

    def environment(self) -> dict[str, str]:
        """With a cache of its own for the release."""
        return {**os.environ, "VOMKG_CACHE": str(BUILD / "cache")}

    def _listens(self) -> None:
        """It answers as soon as it listens."""
