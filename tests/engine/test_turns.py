"""Turns at a scarce thing: in order of arrival, and bounded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engine.processes import until
from vomkg.engine.turns import Turns
from vomkg.errors import EngineError, LimitError


def test_one_thing_is_used_by_one():
    """What is taken is not given out again before it comes back."""
    turns = Turns(["a", "b"], queue=0, patience=1)
    assert {"a", "b"} == {turns.take(), turns.take()}
    with pytest.raises(LimitError):
        turns.take()
    assert turns.give("a")
    assert turns.take() == "a"


def test_first_come_first_served():
    """Who waits longest gets what comes back."""
    turns = Turns(["a"], queue=3, patience=20)
    turns.take()
    with ThreadPoolExecutor(3) as threads:
        waiting = []
        for count in range(1, 4):
            waiting.append(threads.submit(turns.take))
            until(lambda count=count: len(turns._waiting) == count)
        for index, name in enumerate("xyz"):
            turns.give(name)
            assert name == waiting[index].result(timeout=20)


def test_wait_ends():
    """A wait that takes too long is an error, and holds no place in the queue."""
    nothing: list[str] = []
    turns = Turns(nothing, queue=1, patience=0.05)
    for _ in range(2):
        with pytest.raises(
            LimitError, match=r"no worker was free within 0\.05 s"
        ) as caught:
            turns.take()
        assert caught.value.retry_after == 1


def test_closing_sends_everybody_away():
    """Who waits when it closes is told, and so is who comes later."""
    turns = Turns(["a", "b"], queue=1, patience=20)
    turns.take()
    assert turns.take() == "a"
    turns.give("a")
    assert turns.take() == "a"
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(turns.take)
        until(lambda: len(turns._waiting) == 1)
        assert turns.close() == []
        with pytest.raises(EngineError, match="stopping"):
            waiting.result(timeout=20)
    with pytest.raises(EngineError, match="stopping"):
        turns.take()
    assert not turns.give("a")


def test_closing_gives_what_is_idle():
    """What nobody uses comes back when it closes, once."""
    turns = Turns(["a"], queue=1, patience=1)
    assert turns.close() == ["a"]
    assert turns.close() == []
