"""Taking a whole graph, or one document: ours beside nginx with the same bytes.

``python benchmarks/harvest.py --seconds 3`` prints a line for each file and number
of connections, and as the last line all of it as JSON. Both servers run at the same
time and are asked in turn.
"""

from __future__ import annotations

import argparse
import json
import statistics
import urllib.request
from typing import TYPE_CHECKING, Final

from harness.load import wrk
from harness.others import Nginx
from harness.servers import Vomkg

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILES: Final = ("data/data.ttl", "data/union.ttl", "data/all.nq", "doc/review-one.ttl")
_CONNECTIONS: Final = (1, 8, 32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the status is 0 if no request failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3, help="of each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, nargs="+", default=_CONNECTIONS)
    parser.add_argument("--file", nargs="+", default=_FILES)
    given = parser.parse_args(arguments)
    found = []
    with Vomkg(None) as ours:
        for name in given.file:
            path = f"/{name}"
            with urllib.request.urlopen(f"http://127.0.0.1:{ours.port}{path}") as reply:
                body = reply.read()
            with Nginx(body) as ceiling:
                for connections in given.connections:
                    runs: dict[str, list[dict[str, float]]] = {"ours": [], "nginx": []}
                    for _ in range(given.rounds):
                        for who, server, target in (
                            ("ours", ours, path),
                            ("nginx", ceiling, Nginx.path),
                        ):
                            run = wrk(server, target, connections, given.seconds)
                            runs[who].append(run)
                    found.append(_told(name, len(body), connections, runs))
    print(json.dumps(found))
    return int(any(row["errors"] for row in found))


def _told(
    name: str, size: int, connections: int, runs: dict[str, list[dict[str, float]]]
) -> dict[str, float | str]:
    """The medians of the rounds, printed too."""

    def middle(who: str, figure: str) -> float:
        return statistics.median(run[figure] for run in runs[who])

    mine, other = (middle(who, "requests_per_second") for who in ("ours", "nginx"))
    row: dict[str, float | str] = {
        "file": name,
        "bytes": size,
        "connections": connections,
        "ours": round(mine, 1),
        "nginx": round(other, 1),
        "share": round(mine / other, 3),
        "ours_p99_ms": middle("ours", "p99_ms"),
        "nginx_p99_ms": middle("nginx", "p99_ms"),
        "errors": sum(run["errors"] for who in runs.values() for run in who),
    }
    print(
        f"{name:10} {size:8} bytes  {connections:3} connections  "
        f"ours {mine:8.0f}/s  nginx {other:8.0f}/s  share {mine / other:.2f}"
    )
    return row


if __name__ == "__main__":
    raise SystemExit(main())
