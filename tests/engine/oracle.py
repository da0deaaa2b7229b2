"""The engine in a process of its own, asked without any guard."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager

# As a worker has it: the parser is recursive, in a thread with a stack of 64 MiB.
CHILD = """
import json, sys, threading
import pyoxigraph

def work():
    store = pyoxigraph.Store()
    node = pyoxigraph.NamedNode("http://e/")
    store.add(pyoxigraph.Quad(node, node, node))
    for line in sys.stdin:
        try:
            found = store.query(json.loads(line))
            rows = 1 if isinstance(found, pyoxigraph.QueryBoolean) else 0
            for _ in found if not rows else ():
                rows += 1
                if rows > 100:
                    break
            told = "answered"
        except Exception as error:
            told = type(error).__name__
        print(json.dumps(told), flush=True)

threading.stack_size(64 << 20)
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


class Oracle:
    """Says what the engine does with a text; a crash of it is an error here."""

    def __init__(self, process):
        self._process = process

    def asked(self, text):
        """``answered``, or the name of the error."""
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        told = self._process.stdout.readline()
        assert told, f"the engine crashed on {text!r}"
        return json.loads(told)


@contextmanager
def oracle():
    """One engine over one triple."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Oracle(process)
        process.terminate()
