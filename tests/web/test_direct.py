"""Queries answered before Flask: the same answers, and only what is plainly a query."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from werkzeug.test import Client

from vomkg.web import create_app
from vomkg.web.direct import Direct

SELECT = "SELECT * { ?s a vom:Review } ORDER BY ?s"
ACCEPTS = [
    None,
    "",
    "*/*",
    "application/sparql-results+json",
    "application/sparql-results+xml;q=0.5, text/csv;q=0.9",
    "text/turtle",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "application/json, text/html;q=0.5",
    "foo/bar",
    "text/html;q=0.1, */*;q=0.9",
]
ADDRESSES = [
    "query=" + quote(SELECT),
    "query=" + quote("ASK {}"),
    "query=" + quote("CONSTRUCT { ?s a ?t } { ?s a ?t }"),
    "query=" + quote(SELECT) + "&format=csv",
    "query=" + quote(SELECT) + "&format=turtle",
    "query=" + quote(SELECT) + "&format=none",
    "query=" + quote(SELECT) + "&format=",
    "query=" + quote(SELECT) + "&other=1&query2=x",
    "query=ASK+%7B%7D",
    "query=ASK{}&default-graph-uri=" + quote("https://example.org/absent"),
    "query=ASK{}&default-graph-uri=bad",
    "query=ASK{}&query=ASK{}",
    "query=",
    "query",
    "query=%FF",
    "query=" + quote("SELECT * { ?s ?p 'é' }"),
    "query=SELECT",
    "query=" + quote("SELECT (<urn:f>(1) AS ?x) {}"),
    "query=" + quote("INSERT DATA {}"),
    "query=" + quote("SELECT * { ?a ?b ?c . ?d ?e ?f }"),
    "update=x&query=ASK{}",
    "",
    "format=turtle",
    "quer=ASK{}",
]


class Entered:
    """The front end, and whether it was entered."""

    def __init__(self, app) -> None:
        self.app = app
        self.count = 0

    def __call__(self, environ, start_response):
        self.count += 1
        return self.app(environ, start_response)


@pytest.fixture
def both(tiny):
    """A client of the front end, one of the direct way, and what that enters."""
    app = create_app(tiny)
    behind = Entered(app)
    return Client(app), Client(Direct(behind, tiny)), behind


def facts(response):
    """All that a client sees, header names in one spelling."""
    headers = sorted((name.lower(), value) for name, value in response.headers)
    return response.status, headers, response.data


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_both_ways_give_the_same(address, accept, both):
    """Status, headers and body are those of the front end."""
    flask, direct, _ = both
    headers = {} if accept is None else {"Accept": accept}
    wanted = flask.get(f"/sparql?{address}", headers=headers)
    assert facts(wanted) == facts(direct.get(f"/sparql?{address}", headers=headers))


def test_characters_left_unencoded_are_those_of_the_query(both):
    """An address in UTF-8, as a careless client sends it."""
    raw = "query=SELECT(STRLEN('é')AS?n){}".encode().decode("latin-1")
    for client in both[:2]:
        answer = client.get(
            "/sparql",
            headers={"Accept": "text/csv"},
            environ_overrides={"QUERY_STRING": raw},
        )
        assert answer.data.split() == [b"n", b"1"]


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "QUERY", "PUT"])
def test_other_methods_go_on(method, both):
    """Only GET is answered here."""
    _, direct, behind = both
    direct.open("/sparql?query=ASK{}", method=method)
    assert behind.count == 1


@pytest.mark.parametrize(
    ("address", "entered"),
    [
        ("/sparql?query=ASK{}", 0),
        ("/sparql?query=SELECT", 0),
        ("/sparql", 1),
        ("/sparql/?query=ASK{}", 1),
        ("/?query=ASK{}", 1),
        ("/sparql?query=%FF", 1),
    ],
)
def test_a_plain_query_enters_nothing(address, entered, both):
    """What is no query for data is left to the front end."""
    _, direct, behind = both
    direct.get(address)
    assert entered == behind.count


def test_a_fault_of_ours_is_told_by_the_front_end(both, tiny, monkeypatch):
    """No traceback: the front end logs it and says so."""
    _, direct, behind = both
    monkeypatch.setattr(type(tiny), "written", lambda *_: 1 / 0)
    behind.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = direct.get("/sparql?" + urlencode({"query": "ASK{}"}))
    assert (answer.status_code, behind.count) == (500, 1)
    assert answer.mimetype == "application/problem+json"
