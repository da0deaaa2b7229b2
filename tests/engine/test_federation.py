"""SERVICE: what may go out goes out once, and nothing else ever does."""

from __future__ import annotations

import dataclasses
import socket
import sys
from contextlib import closing

import pytest

from tests.engine.endpoint import endpoint
from vomkg.engine import workers
from vomkg.engine.guard import check_query
from vomkg.engine.source import Source, from_order, to_order
from vomkg.engine.workers import IsolatedEngine
from vomkg.errors import (
    FederationError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
)

ALLOWED = "http://e/sparql"
isolated = pytest.mark.skipif(
    sys.platform != "linux", reason="workers are confined where there are limits"
)


@pytest.fixture(scope="module")
def afar():
    with endpoint() as found:
        yield found


@pytest.fixture
def closed():
    """An address at which nobody listens."""
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/"


@pytest.fixture
def allowing(settings):
    """The settings with those endpoints allowed."""
    return lambda *iris: dataclasses.replace(settings, service_endpoints=iris)


@pytest.fixture
def opened(settings, small_file):
    """An engine with workers over the small dataset, with those endpoints allowed."""

    def make(*iris):
        found = dataclasses.replace(
            settings, service_endpoints=iris, workers=1, time_limit=20.0
        )
        return IsolatedEngine(Source((str(small_file),), "union"), found)

    return make


def verdict(text, settings):
    try:
        check_query(text, settings)
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://e/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent <http://e/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE\n# a remark\n<http://e/sparql>{} }",
        "SELECT * { SERVICE<http://e/sparql>{} }",
        r"SELECT * { SERVICE <http://e/sp\u0061rql> {} }",
        "BASE <http://e/x/> SELECT * { SERVICE <../sparql> {} }",
        "PREFIX e: <http://e/> SELECT * { SERVICE e:sparql {} }",
        "PREFIX e: <http://x/> PREFIX e: <http://e/> SELECT * { SERVICE e:sparql {} }",
        "PREFIX s: <http://e/sparql> SELECT * { SERVICE SILENT s: {} }",
        "BASE <http://e/> PREFIX : <sp> SELECT * { SERVICE :arql {} }",
        "ASK { FILTER EXISTS { SERVICE <http://e/sparql> {} } }",
    ],
)
def test_allowed_endpoint_passes_however_it_is_written(text, allowing, settings):
    """The resolved IRI counts; without the list the same query is refused."""
    assert verdict(text, allowing("http://x/", ALLOWED)) is None
    assert isinstance(verdict(text, settings), QueryRefusedError)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://e/sparq> {} }",
        "SELECT * { SERVICE <http://e/sparql/> {} }",
        "SELECT * { SERVICE <http://E/sparql> {} }",
        "SELECT * { SERVICE <http://e/sparql#x> {} }",
        "SELECT * { SERVICE <http://e/sparql?x> {} }",
        "SELECT * { SERVICE <https://e/sparql> {} }",
        "SELECT * { SERVICE <http://e:80/sparql> {} }",
        "SELECT * { SERVICE <sparql> {} }",
        "BASE <http://x/> SELECT * { SERVICE <sparql> {} }",
        "PREFIX e: <http://e/> PREFIX e: <http://x/> SELECT * { SERVICE e:sparql {} }",
        "SELECT * { VALUES ?e { <http://e/sparql> } SERVICE ?e {} }",
        "SELECT * { SERVICE SILENT $e {} }",
        "SELECT * { SERVICE 'http://e/sparql' {} }",
        "SELECT * { SERVICE",
        "SELECT * { ?s ?p trueSERVICE <http://e/sparql> {} }",
        "SELECT * { SERVICESILENT <http://e/sparql> {} }",
        "PREFIX SILENT: <http://e/sp> PREFIX : <http://x/> "
        "SELECT * { SERVICE SILENT:arql {} }",
        "SELECT * { SERVICE <http://e/sparql> { SERVICE <http://x/> {} } }",
        "SELECT * { SERVICE <http://e/sparql> {} SERVICE <http://x/> {} }",
        "PREFIX e: <http://e/> SELECT * { SERVICEe:sparql {} }",
    ],
)
def test_other_endpoint_is_refused_though_one_is_allowed(text, allowing):
    """Nothing but the very IRI passes, whether SILENT or not."""
    error = verdict(text, allowing(ALLOWED))
    assert isinstance(error, (QueryRefusedError, QuerySyntaxError))


def test_refusal_says_what_is_allowed(allowing):
    """The message helps to write a query that passes."""
    error = verdict("ASK { SERVICE <http://x/> {} }", allowing(ALLOWED))
    assert error is not None
    assert error.fix == "name one of http://e/sparql"


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://e/> DESCRIBE service:x { ?s ?p ?o }",
        "PREFIX service: <http://e/> SELECT * FROM service:g { ?s ?p ?o }",
        "PREFIX service: <http://e/> ASK { ?s ?p service:x { ?a ?b ?c } }",
        "PREFIX service: <http://e/> ASK { ?s ?p 1 ; a service:x { ?a ?b ?c } }",
        "PREFIX service: <http://e/> ASK { ?s ?p ?o, service:x { ?a ?b ?c } }",
        "PREFIX service: <http://e/> ASK { ?s ?p service:x {| ?a ?b |} }",
        "PREFIX service: <http://e/> ASK { ?s ?p service:x ~ service:y }",
        "PREFIX e: <http://e/> ASK { ?s e:service e:a.service }",
    ],
)
def test_name_with_the_word_is_no_alarm(text, settings):
    """A prefix may be called service, wherever its names stand."""
    assert verdict(text, settings) is None


HIDDEN = [
    "SELECT * { OPTIONAL { <<?s#>'''\n ?p ?o>> ?x ?y } CALL #'''}\n }",
    "SELECT * { FILTER(<<(?s#>'''\n ?p ?o)>> = 1) CALL #''')>>)\n }",
    "SELECT * { VALUES ?x { '''a' } CALL #\\q'''}\n }",
    "SELECT * { VALUES ?x { '''a' } CALL #\\uD800'''}\n }",
    "SELECT * { VALUES ?x { '''a' } CALL #\\U00110000'''}\n }",
    "SELECT * { FILTER(?a<exists#>'''\n{}) CALL #''')\n }",
    "SELECT (COUNT(DISTINCTtrue<?o#>'''\n) AS ?n) { CALL } #''') AS ?n) {}",
    "PREFIX : <http://e/> SELECT * { OPTIONAL { ?s ?p :a.b.CALL } }",
    "PREFIX x: <http://e:8> SELECT * { OPTIONAL { ?s x:trueCALL } }",
    "PREFIX x: <http://e:8> SELECT * { OPTIONAL { ?s x:true.CALL } }",
    "PREFIX x: <http://e:8> SELECT * { OPTIONAL { ?s x:true.SERVICEp:{} } }",
]


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("allowed", [(), (ALLOWED,)])
def test_what_the_engine_reads_otherwise_is_refused(text, allowed, allowing):
    """A call cannot hide where grammar and engine part ways."""
    call = "SERVICE <http://127.0.0.1:1/> {}"
    text = f"PREFIX p: <http://127.0.0.1:1/> {text.replace('CALL', call)}"
    assert verdict(text, allowing(*allowed)) is not None


def test_list_reaches_the_workers(settings, allowing):
    """The settings that a worker gets hold the list as it was."""
    _, found = from_order(to_order(Source(()), allowing(ALLOWED)))
    assert found.service_endpoints == (ALLOWED,)
    assert from_order(to_order(Source(()), settings))[1] == settings


@isolated
def test_allowed_call_goes_out_once_and_is_answered(opened, afar):
    """One request with the pattern, and its rows joined with ours."""
    address = f"{afar.address}sparql"
    before = len(afar.asked)
    with opened(address) as engine:
        found = engine.query(
            f"SELECT ?o ?f {{ SERVICE <{address}> {{ ?s ?p ?o }} "
            "id:shared vom:reportedForm ?f }"
        )
        assert list(found) == [{"o": "from afar", "f": "in two graphs"}]
        [(path, text)] = afar.asked[before:]
        assert path == "/sparql"
        assert "?s ?p ?o" in text
        with pytest.raises(QueryRefusedError):
            engine.query(f"ASK {{ SERVICE <{afar.address}other> {{ ?s ?p ?o }} }}")
    assert len(afar.asked) == before + 1


@isolated
def test_redirection_is_not_followed(opened, afar):
    """An allowed endpoint cannot send a query on to one that is not."""
    address = f"{afar.address}elsewhere"
    before = len(afar.asked)
    with opened(address) as engine, pytest.raises(FederationError) as caught:
        engine.query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
    assert "307" in caught.value.message
    assert [path for path, _ in afar.asked[before:]] == ["/elsewhere"]


@isolated
def test_endpoint_that_is_down_is_an_error_of_its_own(opened, closed):
    """The error says that it was not us; SILENT goes on without it."""
    with opened(closed) as engine:
        with pytest.raises(FederationError, match="did not answer: connection ref"):
            engine.query(f"SELECT * {{ SERVICE <{closed}> {{ ?s ?p ?o }} }}")
        silent = f"SELECT * {{ SERVICE SILENT <{closed}> {{ ?s ?p ?o }} }}"
        assert [row for row in engine.query(silent).rows if any(row.values())] == []


@isolated
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_worker_could_not_connect_even_past_the_guard(
    silent, opened, afar, monkeypatch
):
    """Without a list a worker opens no connection, should the guard be deceived."""
    monkeypatch.setattr(workers, "prepared", lambda text, *_: text)
    before = len(afar.asked)
    call = f"SELECT * {{ SERVICE {silent} <{afar.address}> {{ ?s ?p ?o }} }}"
    with opened() as engine:
        if silent:
            assert not any(any(row.values()) for row in engine.query(call).rows)
        else:
            with pytest.raises(FederationError, match="did not answer"):
                engine.query(call)
        assert engine.query("SELECT (1 AS ?n) {}").rows
    assert len(afar.asked) == before
