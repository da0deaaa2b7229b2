"""Searching and browsing a store give what they give here."""

from __future__ import annotations

import pytest

from tests.web.markup import Page
from vomkg.cli.graph import open_isolated
from vomkg.config import load_settings
from vomkg.web import create_app

TEXTS = ("offenders", "apolgy", "0.87", "est-r1-overall", "xylophone")
LISTS = (
    "/browse/Claim?format=csv",
    "/browse/Claim?reportedBy=review-one&hedged=not-stated&format=csv",
    "/browse/EffectEstimate?metric.metricFamily=RateRatioFamily&format=csv",
)


def opened(server, settings):
    """The store behind worker processes, as it is served."""
    ours = load_settings({}, cache=settings.cache, store=server.query, workers=1)
    return open_isolated(ours)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_the_same_is_found(kind, request, settings, kg, filled):
    server, _ = filled(request.getfixturevalue(kind))
    over = opened(server, settings)
    with over.engine:
        for text in TEXTS:
            assert over.search(text).fields() == kg.search(text).fields(), text


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_the_same_is_listed(kind, request, settings, kg, filled):
    server, _ = filled(request.getfixturevalue(kind))
    over = opened(server, settings)
    with over.engine:
        here, there = (create_app(one).test_client() for one in (kg, over))
        for path in LISTS:
            expected, found = here.get(path), there.get(path)
            assert expected.status_code == found.status_code == 200, found.text
            assert sorted(found.text.splitlines()) == sorted(expected.text.splitlines())
            assert _members(there, path) == _members(here, path)


def _members(client, path):
    """What the page lists, in its order."""
    page = Page(client.get(path.removesuffix("format=csv")).text)
    found = [e.text.split() for e in page.all("a") if e.parents[-2:] == ("ol", "li")]
    assert found
    return found
