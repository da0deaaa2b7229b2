"""What tests of worker processes share: looking at processes from outside."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

# It counts some hundred to the power of three: nobody sees its end.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_PATIENCE = 20


def state(pid):
    """The letter of the process's state; nothing if there is no such process."""
    try:
        return _stat(pid)[0]
    except OSError:
        return ""


def ticks(pid):
    """The processor time it has used, in ticks."""
    found = _stat(pid)
    return int(found[11]) + int(found[12])


def gone(pids):
    """Whether all have ended; who reaps an orphan is not our concern."""
    return all(_dead(pid) for pid in pids)


def until(condition):
    """Returns when it holds; a test that waits for ever fails instead."""
    end = monotonic() + _PATIENCE
    while not condition():
        assert monotonic() < end, "waited in vain"


def killed(pid):
    """Kills it as the system does when memory ends; returns when it is dead."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: gone([pid]))


def descriptors(pid):
    """How many files it holds open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextmanager
def busy(engine, query=ENDLESS):
    """A query that runs beside the body; gives its future."""
    before = {pid: ticks(pid) for pid in engine.pids()[1:]}
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(engine.query, query)
        until(lambda: any(ticks(pid) > before[pid] + 2 for pid in before))
        yield future


def _dead(pid):
    """Whether all its threads have ended, not the first alone."""
    try:
        found = _stat(pid)
    except OSError:
        return True
    return found[0] == "Z" and int(found[17]) <= 1


def _stat(pid):
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return text.rpartition(") ")[2].split()
