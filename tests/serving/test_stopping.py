"""Told to stop, a server answers what it has begun; and dies with nobody left."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engine.processes import ENDLESS, gone, killed, until
from tests.serving.servers import SERVERS, SLOW, Server, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="processes are watched through /proc"
    ),
]


def is_refused(server):
    """Whether it takes no more connections."""
    try:
        server.get("healthz")
    except ConnectionRefusedError:
        return True
    except OSError as fault:
        return isinstance(getattr(fault, "reason", None), ConnectionRefusedError)
    return False


@pytest.mark.parametrize("name", SERVERS)
def test_slow_query_in_flight_gets_its_whole_answer(people, name):
    """The signal comes while it runs; others are refused, it is answered."""
    words = ["--data", str(people), "--time-limit", "60", "--server", name]
    with serving(*words) as server, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.ask, SLOW)
        until(lambda: server.figure("vomkg_requests_in_flight") == 2)
        server.signal(signal.SIGTERM)
        until(lambda: is_refused(server))
        status, answer = asked.result()
        assert status == 200
        assert answer["results"]["bindings"][0]["n"]["value"] == str(300 * 300 * 100)
        assert server.ended() == (0, "")


@pytest.mark.parametrize("name", SERVERS)
def test_stop_time_bounds_the_wait(people, name):
    """A query that would never end holds nobody up."""
    words = ["--data", str(people), "--time-limit", "3000", "--stop-time", "0.2"]
    with serving(*words, "--server", name) as server, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.ask, ENDLESS)
        until(lambda: server.figure("vomkg_requests_in_flight") == 2)
        family = server.family()
        server.signal(signal.SIGTERM)
        assert server.ended()[0] == 0
        assert asked.exception() is not None or asked.result()[0] == 500
        until(lambda: gone(family))


@pytest.mark.parametrize("name", SERVERS)
def test_second_signal_ends_at_once(people, name):
    """Whoever is in a hurry is not kept, and learns that it was cut short."""
    words = ["--data", str(people), "--time-limit", "3000", "--server", name]
    with serving(*words) as server, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.ask, ENDLESS)
        until(lambda: server.figure("vomkg_requests_in_flight") == 2)
        family = server.family()
        server.signal(signal.SIGINT if name == "granian" else signal.SIGTERM)
        until(lambda: is_refused(server))
        server.signal(signal.SIGTERM)
        code, said = server.ended()
        assert (code, said.strip()) == (1, "error: interrupted")
        assert asked.exception() is not None or asked.result()[0] == 500
        until(lambda: gone(family))


def test_server_process_that_is_killed_comes_back(people):
    """Another answers, no process of the first is left, and it is said."""
    with serving("--data", str(people), "--server", "granian") as server:
        family = server.family()
        killed(family[0])
        until(server.answers)
        until(lambda: gone(family))
        assert len(server.family()) == len(family)
        assert server.ask("ASK {}") == (200, {"head": {}, "boolean": True})
        server.signal(signal.SIGTERM)
        code, said = server.ended()
    assert code == 0
    assert said == "warning: the server process ended (-9); another is started\n"


def test_server_process_that_dies_again_and_again_is_given_up(people):
    """A supervisor above may start it over: exit code 70."""
    with serving("--data", str(people), "--server", "granian") as server:
        killed(server.family()[0])
        until(server.answers)
        killed(server.family()[0])
        code, said = server.ended()
    assert code == 70
    assert "died twice" in said


def test_nothing_outlives_a_supervisor_that_is_killed(people):
    """Who kills the process that was started has killed all."""
    with serving("--data", str(people), "--server", "granian") as server:
        family = server.family()
        os.kill(server.process.pid, signal.SIGKILL)
        until(lambda: gone(family))


@pytest.mark.parametrize("name", SERVERS)
def test_changed_data_are_not_served(people, name):
    """After a loss, or in a new server process, there is one data set or none."""
    with serving("--data", str(people), "--server", name, "--workers", "1") as server:
        people.write_text("")
        family = server.family()
        killed(family[0])  # the server process of granian, the mother of waitress
        if name == "waitress":
            server.get("sparql?query=ASK%7B%7D")
        code, said = server.ended()
    assert code == 70
    assert "the data have changed" in said


def test_hangup_of_the_terminal_stops_it(person):
    """Without a log to reopen, it means what it always meant."""
    with serving("--data", str(person), "--server", "granian") as server:
        server.signal(signal.SIGHUP)
        assert server.ended() == (0, "")


def test_runs_where_processes_are_not_forked_from_the_first(person):
    """On macOS and from Python 3.14 on the server process is a fresh interpreter."""
    code = (
        "import multiprocessing, sys; multiprocessing.set_start_method('spawn');"
        "from vomkg.cli import main; main(sys.argv[1:])"
    )
    words = ["--data", str(person), "--server", "granian"]
    server = Server(*words, program=("-c", code))
    try:
        assert server.ask("ASK {}")[0] == 200
        server.signal(signal.SIGTERM)
        assert server.ended() == (0, "")
    finally:
        server.process.kill()
        server.process.communicate()
