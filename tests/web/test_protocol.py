"""The endpoint keeps SPARQL 1.1 Protocol, and refuses what is against it."""

from __future__ import annotations

import json

import pyoxigraph
import pytest

from vomkg.formats import by_name

ASK = "ASK { ?s a vom:Review }"
SELECT = "SELECT ?r WHERE { ?r a vom:Review } ORDER BY ?r"
CONSTRUCT = "CONSTRUCT { ?r a vom:Review } WHERE { ?r a vom:Review }"
REVIEWS = [
    "https://w3id.org/vomkg/id/review-blue",
    "https://w3id.org/vomkg/id/review-red",
]
DATA = "https://w3id.org/vomkg/graph/data"
SHAPES = "https://w3id.org/vomkg/graph/shapes"


def found(response):
    assert response.status_code == 200, response.text
    rows = response.get_json(force=True)["results"]["bindings"]
    return [row["r"]["value"] for row in rows]


def problem(response, status):
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    facts = json.loads(response.data)
    assert facts["status"] == status
    assert facts["title"]
    return facts


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.get("/sparql", query_string={"query": SELECT}),
        lambda c: c.post("/sparql", data={"query": SELECT}),
        lambda c: c.post(
            "/sparql", data=SELECT, content_type="application/sparql-query"
        ),
        lambda c: c.post(
            "/sparql",
            data=SELECT,
            content_type="application/sparql-query; charset=utf-8",
        ),
        lambda c: c.open(
            "/sparql",
            method="QUERY",
            data=SELECT,
            content_type="application/sparql-query",
        ),
    ],
    ids=["get", "form", "direct", "direct with charset", "query method"],
)
def test_answers_every_operation_alike(client, ask):
    """GET, both kinds of POST and QUERY give the same answer (§2.1)."""
    assert found(ask(client)) == REVIEWS


@pytest.mark.parametrize(
    ("accept", "query", "media_type"),
    [
        (None, SELECT, "application/sparql-results+json"),
        ("*/*", SELECT, "application/sparql-results+json"),
        ("application/json", SELECT, "application/sparql-results+json"),
        ("application/sparql-results+xml", SELECT, "application/sparql-results+xml"),
        ("text/csv", SELECT, "text/csv; charset=utf-8"),
        (
            "text/tab-separated-values",
            SELECT,
            "text/tab-separated-values; charset=utf-8",
        ),
        ("text/csv;q=0.3, application/xml", SELECT, "application/sparql-results+xml"),
        ("application/sparql-results+json;v=1", ASK, "application/sparql-results+json"),
        ("text/turtle", CONSTRUCT, "text/turtle; charset=utf-8"),
        ("*/*", CONSTRUCT, "text/turtle; charset=utf-8"),
        ("application/n-triples", CONSTRUCT, "application/n-triples"),
        ("application/ld+json", CONSTRUCT, "application/ld+json"),
        ("application/rdf+xml", CONSTRUCT, "application/rdf+xml"),
        (
            "application/sparql-results+xml, application/rdf+xml",
            CONSTRUCT,
            "application/rdf+xml",
        ),
        ("text/html;q=0.5, text/csv", SELECT, "text/csv; charset=utf-8"),
    ],
)
def test_negotiates_by_the_form_of_the_query(client, accept, query, media_type):
    """The form decides which formats there are, then quality decides."""
    headers = {} if accept is None else {"Accept": accept}
    response = client.get("/sparql", query_string={"query": query}, headers=headers)
    assert (response.status_code, response.content_type) == (200, media_type)
    assert "Accept" in response.vary


@pytest.mark.parametrize(
    ("accept", "query"),
    [("text/turtle", SELECT), ("text/csv", CONSTRUCT), ("image/png", ASK)],
)
def test_refuses_what_no_format_fits(client, accept, query):
    """406 lists what could be had instead."""
    response = client.get(
        "/sparql", query_string={"query": query}, headers={"Accept": accept}
    )
    assert "ffered are" in problem(response, 406)["fix"]


def test_the_parameter_format_overrides_accept(client):
    """A link can name its format, since a link has no header."""
    response = client.get(
        "/sparql",
        query_string={"query": SELECT, "format": "csv"},
        headers={"Accept": "text/html"},
    )
    assert response.data == "\r\n".join(["r", *REVIEWS, ""]).encode()


@pytest.mark.parametrize("name", ["turtle", "parquet"])
def test_refuses_a_format_that_does_not_fit_or_exist(client, name):
    """A named format that cannot be given is not replaced by another."""
    response = client.get("/sparql", query_string={"query": SELECT, "format": name})
    assert "csv" in problem(response, 406)["fix"]


def test_ignores_unknown_parameters(client):
    """Clients add parameters of their own."""
    query = {"query": SELECT, "timeout": "3", "output": "json"}
    assert found(client.get("/sparql", query_string=query)) == REVIEWS


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda c: c.get(f"/sparql?query={ASK}&query={ASK}"), "2 queries"),
        (lambda c: c.post(f"/sparql?query={ASK}", data={"query": ASK}), "2 queries"),
        (lambda c: c.get("/sparql?query="), "empty"),
        (lambda c: c.get("/sparql?query=%20%20"), "empty"),
        (lambda c: c.post("/sparql", data={"quarry": ASK}), "no query"),
        (lambda c: c.post("/sparql", data={"update": "CLEAR ALL"}), "read-only"),
        (lambda c: c.get("/sparql?update=CLEAR+ALL"), "read-only"),
        (lambda c: c.get("/sparql?query=CLEAR+ALL"), "read-only"),
        (
            lambda c: c.post(
                "/sparql", data=b"\xff", content_type="application/sparql-query"
            ),
            "UTF-8",
        ),
        (
            lambda c: c.get(f"/sparql?query={ASK}&default-graph-uri=no iri"),
            "not an IRI",
        ),
        (
            lambda c: c.get(f"/sparql?query={ASK}&named-graph-uri=x:%3E%20%7B"),
            "not an IRI",
        ),
        (
            lambda c: c.get("/sparql?query=ASK { SERVICE <http://x> { ?s ?p ?o } }"),
            "SERVICE",
        ),
    ],
)
def test_refuses_what_the_protocol_forbids(client, ask, words):
    """A request that is against the protocol is a 400 that says why."""
    assert words in problem(ask(client), 400)["detail"]


@pytest.mark.parametrize(
    ("content_type", "words"),
    [
        ("application/sparql-update", "read-only"),
        ("text/plain", "text/plain"),
        (None, "no type at all"),
    ],
)
def test_refuses_a_body_of_another_type(client, content_type, words):
    """The type of the body is 415, and an update never runs."""
    response = client.post("/sparql", data="CLEAR ALL", content_type=content_type)
    assert words in problem(response, 415)["detail"]
    assert found(client.get("/sparql", query_string={"query": SELECT})) == REVIEWS


def test_a_syntax_error_has_its_place(client):
    """Line and column are facts of their own, not only words."""
    query = "SELECT ?x\nWHERE { ?x a § }"
    facts = problem(client.get("/sparql", query_string={"query": query}), 400)
    assert (facts["line"], facts["column"]) == (2, 14)
    assert facts["title"] == "Malformed query"


def test_an_answer_beyond_the_limit_is_an_error(client):
    """No half answer leaves with status 200."""
    query = "SELECT ?a WHERE { ?a ?b ?c }"
    facts = problem(client.get("/sparql", query_string={"query": query}), 503)
    assert "more than 50 rows" in facts["detail"]


def test_a_query_beyond_the_limit_is_refused(client):
    """The length of a query is bounded, and so is the request."""
    long = f"{SELECT} #{'x' * 2000}"
    assert (
        "characters"
        in problem(client.post("/sparql", data={"query": long}), 400)["detail"]
    )
    huge = {"query": "x" * 40_000}
    problem(client.post("/sparql", data=huge), 413)


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        ({}, REVIEWS),
        ({"default-graph-uri": DATA}, REVIEWS),
        ({"default-graph-uri": SHAPES}, []),
        ({"default-graph-uri": [DATA, SHAPES]}, REVIEWS),
        (
            {"default-graph-uri": [DATA, DATA], "named-graph-uri": [DATA, SHAPES]},
            REVIEWS,
        ),
        ({"default-graph-uri": "http://example.org/absent"}, []),
        ({"named-graph-uri": DATA}, []),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_honours_the_dataset_of_the_request(client, method, dataset, expected):
    """The graphs of the request are the only ones that are asked (§2.1.4)."""
    values = {"query": SELECT, **dataset}
    response = (
        client.get("/sparql", query_string=values)
        if method == "get"
        else client.post("/sparql", data=values)
    )
    assert found(response) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?r (STR(?r) AS ?t) FROM <http://example.org/none> "
        "WHERE { ?r a vom:Review } ORDER BY ?r",
        "SELECT ?r FROM NAMED <http://example.org/none> { ?r a vom:Review } ORDER BY ?r",
        "# FROM a comment\nSELECT ?r { ?r a vom:Review } ORDER BY ?r",
        "SELECT * { ?r a vom:Review } ORDER BY ?r",
    ],
)
def test_the_dataset_of_the_request_overrides_from(client, query):
    """FROM in the text gives way, wherever the text allows one."""
    values = {"query": query, "default-graph-uri": DATA}
    assert found(client.get("/sparql", query_string=values)) == REVIEWS


@pytest.mark.parametrize(
    ("query", "size"),
    [
        (CONSTRUCT, 2),
        ("CONSTRUCT WHERE { ?r a vom:Review }", 2),
        ("DESCRIBE id:review-red", 2),
        ("DESCRIBE ?r WHERE { ?r a vom:Review }", 4),
    ],
)
def test_the_dataset_reaches_every_form(client, query, size):
    """CONSTRUCT, its short form and DESCRIBE take a dataset too."""
    values = {"query": query, "default-graph-uri": DATA, "format": "ntriples"}
    response = client.get("/sparql", query_string=values)
    assert response.status_code == 200, response.text
    graph = pyoxigraph.parse(response.data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert len(list(graph)) == size


def test_head_has_the_headers_of_get_and_no_body(client):
    """HEAD is GET without the body."""
    get = client.get("/sparql", query_string={"query": SELECT})
    head = client.head("/sparql", query_string={"query": SELECT})
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.data))
    assert head.content_type == get.content_type


def test_options_tells_methods_and_allows_any_origin(client):
    """A preflight is answered, for any origin and without credentials."""
    response = client.options("/sparql")
    assert {"GET", "HEAD", "POST", "QUERY", "OPTIONS"} <= set(response.allow)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", ["/sparql?query=nonsense", "/nowhere", "/"])
def test_every_answer_allows_any_origin(client, path):
    """Errors can be read by a script on another page as well."""
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_describes_itself_without_a_query(client):
    """A GET without parameters is the service description, at its true address."""
    response = client.get(
        "/sparql",
        headers={"Accept": "text/turtle"},
        base_url="http://evidence.example:8080",
    )
    assert response.content_type == "text/turtle; charset=utf-8"
    sd = "http://www.w3.org/ns/sparql-service-description#"
    triples = {
        (quad.predicate.value, getattr(quad.object, "value", ""))
        for quad in pyoxigraph.parse(response.data, format=pyoxigraph.RdfFormat.TURTLE)
    }
    objects = {value for name, value in triples if name == f"{sd}endpoint"}
    assert objects == {"http://evidence.example:8080/sparql"}
    graphs = {value for name, value in triples if name == f"{sd}name"}
    assert graphs == {
        f"https://w3id.org/vomkg/graph/{name}"
        for name in ("data", "ontology", "shapes")
    }
    formats = {value for name, value in triples if name == f"{sd}resultFormat"}
    assert "http://www.w3.org/ns/formats/SPARQL_Results_TSV" in formats
    assert len(formats) == 10
    assert not any("Federated" in value or "Union" in value for _, value in triples)


def test_the_description_has_every_graph_format(client):
    """The description is negotiated like any graph."""
    response = client.get("/sparql", headers={"Accept": "application/ld+json"})
    assert response.content_type == "application/ld+json"
    response = client.get("/sparql", headers={"Accept": "text/csv"})
    assert response.status_code == 406


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_text_that_is_not_utf8_is_refused(client, method):
    """A Latin-1 letter would be asked as something else."""
    sent = b"query=ASK%20%7B%20%3Fs%20%3Fp%20%22%E9%22%20%7D"
    if method == "GET":
        found = client.get("/sparql?" + sent.decode())
    else:
        form = "application/x-www-form-urlencoded"
        found = client.post("/sparql", data=sent, content_type=form)
    assert found.status_code == 400
    assert "UTF-8" in found.json["detail"]


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_a_constructed_graph_in_a_dataset_format_has_no_name(client, name):
    """CONSTRUCT gives a graph: as TriG and N-Quads it is the default graph."""
    query = {"query": CONSTRUCT, "format": name}
    response = client.get("/sparql", query_string=query)
    assert response.content_type == by_name(name).content_type
    rdf = pyoxigraph.RdfFormat.from_media_type(response.mimetype)
    quads = list(pyoxigraph.parse(response.data, format=rdf))
    assert len(quads) == 2
    assert {str(quad.graph_name) for quad in quads} == {"DEFAULT"}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("xml", "application/rdf+xml"),
        ("rdf", "application/rdf+xml"),
        ("rdf+xml", "application/rdf+xml"),
        ("json", "application/ld+json"),
        ("json-ld", "application/ld+json"),
        ("n3", "text/turtle"),
    ],
)
def test_a_graph_takes_the_names_that_clients_give_its_formats(
    client, name, media_type
):
    """SPARQLWrapper sends ?format= besides Accept, and calls RDF/XML xml."""
    query = {"query": "CONSTRUCT { ?s a ?t } { ?s a ?t }", "format": name}
    assert client.get("/sparql", query_string=query).mimetype == media_type
    rows = client.get("/sparql", query_string={**query, "query": "ASK {}"})
    expected = {"xml": "application/sparql-results+xml"}
    expected["json"] = "application/sparql-results+json"
    assert rows.mimetype == expected.get(name, "application/problem+json")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html;q=0.1, */*;q=0.9", "application/sparql-results+json"),
        ("text/html;q=0.9, */*;q=0.9", "text/html"),
        ("text/html;q=0.9, text/*;q=0.1", "text/html"),
        ("text/html;q=0", "application/problem+json"),
    ],
)
def test_ranges_count_against_a_page(accept, kind, client):
    """What is preferred to a page is data, by whatever name (RFC 9110 §12.5.1)."""
    answer = client.get(
        "/sparql", query_string={"query": SELECT}, headers={"Accept": accept}
    )
    assert answer.mimetype == kind
