"""Two minutes of load, malice and murder: is every answer still right?

Sixty-four clients; one means harm, the others compare every answer with the one
they know. Meanwhile workers, their mother and, where it is started again, the
server's own process are killed, and another release is put in place. ``python benchmarks/stress.py --seconds 120``.

The last line is JSON. The exit status is 0 if no answer was wrong or half, no
error unclear, and no process was left behind.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import generate
from harness.honest import Counts, Known, ask_until
from harness.hostile import Hostile
from harness.killer import Killer, roles
from harness.processes import survivors
from harness.servers import Vomkg

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRIAL: Final = 10.0
_SETTLING: Final = 3.0
_SHOWN: Final = 5
_MORE: Final = "<urn:stress:s> <urn:stress:p> <urn:stress:o> .\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the result, and tell by the status whether it was clean."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--triples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(2)))
    parser.add_argument("--time-limit", type=float, default=2)
    parser.add_argument("--pause", type=float, default=2, help="most between two kills")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "graph.nt"
        with data.open("wb") as out:
            generate.write(out, given.triples)
        found = stress(
            data,
            seconds=given.seconds,
            clients=given.clients,
            seed=given.seed,
            options=["--time-limit", str(given.time_limit)],
            pause=given.pause,
            shelf=Path(folder) / "releases",
        )
    print(json.dumps(found, ensure_ascii=False))
    bad = ("wrong", "half", "unclear", "orphans")
    clean = found["right"] and not any(found[name] for name in bad)
    return 0 if clean else 1


def stress(
    data: Path,
    *,
    seconds: float,
    clients: int,
    seed: int,
    options: Sequence[str] = (),
    pause: float = 2,
    shelf: Path,
) -> dict[str, Any]:
    """What happened.

    Args:
        data: what is served.
        seconds: how long.
        clients: how many, one of them hostile.
        seed: decides what is asked and who is killed, though not when it happens.
        options: of ``serve``.
        pause: most seconds between two kills.
        shelf: where the two releases are made that are served in turn; another
            after each kill.
    """
    known = Known(data)
    _published(data, shelf)
    options = [*options, "--release", str(shelf)]
    respawns = _respawns(options)
    kinds = ["worker", "worker", "mother", *(["server"] if respawns else [])]
    counts = Counts()
    server = Vomkg(None, options)
    with server:
        ask_until(time.monotonic() + 1, server, known, Counts(), seed)  # warms it
        before = server.memory_mib()
        over = time.monotonic() + seconds
        hostile, killer = Hostile(server, seed), Killer(server, seed, kinds)
        threads = [
            Thread(target=ask_until, args=(over, server, known, counts, seed + number))
            for number in range(clients - 1)
        ]
        threads.append(Thread(target=hostile.run, args=(over,)))
        threads.append(
            Thread(
                target=killer.run,
                args=(over, pause, partial(_vomkg, "switch", str(shelf), "--previous")),
            )
        )
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        time.sleep(_SETTLING)
        killer.look()
        after = server.memory_mib()
        ended = server.exit_code()
        words = "" if ended is None else server.words()
        left = server.close()
    waits = sorted(counts.waits) or [0.0]
    return {
        "seed": seed,
        "seconds": seconds,
        "right": counts.right,
        "errors": dict(counts.errors),
        "broken": dict(counts.broken),
        "wrong": counts.wrong[:_SHOWN],
        "half": counts.half[:_SHOWN],
        "unclear": counts.unclear[:_SHOWN],
        "p50_ms": 1e3 * waits[len(waits) // 2],
        "p99_ms": 1e3 * waits[int(0.99 * (len(waits) - 1))],
        "memory_mib": {"before": before, "after": after},
        "killed": dict(killer.killed),
        "server_is_respawned": respawns,
        "switched": killer.switched,
        "hostile": dict(hostile.done),
        "hostile_statuses": dict(hostile.statuses),
        "server_ended": words,
        "orphans": sorted({*survivors(killer.seen, 5), *left}),
    }


def _respawns(options: Sequence[str]) -> bool:
    """Whether a server process that is killed is started again."""
    with Vomkg(None, options) as server:
        killer = Killer(server, 0, ())
        old = set(roles(server.pid)["server"])
        if not killer.kill("server"):
            return False
        line = server.client()
        end = time.monotonic() + _TRIAL
        while time.monotonic() < end and server.exit_code() is None:
            if set(roles(server.pid)["server"]) - old:
                reply = line.ask("ASK {}", 5)
                if reply.status == 200:
                    line.close()
                    return True
            time.sleep(0.05)
        line.close()
        return False


def _published(data: Path, shelf: Path) -> None:
    """Two releases of the data, which differ in what no query asks for."""
    more = data.with_name(f"more-{data.name}")
    more.write_text(f"{data.read_text('utf-8')}{_MORE}", "utf-8")
    for path in (more, data):
        _vomkg("build", "--to", str(shelf), "--data", str(path))


def _vomkg(*words: str) -> None:
    command = [sys.executable, "-m", "vomkg", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr[-300:]}")


if __name__ == "__main__":
    raise SystemExit(main())
