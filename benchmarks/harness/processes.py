"""What the system says of a server's processes: CPU time, memory, descendants."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_TICK: Final = os.sysconf("SC_CLK_TCK")
_MIB: Final = 1 << 20


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def parents() -> dict[int, int]:
    """The parent of each process of this machine, by number."""
    found = {}
    for folder in _PROC.iterdir():
        if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
            found[int(folder.name)] = int(fields[1])
    return found


def tree(pid: int) -> list[int]:
    """A process and all its descendants, itself first."""
    by_child = parents()
    found = [pid] if pid in by_child else []
    for known in found:  # grows while it is walked
        found += [child for child, parent in by_child.items() if parent == known]
    return found


def command(pid: int) -> str:
    """The command line of a process; empty if it is gone."""
    with suppress(OSError):
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def started(pid: int) -> str:
    """When a process began, which tells it from a later one of its number."""
    fields = _stat(pid)
    return fields[19] if fields and fields[0] != "Z" else ""


def cpu_seconds(pid: int) -> float:
    """CPU time of a process tree so far, with that of the dead it waited for."""
    ticks = 0
    for member in tree(pid):
        if fields := _stat(member):
            ticks += sum(int(number) for number in fields[11:15])
    return ticks / _TICK


def memory_mib(pid: int) -> float:
    """Memory of a process tree, shared pages by their share (PSS), in MiB."""
    total = 0
    for member in tree(pid):
        with suppress(OSError):
            text = (_PROC / str(member) / "smaps_rollup").read_text("ascii")
            total += next(
                int(line.split()[1])
                for line in text.splitlines()
                if line.startswith("Pss:")
            )
    return total * 1024 / _MIB


def stop(pids: list[int], number: int = signal.SIGTERM) -> None:
    """Send a signal to processes that may be gone."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def survivors(pids: dict[int, str], seconds: float) -> list[int]:
    """Those of the processes that still run when the time is up.

    Args:
        pids: process numbers with their :func:`started`.
        seconds: how long to wait for the last to end.
    """
    end = time.monotonic() + seconds
    while True:
        left = [pid for pid, when in pids.items() if when and started(pid) == when]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


def machine() -> str:
    """The machine by cores, memory and kind of processor; nothing else of it."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    name = ""
    with suppress(OSError, StopIteration):
        lines = (_PROC / "cpuinfo").read_text("utf-8").splitlines()
        name = next(line for line in lines if line.startswith("model name"))
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores, {round(pages / 2**30)} GiB, {name.partition(':')[2].strip()}"
    )


def _stat(pid: int) -> list[str]:
    """The fields of ``/proc/PID/stat`` behind the name; none if it is gone."""
    try:
        text = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
