"""The front end over a store: pages, endpoint, health, and how long answers live."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from tests.remote.upstream import said, upstream
from vomkg.cli.graph import open_isolated
from vomkg.config import load_settings
from vomkg.engine.answer import Answer
from vomkg.errors import UpstreamError
from vomkg.web import create_app
from vomkg.web.cache import cached, lifetime_of
from vomkg.web.health import Health

ONE = b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "urn:one"}}]}}'


@contextmanager
def served(settings, reply, **more):
    """A client of the front end over a store that replies so, and the store."""
    with upstream(reply) as server:
        ours = load_settings(
            {}, cache=settings.cache, store=server.address, workers=1, **more
        )
        kg = open_isolated(ours, default_graph="plain")
        with kg.engine:  # type: ignore[union-attr]  # on this system there are workers
            app = create_app(kg)
            app.wsgi_app = cached(  # type: ignore[method-assign]
                app.wsgi_app, release="", lifetime=lifetime_of(ours)
            )
            yield app.test_client(), server


@pytest.mark.slow
@pytest.mark.parametrize(("seconds", "asked"), [(60, 1), (0, 2)])
def test_the_endpoint_answers_out_of_the_store(settings, seconds, asked):
    with served(settings, said(body=ONE), store_cache=seconds) as (client, server):
        address = "/sparql?query=SELECT+?a+{?a+?b+?c}&format=json"
        client.get(address)
        found = client.get(address)
        assert json.loads(found.data)["results"] == json.loads(ONE)["results"]
        assert len(server.asked) == asked
        tag = {"If-None-Match": found.headers["ETag"]}
        again = client.get(address, headers=tag)
        assert again.status_code == 304


@pytest.mark.slow
def test_a_store_that_fails_is_told_as_such_and_the_health_says_so(settings):
    with served(settings, said(500, b"disk full", "text/plain")) as (client, server):
        found = client.get("/sparql?query=ASK+{}")
        assert found.status_code == 502
        assert "disk full" in found.json["detail"]
        health = client.get("/healthz")
    assert health.status_code == 503
    assert health.json["store"]["address"] == server.address


class Graph:
    """As much of a knowledge graph as health needs."""

    def __init__(self, settings):
        self.settings = settings
        self.release = type("Release", (), {"id": ""})
        self.asked = 0
        self.is_away = False

    def query(self, _):
        self.asked += 1
        if self.is_away:
            raise UpstreamError("away")
        return Answer("boolean", boolean=True)


def test_the_store_is_looked_at_once_in_a_while(settings):
    now = [0.0]
    ours = load_settings({}, cache=settings.cache, store="https://h/s?key=x")
    graph = Graph(ours)
    health = Health(graph, clock=lambda: now[0])  # type: ignore[arg-type]
    assert health.facts()[1] == 200
    graph.is_away = True
    assert health.facts() == (
        {
            "status": "ok",
            "release": "",
            "store": {"address": "https://h/s", "status": "ok"},
        },
        200,
    )
    now[0] = 5.0
    assert health.facts()[1] == 503
    assert graph.asked == 2


def test_without_a_store_nothing_is_asked(settings):
    graph = Graph(settings)
    assert Health(graph).facts() == ({"status": "ok", "release": ""}, 200)  # type: ignore[arg-type]
    assert graph.asked == 0
