"""``vomkg load`` as it is typed: what it says, what it hides, how it fails."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from base64 import b64encode

import pytest
from click.testing import CliRunner

from tests.remote.faulty import faulty_store
from tests.remote.servers import free_port
from vomkg.cli import main
from vomkg.errors import UpstreamError
from vomkg.namespaces import UNION_GRAPH

FAILED = UpstreamError.exit_code
ONE = "http://example.org/one"


@pytest.fixture
def store():
    with faulty_store() as found:
        yield found


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data.trig"
    body = " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(10))
    path.write_text(f"GRAPH <{ONE}> {{ {body} }}", encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VOMKG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("VOMKG_LOAD_CHUNK", "4")
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def load(url, *words):
    return CliRunner().invoke(main, ["load", url, *words])


def failing(status, body=b"", *, only="PUT", **headers):
    """A fault of requests of one method."""

    def fault(method, _path):
        return (status, headers, body) if method == only else None

    return fault


def test_says_where_what_and_how_much(store, data):
    result = load(store.base, "--data", data)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{ONE}\t10\n{UNION_GRAPH}\t10\n"
    assert f"taken for Oxigraph: queries to {store.base}/query" in result.stderr
    assert f"graphs to {store.base}/store" in result.stderr
    assert "wrote 20 triples by the Graph Store Protocol" in result.stderr
    assert "all 20 triples read back and equal" in result.stderr


def test_large_graph_goes_in_parts(store, data):
    """PUT once, then POST (Graph Store Protocol §5.3, §5.5)."""
    load(store.base, "--data", data)
    methods = [method for method, path in store.asked if path.startswith("/store")]
    assert methods == ["PUT", "POST", "POST"] * 2


def test_sample_is_called_a_sample(store, data, monkeypatch):
    monkeypatch.setenv("VOMKG_LOAD_PROOF", "19")
    result = load(store.base, "--data", data)
    assert result.exit_code == 0, result.stderr
    assert "of 20 triples, a sample of the subjects" in result.stderr


def test_named_addresses_are_taken(store, data):
    """The guess fills only what was not named."""
    words = ["--update", f"{store.base}/update", "--via", "update"]
    result = load(f"{store.base}/ds/sparql", "--data", data, *words)
    assert result.exit_code == 0, result.stderr
    assert f"updates to {store.base}/update" in result.stderr


def test_address_may_come_from_the_environment(store, data, monkeypatch):
    monkeypatch.setenv("VOMKG_STORE", store.base)
    result = CliRunner().invoke(main, ["load", "--data", data])
    assert result.exit_code == 0, result.stderr


def test_blank_nodes_are_said_to_become_iris(store, tmp_path):
    path = tmp_path / "blank.ttl"
    path.write_text("<urn:a> <urn:p> [ <urn:q> 1 ] .")
    result = load(store.base, "--data", str(path))
    assert "1 blank nodes are written as IRIs" in result.stderr
    assert all("_:" not in str(quad) for quad in store.store)


def test_failure_half_way_says_how_to_go_on_and_does(store, data):
    """Requests are repeated, then the load stops; the next one goes on."""
    seen = []

    def fault(method, path):
        if method == "POST" and path.startswith("/store"):
            seen.append(path)
            return (503, {"Retry-After": "1"}, b"busy") if len(seen) > 1 else None
        return None

    store.fault = fault
    result = load(store.base, "--data", data)
    assert result.exit_code == FAILED
    assert len(seen) == 6  # one that went well, five attempts at the next
    assert "8 of 20 triples are written" in result.stderr
    assert "the same command goes on from there" in result.stderr
    store.fault = lambda _method, _path: None
    again = load(store.base, "--data", data)
    assert again.exit_code == 0, again.stderr
    assert "wrote 12 triples" in again.stderr
    assert len(store.store) == 20


def test_connection_that_breaks_is_tried_again(store, data):
    broken: list[str] = []

    def fault(method, path):
        if method == "PUT" and not broken:
            broken.append(path)
            return "hang up"
        return None

    store.fault = fault
    assert load(store.base, "--data", data).exit_code == 0
    assert broken


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (failing(401), "asks for credentials; set VOMKG_STORE_USER"),
        (failing(403, b"no"), "does not allow this (status 403): no"),
        (failing(404), "has no such address (status 404); name it by"),
        (failing(405), "does not allow this method (status 405); try --via"),
        (failing(413), "finds the request too large"),
        (failing(500, b"<p>The server is read-only</p>"), "is read-only"),
        (failing(500, b"<h1>Disk</h1> full"), "failed (status 500): Disk full"),
        (failing(301, Location="https://x.org/"), "has moved to https://x.org/"),
        (failing(200, b"<html>", only="POST"), "no result of a query"),
    ],
)
def test_refusal_is_told_in_words(store, data, fault, said):
    store.fault = fault
    result = load(store.base, "--data", data, "--via", "gsp")
    assert result.exit_code == FAILED
    assert said in result.stderr
    assert len(result.stderr.splitlines()) <= 3


def test_nobody_listens_there(data):
    result = load(f"http://127.0.0.1:{free_port()}/sparql", "--data", data)
    assert (result.exit_code, result.stdout) == (FAILED, "")
    assert "refuses the connection: nothing listens there" in result.stderr


def test_server_without_tls_is_no_safe_connection(store, data):
    result = load(store.base.replace("http:", "https:"), "--data", data)
    assert result.exit_code == FAILED
    assert "no safe connection to https://" in result.stderr


def test_basic_credentials_are_sent_when_asked_and_never_shown(
    store, data, monkeypatch
):
    monkeypatch.setenv("VOMKG_STORE_USER", "ann")
    monkeypatch.setenv("VOMKG_STORE_PASSWORD", "open-sesame")
    right = "Basic " + b64encode(b"ann:open-sesame").decode()

    def fault(method, _path):
        sent = store.headers[-1].get("Authorization")
        wanted = method == "PUT" and sent != right
        return (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"") if wanted else None

    store.fault = fault
    result = load(store.base, "--data", data)
    assert result.exit_code == 0, result.stderr
    monkeypatch.setenv("VOMKG_STORE_PASSWORD", "wrong-sesame")
    refused = load(store.base, "--data", data, "--restart")
    assert "refuses the credentials" in refused.stderr
    for output in (result.output, refused.output, json.dumps(store.asked)):
        assert "sesame" not in output


def test_token_is_sent_as_bearer(store, data, monkeypatch):
    monkeypatch.setenv("VOMKG_STORE_TOKEN", "sesame")
    result = load(store.base, "--data", data)
    assert result.exit_code == 0, result.stderr
    assert {found["Authorization"] for found in store.headers} == {"Bearer sesame"}
    assert "sesame" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no address of a store"),
        (["ftp://example.org"], "http or https"),
        (["http://ann:secret@example.org/"], "must not hold a user or password"),
        (["http://127.0.0.1:1/", "--update", "nowhere"], "option --update"),
        (["http://127.0.0.1:1/", "--via", "ftp"], "'ftp' is not one of"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_sent(words, said):
    result = CliRunner().invoke(main, ["load", *words])
    assert result.exit_code == 2
    assert said in result.stderr
    assert "secret" not in result.stderr


def test_nothing_to_load_is_wrong_usage(store, tmp_path):
    path = tmp_path / "empty.ttl"
    path.write_text("")
    result = load(store.base, "--data", str(path))
    assert result.exit_code == 2
    assert store.asked == []


def test_what_the_store_changes_is_a_failure(store, data):
    """A server that answers 204 and writes nothing."""
    store.fault = failing(204, only="PUT")
    result = load(store.base, "--data", data)
    assert result.exit_code == 1
    assert "holds 6 triples instead of 10" in result.stderr


@pytest.mark.slow
def test_terminal_shows_triples_and_their_rate(store, data):
    """The bar goes to the terminal, the result to standard output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "vomkg", "load", store.base, "--data", data],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b"")).decode()
        os.close(ours)
        printed = process.stdout.read().decode() if process.stdout else ""
    assert process.returncode == 0, shown
    assert "20/20" in shown
    assert "triples, " in shown
    assert "per second" in shown
    assert printed == f"{ONE}\t10\n{UNION_GRAPH}\t10\n"


def _read(terminal):
    """What is shown next; nothing once the other side has closed it."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""
