"""Clients made by others, as docs/consumers.md shows them, against a running server."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib

pytestmark = pytest.mark.slow

MODERATORS = """
PREFIX vom: <https://w3id.org/vomkg/ontology#>
SELECT ?claim ?direction WHERE { ?claim vom:effectDirection ?direction } ORDER BY ?claim
"""
CONSTRUCT = """
PREFIX vom: <https://w3id.org/vomkg/ontology#>
CONSTRUCT { ?s vom:reportedBy ?o } WHERE { ?s vom:reportedBy ?o }
"""


@pytest.fixture(scope="module")
def expected(kg):
    """The directions as the package answers."""
    return {
        (row["claim"].value, row["direction"].value)
        for row in kg.query(MODERATORS).rows
    }


@pytest.fixture(scope="module")
def reported(kg):
    """How many triples the CONSTRUCT gives in the package."""
    return len(kg.query(CONSTRUCT).triples)


def test_curl_gets_csv_from_the_endpoint(site, program, expected):
    """A query by GET, with the format in the Accept header."""
    done = program(
        "curl",
        *("--silent", "--fail", "--get", f"{site}sparql"),
        *("--data-urlencode", f"query={MODERATORS}", "--header", "Accept: text/csv"),
        package="curl",
    )
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0] == ["claim", "direction"]
    assert {tuple(row) for row in rows[1:]} == expected


def test_curl_revalidates_and_follows_head(site, program, tmp_path):
    """HEAD gives the tag, and with it the copy is confirmed by 304."""
    tag = tmp_path / "tag"
    common = (
        "--silent",
        "--fail",
        "--output",
        "/dev/null",
        "--write-out",
        "%{http_code}",
    )
    first = program(
        "curl", *common, "--etag-save", str(tag), f"{site}store?default", package="curl"
    )
    second = program(
        "curl",
        *common,
        "--etag-compare",
        str(tag),
        f"{site}store?default",
        package="curl",
    )
    assert (first.stdout, second.stdout) == ("200", "304")


def test_rdflib_parses_graphs_by_their_address(site, graph):
    """The media type alone tells rdflib which parser to take."""
    found = rdflib.Graph().parse(f"{site}store?graph=https://w3id.org/vomkg/graph/data")
    subject = rdflib.URIRef("https://w3id.org/vomkg/id/est-r1-overall")
    assert set(found.predicate_objects(subject)) == set(
        graph.predicate_objects(subject)
    )


def test_rdflib_asks_the_endpoint_as_a_store(site, expected):
    """Its SPARQLStore gives the same rows."""
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    found = rdflib.Graph(SPARQLStore(f"{site}sparql")).query(MODERATORS)
    assert directions(found) == expected


def test_rdflib_federates_to_the_endpoint(site, expected):
    """SERVICE in a query of another store reaches it."""
    query = MODERATORS.replace("WHERE {", f"WHERE {{ SERVICE <{site}sparql> {{")
    found = rdflib.Graph().query(query.replace("} ORDER", "} } ORDER"))
    assert directions(found) == expected


def test_pandas_reads_an_answer_by_its_address(site, kg, library):
    """A question as CSV is a data frame, with its columns."""
    pandas = library("pandas", "pandas")
    frame = pandas.read_csv(f"{site}questions/overall-effect.csv")
    answer = kg.run("overall-effect")
    assert list(frame.columns) == list(answer.columns)
    assert len(frame) == len(answer)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_gets_rows_in_each_format(site, form, expected, library):
    """The wrapper asks by its own names of the formats."""
    wrapper = _wrapper(library, site, MODERATORS, form)
    found = wrapper.query().convert()
    text = found.toxml() if form == "xml" else str(found)
    for claim, direction in expected:
        assert claim in text
        assert direction in text


# The wrapper reads graphs into a class that rdflib has given up.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["turtle", "xml", "n3", "json-ld"])
def test_sparqlwrapper_gets_graphs(site, form, method, reported, library):
    """CONSTRUCT in each syntax, by both methods."""
    wrapper = _wrapper(library, site, CONSTRUCT, form)
    wrapper.setMethod(method)
    found = wrapper.query().convert()
    if isinstance(found, bytes):
        syntax = "turtle" if form in {"turtle", "n3"} else form
        found = rdflib.Graph().parse(data=found, format=syntax)
    assert len(found) == reported


def test_sparqlwrapper_tells_a_malformed_query(site, library):
    """A 400 becomes its own exception, with our words in it."""
    module = library("SPARQLWrapper", "sparqlwrapper")
    wrapper = _wrapper(library, site, "SELECT", "json")
    with pytest.raises(module.SPARQLExceptions.QueryBadFormed):
        wrapper.query()


def test_sparql_dataframe_gives_a_frame(site, expected, library):
    """A data frame straight from the endpoint."""
    module = library("sparql_dataframe", "sparql-dataframe")
    frame = module.get(f"{site}sparql", MODERATORS)
    assert {tuple(row) for row in frame.itertuples(index=False)} == expected


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "rdfxml"])
def test_rapper_harvests_the_graph(site, program, syntax, tmp_path):
    """Raptor reads what is sent, as the syntax that was asked for."""
    place = f"{site}store?default=&format={syntax}"
    guess = {"turtle": "turtle", "ntriples": "ntriples", "rdfxml": "rdfxml"}[syntax]
    done = program(
        "rapper", "--quiet", "--count", "--input", guess, place, package="raptor2-utils"
    )
    assert "error" not in done.stderr.lower()


def test_rapper_needs_no_hint_of_the_syntax(site, program):
    """With its own Accept header it gets a type that it can read."""
    done = program("rapper", "--count", f"{site}store?default", package="raptor2-utils")
    assert "returned" in done.stderr
    assert " 0 triples" not in done.stderr


@pytest.mark.parametrize(
    "client", ["comunica", "comunica-forced", "fetch-sparql-endpoint"]
)
def test_clients_of_npm_get_rows(site, npm, client, expected):
    """Comunica finds out by itself that it is an endpoint, or is told."""
    assert {tuple(row) for row in npm(client, f"{site}sparql", MODERATORS)} == expected


@pytest.mark.parametrize(
    "client", ["comunica-construct", "fetch-sparql-endpoint-construct"]
)
def test_clients_of_npm_get_graphs(site, npm, client, reported):
    """CONSTRUCT, as a stream of quads."""
    assert npm(client, f"{site}sparql", CONSTRUCT) == reported


def test_rdf_dereference_reads_a_graph_by_its_address(site, npm):
    """By its own Accept header it gets a type that it parses."""
    place = f"{site}store?graph=https://w3id.org/vomkg/graph/data"
    found = rdflib.Graph().parse(place)
    assert npm("rdf-dereference", place) == len(found)


def directions(result):
    """The rows of an answer of rdflib, as pairs of text."""
    names = rdflib.Variable("claim"), rdflib.Variable("direction")
    return {tuple(str(row[name]) for name in names) for row in result.bindings}


def _wrapper(library, site, query, form):
    module = library("SPARQLWrapper", "sparqlwrapper")
    wrapper = module.SPARQLWrapper(f"{site}sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    return wrapper
