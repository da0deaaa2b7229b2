"""The picture of a thing shows its neighbours in the graph, and no words cross."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.web.conftest import BROWSER
from tests.web.markup import Page
from vomkg.namespaces import RDF, RDFS, THINGS
from vomkg.web import create_app
from vomkg.web.things import lines
from vomkg.web.things.entity import entity
from vomkg.web.things.lines import width, wrapped
from vomkg.web.things.neighbours import neighbours
from vomkg.web.things.picture import (
    BOX,
    MIDDLE,
    MOST,
    SIZE,
    SMALL,
    TALL,
    WIDTH,
    picture,
)
from vomkg.web.things.quads import quads_of

NEIGHBOURS = f"""
SELECT DISTINCT ?other
WHERE {{
  {{ <THING> ?p ?other }} UNION {{ ?other ?p <THING> }}
  FILTER(isIRI(?other) && ?other != <THING>)
  FILTER(?p NOT IN (<{RDF}type>, <{RDFS}isDefinedBy>))
}}
"""


@pytest.fixture(scope="module")
def entities(kg):
    """Every thing that has a name, as its page knows it."""
    rows = kg.query(
        "SELECT DISTINCT ?thing { ?thing skos:prefLabel ?label "
        f'FILTER(STRSTARTS(STR(?thing), "{THINGS}")) }} ORDER BY ?thing'
    ).rows
    iris = [row["thing"].value for row in rows]
    assert len(iris) > 300
    return [entity(kg, iri, quads_of(kg, iri)) for iri in iris]


def test_neighbours_are_those_of_the_graph(kg, entities):
    """What is drawn and what is counted beside it is all that a query finds."""
    for one in entities:
        rows = kg.query(NEIGHBOURS.replace("THING", one.iri)).rows
        expected = {row["other"].value for row in rows}
        assert {n.iri for n in neighbours(one)} == expected, one.iri
        drawn = picture(one)
        if drawn is None:
            assert not expected
            continue
        shown = {node.neighbour.iri for node in drawn.nodes}
        assert shown <= expected
        assert len(shown) == len(drawn.nodes) == min(len(expected), MOST - 1)
        assert len(shown) + drawn.rest == len(expected)


def test_every_kind_of_link_comes_before_a_second_of_any(kg):
    """Victim-offender mediation has one kind with over a hundred ends."""
    iri = THINGS + "victim-offender-mediation"
    found = neighbours(entity(kg, iri, quads_of(kg, iri)))
    first = {link.name for one in found[:11] for link in one.links}
    assert first == {link.name for one in found for link in one.links}


def boxes(drawn):
    """Each line of words as left, top, right and bottom, and each box."""
    found = []

    def add(text, size, centred):
        wide = width(text.words, size)
        left = text.x - wide / 2 if centred else text.x
        found.append((left, text.y - size * 0.95, left + wide, text.y + size * 0.25))

    for node in drawn.nodes:
        for text in node.link:
            add(text, SMALL, centred=True)
        for text in node.texts:
            add(text, SIZE, centred=False)
    for text in drawn.middle:
        add(text, SIZE, centred=True)
    return found


def test_no_words_overlap_and_none_leave_their_place(entities):
    """In the widest of the fonts that the style names."""
    for one in entities:
        drawn = picture(one)
        if drawn is None:
            continue
        found = boxes(drawn)
        for a, b in combinations(found, 2):
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (one.iri, a, b)
        for left, top, right, bottom in found:
            assert left >= 0
            assert right <= WIDTH
            assert top >= 0
            assert bottom <= drawn.height
        for node in drawn.nodes:
            for text in node.texts:
                assert text.x + width(text.words, SIZE) <= node.x + BOX
                assert abs(text.y - node.y) < TALL / 2
            for text in node.link:
                low, high = sorted([node.start, node.end])
                half = width(text.words, SMALL) / 2
                assert low <= text.x - half
                assert text.x + half <= high
                assert text.y < node.y
        for text in drawn.middle:
            assert width(text.words, SIZE) <= MIDDLE


def test_links_in_the_picture_and_its_list_are_the_same(kg):
    """Each has a name that says the link, and leads to a page."""
    client = create_app(kg).test_client()
    page = Page(client.get("/doc/est-r1-overall", headers=BROWSER).text)
    drawn = [e for e in page.all("a") if "svg" in e.parents]
    in_list = [
        e for e in page.all("a") if "figure" in e.parents and "svg" not in e.parents
    ]
    assert 0 < len(drawn) < MOST
    assert [e.attributes["href"] for e in drawn] == [
        e.attributes["href"] for e in in_list
    ]
    for link, words in zip(drawn, in_list, strict=True):
        assert words.text in link.attributes["aria-label"]
        assert client.get(link.attributes["href"], headers=BROWSER).status_code == 200
    (svg,) = page.all("svg")
    assert svg.attributes["role"] == "group"
    names = svg.attributes["aria-labelledby"].split()
    ids = {e.attributes.get("id") for e in page.elements if "svg" in e.parents}
    assert set(names) <= ids
    assert "and 9 more in the lists below" in page.all("figcaption")[0].text


def test_a_thing_that_is_tied_both_ways_has_an_arrow_with_two_heads(kg):
    iri = THINGS + "victim-offender-mediation"
    drawn = picture(entity(kg, iri, quads_of(kg, iri)))
    assert drawn is not None
    both = [n for n in drawn.nodes if n.neighbour.is_left and n.neighbour.is_right]
    assert both
    for node in drawn.nodes:
        assert len(node.heads) == node.neighbour.is_right * (1 + node.neighbour.is_left)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("victim-offender mediation", ["victim-", "offender…"]),
        ("W" * 50, ["WWWW…"]),
        ("a b " * 40, ["a b a b a b", "a b a b a …"]),
    ],
)
def test_words_are_cut_to_their_room(text, lines):
    """At hyphens and blanks; what finds no room is marked as left out."""
    found = wrapped(text, 5.6, 1, 2)
    assert all(width(line, 1) <= 5.6 for line in found)
    assert len(found) <= 2
    if lines[0] in {"", "short", "victim-", "WWWW…"}:
        assert found[0] == lines[0]
    assert "".join(found).endswith("…") == (text not in {"", "short"})


def test_a_word_without_end_is_cut_by_looking_at_its_beginning(monkeypatch):
    """The work grows with the word, not with its square."""
    looked = []
    known = lines._ems

    def counted(letter):
        looked.append(letter)
        return known(letter)

    monkeypatch.setattr(lines, "_ems", counted)
    assert lines.wrapped("L" * 5000, 100, 13, 2) == ["LLLLLLLL…"]
    assert len(looked) < 4 * 5000
