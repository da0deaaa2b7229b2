"""Work on data that nobody vouches for, in a process that can be ended.

What a graph costs to judge is not known beforehand. So a child does it, with limits
on its time and memory that the system enforces.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import vomkg.errors
from vomkg.errors import (
    EngineError,
    MemoryLimitError,
    TimeLimitError,
    VomkgError,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LATER: Final = 5  # it gives way to whoever asks the server a question
_SHORT: Final = 4  # exit code of a child that ran out of memory
_ENDED: Final = (signal.SIGABRT, signal.SIGKILL, signal.SIGSEGV, signal.SIGBUS)
_FIX: Final = "judge fewer at a time, or run 'vomkg validate' on your machine"
_TOLD: Final = ("message", "path", "line", "column", "fix")


def run(
    work: str, order: dict[str, Any], *, folder: Path, seconds: float, megabytes: int
) -> dict[str, Any]:
    """What a function makes of an order, in a child process.

    Args:
        work: module and name of the function, as ``package.module:name``. It takes
            the order, and gives what JSON can hold.
        order: what JSON can hold.
        folder: the child's working directory.
        seconds: time for the whole.
        megabytes: MiB of address space.

    Raises:
        VomkgError: what the function raised of this tree.
        TimeLimitError: it takes longer.
        MemoryLimitError: it needs more memory.
        EngineError: the child ended otherwise.
    """
    message = {"work": work, "order": order, "megabytes": megabytes}
    try:
        done = subprocess.run(  # noqa: S603  our own module, no part of the data
            [sys.executable, "-m", __name__],
            input=json.dumps(message).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            start_new_session=True,
            cwd=folder,
        )
    except subprocess.TimeoutExpired:
        raise TimeLimitError(
            f"the data were not judged within {seconds:g} seconds", fix=_FIX
        ) from None
    if done.returncode == _SHORT or -done.returncode in _ENDED:
        raise MemoryLimitError(
            f"judging the data needs more than {megabytes} MiB", fix=_FIX
        )
    if done.returncode != 0:
        raise EngineError(f"the process that judged ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    if "error" in found:
        kind = getattr(vomkg.errors, found.pop("error"))
        raise kind(found.pop("message"), **found)
    return found


def _child() -> int:
    """Do the work that stands on standard input, within the memory that it names."""
    asked = json.load(sys.stdin)
    module, _, name = asked["work"].partition(":")
    if hasattr(os, "nice"):
        os.nice(_LATER)
    try:
        _bound(asked["megabytes"])
        work = getattr(import_module(module), name)
        sys.stdout.write(json.dumps(_done(work, asked["order"])))
    except MemoryError:
        return _SHORT
    return 0


def _done(
    work: Callable[[dict[str, Any]], dict[str, Any]], order: dict[str, Any]
) -> dict[str, Any]:
    try:
        return work(order)
    except VomkgError as error:
        told = {name: getattr(error, name) for name in _TOLD}
        return {"error": type(error).__name__, **told}


def _bound(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where time alone is limited
        return
    size = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    raise SystemExit(_child())
