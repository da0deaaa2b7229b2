"""Things are found by the words of their names and texts, the best first."""

from __future__ import annotations

import json

import pytest

from vomkg.cli.files import GraphOfFiles
from vomkg.config import load_settings
from vomkg.engine.local import Engine
from vomkg.errors import LimitError, ParameterError, UnknownNameError
from vomkg.namespaces import ONTOLOGY, THINGS
from vomkg.search.kinds import Kinds
from vomkg.search.snippet import LENGTH, marked, snippet
from vomkg.wording.words import pieces

LABELS = f"""
SELECT ?thing ?label
WHERE {{ ?thing skos:prefLabel ?label . FILTER(STRSTARTS(STR(?thing), "{THINGS}")) }}
ORDER BY ?thing ?label
"""


def iris(hits):
    return [hit.iri.removeprefix(THINGS).removeprefix(ONTOLOGY) for hit in hits]


def test_every_thing_is_found_by_its_own_name(kg):
    """Among the first three; nearly all stand first."""
    rows = kg.query(LABELS).rows
    places = []
    for row in rows:
        found = [hit.iri for hit in kg.search(row["label"].value, limit=3)]
        assert row["thing"].value in found, row["label"].value
        places.append(found.index(row["thing"].value))
    assert len(places) > 300
    assert places.count(0) / len(places) >= 0.95


def test_every_claim_is_found_by_its_own_statement(kg):
    """The whole sentence names it: no other text has all of its words."""
    rows = kg.query("SELECT ?claim ?text { ?claim vom:statement ?text }").rows
    for row in rows:
        (hit,) = kg.search(row["text"].value[:200], limit=1)
        assert hit.iri == row["claim"].value


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("apology", "component-apology"),
        ("apologies", "component-apology"),
        ("APOLOGY", "component-apology"),
        ("apolgy", "component-apology"),
        ("ESRC", "org-esrc"),
        ("0.87", "est-r2-30-months"),
        ("34%", "est-r1-overall"),
        ("est-r1-overall", "est-r1-overall"),
        ("id:est-r1-overall", "est-r1-overall"),
        (THINGS + "est-r1-overall", "est-r1-overall"),
        ("EffectEstimate", "EffectEstimate"),
        ("effect estimates", "EffectEstimate"),
    ],
)
def test_a_word_is_found_however_it_is_written(kg, typed, first):
    """Inflected, in capitals, mistyped, as an acronym, number, name or IRI."""
    assert iris(kg.search(typed))[0] == first


def test_what_is_named_so_stands_above_what_speaks_of_it(kg):
    """Of one word every hit by a name goes before every hit by a text."""
    for word in ("offender", "moderator", "cost", "apology", "follow-up"):
        keys = {piece.key for piece in pieces(word)}
        by_name = []
        for hit in kg.search(word, limit=1_000):
            names = kg.query(
                f"SELECT ?n {{ <{hit.iri}> skos:prefLabel|skos:altLabel|rdfs:label|dcterms:title ?n }}"
            ).rows
            by_name.append(
                any(keys <= {p.key for p in pieces(row["n"].value)} for row in names)
            )
        assert by_name == sorted(by_name, reverse=True), word


def test_a_typing_slip_is_told(kg):
    """The word that was read is named beside the one that was typed."""
    assert kg.search("reofending").corrected == {"reofending": "reoffending"}
    assert not kg.search("reoffending").corrected


def test_a_slip_that_may_mean_two_words_is_left_to_the_reader(kg):
    """Both are named; neither is taken for the other."""
    hits = kg.search("moderatr")
    assert not hits.corrected
    assert hits.unknown == {"moderatr": ("moderate", "moderator")}


def test_an_unknown_word_is_told_and_the_others_still_count(kg):
    """What nothing here says is named; it does not hide what the rest finds."""
    hits = kg.search("quantum apology")
    assert hits.unknown == {"quantum": ()}
    assert iris(hits)[0] == "component-apology"
    nothing = kg.search("quantum xylophone")
    assert not nothing
    assert nothing.total == 0


def test_a_class_confines_the_hits_and_counts_stay(kg):
    """Each is of the class or of one below it; the counts are of all hits."""
    every = kg.search("offenders", limit=1_000)
    claims = kg.search("offenders", "Claim", limit=1_000)
    assert 0 < claims.total < every.total
    for hit in claims:
        assert kg.query(f"ASK {{ <{hit.iri}> a/rdfs:subClassOf* vom:Claim }}").boolean
    assert claims.by_kind == every.by_kind
    assert kg.search("offenders", ONTOLOGY + "Claim").total == claims.total
    for kind, many in every.by_kind:
        assert kg.search("offenders", kind.name).total == many


def test_pages_of_hits_make_the_whole(kg):
    """Each page goes on where the one before it ended."""
    whole = [hit.iri for hit in kg.search("offenders", limit=1_000)]
    pages = [
        hit.iri
        for start in range(0, len(whole), 7)
        for hit in kg.search("offenders", limit=7, start=start)
    ]
    assert pages == whole


@pytest.mark.parametrize("text", ["", "   ", "?!", "–"])
def test_nothing_to_search_for_is_an_error(kg, text):
    with pytest.raises(ParameterError, match="no word"):
        kg.search(text)


def test_too_much_to_search_for_is_an_error(kg):
    with pytest.raises(ParameterError, match="201 characters, more than the 200"):
        kg.search("a" * 201)


def test_an_unknown_class_is_an_error_that_names_the_nearest(kg):
    with pytest.raises(UnknownNameError, match="did you mean Claim"):
        kg.search("offender", "Clam")


def graph_of(tmp_path, text, **flags):
    path = tmp_path / "some.ttl"
    path.write_text(text, encoding="utf-8")
    return GraphOfFiles(
        Engine.from_files([path], load_settings({}, cache=tmp_path, **flags))
    )


def test_files_without_an_ontology_are_searched_too(tmp_path):
    """Labels of any language and vocabulary, and things without a class."""
    kg = graph_of(
        tmp_path,
        """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <http://x.example/a> rdfs:label "Blaue Äpfel"@de ; a <http://x.example/Fruit> .
        <http://x.example/b> rdfs:comment "Nobody names these äpfel." .
        _:c rdfs:label "äpfel" .""",
    )
    hits = kg.search("äpfel")
    assert [hit.iri for hit in hits] == ["http://x.example/a", "http://x.example/b"]
    assert [kind.label for kind in hits.hits[0].kinds] == ["http://x.example/Fruit"]
    assert hits.hits[1].label == "http://x.example/b"


def test_a_graph_of_too_many_texts_is_refused(tmp_path):
    """It is said clearly, and how to go on; nothing is searched in part."""
    text = "".join(
        f'<http://x.example/{n}> <http://www.w3.org/2000/01/rdf-schema#label> "n{n}" .\n'
        for n in range(6)
    )
    kg = graph_of(tmp_path, text, search_texts=5)
    with pytest.raises(LimitError, match="more than 5 labels and texts"):
        kg.search("n1")
    assert graph_of(tmp_path, text, search_texts=6).search("n1")


def test_more_texts_than_an_answer_may_have_rows_are_read(tmp_path):
    """The limit on rows is for those who ask."""
    text = "".join(
        f'<http://x.example/{n}> <http://www.w3.org/2000/01/rdf-schema#label> "word {n}" .\n'
        for n in range(25)
    )
    assert graph_of(tmp_path, text, row_limit=4).search("word").total == 25


def test_what_is_withdrawn_is_not_found(tmp_path):
    kg = graph_of(
        tmp_path,
        """@prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <http://x.example/old> rdfs:label "plum" ; owl:deprecated true .
        <http://x.example/new> rdfs:label "plum" .""",
    )
    assert [hit.iri for hit in kg.search("plum")] == ["http://x.example/new"]


def test_a_snippet_shows_the_words_in_their_text():
    """The text is whole between the marks, and cut between words."""
    text = "word " * 60 + "here is the <b>apology</b> meant, and " + "more " * 60
    parts = snippet(["nothing", text], frozenset({"apologi"}))
    assert [part.text for part in parts if part.is_match] == ["apology"]
    shown = "".join(part.text for part in parts)
    assert len(shown) <= LENGTH + 4
    assert shown.strip("… ") in text


def test_marks_count_characters_of_the_text_as_it_is():
    """Letters that grow when they are folded move nothing."""
    parts = marked("ﬁrst İ Straße: apology!", frozenset({"apologi"}))
    assert "".join(part.text for part in parts) == "ﬁrst İ Straße: apology!"
    assert [part.text for part in parts if part.is_match] == ["apology"]


def test_hits_as_json_and_rows_say_the_same(kg):
    hits = kg.search("apology")
    fields = json.loads(json.dumps(hits.fields()))
    assert [one["iri"] for one in fields["hits"]] == [hit.iri for hit in hits]
    for one in fields["hits"]:
        for start, end in one["marks"]:
            assert pieces(one["snippet"][start:end])[0].key == "apologi"
    assert [row["thing"].value for row in hits.answer().rows] == [h.iri for h in hits]


def test_the_narrowest_classes_are_told_even_in_a_circle():
    """Two classes that are each below the other are one: both are told."""
    kinds = Kinds([("a", "b"), ("b", "a"), ("c", "a")])
    assert kinds.above("c") == {"a", "b"}
    assert kinds.narrowest(["a", "b", "c"]) == ("c",)
    assert set(kinds.narrowest(["a", "b"])) == {"a", "b"}
