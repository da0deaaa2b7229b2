"""Two real servers give the answers that the engine here gives, capped or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pyoxigraph
import pytest
import requests
from requests.auth import HTTPDigestAuth

from vomkg.config import load_settings
from vomkg.engine.local import Engine
from vomkg.engine.remote.discovery import discovered
from vomkg.engine.remote.engine import RemoteEngine
from vomkg.engine.remote.graphs import Graphs
from vomkg.errors import InputError, UpstreamError
from vomkg.namespaces import UNION_GRAPH, XSD, GraphName
from vomkg.questions.catalogue import bind

BASE = "urn:test:remote:"
ROWS = 12_000
LONG = "".join(f"<urn:s{n}> <urn:q> {n} .\n" for n in range(ROWS))
ODD = """
<urn:a> <urn:p> true, "x"@de, "caf\\u00E9 \\U0001F600\\n\\t\\"q\\"",
  "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>, _:b .
_:b <urn:q> "1"^<urn:own> .
""".replace('"1"^<', '"1"^^<')
NUMBERS = (XSD + "integer", XSD + "decimal", XSD + "boolean")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def stocked(server, kg):
    """The server with the release's graphs, their union, and some of its own."""
    store = pyoxigraph.Store()
    store.bulk_load(path=kg.release.dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    union = set()
    for graph in store.named_graphs():
        triples = {
            quad.triple for quad in store.quads_for_pattern(None, None, None, graph)
        }
        put(server, BASE + graph.value, triples)
        union |= set() if graph.value == GraphName.shapes else triples
    put(server, BASE + "union", union)
    put(server, BASE + "long", LONG)
    put(server, BASE + "odd", ODD)
    return server


def put(server, graph, data):
    if isinstance(data, set):
        data = pyoxigraph.serialize(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    else:
        data = data.encode()
    answer = requests.put(
        server.store,
        params={"graph": graph},
        data=data,
        headers={"Content-Type": "text/turtle"},
        auth=HTTPDigestAuth(server.user, server.password) if server.user else None,
        timeout=60,
    )
    answer.raise_for_status()


@pytest.fixture
def engine(stocked, settings):
    """Makes engines over graphs of the server."""
    made = []

    def make(default, *named, **more):
        ours = load_settings(
            {}, cache=settings.cache, store=stocked.query, time_limit=60, **more
        )
        graphs = Graphs((BASE + default,), tuple(BASE + name for name in named))
        made.append(RemoteEngine(ours, graphs))
        return made[-1]

    yield make
    for item in made:
        item.close()


def terms(answer):
    return [tuple(map(plain, row.values())) for row in answer.rows]


def plain(term):
    """A term by its value: Virtuoso has integers for booleans and whole decimals."""
    if isinstance(term, pyoxigraph.Literal) and term.datatype.value in NUMBERS:
        return Decimal({"true": "1", "false": "0"}.get(term.value, term.value))
    return str(term)


def test_every_question_has_the_same_answer(engine, kg):
    remote = engine("union")
    different = []
    for question in kg.questions:
        choices = kg.choices(question)
        values = {
            parameter.name: (choices.get(parameter.name) or parameter.choices)[0].value
            for parameter in question.parameters
            if parameter.default is None
            and (choices.get(parameter.name) or parameter.choices)
        }
        bound = bind(question, values, choices)
        wanted = terms(kg.engine.query(question.sparql, bindings=bound))
        found = terms(remote.query(question.sparql, bindings=bound))
        if Counter(found) != Counter(wanted):
            different.append(question.id)
    assert different == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT ?s ?o { ?s <urn:q> ?o }", ROWS),
        ("SELECT ?s ?o { ?s <urn:q> ?o } ORDER BY DESC(?o) # last", ROWS),
        ("SELECT ?o { ?s <urn:q> ?o } ORDER BY ?o LIMIT 11000 OFFSET 500", 11_000),
        ("SELECT ?o { ?s <urn:q> ?o } ORDER BY ?o OFFSET 11000", 1_000),
        ("CONSTRUCT { ?s <urn:r> ?o } WHERE { ?s <urn:q> ?o }", ROWS),
        ("CONSTRUCT { ?s <urn:r> [ <urn:t> ?o ] } WHERE { ?s <urn:q> ?o }", 2 * ROWS),
    ],
)
def test_answers_beyond_the_cap_are_whole_and_in_order(engine, query, count):
    found = engine("long").query(query)
    local = pyoxigraph.Store()
    local.load(LONG, format=pyoxigraph.RdfFormat.TURTLE)
    wanted = Engine(local).query(query)
    assert len(found.rows) == len(set(map(str, found.rows))) == count
    if "ORDER" in query:
        assert terms(found) == terms(wanted)
    elif "[" not in query:
        assert set(terms(found)) == set(terms(wanted))


def test_terms_come_back_as_they_went_in(engine):
    remote = engine("odd")
    query = "SELECT ?o { ?s ?p ?o FILTER(!isBlank(?o)) }"
    local = pyoxigraph.Store()
    local.load(ODD, format=pyoxigraph.RdfFormat.TURTLE)
    wanted = {str(row["o"]) for row in Engine(local).query(query).rows}
    assert {str(row["o"]) for row in remote.query(query).rows} == wanted
    graph = remote.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert {
        str(t.object) for t in graph.triples if t.object.__class__.__name__ == "Literal"
    } == wanted
    assert (
        len(
            {
                str(row["o"])
                for row in remote.query("SELECT ?o { ?a ?b ?o . ?o ?p ?v }").rows
            }
        )
        == 1
    )


def test_the_graphs_of_others_stay_out_of_sight(engine):
    remote = engine("odd", "long")
    count = "SELECT (COUNT(*) AS ?n) { %s }"
    seen = {
        "default": "?s ?p ?o",
        "long": f"GRAPH <{BASE}long> {{ ?s ?p ?o }}",
        "any": "GRAPH ?g { ?s ?p ?o }",
        "union": f"GRAPH <{BASE}union> {{ ?s ?p ?o }}",
        "none": "GRAPH <urn:none> { ?s ?p ?o }",
        "system": "GRAPH <http://www.openlinksw.com/schemas/virtrdf#> { ?s ?p ?o }",
    }
    found = {
        name: int(str(remote.query(count % text).rows[0]["n"]).split('"')[1])
        for name, text in seen.items()
    }
    assert found == {
        "default": 6,
        "long": ROWS,
        "any": ROWS,
        "union": 0,
        "none": 0,
        "system": 0,
    }


def test_a_fault_that_only_the_store_finds_is_told(stocked, settings):
    """The address of another service of the same server is no SPARQL endpoint."""
    ours = load_settings({}, cache=settings.cache, store=f"{stocked.base}/nothing")
    with pytest.raises(UpstreamError, match="status 404"):
        RemoteEngine(ours, None).query("ASK {}")


def test_digest_credentials_open_what_is_closed(virtuoso, settings):
    ours = load_settings({}, cache=settings.cache, store=virtuoso.update)
    with pytest.raises(UpstreamError, match="VOMKG_STORE_USER"):
        RemoteEngine(ours, None).query("ASK {}")
    known = replace(ours, store_user=virtuoso.user, store_password=virtuoso.password)
    engine = RemoteEngine(known, None)
    assert engine.query("ASK {}").boolean is True
    engine.close()


def test_the_graphs_are_found_and_must_not_share_triples(own_oxigraph, settings):
    words = {"store": own_oxigraph.query}
    ours = load_settings({}, cache=settings.cache, **words)
    with pytest.raises(InputError, match="no graph to serve"):
        discovered(ours)
    put(own_oxigraph, "urn:other", "<urn:a> <urn:b> 1 .")
    put(own_oxigraph, GraphName.data, "<urn:a> <urn:b> 1 .")
    put(own_oxigraph, GraphName.shapes, "<urn:a> <urn:b> 1 .")
    assert discovered(ours) == ((GraphName.data,), (GraphName.data, GraphName.shapes))
    put(own_oxigraph, GraphName.inferred, "<urn:a> <urn:b> 1, 2 .")
    with pytest.raises(InputError, match="share triples"):
        discovered(ours)
    put(own_oxigraph, GraphName.inferred, "<urn:a> <urn:b> 2 .")
    assert discovered(ours).default == (GraphName.data, GraphName.inferred)
    put(own_oxigraph, UNION_GRAPH, "<urn:a> <urn:b> 1, 2 .")
    found = discovered(ours)
    assert found.default == (UNION_GRAPH,)
    assert UNION_GRAPH not in found.named
    named = load_settings(
        {}, cache=settings.cache, store_graphs="urn:other urn:no", **words
    )
    assert discovered(named) == (("urn:other",), ("urn:other",))
