"""What a host says of the release that it serves: VoID, DCAT, schema.org, service."""

from __future__ import annotations

import hashlib
import json
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tests.release.conftest import Reply
from vomkg.formats import offered
from vomkg.namespaces import (
    BASE,
    DATASET_IRI,
    DCAT,
    DCTERMS,
    RDFS,
    RELEASES,
    SD,
    SH,
    SPDX,
    VOID,
    VOID_NAMES,
    GraphName,
)
from vomkg.web import create_app
from vomkg.web.catalogue import schema_org

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from vomkg.knowledge import KnowledgeGraph

HOST = "http://evidence.example:8080"
IANA = "https://www.iana.org/assignments/media-types/"
# As editors ask it: what a thing of a class can be asked for, and of which kind the
# answers are; the graphs are asked first, and bound only where they have partitions.
EDITORS_QUESTION = f"""
PREFIX sd: <{SD}>
PREFIX ext: <http://ldf.fi/void-ext#>
PREFIX void: <{VOID}>
SELECT DISTINCT ?graph ?kind ?link ?target ?type ?size
WHERE {{
  OPTIONAL {{ ?graph sd:graph ?inside . ?inside void:classPartition ?of }}
  ?of void:class ?kind .
  ?of void:propertyPartition ?by .
  ?by void:property ?link .
  OPTIONAL {{ ?by void:triples ?size }}
  OPTIONAL {{
    {{ ?by void:classPartition/void:class ?target }}
    UNION
    {{ ?by ext:datatypePartition/ext:datatype ?type }}
  }}
}}
"""
EXAMPLES = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <{SH}>
SELECT DISTINCT ?example ?text ?query
WHERE {{
  ?example a sh:SPARQLExecutable ; rdfs:comment ?text .
  ?example sh:select|sh:ask|sh:construct|sh:describe ?query .
}}
"""
PREFIX_LIST = f"""
PREFIX sh: <{SH}>
SELECT DISTINCT ?prefix ?namespace
WHERE {{ ?any sh:prefix ?prefix ; sh:namespace ?namespace }}
"""


@pytest.fixture(scope="module")
def shipped(kg: KnowledgeGraph) -> FlaskClient:
    return create_app(kg).test_client()


def triples(response) -> set[pyoxigraph.Triple]:
    assert response.status_code == 200
    form = pyoxigraph.RdfFormat.from_media_type(response.mimetype)
    return {quad.triple for quad in pyoxigraph.parse(response.data, format=form)}


def held(found: set[pyoxigraph.Triple]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*triple) for triple in found)
    return store


def rows(found: pyoxigraph.Store, query: str) -> set[tuple[str, ...]]:
    solutions = found.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return {tuple(map(str, row)) for row in solutions}


def values(found: set[pyoxigraph.Triple], subject: str, predicate: str) -> set[str]:
    node = pyoxigraph.NamedNode
    return {
        str(getattr(t.object, "value", ""))
        for t in found
        if t.subject == node(subject) and t.predicate == node(predicate)
    }


@pytest.fixture(scope="module")
def void(shipped: FlaskClient) -> set[pyoxigraph.Triple]:
    return triples(shipped.get("/void", base_url=HOST))


def test_void_is_the_graph_and_where_to_ask_it(
    void: set[pyoxigraph.Triple], shipped: FlaskClient, kg: KnowledgeGraph
):
    """The triples are those of the release, and what only this host can say."""
    graph = triples(shipped.get(f"/store?graph={GraphName.void}"))
    assert len(graph) == kg.release.counts["void"]
    assert graph < void
    more = void - graph
    assert values(more, DATASET_IRI, VOID + "sparqlEndpoint") == {f"{HOST}/sparql"}
    assert values(more, DATASET_IRI, RDFS + "seeAlso") == {f"{HOST}/changes"}
    dumps = {t for t in more if t.predicate.value == VOID + "dataDump"}
    assert len(more) == len(dumps) + 2


def test_every_dump_that_void_names_is_had_from_this_host_too(
    void: set[pyoxigraph.Triple], shipped: FlaskClient
):
    """The canonical addresses alone lead nowhere until they are registered."""
    named = {
        (t.subject, str(getattr(t.object, "value", "")))
        for t in void
        if t.predicate.value == VOID + "dataDump"
    }
    canonical = {found for found in named if found[1].startswith(BASE)}
    here = named - canonical
    assert {(s, BASE + place.removeprefix(f"{HOST}/")) for s, place in here} == (
        canonical
    )
    for _, place in here:
        with shipped.head(place.removeprefix(HOST)) as response:
            assert response.status_code == 200, place


@pytest.mark.parametrize("form", offered("graph"), ids=lambda form: form.name)
def test_void_is_the_same_in_every_format(
    void: set[pyoxigraph.Triple], shipped: FlaskClient, form
):
    """It is negotiated; /.well-known/void and /void are two names of one thing."""
    found = shipped.get(
        "/.well-known/void", headers={"Accept": form.media_type}, base_url=HOST
    )
    assert found.mimetype == form.media_type
    assert "Accept" in found.vary
    assert triples(found) == void


@pytest.mark.parametrize("path", ["/void", "/.well-known/void", "/dcat"])
def test_format_that_is_not_there_is_refused(shipped: FlaskClient, path: str):
    """A description is negotiated like any graph."""
    assert shipped.get(path, headers={"Accept": "text/csv"}).status_code == 406
    assert shipped.get(f"{path}?format=jsonld").mimetype == "application/ld+json"


@pytest.mark.parametrize("path", ["/void", "/.well-known/void", "/dcat"])
def test_files_without_description_have_none(client: FlaskClient, path: str):
    """Nothing is made up for data that does not describe itself."""
    found = client.get(path)
    assert found.status_code == 404
    assert "no description of its own" in found.text


def test_files_without_description_are_nothing_to_search_engines(tiny: KnowledgeGraph):
    """A page over such files embeds nothing."""
    assert schema_org(tiny, "http://x/") == {}


def test_small_limit_on_rows_does_not_cut_a_description(kg: KnowledgeGraph):
    """The limit on rows is for queries; a description is whole or not there."""
    small = copy(kg)
    small.settings = replace(kg.settings, row_limit=2_000)
    found = create_app(small).test_client().get("/void", base_url=HOST)
    canonical = {triple for triple in triples(found) if HOST not in str(triple)}
    assert len(canonical) == kg.release.counts["void"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [("text/turtle", 303), ("application/ld+json", 303), ("*/*", 200), ("", 200)],
)
def test_the_address_of_the_whole_leads_rdf_clients_to_its_description(
    accept: str, status: int, shipped: FlaskClient
):
    """Browsers and who does not care get the overview."""
    answer = shipped.get("/", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Vary"]) == (status, "Accept")
    if status == 303:
        assert answer.headers["Location"] == "/void"


@pytest.fixture(scope="module")
def service(shipped: FlaskClient) -> pyoxigraph.Store:
    return held(
        triples(
            shipped.get("/sparql", headers={"Accept": "text/turtle"}, base_url=HOST)
        )
    )


def test_editors_find_every_partition_in_the_service_description(
    service: pyoxigraph.Store, void: set[pyoxigraph.Triple]
):
    """The same rows as in the description itself, of which none is of one graph only."""
    found = rows(service, EDITORS_QUESTION)
    assert found == rows(held(void), EDITORS_QUESTION)
    assert {row[0] for row in found} == {"None"}
    vom = "<https://w3id.org/vomkg/ontology#"
    assert {
        row[3]
        for row in found
        if row[1:3] == (f"{vom}EffectEstimate>", f"{vom}metric>")
    } >= {f"{vom}Metric>"}
    assert any(row[4] != "None" for row in found)


def test_editors_find_examples_and_prefixes_wherever_they_look(
    service: pyoxigraph.Store, shipped: FlaskClient, kg: KnowledgeGraph
):
    """In the default graph, which they ask first, and in the service description."""
    default = held(triples(shipped.get("/store?default")))
    for place in (service, default):
        examples = rows(place, EXAMPLES)
        assert len(examples) == len(kg.questions)
        found = {row[0]: row[1] for row in rows(place, PREFIX_LIST)}
        assert len(found) == len(kg.prefixes)
        assert found['"void"'].startswith(f'"{VOID}"')


def test_examples_run_as_they_stand(service: pyoxigraph.Store, kg: KnowledgeGraph):
    """An editor sends the text alone, so it must need nothing else."""
    empty = pyoxigraph.Store()
    for name, text, _ in rows(service, EXAMPLES):
        assert text.endswith("@en")
        asked = kg.questions[name.rpartition("/")[2].rstrip(">")]
        assert isinstance(empty.query(asked.sparql), pyoxigraph.QuerySolutions)


def test_service_description_and_void_name_the_same_datasets(
    service: pyoxigraph.Store, kg: KnowledgeGraph
):
    """The default graph is the dataset; each named graph is its part of that name."""
    found = {
        (name.strip("<>"), graph.strip("<>"))
        for name, graph in rows(
            service,
            f"SELECT ?name ?graph {{ ?n <{SD}name> ?name ; <{SD}graph> ?graph }}",
        )
    }
    described = {
        (f"https://w3id.org/vomkg/graph/{name}", f"{VOID_NAMES}{name}")
        for name in kg.release.counts
        if name != "void"
    }
    assert described < found
    assert {name for name, _ in found - described} == {GraphName.void}
    assert rows(service, f"SELECT ?d {{ ?s <{SD}defaultGraph> ?d }}") == {
        (f"<{DATASET_IRI}>",)
    }
    [endpoint] = rows(
        service, f"SELECT ?e {{ ?s a <{SD}Service> ; <{SD}endpoint> ?e }}"
    )
    assert endpoint == (f"<{HOST}/sparql>",)
    assert endpoint in rows(
        service, f"SELECT ?e {{ <{DATASET_IRI}> <{VOID}sparqlEndpoint> ?e }}"
    )


@pytest.fixture
def dumped(kg: KnowledgeGraph, tmp_path: Path) -> KnowledgeGraph:
    """The shipped release with three files to take away."""
    folder = tmp_path / kg.release.id[:16]
    (folder / "dumps").mkdir(parents=True)
    listed = []
    for name, media_type, compression in (
        ("union.ttl", "text/turtle", ""),
        ("union.ttl.gz", "text/turtle", "gzip"),
        ("data.nt.zst", "application/n-triples", "zstd"),
    ):
        body = f"# {name}\n".encode()
        (folder / "dumps" / name).write_bytes(body)
        listed.append(
            {
                "name": name,
                "path": f"dumps/{name}",
                "graph": name.partition(".")[0],
                "media_type": media_type,
                "compression": compression,
                "bytes": len(body),
                "sha256": hashlib.sha256(body).hexdigest(),
            }
        )
    (folder / "dumps.json").write_text(json.dumps(listed), encoding="utf-8")
    found = copy(kg)
    found.release = replace(kg.release, path=folder)
    return found


def catalogue(kg: KnowledgeGraph) -> set[pyoxigraph.Triple]:
    return triples(create_app(kg).test_client().get("/dcat", base_url=HOST))


def test_catalogue_lists_the_files_as_they_are(dumped: KnowledgeGraph):
    """Length and checksum are those of the bytes, the type is IANA's."""
    found = catalogue(dumped)
    release = RELEASES + dumped.release.id[:16]
    nodes = values(found, release, DCAT + "distribution")
    assert len(nodes) == 3
    for node in nodes:
        body = (dumped.release.path / "dumps" / node.rpartition("/")[2]).read_bytes()
        assert values(found, node, DCAT + "downloadURL") == {node}
        assert node.startswith(f"{HOST}/data/")
        assert values(found, node, DCAT + "byteSize") == {str(len(body))}
        [checksum] = values(found, node, SPDX + "checksum")
        assert values(found, checksum, SPDX + "checksumValue") == {
            hashlib.sha256(body).hexdigest()
        }
        assert values(found, checksum, SPDX + "algorithm") == {
            SPDX + "checksumAlgorithm_sha256"
        }
    packed = f"{HOST}/data/data.nt.zst"
    assert values(found, packed, DCAT + "mediaType") == {IANA + "application/n-triples"}
    assert values(found, packed, DCAT + "compressFormat") == {IANA + "application/zstd"}
    plain = f"{HOST}/data/union.ttl"
    assert values(found, plain, DCAT + "compressFormat") == set()


# Class, property, fewest and most values, as DCAT 3 has them or we promise them.
RULES = [
    ("Catalog", DCTERMS + "title", 1, 1),
    ("Catalog", DCAT + "dataset", 1, 1),
    ("Catalog", DCAT + "service", 1, 1),
    ("Dataset", DCTERMS + "title", 1, 1),
    ("DataService", DCTERMS + "title", 1, 1),
    ("DataService", DCAT + "endpointURL", 1, 1),
    ("DataService", DCAT + "endpointDescription", 1, 1),
    ("DataService", DCAT + "servesDataset", 1, 1),
    ("DataService", DCTERMS + "license", 1, 1),
    ("Distribution", DCAT + "accessURL", 1, 1),
    ("Distribution", DCAT + "downloadURL", 1, 1),
    ("Distribution", DCAT + "mediaType", 1, 1),
    ("Distribution", DCAT + "compressFormat", 0, 1),
    ("Distribution", DCAT + "byteSize", 1, 1),
    ("Distribution", SPDX + "checksum", 1, 1),
    ("Distribution", DCTERMS + "license", 1, 1),
]


@pytest.mark.parametrize(("kind", "name", "fewest", "most"), RULES)
def test_catalogue_is_complete(
    dumped: KnowledgeGraph, kind: str, name: str, fewest: int, most: int
):
    """Each thing in the catalogue has what its class asks for, and no more."""
    found = catalogue(dumped)
    things = [
        str(getattr(t.subject, "value", ""))
        for t in found
        if getattr(t.object, "value", "") == DCAT + kind
    ]
    assert things
    for thing in things:
        assert fewest <= len(values(found, thing, name)) <= most, thing


def test_everything_that_the_catalogue_links_to_here_is_there(dumped: KnowledgeGraph):
    """What stands at this host, but for the files, answers."""
    client = create_app(dumped).test_client()
    addresses = {str(getattr(t.object, "value", "")) for t in catalogue(dumped)}
    paths = {
        address.removeprefix(HOST).partition("#")[0]
        for address in addresses
        if address.startswith(HOST) and not address.startswith(f"{HOST}/data")
    }
    assert paths == {"/", "/changes", "/dcat", "/sparql"}
    for path in paths:
        assert client.get(path, headers={"Accept": "*/*"}).status_code == 200, path


def test_catalogue_says_what_void_says(
    dumped: KnowledgeGraph, void: set[pyoxigraph.Triple]
):
    """Title, licence, makers and shapes are the same in both."""
    dcat = catalogue(dumped)
    release = RELEASES + dumped.release.id[:16]
    for name in ("title", "description", "license", "creator", "conformsTo"):
        said = values(void, DATASET_IRI, DCTERMS + name)
        assert said == values(dcat, release, DCTERMS + name) != set()
    assert values(dcat, release, DCAT + "version") == {dumped.release.id[:16]}
    assert values(dcat, release, DCAT + "isVersionOf") == {DATASET_IRI}
    assert values(dcat, DATASET_IRI, DCAT + "hasVersion") == {release}


@pytest.mark.parametrize("is_current", [True, False])
def test_release_before_is_named_where_the_shelf_knows_it(
    dumped: KnowledgeGraph, is_current: bool
):
    """What was served before is the version before the current one, of no other."""
    folder = dumped.release.path
    other = "0123456789abcdef"
    (folder.parent / "previous").symlink_to(other)
    (folder.parent / "current").symlink_to(folder.name if is_current else other)
    release = RELEASES + dumped.release.id[:16]
    found = values(catalogue(dumped), release, DCAT + "previousVersion")
    assert found == ({RELEASES + other} if is_current else set())


def test_search_engines_are_told_the_same(dumped: KnowledgeGraph):
    """schema.org's Dataset agrees with the catalogue in every point."""
    found = schema_org(dumped, f"{HOST}/")
    dcat = catalogue(dumped)
    release = RELEASES + dumped.release.id[:16]
    assert found["@id"] == release
    assert values(dcat, release, DCTERMS + "title") == {found["name"]}
    assert values(dcat, release, DCTERMS + "license") == {found["license"]}
    assert values(dcat, release, DCAT + "version") == {found["version"]}
    files = found["distribution"]
    assert isinstance(files, list)
    assert {file["contentUrl"] for file in files} == values(
        dcat, release, DCAT + "distribution"
    )
    for file in files:
        [checksum] = values(dcat, file["contentUrl"], SPDX + "checksum")
        assert values(dcat, checksum, SPDX + "checksumValue") == {file["sha256"]}
    assert 50 <= len(str(found["description"])) <= 5_000  # as search engines want it
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("host", ["xn--a", "xn--fiqs8s:8080"])
@pytest.mark.parametrize("path", ["/", "/dcat", "/void", "/sparql"])
def test_the_host_is_told_as_it_was_asked(kg: KnowledgeGraph, path: str, host: str):
    """Neither decoded, which is another IRI, nor an error where it cannot be."""
    accept = "text/html" if path == "/" else "application/n-triples"
    found = Reply(create_app(kg), path, accept, HTTP_HOST=host)
    assert found.status == 200
    assert f"http://{host}/sparql" in found.body.decode() + "".join(found.links)


def test_catalogue_tells_of_the_release_what_changed_and_what_made_it(
    kg: KnowledgeGraph, shipped: FlaskClient
):
    """The list of changes is found from the descriptions."""
    found = catalogue(kg)
    release = RELEASES + kg.release.id[:16]
    assert values(found, release, DCTERMS + "relation") == {f"{release}/changes"}
    [place] = values(found, release, RDFS + "seeAlso")
    told = triples(
        shipped.get(place.removeprefix(HOST), headers={"Accept": "text/turtle"})
    )
    assert pyoxigraph.NamedNode(f"{release}/changes") in {t.subject for t in told}
    [made] = values(found, release, DCTERMS + "provenance")
    [words] = values(found, made, RDFS + "label")
    assert all(f"{name} {by}" in words for name, by in kg.release.versions.items())


def test_data_without_a_release_are_described_without_a_version(kg: KnowledgeGraph):
    """So over a store that holds the description, which was a 404."""
    stored = copy(kg)
    stored.release = replace(kg.release, id="")
    found = catalogue(stored)
    assert values(found, f"{HOST}/dcat#endpoint", DCAT + "servesDataset") == {
        DATASET_IRI
    }
    assert values(found, DATASET_IRI, DCTERMS + "title")
    said = {t.predicate.value for t in found}
    assert not said & {DCAT + "version", DCAT + "hasVersion", DCTERMS + "provenance"}
    assert RELEASES not in str(found)
    assert "version" not in schema_org(stored, f"{HOST}/")
