"""The lexicon that is shipped: a word stands for one thing, and for a thing that is."""

from __future__ import annotations

from collections import defaultdict

from vomkg.ask.materials import gather
from vomkg.graph.read import read
from vomkg.namespaces import SKOS
from vomkg.wording.words import pieces

LEXICON = "ontology/lexicon.ttl"


def test_a_word_stands_for_one_thing(kg):
    """Labels of values of parameters are looked at apart, and may say the same."""
    found = gather(kg)
    chosen = {
        choice.value
        for slots in found.choices.values()
        for choices in slots.values()
        for choice in choices
    }
    meant = defaultdict(set)
    for thing, labels in found.labels.items():
        for label in labels if thing not in chosen else ():
            meant[tuple(piece.key for piece in pieces(label))].add(thing)
    assert {key: things for key, things in meant.items() if len(things) > 1} == {}


def test_every_label_has_a_word_or_a_number_in_it(kg):
    labels = [label for found in gather(kg).labels.values() for label in found]
    assert all(pieces(label) for label in labels)


def test_the_lexicon_says_nothing_but_words(settings):
    """It gives no thing of the data a fact: only other labels, and its own notions."""
    graph = read([settings.root / LEXICON])
    own = {
        s for s in graph.subjects() if "/id/word-" in str(s) or "/id/scheme-" in str(s)
    }
    others = {p for s, p in graph.subject_predicates() if s not in own}
    assert {str(p) for p in others} == {SKOS + "altLabel"}
