"""A server as its user runs it, and what its processes are."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tests.engine.processes import gone, until

SERVERS = ("granian", "waitress")
# A second or some over three hundred triples, and then one row.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g <urn:q> ?i }"
_PATIENCE = 30


class Server:
    """A running ``vomkg serve``.

    Attributes:
        process: its process, the supervisor if there is one.
        address: where it listens, with a slash at the end.
    """

    def __init__(self, *words, program=("-m", "vomkg")):
        self.process = subprocess.Popen(
            [sys.executable, *program, "serve", "--port", "0", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert line.startswith("serving on http://127.0.0.1:"), line
        self.address = line.split()[2]

    @property
    def port(self):
        """The port that it listens on."""
        return int(self.address.split(":")[2].strip("/"))

    def get(self, path, **headers):
        """Status, headers and body of what it answers."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.address + path, headers=names)  # noqa: S310  our own
        try:
            with urlopen(request) as response:  # noqa: S310
                return response.status, response.headers, response.read()
        except HTTPError as fault:
            with fault:
                return fault.code, fault.headers, fault.read()

    def ask(self, query):
        """The status and the JSON of the answer to a query."""
        status, _, body = self.get(f"sparql?query={quote(query)}")
        return status, json.loads(body)

    def figure(self, sample):
        """The value of one line of /metrics."""
        text = self.get("metrics")[2].decode()
        found = [line for line in text.splitlines() if line.startswith(f"{sample} ")]
        return float(found[0].split()[-1])

    def answers(self):
        """Whether it answers now."""
        try:
            return self.get("healthz")[0] == 200
        except OSError:
            return False

    def family(self):
        """All processes that come from it, itself not among them."""
        return descendants(self.process.pid)

    def signal(self, number):
        """Send it a signal."""
        self.process.send_signal(number)

    def ended(self):
        """Its exit code and what it said after its address."""
        _, said = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, said


@contextmanager
def serving(*words, **options):
    """A server that is gone at the end, with all that came from it."""
    server = Server(*words, **options)
    try:
        yield server
        family = server.family()
        if server.process.poll() is None:
            server.signal(signal.SIGTERM)
            server.ended()
        until(lambda: gone(family))
    finally:
        server.process.kill()
        server.process.communicate()


@contextmanager
def serving_shipped(cache):
    """A server over the shipped graph, whose release is kept in that folder."""
    before = os.environ.get("VOMKG_CACHE")
    os.environ["VOMKG_CACHE"] = str(cache)
    try:
        with serving("--workers", "1") as server:
            yield server
    finally:
        if before is None:
            del os.environ["VOMKG_CACHE"]
        else:
            os.environ["VOMKG_CACHE"] = before


def descendants(pid):
    """The processes that a process started, and those that they did."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        texts = [(task / "children").read_text(encoding="ascii") for task in tasks]
    except OSError:
        return []
    found = [int(word) for text in texts for word in text.split()]
    return found + [below for child in found for below in descendants(child)]
