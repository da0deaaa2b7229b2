"""The server starts, tells its address, answers, and stops when told."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from vomkg.cli import main


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
        assert "Server" not in response.headers
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
