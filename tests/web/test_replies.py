"""The store never holds more than its capacity, and lets the longest unused go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vomkg.web.replies import Reply, Store

CAPACITY = 100_000


def reply(size):
    return Reply("200 OK", (), b"a" * size, tag='"a"')


def kept(store, names):
    return [name for name in names if store.get((name,)) is not None]


def test_the_longest_unused_makes_place():
    """What was read last stays, whenever it was put there."""
    store = Store(CAPACITY)
    for name in "abcdefgh":
        store.put((name,), reply(10_000))
    store.get(("a",))
    store.put(("i",), reply(10_000))
    assert kept(store, "abcdefghi") == list("acdefghi")


def test_one_reply_cannot_empty_the_store():
    """What is larger than an eighth is not kept, and pushes nothing out."""
    store = Store(CAPACITY)
    store.put(("a",), reply(1))
    store.put(("b",), reply(CAPACITY // 8 + 1))
    store.put(("c",), reply(CAPACITY // 8 - 3_000))
    assert kept(store, "abc") == ["a", "c"]


def test_long_questions_count_too():
    """A key of many bytes is no way round the capacity."""
    store = Store(CAPACITY)
    store.put(("a" * CAPACITY,), reply(1))
    assert len(store) == 0


def test_a_store_of_no_capacity_keeps_nothing():
    """Nought bytes switch the store off."""
    store = Store(0)
    store.put(("a",), reply(0))
    assert (len(store), store.size) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from("abcdefghijkl"), st.integers(0, 15_000))))
def test_the_size_is_what_is_held_and_bounded(steps):
    """However it is filled and overwritten, the account stays right."""
    store = Store(CAPACITY)
    newest = {}
    for name, size in steps:
        store.put((name,), reply(size))
        if (found := store.get((name,))) is not None:
            newest[name] = found
        assert store.size <= CAPACITY
    fresh = Store(CAPACITY)
    for name, found in newest.items():
        if store.get((name,)) is not None:
            fresh.put((name,), found)
    assert (len(fresh), fresh.size) == (len(store), store.size)


def test_a_reply_lives_as_long_as_it_may():
    """What is made of another lives no longer than that one."""
    now = [0.0]
    store = Store(CAPACITY, 60, lambda: now[0])
    store.put(("a",), reply(1))
    now[0] = 40
    store.put(("b",), reply(1), ("a",))
    store.put(("c",), reply(1))
    store.put(("d",), reply(1), ("gone",))
    assert kept(store, "abcd") == ["a", "b", "c"]
    now[0] = 60
    assert kept(store, "abcd") == ["c"]
    now[0] = 100
    assert kept(store, "abcd") == []
    assert store.size == len(store) == 0


def test_without_a_lifetime_nothing_is_kept():
    store = Store(CAPACITY, 0)
    store.put(("a",), reply(1))
    assert store.get(("a",)) is None
