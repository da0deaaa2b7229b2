"""What the SPARQL 1.1 Protocol and its neighbours ask for, over real HTTP.

tests/web asks most of it of the application alone; here stand the rest, and what
only shows on the wire.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import pyoxigraph as og
import pytest

from tests.w3c.conftest import OWN
from tests.w3c.holding import (
    ASK,
    BROWSER,
    CONSTRUCT,
    CSV,
    ENDPOINT,
    FORM,
    HARBOUR,
    JSON,
    PREFIX,
    QUERY,
    RIVER,
    SELECT,
    STORE,
    TURTLE,
    XML,
    B,
    get,
    mounted,
)
from tests.w3c.known import LOSSES

TWO = PREFIX + "SELECT ?m ?b { ?b :crew 7 BIND('x' AS ?m) }"
SD = "http://www.w3.org/ns/sparql-service-description#"
BERTHS = PREFIX + "SELECT ?n { ?b :berth ?n } ORDER BY ?n"
NAMED = PREFIX + "SELECT ?n { GRAPH ?g { ?b :berth ?n } } ORDER BY ?n"


@pytest.fixture(scope="module")
def boats(served):
    return mounted(served, OWN)


def numbers(reply):
    assert reply.status == 200, reply
    rows = json.loads(reply.body)["results"]["bindings"]
    return [int(row["n"]["value"]) for row in rows]


@pytest.mark.parametrize(
    ("query", "dataset", "expected"),
    [
        (BERTHS, [], []),
        (BERTHS, [("default-graph-uri", HARBOUR)], [1, 2]),
        (NAMED, [], [1, 2, 9]),
        (NAMED, [("named-graph-uri", HARBOUR)], [1, 2]),
        (NAMED, [("named-graph-uri", HARBOUR), ("named-graph-uri", RIVER)], [1, 2, 9]),
        (NAMED, [("default-graph-uri", HARBOUR)], []),
        (NAMED, [("default-graph-uri", HARBOUR), ("named-graph-uri", RIVER)], [9]),
        (
            BERTHS.replace("{", f"FROM <{RIVER}> {{", 1),
            [("default-graph-uri", HARBOUR)],
            [1, 2],
        ),
        (
            NAMED.replace("{", f"FROM NAMED <{RIVER}> {{", 1),
            [("named-graph-uri", HARBOUR)],
            [1, 2],
        ),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "form with url", "direct", "query"])
def test_graphs_of_the_request_override_those_of_the_query(
    way, query, dataset, expected, boats
):
    """None or more of each may be named, in the address or in a form (§2.1.4)."""
    asked, graphs = urlencode({"query": query}), urlencode(dataset)
    if way == "get":
        reply = boats.send("GET", f"{ENDPOINT}?{graphs}&{asked}")
    elif way == "form":
        body = f"{asked}&{graphs}".encode()
        reply = boats.send("POST", ENDPOINT, body, {"Content-Type": FORM})
    elif way == "form with url":
        target = f"{ENDPOINT}?{graphs}"
        reply = boats.send("POST", target, asked.encode(), {"Content-Type": FORM})
    else:
        method = "POST" if way == "direct" else "QUERY"
        headers = {"Content-Type": QUERY}
        reply = boats.send(method, f"{ENDPOINT}?{graphs}", query.encode(), headers)
    assert numbers(reply) == expected


def test_several_default_graphs_are_merged(boats):
    """The default graph is their merge, so a shared triple counts once (§2.1.4)."""
    query = PREFIX + "SELECT (COUNT(*) AS ?n) { ?b :sails :south }"
    graphs = [("default-graph-uri", HARBOUR), ("default-graph-uri", RIVER)]
    target = f"{ENDPOINT}?{urlencode([('query', query), *graphs])}"
    reply = boats.send("GET", target)
    is_lost = reply.status != 200 or numbers(reply) != [1]
    assert is_lost == ("checklist/several-default-graphs" in LOSSES), reply


@pytest.mark.parametrize(
    "content_type",
    [
        f"{FORM}; charset=UTF-8",
        f"{FORM};charset=utf-8",
        FORM.title(),
        f"{QUERY}; charset=utf-8",
        f"{QUERY};version=1.2",
        f'{QUERY}; charset="UTF-8"; version="1.1"',
    ],
)
def test_parameters_of_a_media_type_are_tolerated(content_type, boats):
    """Clients name a charset, and soon a version (SPARQL 1.2 Protocol)."""
    is_form = content_type.lower().startswith(FORM)
    body = urlencode({"query": BERTHS}) if is_form else BERTHS
    target = f"{ENDPOINT}?{urlencode({'default-graph-uri': HARBOUR})}"
    reply = boats.send("POST", target, body.encode(), {"Content-Type": content_type})
    assert numbers(reply) == [1, 2]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (f"{JSON};version=1.2", JSON),
        (f'{JSON}; version="1.1"; q=0.4, {XML};q=0.2', JSON),
        (f"{XML}; charset=utf-8", XML),
        ("text/csv; header=present", CSV),
    ],
)
def test_parameters_in_accept_are_tolerated(accept, expected, boats):
    """A version in Accept does not make a known format unknown."""
    reply = get(boats, SELECT, accept)
    assert (reply.status, reply.headers["content-type"]) == (200, expected)


@pytest.mark.parametrize(
    ("method", "target", "body", "content_type", "status"),
    [
        ("GET", f"{ENDPOINT}?query=", None, None, 400),
        ("POST", ENDPOINT, b"", FORM, 400),
        ("POST", ENDPOINT, b"query=", FORM, 400),
        ("POST", ENDPOINT, b"", QUERY, 400),
        ("QUERY", ENDPOINT, b"  # only a remark\n", QUERY, 400),
        ("POST", ENDPOINT, b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        ("POST", f"{ENDPOINT}?query=ASK%7B%7D", b"ASK {}", QUERY, 400),
        ("GET", f"{ENDPOINT}?query=ASK%7B%7D&default-graph-uri=", None, None, 400),
        ("GET", f"{ENDPOINT}?query=ASK%7B%7D&named-graph-uri=a%20b", None, None, 400),
        ("POST", ENDPOINT, b"update=CLEAR+ALL", FORM, 400),
        ("POST", f"{ENDPOINT}?update=CLEAR+ALL", b"ASK {}", QUERY, 400),
        ("POST", ENDPOINT, b"CLEAR ALL", "application/sparql-update", 415),
        ("POST", ENDPOINT, b"ASK {}", "text/plain", 415),
        ("POST", ENDPOINT, b"ASK {}", "multipart/form-data", 415),
        ("POST", ENDPOINT, b"ASK {}", None, 415),
        ("QUERY", ENDPOINT, b"query=ASK%7B%7D", FORM, 415),
        ("POST", ENDPOINT, "ASK {}".encode("utf-16"), QUERY, 400),
        ("PUT", f"{ENDPOINT}?query=ASK%7B%7D", b"", None, 405),
        ("DELETE", ENDPOINT, None, None, 405),
        ("PATCH", ENDPOINT, b"", QUERY, 405),
    ],
)
def test_what_is_no_query_is_refused(method, target, body, content_type, status, boats):
    """Each fault has its status and says in JSON what is wrong."""
    headers = {"Content-Type": content_type} if content_type else {}
    reply = boats.send(method, target, body, headers)
    assert (reply.status, reply.media_type) == (status, "application/problem+json")
    assert json.loads(reply.body)["status"] == status
    if status == 405:
        allowed = set(reply.headers["allow"].replace(" ", "").split(","))
        assert {"GET", "HEAD", "POST", "QUERY", "OPTIONS"} == allowed


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT (<http://boats.example/f>(1) AS ?x) {}", "does not exist"),
        (PREFIX + "ASK { ?s ?p ?o FILTER(:f(?o)) }", "does not exist"),
        ("SELECT (UNKNOWN(1) AS ?x) {}", ""),
        ("SELECT ?s { ?s ?p ?o", "never closed"),
    ],
)
def test_a_query_that_cannot_be_run_is_a_fault_of_the_asker(query, words, boats):
    """An unknown function is not taken for an unbound value, nor for our fault."""
    reply = get(boats, query)
    assert reply.status == 400
    assert words in json.loads(reply.body)["detail"]


@pytest.mark.parametrize(
    "target",
    [
        f"{ENDPOINT}?{urlencode({'query': SELECT})}",
        f"{ENDPOINT}?query=SELECT",
        ENDPOINT,
        f"{STORE}?default",
        f"{STORE}?graph={quote('http://boats.example/none', safe='')}",
        "/boats/",
        "/boats/nowhere",
    ],
)
@pytest.mark.parametrize("accept", ["*/*", BROWSER])
def test_head_is_get_without_a_body(target, accept, boats):
    """Status and headers are the same to the letter, of errors too (RFC 9110 §9.3.2)."""
    whole = boats.send("GET", target, headers={"Accept": accept})
    head = boats.send("HEAD", target, headers={"Accept": accept})
    assert head.body == b""
    assert head.status == whole.status
    assert _told(head) == _told(whole)
    assert int(whole.headers["content-length"]) == len(whole.body)


def _told(reply):
    return {name: text for name, text in reply.headers.items() if name != "date"}


def test_every_format_that_is_described_is_served(boats):
    """sd:resultFormat is a promise: each is given to who asks for it by type."""
    types = {
        "SPARQL_Results_JSON": (SELECT, JSON),
        "SPARQL_Results_XML": (SELECT, XML),
        "SPARQL_Results_CSV": (SELECT, "text/csv"),
        "SPARQL_Results_TSV": (SELECT, "text/tab-separated-values"),
        "Turtle": (CONSTRUCT, "text/turtle"),
        "N-Triples": (CONSTRUCT, "application/n-triples"),
        "JSON-LD": (CONSTRUCT, "application/ld+json"),
        "RDF_XML": (CONSTRUCT, "application/rdf+xml"),
        "TriG": (CONSTRUCT, "application/trig"),
        "N-Quads": (CONSTRUCT, "application/n-quads"),
    }
    promised = {iri.rpartition("/")[2] for iri in described(boats, "resultFormat")}
    assert promised == set(types)
    for name in promised:
        query, media_type = types[name]
        reply = get(boats, query, media_type)
        assert (reply.status, reply.media_type) == (200, media_type)


def test_the_description_is_true(boats):
    """Its address, its languages and its graphs are as they are; no more is claimed."""
    endpoint = f"http://127.0.0.1:{boats.port}{ENDPOINT}"
    assert described(boats, "endpoint") == {endpoint}
    assert SD + "SPARQL11Query" in described(boats, "supportedLanguage")
    assert described(boats, "name") == {HARBOUR, RIVER}
    features = described(boats, "feature")
    assert not features & {SD + "BasicFederatedQuery", SD + "UnionDefaultGraph"}
    for name in described(boats, "name"):
        ask = f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        assert json.loads(get(boats, ask).body)["boolean"] is True


def test_a_browser_is_shown_the_way_to_the_description(boats):
    """The page of the endpoint links to its description as RDF."""
    page = boats.send("GET", ENDPOINT, headers={"Accept": BROWSER})
    [address] = re.findall(rb'<a href="([^"]+)">service description</a>', page.body)
    reply = boats.send("GET", address.decode(), headers={"Accept": BROWSER})
    assert (reply.status, reply.headers["content-type"]) == (200, TURTLE)
    assert f"{SD}endpoint".encode() in reply.body or b"sd:endpoint" in reply.body


def described(boats, name):
    reply = boats.send("GET", ENDPOINT, headers={"Accept": "application/n-triples"})
    quads = og.parse(reply.body, format=og.RdfFormat.N_TRIPLES)
    return {quad.object.value for quad in quads if quad.predicate.value == SD + name}


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, TURTLE),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-quads", "application/n-quads"),
        ("text/turtle;q=0.5, application/trig", "application/trig"),
    ],
)
@pytest.mark.parametrize(
    "graph", ["default", "default=", f"graph={quote(HARBOUR, safe='')}"]
)
def test_a_graph_is_given_in_the_format_that_is_asked_for(
    graph, accept, content_type, boats
):
    """The graph store negotiates as the endpoint does (GSP §5.2)."""
    headers = {"Accept": accept} if accept else {}
    reply = boats.send("GET", f"{STORE}?{graph}", headers=headers)
    assert (reply.status, reply.headers["content-type"]) == (200, content_type)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("target", "method", "accept", "status"),
    [
        ("?default", "GET", "text/csv", 406),
        ("?default", "GET", "image/png", 406),
        ("?graph=", "GET", "*/*", 404),
        (f"?graph={HARBOUR}&default", "GET", "*/*", 400),
        ("?default&default", "PUT", "*/*", 405),
        ("", "HEAD", "*/*", 400),
    ],
)
def test_the_graph_store_refuses_the_rest(target, method, accept, status, boats):
    """Neither or both graphs, other formats, and writing."""
    reply = boats.send(method, STORE + target, headers={"Accept": accept})
    assert reply.status == status


@pytest.mark.parametrize(
    ("query", "accept", "body"),
    [
        (ASK, "text/csv", b"true\r\n"),
        (ASK, "text/tab-separated-values", b"true\n"),
        (TWO, "text/csv", f"m,b\r\nx,{B}ada\r\n".encode()),
        (TWO, "text/tab-separated-values", f'?m\t?b\n"x"\t<{B}ada>\n'.encode()),
    ],
)
def test_tables_are_written_as_the_note_says(query, accept, body, boats):
    """Columns in the order of SELECT, CSV with CRLF, TSV with question marks."""
    reply = get(boats, query, accept)
    assert (reply.status, reply.body) == (200, body)
    assert reply.headers["content-type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize("accept", [JSON, XML, "text/tab-separated-values"])
def test_columns_stand_in_the_order_of_select(accept, boats):
    """Not in that of the alphabet or the pattern."""
    query = PREFIX + "SELECT ?z ?a ?m { ?m :crew ?z , ?a }"
    form = og.QueryResultsFormat.from_media_type(accept)
    assert form is not None
    answer = og.parse_query_results(get(boats, query, accept).body, format=form)
    assert isinstance(answer, og.QuerySolutions)
    assert [variable.value for variable in answer.variables] == ["z", "a", "m"]


@pytest.mark.parametrize("accept", [JSON, XML, "text/tab-separated-values"])
def test_a_blank_node_has_one_name_in_an_answer(accept, boats):
    """Equal nodes have equal names in each column and row, others have others."""
    query = PREFIX + "SELECT ?a ?b ?c { ?a :since ?c . ?b :keeps :ada }"
    form = og.QueryResultsFormat.from_media_type(accept)
    assert form is not None
    answer = og.parse_query_results(get(boats, query, accept).body, format=form)
    assert isinstance(answer, og.QuerySolutions)
    [row] = answer
    assert row["a"] == row["b"] != row["c"]
    assert isinstance(row["a"], og.BlankNode)
