"""The servers of the tests themselves: they start, answer and are shared."""

from __future__ import annotations

import os
from urllib.request import urlopen

import pytest

from tests.remote.servers import MissingServerError, shared, started


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
@pytest.mark.slow
def test_a_server_answers_an_ask(kind, request):
    server = request.getfixturevalue(kind)
    with urlopen(f"{server.query}?query=ASK%7B%7D", timeout=10) as answer:  # noqa: S310
        assert b"true" in answer.read()


def test_two_users_share_one_server_and_the_last_one_stops_it(tmp_path, oxigraph):
    with shared("oxigraph", tmp_path) as first:
        with shared("oxigraph", tmp_path) as second:
            assert first == second != oxigraph
        os.kill(first.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(first.pid, 0)


def test_a_missing_program_is_named_with_its_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(MissingServerError, match="apt-get install virtuoso"),
        started("virtuoso", tmp_path / "v"),
    ):
        pass
