"""The settings of a store: what is refused, and that secrets are never shown."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tests.remote.upstream import said, upstream
from vomkg.cli import main
from vomkg.config import load_settings
from vomkg.engine.remote.graphs import Graphs
from vomkg.engine.source import Source, from_order, to_order
from vomkg.errors import UsageError
from vomkg.settings.store import is_loopback, shown_address

SECRETS = {
    "VOMKG_STORE_USER": "mallory",
    "VOMKG_STORE_PASSWORD": "hunter2",
}


@pytest.mark.parametrize(
    "address",
    [
        "http://mallory:hunter2@example.org/sparql",
        "https://mallory@example.org/",
        "ftp://example.org/",
        "example.org/sparql",
        "https:///sparql",
        "https://example.org/sparql#part",
        "https://example.org/sparql?query=ASK",
        "https://example.org/sparql?a=b&default-graph-uri=x",
        "https://example.org:port/",
        "https://exam ple.org/",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(address):
    with pytest.raises(UsageError) as caught:
        load_settings({"VOMKG_STORE": address})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORE_GRAPHS", "urn:a <urn:b>"),
        ("STORE_CACHE", "-1"),
        ("STORE_CACHE", "nan"),
        ("STORE_ROWS", "0"),
        ("STORE_INSECURE", "perhaps"),
    ],
)
def test_values_of_another_kind_are_refused(name, value):
    with pytest.raises(UsageError, match=name.lower()):
        load_settings({f"VOMKG_{name}": value})


def test_values_are_read_from_the_environment_and_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vomkg.toml").write_text('store_graphs = ["urn:a", "urn:b"]\n')
    found = load_settings({"VOMKG_STORE_INSECURE": "True", "VOMKG_STORE_CACHE": "0"})
    assert found.store_graphs == ("urn:a", "urn:b")
    assert (found.store_insecure, found.store_cache, found.store) == (True, 0, "")
    again = load_settings({"VOMKG_STORE_GRAPHS": " urn:a,\nurn:b "})
    assert again.store_graphs == found.store_graphs


def test_secrets_are_not_in_what_is_printed():
    found = load_settings({**SECRETS, "VOMKG_STORE": "https://h/s?key=hunter2"})
    assert found.store_password in SECRETS.values()
    assert "mallory" not in repr(found)
    assert shown_address(found) == "https://h/s"


def test_the_order_to_the_workers_keeps_graphs_and_settings(settings):
    source = Source((), is_remote=True, graphs=Graphs(("urn:a",), ("urn:b",)))
    ours = load_settings({**SECRETS, "VOMKG_STORE_GRAPHS": "urn:a"})
    assert from_order(to_order(source, ours)) == (source, ours)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_is_known_by_its_names(host):
    assert is_loopback(host)
    assert not is_loopback(f"{host}.example.org")


def run(*words, **environment):
    return CliRunner().invoke(main, list(words), env=environment)


def test_info_shows_the_store_and_nothing_of_who_asks():
    body = (
        b'{"head": {"vars": ["graph"]}, "results": {"bindings": [{"graph": '
        b'{"type": "uri", "value": "https://w3id.org/vomkg/graph/union"}}]}}'
    )
    with upstream(said(body=body)) as server:
        result = run(
            "info", "--format", "json", "--store", f"{server.address}?key=x", **SECRETS
        )
    assert json.loads(result.stdout)["store"]["address"] == server.address
    assert not {"mallory", "hunter2"} & set(result.output.split('"'))


def test_a_store_and_files_are_not_asked_at_once():
    result = run("query", "ASK {}", "--data", "a.ttl", VOMKG_STORE="http://h/")
    assert result.exit_code == 2
    assert "VOMKG_STORE" in result.stderr


def test_a_store_that_is_away_is_told_with_its_exit_code():
    with upstream(said()) as server:
        address = server.address
    result = run("query", "ASK {}", "--store", address)
    assert result.exit_code == 3
    assert "cannot be reached" in result.stderr


def test_the_command_asks_the_store_as_it_is_on_demand():
    with upstream(said()) as server:
        result = run(
            "query", "ASK {}", "--store", server.address, "--default-graph", "plain"
        )
        assert result.stdout.strip() == "yes"
        assert [name for name, _ in server.asked[0][0]] == ["query"]


def test_a_store_without_our_graphs_is_refused_with_what_to_do():
    body = b'{"head": {"vars": ["graph"]}, "results": {"bindings": []}}'
    with upstream(said(body=body)) as server:
        result = run("query", "ASK {}", "--store", server.address)
    assert result.exit_code == 3
    assert "vomkg load" in result.stderr
