"""Answers from memory under load: requests a second, waiting times, CPU."""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from harness.client import ROWS
from harness.others import Nginx, found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.servers import Server

CONNECTIONS: Final = (1, 8, 32)
_WARMING: Final = 0.5
_UNITS: Final = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}
_FIGURES: Final = ("requests_per_second", "p50_ms", "p99_ms", "cpu_us", "errors")


def measure(
    ours: type[Server],
    peers: Mapping[str, type[Server]],
    data: Path,
    query: str,
    *,
    rounds: int,
    seconds: float,
) -> dict[str, Any]:
    """Figures by case, then by connections, as medians of the rounds; the body's size.

    The cases are ``cached`` and ``304`` of ours, the names of the peers, ``nginx``
    and ``nginx 304``; nginx gives the very bytes of our answer.
    """
    with ExitStack() as stack:
        mine = stack.enter_context(ours(data))
        target = mine.client().target(query)
        body = _warm(mine, query)
        ceiling, still = stack.enter_context(Nginx(body)), Nginx.path
        cases: dict[str, tuple[Server, str, tuple[str, ...]]] = {
            "cached": (mine, target, ()),
            "304": (mine, target, _condition(mine, target)),
            "nginx": (ceiling, still, ()),
            "nginx 304": (ceiling, still, _condition(ceiling, still)),
        }
        for name, kind in peers.items():
            peer = stack.enter_context(kind(data))
            _warm(peer, query)
            cases[name] = (peer, peer.client().target(query), ())
        runs: dict[tuple[str, int], list[dict[str, float]]] = {}
        for _ in range(rounds):
            for connections in CONNECTIONS:
                for name, (server, path, headers) in cases.items():
                    run = wrk(server, path, connections, seconds, headers)
                    runs.setdefault((name, connections), []).append(run)
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for (name, connections), each in runs.items():
        figures.setdefault(name, {})[str(connections)] = {
            figure: statistics.median(run[figure] for run in each)
            for figure in _FIGURES
        }
    return {"body_bytes": len(body), "cases": figures}


def wrk(
    server: Server,
    target: str,
    connections: int,
    seconds: float,
    headers: tuple[str, ...] = (),
) -> dict[str, float]:
    """One run of wrk, with the CPU time that the server's processes took."""
    words = [str(found("wrk")), "-t1", f"-c{connections}", f"-d{seconds:g}s"]
    words += ["--latency", "--timeout", "10s", "-H", f"Accept: {ROWS}"]
    for header in headers:
        words += ["-H", header]
    before = server.cpu_seconds()
    done = subprocess.run(
        [*words, f"http://127.0.0.1:{server.port}{target}"],
        capture_output=True,
        text=True,
        check=True,
    )
    taken = server.cpu_seconds() - before
    return _read(done.stdout, taken)


def _read(text: str, cpu: float) -> dict[str, float]:
    def number(pattern: str) -> float:
        match = re.search(pattern, text)
        return float(match[1]) if match else 0.0

    def waiting(share: str) -> float:
        match = re.search(rf"\s{share}%\s+([\d.]+)(us|ms|s|m)\b", text)
        return float(match[1]) * _UNITS[match[2]] * 1e3 if match else 0.0

    requests = number(r"(\d+) requests in")
    broken = re.search(r"Socket errors: (.*)", text)
    faults = sum(int(part) for part in re.findall(r"\d+", broken[1])) if broken else 0
    return {
        "requests_per_second": number(r"Requests/sec:\s+([\d.]+)"),
        "p50_ms": waiting("50"),
        "p99_ms": waiting("99"),
        "cpu_us": cpu / requests * 1e6 if requests else 0.0,
        "errors": faults + number(r"Non-2xx or 3xx responses: (\d+)"),
    }


def _warm(server: Server, query: str) -> bytes:
    """The body of the answer, asked often enough for each process to have it.

    Raises:
        RuntimeError: it is not the same each time.
    """
    bodies = {}
    end = time.monotonic() + _WARMING
    while time.monotonic() < end:
        line = server.client()  # each connection may lead to another process
        reply = line.ask(query)
        line.close()
        if reply.status != 200:
            raise RuntimeError(f"{server.name}: status {reply.status}")
        bodies[len(reply.body)] = reply.body
    if len(bodies) != 1:
        raise RuntimeError(f"{server.name}: bodies of {sorted(bodies)} bytes")
    return next(iter(bodies.values()))


def _condition(server: Server, target: str) -> tuple[str, ...]:
    """The header by which the server may answer 304.

    Raises:
        RuntimeError: it does not.
    """
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", target, headers={"Accept": ROWS})
    response = line.getresponse()
    response.read()
    tag = response.getheader("ETag") or ""
    headers = {"Accept": ROWS, "If-None-Match": tag}
    line.request("GET", target, headers=headers)
    response = line.getresponse()
    response.read()
    line.close()
    if response.status != 304:
        raise RuntimeError(f"{server.name}: {response.status} to its own tag {tag!r}")
    return (f"If-None-Match: {tag}",)
