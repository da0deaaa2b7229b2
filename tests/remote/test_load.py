"""Filling real servers: what arrives, what is left alone, how a load goes on."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
import requests

from tests.remote.filling import count, load, quads, settings_of
from vomkg.errors import ConformanceError, UpstreamError, UsageError
from vomkg.namespaces import SKOLEM, UNION_GRAPH, GraphName
from vomkg.transfer import Load
from vomkg.transfer.addresses import Addresses
from vomkg.transfer.connection import Connection
from vomkg.transfer.contents import of_release
from vomkg.transfer.journal import open_journal
from vomkg.transfer.normal import normal
from vomkg.transfer.reading import Reader
from vomkg.transfer.refusals import RefusedError
from vomkg.transfer.writing import GraphStore, Update

ONE = "http://example.org/one"
TWO = "http://example.org/two"
SMALL = f"""
PREFIX : <http://example.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
GRAPH <{ONE}> {{
  :a :p 0.070 , "01"^^xsd:integer , true , "x"@en-GB , "two\\nlines \\"é\\"" .
  :b :p [ :q :c ] .
}}
GRAPH <{TWO}> {{ :a :p true . }}
:d :p "in no graph" .
"""


@pytest.fixture
def here(settings, tmp_path):
    """Settings with a cache of its own, and small requests."""
    return replace(settings, cache=tmp_path, load_chunk=3, load_insert=3)


def many(path, number, graph=ONE):
    """A dataset of so many triples, three by subject."""
    body = " ".join(f"<urn:s{n // 3}> <urn:p{n % 3}> {n} ." for n in range(number))
    return quads(path, f"GRAPH <{graph}> {{ {body} }}")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_release_arrives_whole(kind, request, kg, filled, settings):
    server, proof = filled(request.getfixturevalue(kind))
    contents = of_release(kg.release)
    assert proof == {"compared": contents.total, "sampled": False, "faults": []}
    assert contents.total == sum(kg.release.counts.values()) + len(
        contents.graphs[UNION_GRAPH]
    )
    assert count(server, GraphName.data, settings) == kg.release.counts["data"]


@pytest.mark.parametrize("way", ["gsp", "update"])
def test_either_way_gives_the_same_graphs(way, own_oxigraph, here, tmp_path):
    contents = quads(tmp_path / "small.trig", SMALL)
    outcome = load(own_oxigraph, contents, here, way)
    assert (outcome.way, outcome.written) == (way, contents.total)
    assert outcome.proof.compared == contents.total
    sizes = {name: count(own_oxigraph, name, here) for name in contents.graphs}
    assert sizes == {ONE: 7, TWO: 1, UNION_GRAPH: 8}


@pytest.mark.slow
@pytest.mark.parametrize("kind", [GraphStore, Update])
def test_virtuoso_takes_parts_of_a_graph_either_way(kind, virtuoso, here, kg):
    """Its union is in use, so a graph of another name takes what data holds."""
    graph = f"http://example.org/{kind.name}"
    triples = of_release(kg.release).graphs[GraphName.data][:900]
    known = settings_of(virtuoso, here, load_chunk=400, load_insert=400)
    places = Addresses(virtuoso.query, virtuoso.update, virtuoso.store)
    with closing(Connection(known)) as connection:
        writer = kind(connection, places, known)
        writer.start(graph, triples[450:])
        writer.start(graph, triples[:400])
        writer.add(graph, triples[400:])
        writer.add(graph, triples[400:])
        reader = Reader(connection, places)
        subjects = sorted({str(triple.subject) for triple in triples})
        found = {
            triple
            for start in range(0, len(subjects), 50)
            for triple in reader.triples(graph, subjects[start : start + 50], 900)
        }
        assert found == set(map(normal, triples))
        assert reader.count(graph) == len(triples)
        writer.empty(graph)
        assert reader.count(graph) == 0
        writer.empty(graph)


def test_second_load_writes_nothing(own_oxigraph, here, tmp_path):
    contents = many(tmp_path / "many.trig", 10)
    load(own_oxigraph, contents, here)
    again = load(own_oxigraph, contents, here)
    assert (again.way, again.written) == ("", 0)
    assert again.proof.compared == contents.total


def test_blank_nodes_become_the_same_iris_each_time(own_oxigraph, here, tmp_path):
    first = quads(tmp_path / "small.trig", SMALL)
    second = quads(tmp_path / "small.trig", SMALL)
    assert first == second
    named = [t for t in first.graphs[ONE] if SKOLEM in str(t.subject)]
    assert len(named) == first.renamed == 1


def test_interrupted_load_goes_on(own_oxigraph, here, tmp_path):
    contents = many(tmp_path / "many.trig", 20)
    told = []

    def stop(step, done, _total):
        told.append((step, done))
        if done == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(own_oxigraph, contents, here, progress=stop)
    assert count(own_oxigraph, ONE, here) == 9
    rest = load(own_oxigraph, contents, here)
    assert rest.written == contents.total - 9
    assert count(own_oxigraph, ONE, here) == 20


def test_restart_writes_all_again(own_oxigraph, here, tmp_path):
    contents = many(tmp_path / "many.trig", 7)
    load(own_oxigraph, contents, here)
    assert load(own_oxigraph, contents, here, restart=True).written == contents.total


def test_changed_data_replaces_what_was_ours(own_oxigraph, here, tmp_path):
    """Graphs of the earlier load go on demand, graphs of others stay."""
    old = quads(tmp_path / "old.trig", SMALL)
    load(own_oxigraph, old, here)
    other = "http://example.org/other"
    put(own_oxigraph, other, "<urn:x> <urn:y> 1 .")
    new = many(tmp_path / "new.trig", 4)
    with pytest.raises(UsageError, match=f"not in this one: {TWO}; add --replace"):
        load(own_oxigraph, new, here)
    assert count(own_oxigraph, TWO, here) > 0
    outcome = load(own_oxigraph, new, here, replace=True)
    assert outcome.emptied == [TWO]
    sizes = [count(own_oxigraph, name, here) for name in (ONE, TWO, other)]
    assert sizes == [4, 0, 1]


def test_interrupted_load_gives_way_to_changed_data(own_oxigraph, here, tmp_path):
    """What a broken load left behind is ours too."""

    def stop(_step, _done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(own_oxigraph, many(tmp_path / "a.trig", 9), here, progress=stop)
    load(own_oxigraph, many(tmp_path / "b.trig", 2), here)
    assert count(own_oxigraph, ONE, here) == 2


def test_triples_of_others_stop_a_load(own_oxigraph, here, tmp_path):
    put(own_oxigraph, ONE, "<urn:x> <urn:y> 1, 2 .")
    contents = many(tmp_path / "many.trig", 4)
    with pytest.raises(UsageError, match=rf"{ONE} \(2\).*--replace"):
        load(own_oxigraph, contents, here)
    assert count(own_oxigraph, ONE, here) == 2
    load(own_oxigraph, contents, here, replace=True)
    assert count(own_oxigraph, ONE, here) == 4


def test_triples_added_by_others_after_a_load_stop_the_next(
    own_oxigraph, here, tmp_path
):
    load(own_oxigraph, many(tmp_path / "a.trig", 4), here)
    requests.post(
        own_oxigraph.store,
        params={"graph": ONE},
        data="<urn:x> <urn:y> 1 .",
        headers={"Content-Type": "text/turtle"},
        timeout=10,
    )
    for name in ("a.trig", "b.trig"):
        with pytest.raises(UsageError, match="--replace"):
            load(own_oxigraph, many(tmp_path / name, 4 + ord(name[0]) % 2), here)


def test_store_filled_from_elsewhere_is_recognised(own_oxigraph, here, tmp_path):
    """Another machine has no journal of it."""
    contents = many(tmp_path / "many.trig", 8)
    load(own_oxigraph, contents, here)
    elsewhere = replace(here, cache=tmp_path / "elsewhere")
    assert load(own_oxigraph, contents, elsewhere).written == 0


def test_emptied_store_is_filled_again(own_oxigraph, here, tmp_path):
    """A server in memory forgets all when it is restarted."""
    contents = many(tmp_path / "many.trig", 8)
    load(own_oxigraph, contents, here)
    requests.post(own_oxigraph.update, data={"update": "DROP ALL"}, timeout=10)
    assert load(own_oxigraph, contents, here).written == contents.total


def test_large_load_is_proven_by_a_sample(own_oxigraph, here, tmp_path):
    contents = many(tmp_path / "many.trig", 900)
    few = replace(here, load_proof=1000, load_chunk=1000)
    proof = load(own_oxigraph, contents, few).proof
    assert proof.sampled
    assert 0 < proof.compared < contents.total / 5


@pytest.mark.parametrize("limit", [1_000_000, 10])
@pytest.mark.parametrize(
    "update",
    [
        f"DELETE DATA {{ GRAPH <{ONE}> {{ <urn:s0> <urn:p0> 0 }} }}",
        f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:new> <urn:p> 0 }} }}",
        f"DELETE DATA {{ GRAPH <{ONE}> {{ <urn:s0> <urn:p0> 0 }} }} ; "
        f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:s0> <urn:p> 1000 }} }}",
    ],
)
def test_what_was_changed_on_the_way_is_found(
    limit, update, own_oxigraph, here, tmp_path
):
    """One triple too few, too many or another is found; by a sample's counts too."""
    contents = many(tmp_path / "many.trig", 12)

    def meddle(step, done, total):
        if step == "writing" and done == total:
            answer = requests.post(
                own_oxigraph.update, data={"update": update}, timeout=10
            )
            assert answer.ok

    strict = replace(here, load_proof=limit)
    with pytest.raises(ConformanceError, match=ONE):
        load(own_oxigraph, contents, strict, progress=meddle)


def test_wrong_password_is_refused(virtuoso, here, tmp_path):
    wrong = replace(settings_of(virtuoso, here), store_password="secret-word")  # noqa: S106
    contents = many(tmp_path / "many.trig", 3, "http://example.org/refused")
    places = Addresses(virtuoso.query, virtuoso.update, virtuoso.store)
    with closing(Connection(wrong)) as connection:
        journal = open_journal(wrong, virtuoso.query)
        writing = Load(contents, connection, places, wrong, journal)
        # Its union may be in use by then.
        with pytest.raises(UpstreamError, match="refuses the credentials") as fault:
            writing.run(replace=True)
    assert "secret-word" not in str(fault.value)


def test_store_that_others_may_not_write_to_says_so(virtuoso, here):
    """Without credentials Virtuoso's open address forbids."""
    places = Addresses(virtuoso.query, "", f"{virtuoso.base}/sparql-graph-crud")
    with closing(Connection(here)) as connection:
        writer = GraphStore(connection, places, here)
        with pytest.raises(RefusedError, match="does not allow this"):
            writer.start("http://example.org/forbidden", [])


def test_protocol_that_is_not_there_gives_way_to_updates(own_oxigraph, here, tmp_path):
    contents = many(tmp_path / "many.trig", 4)
    with closing(Connection(here)) as connection:
        journal = open_journal(here, own_oxigraph.query)
        places = Addresses(
            own_oxigraph.query, own_oxigraph.update, own_oxigraph.base + "/nothing"
        )
        outcome = Load(contents, connection, places, here, journal).run()
    assert (outcome.way, outcome.written) == ("update", contents.total)


def put(server, graph, text):
    """Somebody else's triples."""
    requests.put(
        server.store,
        params={"graph": graph},
        data=text,
        headers={"Content-Type": "text/turtle"},
        timeout=10,
    ).raise_for_status()


def test_subject_with_more_triples_than_a_page_is_read_in_pages(
    own_oxigraph, here, tmp_path
):
    body = " ".join(f"<urn:s> <urn:p> {n} ." for n in range(2500))
    contents = quads(tmp_path / "large.trig", f"GRAPH <{ONE}> {{ {body} }}")
    outcome = load(own_oxigraph, contents, replace(here, load_chunk=5000))
    assert outcome.proof.compared == 5000
