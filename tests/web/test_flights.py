"""Equal questions at once cost one evaluation, and nobody waits for a dead one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from werkzeug.test import Client

from tests.web.origin import before, whole
from vomkg.web import flights

READERS = 6
# No test waits so long; it only ends one that would hang.
SECONDS = 30


@pytest.fixture
def together(monkeypatch):
    """A barrier that all meet at: the first in the application, the others waiting."""
    barrier = Barrier(READERS)

    class Landing(Event):
        def wait(self, timeout=None):
            barrier.wait(SECONDS)
            return super().wait(timeout)

    monkeypatch.setattr(flights, "Event", Landing)
    return barrier


def ask_at_once(application, paths=("/",) * READERS, **options):
    """What each of some clients gets, or the error that it meets."""

    def ask(path):
        return Client(application).get(path, **options)

    with ThreadPoolExecutor(len(paths)) as pool:
        asked = [pool.submit(ask, path) for path in paths]
        return [one.exception(SECONDS) or one.result() for one in asked]


def meeting(barrier, respond):
    """The same response, once all others wait for it; later ones at once."""
    arrived: list[None] = []

    def held(environ, start):
        arrived.append(None)
        if len(arrived) == 1:
            barrier.wait(SECONDS)
        return respond(environ, start)

    return held


@pytest.mark.parametrize("body", [b"a", b"a" * 2000])
def test_equal_misses_cost_one_evaluation(together, body):
    """All get the answer of the first, whether or not it is small enough to keep."""
    client, origin = before(meeting(together, whole(body)), capacity=20_000)
    found = ask_at_once(client.application)
    assert [response.data for response in found] == [body] * READERS
    assert len({response.headers["ETag"] for response in found}) == 1
    assert len(origin.asked) == 1


def test_what_is_too_large_to_keep_is_shared_while_it_is_made(together):
    """The store's bound does not undo single flight."""
    client, origin = before(meeting(together, whole(b"a" * 9000)), capacity=20_000)
    ask_at_once(client.application)
    assert len(origin.asked) == 1
    client.get("/")
    assert len(origin.asked) == 2


def test_all_get_the_error_of_the_first(together):
    """A failed evaluation is not repeated for each of those who waited."""
    failing = whole(b"full", ("Retry-After", "1"), status="503 Service Unavailable")
    client, origin = before(meeting(together, failing))
    found = ask_at_once(client.application)
    assert [response.status_code for response in found] == [503] * READERS
    assert {response.headers["Retry-After"] for response in found} == {"1"}
    assert len(origin.asked) == 1


def test_what_is_for_one_reader_is_made_for_each(together):
    """Who waited for an answer that may not be shared gets one of his own."""
    client, origin = before(meeting(together, whole(b"a", ("Set-Cookie", "a=b"))))
    found = ask_at_once(client.application)
    assert [response.data for response in found] == [b"a"] * READERS
    assert len(origin.asked) == READERS


@pytest.mark.parametrize("death", [OSError, SystemExit])
def test_a_dead_leader_leaves_nobody_waiting(together, death):
    """Whatever ends the first evaluation, the others make their own."""

    def dying(environ, start):
        if len(origin.asked) == 1:
            raise death
        return whole(b"a")(environ, start)

    client, origin = before(meeting(together, dying))
    found = ask_at_once(client.application)
    errors = [one for one in found if isinstance(one, BaseException)]
    assert [type(error) for error in errors] == [death]
    assert [one.data for one in found if one not in errors] == [b"a"] * (READERS - 1)
    assert client.get("/").data == b"a"


def test_a_leader_that_never_returns_is_given_up():
    """Patience ends; whoever comes then begins anew."""
    inside, released = Event(), Event()

    def respond(environ, start):
        if len(origin.asked) == 1:
            inside.set()
            assert released.wait(SECONDS)
        return whole(b"a")(environ, start)

    client, origin = before(respond, patience=0.0)
    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(client.get, "/")
        assert inside.wait(SECONDS)
        assert Client(client.application).get("/").data == b"a"
        released.set()
        assert stuck.result(SECONDS).data == b"a"
    assert len(origin.asked) == 2


def test_volatile_answers_are_never_shared():
    """Each of two who ask for a random number at once gets one of their own."""
    barrier = Barrier(2)

    def respond(environ, start):
        # Passed only if both are in the application at the same time.
        barrier.wait(SECONDS)
        return whole(b"a")(environ, start)

    client, origin = before(respond)
    ask_at_once(client.application, ("/sparql?query=ASK+{FILTER(RAND()<1)}",) * 2)
    assert len(origin.asked) == 2


def test_other_questions_do_not_wait():
    """Two questions are evaluated side by side."""
    barrier = Barrier(2)

    def respond(environ, start):
        barrier.wait(SECONDS)
        return whole(environ["PATH_INFO"].encode())(environ, start)

    client, _ = before(respond)
    found = ask_at_once(client.application, ("/a", "/b"))
    assert [response.data for response in found] == [b"/a", b"/b"]


def test_a_body_is_compressed_for_all_at_once(together, monkeypatch):
    """Equal misses of a coded body cost one compression too."""
    packed = []

    def compress(body, *_level, **_options):
        packed.append(body)
        together.wait(SECONDS)
        return b"packed"

    monkeypatch.setattr("vomkg.web.coding.gzip.compress", compress)
    client, origin = before(whole(b"a" * 2000))
    client.get("/")
    headers = {"Accept-Encoding": "gzip"}
    found = ask_at_once(client.application, headers=headers)
    assert [response.data for response in found] == [b"packed"] * READERS
    assert (len(packed), len(origin.asked)) == (1, 1)
