"""A limit over HTTP: 503, and when to come back where that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from vomkg.cli.files import GraphOfFiles
from vomkg.errors import EngineError, LimitError, VomkgError
from vomkg.web import create_app

if TYPE_CHECKING:
    from vomkg.engine.local import Engine


class Failing:
    """An engine whose every query ends with the same error."""

    def __init__(self, kg, error):
        self.settings = kg.settings
        self.prefixes = kg.prefixes
        self.release = ""
        self.error = error

    def query(self, text, *, bindings=None):
        raise self.error

    def written(self, text, forms):
        raise self.error


def answered(kg, error, **headers):
    """What the endpoint says when its engine fails so."""
    graph = GraphOfFiles(cast("Engine", Failing(kg, error)))
    client = create_app(graph).test_client()
    return client.get("/sparql?query=ASK{}", headers=headers)


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_time_limit_says_when_to_come_back(tiny, accept):
    """Programs and browsers get the status, the header and the reason."""
    error = LimitError("the query took longer than 7 s", retry_after=7)
    response = answered(tiny, error, Accept=accept)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "7")
    assert "took longer than 7 s" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("error", "status"),
    [(LimitError("too many rows"), 503), (EngineError("it crashed"), 500)],
)
def test_no_return_where_it_would_not_help(tiny, error: VomkgError, status: int):
    """What would fail again does not ask the client to try."""
    response = answered(tiny, error)
    assert status == response.status_code
    assert "Retry-After" not in response.headers
