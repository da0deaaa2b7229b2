"""The server starts, tells its address, answers, and stops when told."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tests.engine.processes import ENDLESS, gone, killed, until
from tests.serving.servers import SERVERS, descendants
from vomkg.cli import main
from vomkg.cli.graph import open_isolated
from vomkg.engine.local import Engine

LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are watched through /proc"
)


def started(*words):
    """A server on a free port, and the address that it tells."""
    process = subprocess.Popen(
        [sys.executable, "-m", "vomkg", "serve", "--port", "0", *words],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    assert line.startswith("serving on http://127.0.0.1:"), line
    return process, line.split()[2]


def stopped(process):
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=20)
    return process.returncode, rest


@pytest.mark.slow
def test_serves_the_shipped_release(kg):
    """The address that it tells gives the release, and a signal ends it quietly."""
    process, address = started()
    try:
        with urlopen(f"{address}healthz") as response:  # noqa: S310  our own server
            facts = json.load(response)
        assert response.headers.get("Server") in {None, "granian"}  # no version
    finally:
        ended = stopped(process)
    assert facts == {"status": "ok", "release": kg.release.id}
    assert ended == (0, "")


@pytest.mark.slow
def test_serves_files_instead(tmp_path):
    """--data, --default-graph and --row-limit reach the endpoint."""
    path = tmp_path / "people.nq"
    path.write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> <urn:c> .\n")
    words = ["--data", str(path), "--default-graph", "plain", "--row-limit", "1"]
    process, address = started(*words)
    try:
        with urlopen(f"{address}sparql?query=SELECT+?o{{?s+?p+?o}}") as response:  # noqa: S310  our own server
            bindings = json.load(response)["results"]["bindings"]
        with pytest.raises(HTTPError, match="503") as caught:
            urlopen(f"{address}sparql?query=SELECT+?o{{VALUES+?o{{1+2}}}}")  # noqa: S310
        caught.value.close()
    finally:
        stopped(process)
    assert [row["o"]["value"] for row in bindings] == ["urn:c"]


def test_refuses_a_port_that_is_taken():
    """A taken port is told at once, with the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", "--port", port])
    assert result.exit_code == 2
    assert f"127.0.0.1:{port}: address already in use" in result.stderr
    assert "--port" in result.stderr


@pytest.mark.parametrize(
    ("words", "code"), [(["--data", "missing.ttl"], 3), (["--row-limit", "0"], 2)]
)
def test_refuses_bad_input_before_it_serves(words, code, tmp_path, monkeypatch):
    """What cannot be served is told when the server is started."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["serve", "--port", "0", *words])
    assert result.exit_code == code
    assert "serving" not in result.stderr


def asked(address, query):
    """The status of a query, its headers and its body."""
    try:
        with urlopen(f"{address}sparql?query={quote(query)}") as response:  # noqa: S310
            return response.status, response.headers, json.load(response)
    except HTTPError as fault:
        with fault:
            return fault.code, fault.headers, json.load(fault)


@pytest.fixture
def people(tmp_path):
    """A file of four hundred triples."""
    path = tmp_path / "people.nt"
    lines = [f"<urn:{s}> <urn:p> <urn:{o}> .\n" for s in range(40) for o in range(10)]
    path.write_text("".join(lines))
    return path


@LINUX
def test_ends_a_runaway_query(people):
    """The limits given as options hold, and the next query is answered."""
    words = ["--data", str(people), "--time-limit", "0.4", "--workers", "1"]
    process, address = started(*words)
    try:
        status, headers, problem = asked(address, ENDLESS)
        assert (status, headers["Retry-After"]) == (503, "1")
        assert problem["title"] == "Limit reached"
        assert "longer than 0.4 s" in problem["detail"]
        assert asked(address, "ASK {}")[0] == 200
        family = descendants(process.pid)
        assert len(family) >= 2  # the one that was ended may not be reaped yet
    finally:
        ended = stopped(process)
    assert ended == (0, "")
    until(lambda: gone(family))


@LINUX
@pytest.mark.parametrize("server", SERVERS)
def test_ends_when_nothing_can_be_answered_any_more(people, server):
    """Data that changed under a lost engine are not served: exit code 70."""
    words = ["--data", str(people), "--workers", "1", "--server", server]
    process, address = started(*words)
    try:
        mother = descendants(process.pid)[server == "granian"]
        people.write_text("")
        killed(mother)
        with pytest.raises(OSError, match=r"500|Remote end closed|reset|refused"):
            urlopen(f"{address}sparql?query=ASK%7B%7D").close()  # noqa: S310
        _, rest = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 70
    assert "the data have changed" in rest


def test_says_loudly_that_there_are_no_limits(settings, people, monkeypatch, capsys):
    """Where no process can be forked, queries are answered, with a warning."""
    monkeypatch.delattr("os.fork")
    kg = open_isolated(settings, [people])
    assert isinstance(kg.engine, Engine)
    assert kg.query("ASK {}").boolean
    assert "NO LIMIT" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--time-limit", "0"],
        ["--memory-limit", "1"],
        ["--byte-limit", "0"],
        ["--workers", "65"],
        ["--queue", "-1"],
    ],
)
def test_refuses_limits_out_of_range(words):
    """Each limit has a range, which its help shows."""
    result = CliRunner().invoke(main, ["serve", *words])
    assert result.exit_code == 2
    assert words[0] in result.stderr
