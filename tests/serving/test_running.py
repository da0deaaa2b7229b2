"""What a running server tells, on granian and on waitress."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.engine.processes import ENDLESS, until
from tests.serving.servers import SERVERS, serving
from vomkg.cli.graph import to_serve
from vomkg.config import load_settings
from vomkg.errors import MissingToolError
from vomkg.serving import run

pytestmark = pytest.mark.slow
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture(scope="module", params=SERVERS)
def watched(request, tmp_path_factory):
    """A server with a log, a short time limit and a short limit on queries."""
    folder = tmp_path_factory.mktemp("watched")
    data, log = folder / "people.nt", folder / "access.log"
    lines = [f"<urn:{n}> <urn:p> <urn:{n}> .\n" for n in range(400)]
    data.write_text("".join(lines))
    words = ["--data", str(data), "--server", request.param, "--workers", "1"]
    limits = ["--time-limit", "0.3", "--row-limit", "1", "--queue", "2"]
    with serving(*words, *limits, "--access-log", str(log)) as server:
        server.log = log
        yield server


def test_metrics_tell_what_became_of_queries(watched):
    """Each query is counted once, by its end."""
    outcomes = ("answered", "refused", "time", "size")
    names = [f'vomkg_queries_total{{outcome="{name}"}}' for name in outcomes]
    before = [watched.figure(name) for name in names]
    watched.ask("ASK { ?metrics ?p ?o }")
    watched.ask("ASK { ?metrics ?p ?o }")  # from memory: no query
    watched.ask("not SPARQL")
    watched.ask(ENDLESS)
    watched.ask("SELECT * { VALUES ?x { 1 2 } }")
    after = [watched.figure(name) for name in names]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1] * 4
    assert watched.figure('vomkg_worker_ends_total{cause="time"}') >= 1
    assert watched.figure("vomkg_cache_hits_total") >= 1
    assert watched.figure("vomkg_workers_alive") == 1


def test_every_metric_is_documented(watched):
    """And every one that is documented is there."""
    text = watched.get("metrics")[2].decode()
    told = set(re.findall(r"^# TYPE (vomkg_\w+) ", text, re.MULTILINE))
    page = OPERATIONS.read_text(encoding="utf-8")
    assert told == set(re.findall(r"^\| `(vomkg_\w+)", page, re.MULTILINE))


def test_log_is_written_and_follows_its_name(watched):
    """After the signal that rotates it, lines go to a new file."""
    watched.get("healthz", X_Request_ID="before")
    # A line is written when the answer is sent, so the client may be first.
    until(lambda: '"before"' in watched.log.read_text())
    old = watched.log.with_suffix(".1")
    watched.log.rename(old)
    target = watched.process.pid
    os.kill(target, signal.SIGHUP)

    def asked():
        watched.get("healthz", X_Request_ID="after")
        # The file is there a moment before its first line.
        return watched.log.exists() and '"after"' in watched.log.read_text()

    until(asked)
    names = [json.loads(line)["id"] for line in watched.log.read_text().splitlines()]
    assert set(names) == {"after"}
    assert '"before"' in old.read_text()


def test_long_address_is_a_problem(watched):
    """As far as the server lets it through: sixty-five thousand bytes."""
    status, headers, _ = watched.get("sparql?query=" + "a" * 65_100)
    assert (status, headers["Content-Type"]) == (414, "application/problem+json")


@pytest.mark.parametrize("host", ["a b", "", "[::1"])
def test_malformed_host_is_a_problem(watched, host):
    """Sent as the bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", watched.port)) as channel:
        request = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        channel.sendall(request.encode())
        answer = b"".join(iter(lambda: channel.recv(65_536), b"")).lower()
    assert answer.startswith(b"http/1.1 400 ")
    assert b"application/problem+json" in answer


def test_old_clients_need_no_host(watched):
    """HTTP/1.0 did not know the header; health checks are written in it."""
    with socket.create_connection(("127.0.0.1", watched.port)) as channel:
        channel.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: channel.recv(65_536), b"")).lower()
    assert answer.startswith(b"http/1.0 200 ")


def test_service_description_names_the_public_address(person):
    """--public-url goes before what the client asked."""
    words = ["--public-url", "https://data.example/vom/"]
    with serving("--data", str(person), *words) as server:
        body = server.get("sparql", Accept="application/n-triples")[2]
    assert b"<https://data.example/vom/sparql>" in body
    assert b"127.0.0.1" not in body


def test_second_server_does_not_share_the_port(person):
    """A port that is taken is told, though the kernel could share it."""
    from click.testing import CliRunner

    from vomkg.cli import main

    with serving("--data", str(person)) as server:
        words = ["serve", "--data", str(person), "--port", str(server.port)]
        result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "address already in use" in result.stderr


def test_server_that_is_missing_is_told(monkeypatch):
    """Left to itself it takes the other; by name it is an error with the way out."""
    monkeypatch.setattr(run, "find_spec", lambda _name: None)
    assert run.server_for("auto") == "waitress"
    with pytest.raises(MissingToolError, match="waitress"):
        run.server_for("granian")


@pytest.mark.skipif(sys.platform == "win32", reason="granian does not run there")
def test_granian_is_the_server_if_nothing_is_said():
    """And waitress if it is named."""
    assert run.server_for("auto") == "granian"
    assert run.server_for("waitress") == "waitress"


def test_what_is_opened_is_what_was_chosen(person):
    """A second opening after a change is refused: it would be another data set."""
    from vomkg.errors import EngineError

    opener = to_serve(load_settings({}), [person])
    person.write_text("")
    with pytest.raises(EngineError, match="the data have changed"):
        opener(None)
