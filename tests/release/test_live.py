"""Exchanging what is served under load: never half, never mixed, never leaked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.engine.processes import until
from tests.release.conftest import Reply
from vomkg.web.live import Held, Live


class Front:
    """A front end that says its name in parts; what it leaves behind is counted."""

    def __init__(self, name, *, listed=False):
        self.name, self.listed = name, listed
        self.closed = 0
        self.late = 0
        self.held = Held(name, self, self, self._close)

    def __call__(self, environ, start_response):
        self.late += self.closed
        start_response(
            "200 OK", [("Content-Type", "text/plain"), ("X-Name", self.name)]
        )
        parts = [self.name.encode()] * 20
        return parts if self.listed else self._parts(parts)

    def _parts(self, parts):
        for part in parts:
            self.late += self.closed
            yield part

    def _close(self):
        self.closed += 1


def started(app):
    """A response that has begun."""
    return app({}, lambda *_: None)


def test_each_request_is_answered_by_one_under_switching():
    """Four threads ask while forty front ends follow one another."""
    fronts = [Front(f"{number:02}", listed=number % 3 == 0) for number in range(40)]
    live = Live(fronts[0].held)
    done = Event()

    def ask():
        found = set()
        while not done.is_set():
            reply = Reply(live, "/")
            assert reply.body == reply.headers["x-name"].encode() * 20
            found.add(reply.headers["x-name"])
        return found

    with ThreadPoolExecutor(4) as threads:
        futures = [threads.submit(ask) for _ in range(4)]
        try:
            for front in fronts[1:]:
                Reply(live, "/")
                assert live.switch(front.held).name < front.name
        finally:
            done.set()
        names = set().union(*(future.result(20) for future in futures))
    assert names <= {front.name for front in fronts}
    until(lambda: all(front.closed for front in fronts[:-1]))
    assert [front.closed for front in fronts] == [1] * 39 + [0]
    assert not any(front.late for front in fronts)


def test_old_one_is_closed_with_its_last_request():
    """Not before, and then once."""
    old, new = Front("old"), Front("new")
    live = Live(old.held)
    chunks = started(live)
    live.switch(new.held)
    assert next(iter(chunks)) == b"old"
    assert not old.held.is_closed
    assert Reply(live, "/").headers["x-name"] == "new"
    chunks.close()
    chunks.close()
    old.held.wait(20)
    assert (old.closed, old.held.is_closed) == (1, True)


def test_fault_counts_as_the_end_of_a_request():
    """A front end that raises can still be closed."""

    def broken(environ, start_response):
        raise ValueError("of ours")

    closed = []
    held = Held("broken", broken, broken, lambda: closed.append(1))
    live = Live(held)
    with pytest.raises(ValueError, match="of ours"):
        started(live)
    live.close()
    held.wait(20)
    assert closed == [1]
    with pytest.raises(RuntimeError, match="closed"):
        started(live)
