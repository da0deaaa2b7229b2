"""What the editor suggests is what the graph holds."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from vomkg.cli.files import GraphOfFiles
from vomkg.engine.local import Engine
from vomkg.errors import TimeLimitError
from vomkg.web import create_app, suggestions
from vomkg.web.cache import cached

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shipped(kg):
    return create_app(kg).test_client().get("/sparql/terms.json").json


def named(found, kind):
    return {term["name"]: term for term in found[kind]}


def test_counts_of_classes_and_properties_are_those_of_the_graph(kg, shipped):
    assert shipped["source"] == "void"
    assert not shipped["is_partial"]
    assert not shipped["is_cut"]
    classes = named(shipped, "classes")
    counted = kg.query("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    by_iri = {term["iri"]: term["count"] for term in classes.values()}
    found = {row["c"].value: int(row["n"].value) for row in counted.rows}
    ours = {iri for iri in found if "vomkg" in iri}
    assert len(ours) > 40
    assert {iri: by_iri[iri] for iri in ours} == {iri: found[iri] for iri in ours}
    used = kg.query(
        "SELECT ?p (COUNT(*) AS ?n) { ?s a vom:EffectEstimate ; ?p ?o } GROUP BY ?p"
    )
    counts = sorted(int(row["n"].value) for row in used.rows)
    assert sorted(classes["vom:EffectEstimate"]["properties"].values()) == counts


def test_terms_have_their_labels_and_definitions(kg, shipped):
    claim = named(shipped, "classes")["vom:Claim"]
    assert claim["label"] == kg.label(claim["iri"])
    (row,) = kg.query("SELECT ?d { vom:Claim skos:definition ?d }").rows
    assert claim["definition"] == row["d"].value
    speaker = named(shipped, "properties")["vom:reportedBy"]
    assert {"vom:Review", "vom:SourceNarrative"} <= set(speaker["values"])


def test_individuals_are_things_with_their_classes_and_no_terms(shipped):
    things = named(shipped, "individuals")
    assert "vom:Review" in things["id:review-one"]["kinds"]
    assert "vom:ReducesEffect" in things
    assert not {"vom:Claim", "vom:reportedBy"} & set(things)


def test_every_name_can_be_written_in_a_query(kg, shipped):
    """Each stands for its IRI, with the prefixes that no query needs to declare."""
    for kind in ("classes", "properties", "individuals"):
        terms = shipped[kind]
        names = " ".join(term["name"] for term in terms)
        rows = kg.query(f"SELECT ?x {{ VALUES ?x {{ {names} }} }}").rows
        assert [row["x"].value for row in rows] == [term["iri"] for term in terms]


def test_is_kept_with_a_strong_tag(kg):
    client = create_app(kg)
    client.wsgi_app = cached(client.wsgi_app, release=kg.release.id)  # type: ignore[method-assign]
    first = client.test_client().get("/sparql/terms.json")
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    again = client.test_client().get(
        "/sparql/terms.json", headers={"If-None-Match": tag}
    )
    assert again.status_code == 304


def test_data_without_a_description_is_counted(client):
    found = client.get("/sparql/terms.json").json
    assert found["source"] == "counted"
    estimate = named(found, "classes")["vom:EffectEstimate"]
    assert estimate["count"] == 2
    assert estimate["properties"]["vom:locatedIn"] == 3
    blue = named(found, "individuals")["id:review-blue"]
    assert blue["label"] == "Blue <b>& bold</b>"


def test_a_graph_that_cannot_be_asked_gives_what_there_is_and_is_not_kept(
    tiny, client, monkeypatch
):
    def fails(text, *, bindings=None):
        raise TimeLimitError("too slow")

    monkeypatch.setattr(tiny, "query", fails)
    response = client.get("/sparql/terms.json")
    assert response.status_code == 200
    assert response.json["is_partial"]
    assert response.json["classes"] == []
    assert response.headers["Cache-Control"] == "no-store"


def test_many_things_are_cut_and_said_to_be(settings, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_THINGS", 3)
    data = tmp_path / "many.nt"
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Kind>"
    data.write_text(
        "".join(
            f'<urn:{n}> {label} "thing {n}" .\n<urn:{n}> {kind} .\n' for n in range(9)
        ),
        "utf-8",
    )
    settings = dataclasses.replace(settings, cache=tmp_path)
    found: Any = suggestions.suggestions(
        GraphOfFiles(Engine.from_files([data], settings))
    )
    assert [term["iri"] for term in found["individuals"]] == ["urn:0", "urn:1", "urn:2"]
    assert found["is_cut"] is True


def test_where_a_label_is_a_query_all_are_had_in_one(tiny, client, monkeypatch):
    expected = client.get("/sparql/terms.json").json
    asked = []
    query = type(tiny).query

    def counting(text, *, bindings=None):
        asked.append(text)
        return query(tiny, text, bindings=bindings)

    monkeypatch.setattr(tiny, "query", counting)
    monkeypatch.setattr(tiny, "knows_labels", False)
    monkeypatch.setattr(tiny, "label", lambda iri: pytest.fail(f"asked for {iri}"))
    assert client.get("/sparql/terms.json").json == expected
    assert len(asked) < 20
