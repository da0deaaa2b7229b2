"""What the endpoint says of its limits is what it enforces."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pyoxigraph
import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.cli.files import GraphOfFiles
from vomkg.config import Settings
from vomkg.engine.local import Engine
from vomkg.web import create_app
from vomkg.web.limits import limits

FEDERATED = "http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery"
SETTINGS = Settings(
    root=cast("Any", None),
    cache=cast("Any", None),
    row_limit=54_321,
    query_length=4_321,
    query_depth=43,
    query_operators=234,
    workers=3,
    time_limit=2.5,
    memory_limit=1536,
    byte_limit=1_000_001,
    queue=0,
    service_endpoints=("http://e/one", "http://e/two"),
)
TOLD = {
    "Length of a query": "4,321 characters",
    "Nesting of brackets": "43 deep",
    "Operators and groups": "234 in a query",
    "Rows or triples of an answer": "54,321",
    "Size of an answer": "1,000,001 bytes",
    "Time for a query": "2.5 s",
    "Memory for a query": "1,536 MiB",
    "Queries at a time": "3",
    "Queries that wait": "0",
    "Endpoints that SERVICE may name": "http://e/one, http://e/two",
}


def graph(settings: Settings, engine: object = None) -> Any:
    return SimpleNamespace(settings=settings, engine=engine)


def test_every_limit_is_told_from_the_settings():
    """No number is written down twice."""
    assert dict(limits(graph(SETTINGS))) == TOLD


@pytest.mark.parametrize(
    ("size", "told"),
    [(100 << 20, "100 MiB"), (1 << 31, "2 GiB"), (1025, "1,025 bytes")],
)
def test_sizes_are_told_exactly(size: int, told: str):
    """A size is rounded nowhere, and has the largest unit that fits."""
    found = dataclasses.replace(SETTINGS, byte_limit=size)
    assert dict(limits(graph(found)))["Size of an answer"] == told


def test_what_is_not_bounded_is_not_told(tiny):
    """In the server's own process there is no limit on time, memory or bytes."""
    assert isinstance(tiny.engine, Engine)
    names = set(dict(limits(tiny)))
    assert names == {*list(TOLD)[:4], "Endpoints that SERVICE may name"}


@pytest.mark.parametrize("path", ["/sparql", "/about"])
def test_pages_list_the_limits(path: str, browser, tiny):
    """A person can read them before asking, name and bound side by side."""
    page = Page(browser.get(path).text)
    names = page.texts("dt")[-len(limits(tiny)) :]
    bounds = page.texts("dd")[-len(limits(tiny)) :]
    assert list(zip(names, bounds, strict=True)) == list(limits(tiny))


@pytest.mark.parametrize("allowed", [(), ("http://e/sparql",)])
def test_description_tells_limits_and_federation_as_they_are(allowed, tiny):
    """A program reads them too; federation is a feature only where it is one."""
    client = create_app(allowing(tiny, allowed)).test_client()
    data = client.get("/sparql", headers={"Accept": "application/n-triples"}).data
    triples = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES))
    values = [getattr(triple.object, "value", "") for triple in triples]
    assert (FEDERATED in values) == bool(allowed)
    [told] = [value for value in values if value.startswith("Limits: ")]
    assert "rows or triples of an answer: 50; " in told
    assert told.endswith(f"SERVICE may name: {', '.join(allowed) or 'none'}.")


@pytest.mark.parametrize(
    ("allowed", "status"), [((), 400), (("http://127.0.0.1:1/",), 502)]
)
def test_federated_query_over_http(allowed, status: int, tiny):
    """Not allowed is the client's fault; what does not answer is the other's."""
    client = create_app(allowing(tiny, allowed)).test_client()
    query = {"query": "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}
    found = client.get("/sparql", query_string=query)
    assert (found.status_code, found.get_json(force=True)["status"]) == (status, status)
    assert found.headers["Cache-Control"] == "no-store"
    page = client.get("/sparql", query_string=query, headers=BROWSER)
    assert page.status_code == status


def allowing(tiny, allowed):
    """The sample graph with those endpoints allowed."""
    settings = dataclasses.replace(tiny.settings, service_endpoints=allowed)
    return GraphOfFiles(Engine(tiny.engine._store, settings))


def test_the_documented_defaults_are_the_defaults():
    """The table of limits in the documentation has every limit, as it is."""
    text = (Path(__file__).parents[2] / "docs" / "http.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|.*\| `VOMKG_([A-Z_]+)` \| (.+) \|$", text, re.MULTILINE)
    documented = {name.lower(): value for name, value in rows}
    for name in documented:
        default = Settings.__dataclass_fields__[name].default
        words = {"workers": "one for each core", "service_endpoints": "none"}
        number = f"{default:g}" if isinstance(default, float) else str(default)
        assert documented[name] == words.get(name, number)
    limiting = {field for field in TOLD_BY if hasattr(SETTINGS, field)}
    assert limiting <= set(documented)


TOLD_BY = (
    *("query_length", "query_depth", "query_operators", "row_limit", "byte_limit"),
    *("time_limit", "memory_limit", "workers", "queue", "service_endpoints"),
)
