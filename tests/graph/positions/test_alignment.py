"""Blank nodes of two readings are paired by what the text says of them."""

from __future__ import annotations

import pytest

from vomkg.graph.positions import Positions, aligned
from vomkg.graph.read import labelled, read

PREFIX = "@prefix : <u:> .\n"
TEXTS = [
    ":s :p [ :q 1 ] , [ :q 2 ] .",
    ":s :p [ :q 1 ] , [ :q 1 ] .",
    ":s :p ( 1 [ :q ( 2 ) ] 3 ) .",
    ":s :p ( 1 1 1 1 1 1 1 1 1 1 1 1 ) , ( 1 1 1 1 1 1 1 1 1 1 1 2 ) .",
    "_:a :p _:b . _:b :p _:c . _:c :p _:a .",
    "_:a :p _:b . _:b :p _:a . _:c :p _:d . _:d :p _:c .",
    "[] :p [] . [] :p [] .",
    ":s :p [ :q [ :r [ :t 1 ] ] ] , [ :q [ :r [ :t 2 ] ] ] .",
    ":s :p :o .",
]


def renamed_by(pairs, triples):
    """Nodes without a pair keep their names."""
    return {tuple(pairs.get(term, term) for term in triple) for triple in triples}


@pytest.mark.parametrize("text", TEXTS)
def test_the_pairs_make_one_graph_of_both(text):
    """Each node of theirs, renamed as paired, says what ours does."""
    texts = {"a.ttl": PREFIX + text}
    theirs = labelled(texts)["a.ttl"]
    ours = {record[:3] for record in Positions.of(texts).files[0].records}
    pairs = aligned(theirs, ours)
    renamed = renamed_by(pairs, theirs)
    assert renamed == ours


def test_labels_of_a_file_are_the_same_when_it_is_read_again(tmp_path):
    """So a place can be looked up after validation, and reports do not vary."""
    one, two = tmp_path / "a.ttl", tmp_path / "b.ttl"
    one.write_text(PREFIX + TEXTS[0], encoding="utf-8")
    two.write_text(PREFIX + TEXTS[0] + "\n", encoding="utf-8")
    assert set(read([one])) == set(read([one]))
    assert set(read([one])) <= set(read([two, one]))
    texts = {path.name: path.read_text(encoding="utf-8") for path in (one, two)}
    found = labelled(texts)
    assert {*found["a.ttl"], *found["b.ttl"]} == set(read([one, two]))


def test_files_of_the_same_text_have_blank_nodes_of_their_own(tmp_path):
    one, two = tmp_path / "a.ttl", tmp_path / "b.ttl"
    for path in (one, two):
        path.write_text(PREFIX + ":s :p [] .", encoding="utf-8")
    assert len(read([one, two])) == 2


def test_long_lists_and_many_twins_are_paired_in_one_go():
    """The chain of cells is followed from its ends, not compared cell by cell."""
    text = PREFIX + ":s :p (" + " 1" * 3000 + " ) ;\n :q " + "[] , " * 3000 + "[] ."
    theirs = labelled({"a.ttl": text})["a.ttl"]
    ours = {record[:3] for record in Positions.of({"a.ttl": text}).files[0].records}
    pairs = aligned(theirs, ours)
    renamed = renamed_by(pairs, theirs)
    assert renamed == ours
