"""A limit on the time of a command that runs what others wrote, such as shapes.

An alarm ends what Python runs, also within a regular expression. Compiled code hears
no alarm; so the command runs in a child process, and its parent waits a little
longer and then kills it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final

import click

from vomkg.errors import EngineError, TimeLimitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

# What a context carries if the command line is all that the process does.
ALONE: Final = "alone"
_AGAIN: Final = 1.0  # seconds after which an alarm that was not heeded rings again
_GRACE: Final = 5.0  # seconds for what hears the alarm to say so
_FIX: Final = "make the shapes or the data simpler, or give more by --time-limit"


class _TimeUpError(BaseException):
    """The time is over; no ``except Exception`` of others holds it up."""


@contextlib.contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """A block that ends after so many seconds, whatever it runs.

    In a program that has more to do than this command, and where there is no fork,
    only what Python runs is ended.

    Raises:
        TimeLimitError: the time is over; it names the shape that pySHACL was at.
    """
    if hasattr(os, "fork") and click.get_current_context().find_root().obj == ALONE:
        _in_a_child(seconds)
    with alarmed(seconds):
        yield


@contextlib.contextmanager
def alarmed(seconds: float) -> Iterator[None]:
    """A block whose Python code ends after so many seconds.

    Raises:
        TimeLimitError: the time is over.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):  # not so on Windows
        yield
        return

    at: list[str] = []

    def ring(_number: int, frame: FrameType | None) -> None:
        at.append(_shape_at(frame))
        raise _TimeUpError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except _TimeUpError:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise _late(seconds, at[0]) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(seconds: float, shape: str = "") -> TimeLimitError:
    where = f"; pySHACL was at shape <{shape}>" if shape else ""
    return TimeLimitError(f"not done within {seconds:g} seconds{where}", fix=_FIX)


def _shape_at(frame: FrameType | None) -> str:
    # Nothing is imported for it: a module that is not there, or there only in part,
    # is not at work.
    pyshacl = sys.modules.get("vomkg.curate.engines.pyshacl")
    find = getattr(pyshacl, "shape_at", None)
    return find(frame) if find else ""


def _in_a_child(seconds: float) -> None:
    """Come back in a child process; the parent leaves with the child's exit code.

    Raises:
        TimeLimitError: in the parent, if the child did not end by itself.
        EngineError: in the parent, if something else killed it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        return
    killed = []

    def kill(*_: object) -> None:
        killed.append(child)
        os.kill(child, signal.SIGKILL)

    # Ctrl-C reaches the child by itself, as both are in the terminal's group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    signal.signal(signal.SIGALRM, kill)
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    _, status = os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    if killed:
        raise _late(seconds)
    code = os.waitstatus_to_exitcode(status)
    if -code in {signal.SIGTERM, signal.SIGINT, signal.SIGPIPE}:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    if code < 0:
        raise EngineError(
            f"the process that did the work was ended by signal {-code}",
            fix="it may have needed more memory than there is",
        )
    sys.exit(code)
