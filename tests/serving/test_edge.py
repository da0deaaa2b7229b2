"""Every request is numbered, counted and, if asked for, logged."""

from __future__ import annotations

import json
import os
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from werkzeug.test import Client

from tests.web.origin import whole
from vomkg.errors import (
    EngineError,
    LimitError,
    MemoryLimitError,
    QueryRefusedError,
    QueueLimitError,
    TimeLimitError,
    UsageError,
)
from vomkg.serving.asked import count_queries, outcome_of
from vomkg.serving.counts import Counts
from vomkg.serving.edge import Edge, logger
from vomkg.serving.journal import Journal
from vomkg.serving.routes import routes
from vomkg.web import create_app
from vomkg.web.cache import cached


@pytest.fixture
def log(tmp_path):
    """The path of an access log."""
    return tmp_path / "access.log"


def front(app, log=None, *, with_queries=False, route=lambda path: path):
    """A client of the edge before an app, and what it counts."""
    counts = Counts()
    journal = Journal(str(log)) if log else None
    record = (
        logger(journal, lambda: "r1", with_queries=with_queries) if journal else None
    )
    edge = Edge(app, counts, route, lambda: ("text/plain", b"figures\n"), record)
    return Client(edge), counts


def records(log):
    """The lines of the log, read as JSON."""
    return [json.loads(line) for line in log.read_text("ascii").splitlines()]


def test_request_gets_a_number_of_its_own():
    """Two requests can be told apart by what they were answered."""
    client, _ = front(whole())
    names = {client.get("/").headers["X-Request-ID"] for _ in range(3)}
    assert len(names) == 3


def test_number_of_the_client_is_kept():
    """Whoever numbers requests in front of us finds them again."""
    client, _ = front(whole())
    response = client.get("/", headers={"X-Request-ID": "Trace-7:a.b_c"})
    assert response.headers["X-Request-ID"] == "Trace-7:a.b_c"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "é", '"', "a,b"])
def test_number_that_is_not_sane_is_replaced(given):
    """Nothing is echoed that could mean something in a header or a log."""
    client, _ = front(whole())
    response = client.get("/", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] not in {given, ""}


def test_requests_are_counted_by_few_labels(client):
    """Whatever is asked for, the labels are those of the routes."""
    route = routes(client.application)
    edge, counts = front(client.application, route=route)
    paths = ["/questions/a", "/questions/b", "/x/1", "/x/2", "/%00", "/sparql", "/é"]
    for path in paths:
        edge.get(path, buffered=True)
    edge.open("/sparql", method="BREW", buffered=True)
    requests = counts.requests()
    assert {route for _, route, _ in requests} == {
        "/questions/<name>",
        "/sparql",
        "none",
    }
    assert {method for method, _, _ in requests} == {"GET", "other"}
    assert sum(sum(classes) for classes, _ in requests.values()) == len(paths) + 1
    assert counts.in_flight == 0


def test_durations_add_up():
    """Each request is in one class, and in the sum."""
    _, counts = front(whole())
    for seconds in (0.00005, 0.0001, 0.3, 99.0):
        counts.begin()
        counts.end(("GET", "/", "2xx"), seconds)
    classes, seconds = counts.requests()["GET", "/", "2xx"]
    assert sum(classes) == 4
    assert (classes[0], classes[-1]) == (2, 1)
    assert seconds == pytest.approx(99.30015)


def test_application_that_fails_is_counted_as_our_fault():
    """The error goes on to the server; nothing stays in flight."""

    def failing(_environ, _start_response):
        raise RuntimeError

    client, counts = front(failing)
    with pytest.raises(RuntimeError):
        client.get("/")
    assert list(counts.requests()) == [("GET", "/", "5xx")]
    assert counts.in_flight == 0


def test_answer_sent_in_pieces_ends_when_it_is_closed(log):
    """Its bytes are those that were sent."""

    def pieces(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return iter([b"ab", b"c"])

    client, counts = front(pieces, log)
    response = client.get("/", buffered=False)
    assert counts.in_flight == 1
    assert response.get_data() == b"abc"
    response.close()
    assert counts.in_flight == 0
    assert records(log)[0]["bytes"] == 3


def test_log_says_who_asked_what_and_how_it_went(log, client):
    """One JSON object a line, with the fields that the documentation names."""
    app = cached(client.application, release="r1")
    edge, _ = front(app, log, route=routes(client.application))
    query = "/sparql?query=ASK%7B%7D"
    agent = {"User-Agent": "probe/1"}
    edge.get(query, headers=agent, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    edge.get(query)
    edge.get("/nowhere", buffered=True)
    first, second, third = records(log)
    assert datetime.fromisoformat(first["time"]).tzinfo is not None
    assert first["time"].endswith("Z")
    facts = {name: first[name] for name in ("method", "path", "route", "status")}
    assert list(facts.values()) == ["GET", "/sparql", "/sparql", 200]
    assert (first["client"], first["agent"]) == ("192.0.2.7", "probe/1")
    assert (first["release"], first["bytes"] > 0) == ("r1", True)
    assert [first["cache"], second["cache"]] == ["miss", "hit"]
    assert (third["status"], third["route"]) == (404, "none")
    assert "ASK" not in log.read_text()


@pytest.mark.parametrize("method", ["GET", "POST", "QUERY"])
def test_log_holds_queries_only_if_told(log, client, method):
    """The text is there however it was sent."""
    app = cached(client.application, release="r1")
    edge, _ = front(app, log, with_queries=True)
    if method == "GET":
        edge.get("/sparql?query=ASK%7B%7D")
    else:
        kind = "application/sparql-query"
        edge.open("/sparql", method=method, data="ASK{}", content_type=kind)
    edge.post("/sparql", data={"query": "ASK{}"})
    assert [record["query"] for record in records(log)] == ["ASK{}", "ASK{}"]


def test_no_request_can_forge_a_line_of_the_log(log):
    """Line ends and terminal codes of a client arrive as escapes."""
    client, _ = front(whole(), log)
    path = "/%0A%7B%22status%22%3A1%7D%1B%5B31m%E2%80%A8"
    client.get(path, environ_base={"HTTP_USER_AGENT": 'a"\r\n\x1b[0m\x85'})
    text = log.read_bytes()
    assert text.count(b"\n") == 1
    assert text.endswith(b"\n")
    assert all(32 <= byte < 127 for byte in text[:-1])
    (record,) = records(log)
    assert record["path"] == '/\n{"status":1}\x1b[31m\u2028'
    assert record["agent"] == 'a"\r\n\x1b[0m\x85'


def test_log_follows_its_name_after_rotation(log):
    """The next line goes to the new file, and no line is lost."""
    journal = Journal(str(log))
    journal.write({"n": 1})
    log.rename(log.with_suffix(".1"))
    journal.write({"n": 2})
    journal.reopen()
    journal.write({"n": 3})
    journal.close()
    assert records(log.with_suffix(".1")) == [{"n": 1}, {"n": 2}]
    assert records(log) == [{"n": 3}]


def test_log_that_cannot_be_written_loses_lines_and_says_so(log):
    """A full disk is no reason to refuse requests."""
    journal = Journal(str(log))
    os.close(journal._number)
    journal.write({"n": 1})
    assert journal.lost == 1


def test_log_that_cannot_be_opened_is_told(tmp_path):
    """A wrong folder is told when the server is started."""
    with pytest.raises(UsageError, match=r"access log cannot be written: no such"):
        Journal(str(tmp_path / "missing" / "access.log"))


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (QueueLimitError("x"), "queue"),
        (TimeLimitError("x"), "time"),
        (MemoryLimitError("x"), "memory"),
        (LimitError("x"), "size"),
        (QueryRefusedError("x"), "refused"),
        (EngineError("x"), "crashed"),
    ],
)
def test_query_is_counted_by_what_became_of_it(error, outcome):
    """Each class of error has its outcome, and is raised as before."""

    def fail(_text):
        raise error

    counts = Counts()
    graph = cast("Any", SimpleNamespace())
    graph.engine = SimpleNamespace(query=fail, release="r")
    count_queries(graph, counts)
    with pytest.raises(type(error)):
        graph.engine.query("ASK {}")
    assert outcome_of(error) == outcome
    assert dict(counts.queries) == {outcome: 1}
    assert graph.engine.release == "r"


def test_query_that_is_answered_is_counted(tiny):
    """The engine behind it is used as before."""
    counts = Counts()
    graph = cast("Any", SimpleNamespace(engine=tiny.engine))
    count_queries(graph, counts)
    assert graph.engine.query("ASK {}").boolean
    assert dict(counts.queries) == {"answered": 1}


def test_app_under_test_is_the_front_end(tiny):
    """Every rule of the front end is a route of its own."""
    route = routes(create_app(tiny))
    assert route("/") == "/"
    assert route("/questions/x.csv") == "/questions/<name>.<extension>"
    assert route("/healthz") == "/healthz"
