"""A store's graph is copied whole and judged, or not judged at all."""

from __future__ import annotations

from collections import Counter

import pyoxigraph
import pytest
from click.testing import CliRunner

from tests.remote.upstream import holding, upstream
from vomkg.cli import main as cli
from vomkg.config import load_settings
from vomkg.engine.remote.copying import copied
from vomkg.errors import InputError, LimitError, UpstreamError
from vomkg.namespaces import GraphName

GRAPH = "urn:g"
ROWS = "".join(f"<urn:s{n}> <urn:p{n % 3}> {n} .\n" for n in range(47))
BLANK = "".join(f"[] <urn:p> [ <urn:q> {n} ] .\n" for n in range(20))


class Changing:
    """A store that can be changed between requests, and cuts what it constructs."""

    def __init__(self, turtle, cap=1_000_000):
        self.store = pyoxigraph.Store()
        self.store.load(
            turtle,
            format=pyoxigraph.RdfFormat.TURTLE,
            to_graph=pyoxigraph.NamedNode(GRAPH),
        )
        self.cap = cap
        self.asked = 0
        self.before = {}

    def __call__(self, handler, fields):
        self.asked += 1
        self.before.get(self.asked, lambda: None)()
        lines = "\n".join(f"{quad} ." for quad in self.store)
        trig = pyoxigraph.RdfFormat.N_QUADS
        holding_quads(lines, trig, self.cap)(handler, fields)

    def update(self, text):
        return lambda: self.store.update(text)


def holding_quads(text, form, cap):
    """As :func:`holding`, of quads."""
    reply = holding("", cap)
    store = next(
        cell.cell_contents
        for cell in reply.__closure__
        if isinstance(cell.cell_contents, pyoxigraph.Store)
    )
    store.load(text, format=form)
    return reply


@pytest.fixture
def asked(settings):
    """Copies the graph of a store that replies as given."""

    def copy(reply, **more):
        told: list[str] = []
        with upstream(reply) as server:
            ours = load_settings(
                {}, cache=settings.cache, store=server.address, store_rows=10, **more
            )
            return copied(ours, [GRAPH], told.append), told

    return copy


def triples(turtle):
    return Counter(
        str(quad.predicate)
        for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    )


def test_all_triples_are_copied_page_by_page_and_progress_is_told(asked):
    found, told = asked(Changing(ROWS))
    assert len(set(found)) == 47
    assert told[-1] == "copied 47 of 47 triples"
    assert len(told) == 5


def test_blank_nodes_stay_one_over_pages(asked):
    """They are fetched in one answer, where their names hold."""
    found, _ = asked(Changing(BLANK))
    assert Counter(str(triple.predicate) for triple in found) == triples(BLANK)
    assert len({t.subject for t in found} | {t.object for t in found}) == 40 + 20


def test_blank_nodes_that_come_in_part_are_an_error(asked):
    with pytest.raises(UpstreamError, match="counts 40 triples and gave 30"):
        asked(Changing(BLANK, cap=30))


def test_more_than_may_be_copied_is_refused_with_the_reason(asked):
    with pytest.raises(LimitError, match=r"47 triples .* a part of them cannot"):
        asked(Changing(ROWS), store_copy=46)


def test_nothing_is_no_verdict(asked):
    with pytest.raises(InputError, match="holds nothing in <urn:g>"):
        asked(Changing(""))


@pytest.mark.parametrize(
    ("when", "update"),
    {
        "added": (3, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p0> 1 } }"),
        "removed": (3, "DELETE WHERE { GRAPH <urn:g> { <urn:s0> ?p ?o } }"),
        "added at the end": (7, "INSERT DATA { GRAPH <urn:g> { <urn:z> <urn:p0> 1 } }"),
        "one for another": (
            4,
            "DELETE DATA { GRAPH <urn:g> { <urn:s9> <urn:p0> 9 } } ; "
            "INSERT DATA { GRAPH <urn:g> { <urn:s9> <urn:p1> 9 } }",
        ),
    }.values(),
)
def test_a_store_that_changes_meanwhile_is_not_judged(asked, when, update):
    store = Changing(ROWS)
    store.before[when] = store.update(update)
    with pytest.raises(UpstreamError, match="cannot be judged"):
        asked(store)


def test_fewer_rows_than_counted_are_an_error(asked):
    """A store that cuts its answers below the page."""
    with pytest.raises(UpstreamError, match="gives 7 where 10 were asked for"):
        asked(Changing(ROWS, cap=7))


@pytest.mark.slow
def test_command_judges_what_the_store_holds(settings, monkeypatch):
    """A fault of the store's data is found; the shipped files are not judged."""
    monkeypatch.setattr("tests.remote.test_copying.GRAPH", GraphName.data)
    vom = "https://w3id.org/vomkg/ontology#"
    store = Changing(f"<https://w3id.org/vomkg/id/c> a <{vom}MechanismClaim> .")
    with upstream(store) as server:
        done = CliRunner().invoke(cli, ["validate", "--store", server.address])
    assert done.exit_code == 1, done.output
    assert "id:c" in done.output
    assert "id:mc-" not in done.output


def test_store_and_files_do_not_go_together():
    done = CliRunner().invoke(
        cli, ["validate", "x.ttl", "--store", "http://127.0.0.1:9/sparql"]
    )
    assert done.exit_code == 2
