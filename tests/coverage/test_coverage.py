"""Completeness is counted by hand on a small graph, and holds for the shipped one."""

import json
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from rdflib import SH, Graph, URIRef

from vomkg.cli import main
from vomkg.coverage import report as written
from vomkg.coverage.measure import badge, measure, percent
from vomkg.coverage.paths import Walker
from vomkg.coverage.reach import reach
from vomkg.curate.names import Names

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
"""
ONTOLOGY = """
:Book a owl:Class . :Novel a owl:Class ; rdfs:subClassOf :Book .
vom:Review a owl:Class .
:first a vom:EMMIEDimension ; skos:notation "1" .
:second a vom:EMMIEDimension ; skos:notation "2" .
"""
SHAPES = """
:BookShape a sh:NodeShape ; sh:closed true ; sh:targetClass :Book ;
    sh:property :title, :author, :note .
:title a sh:PropertyShape ; sh:path :title ; sh:minCount 1 ; sh:severity sh:Violation .
:author a sh:PropertyShape ; sh:path :author ; sh:minCount 2 ; sh:severity sh:Warning .
:note a sh:PropertyShape ; sh:path :note .
:Idle a sh:NodeShape ; sh:targetClass :Film .
:Any a sh:NodeShape ; sh:targetSubjectsOf rdf:type .
"""
DATA = """
:a a :Book ; :title "A" ; :author :x, :y .
:b a :Novel ; :author :x .
:c a :Novel ; :title "C" ; :year 1 .
:x a :Person .
:r a vom:Review .
:one vom:reportedBy :r ; vom:inDimension :first .
:two vom:absentFrom :r ; vom:inDimension :first .
"""
EX = "http://example.org/"


def graph(text):
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


@pytest.fixture(scope="module")
def small():
    return measure(graph(DATA), graph(SHAPES), graph(ONTOLOGY))


def test_needed_properties_are_counted_by_class_and_level(small):
    found = {(f.kind, f.path): f for f in small.filled}
    title = found[f"{EX}Novel", f"{EX}title"]
    assert (title.level, title.have, title.of) == ("MUST", 1, 2)
    assert title.missing == (f"{EX}b",)
    author = found[f"{EX}Novel", f"{EX}author"]
    assert (author.level, author.have, author.of) == ("SHOULD", 0, 2)
    assert found[f"{EX}Book", f"{EX}author"].have == 1
    assert found[f"{EX}Book", f"{EX}note"].level == "MAY"
    assert small.share("MUST") == (2, 3)
    assert small.share("SHOULD") == (1, 3)


def test_what_no_shape_looks_at_is_listed(small):
    unseen = {tuple(str(t) for t in triple) for triple in small.reach.unseen}
    assert (f"{EX}c", f"{EX}year", "1") in unseen
    assert (f"{EX}a", f"{EX}title", "A") not in unseen
    kinds = {p for _, p, _ in unseen}
    assert "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" in kinds, "of :x and :r"
    assert {str(n) for n in small.reach.unjudged} >= {f"{EX}x", f"{EX}r"}
    assert f"{EX}a" not in {str(n) for n in small.reach.unjudged}
    assert small.reach.idle == (f"{EX}Idle",)


def test_silence_and_stated_absence_are_not_the_same(small):
    told = {
        (s.dimension.rsplit("/", 1)[-1], s.claims, s.absences, s.state)
        for s in small.said
    }
    assert told == {("first", 1, 1, "reported"), ("second", 0, 0, "silent")}


def test_a_share_is_rounded_down():
    assert percent((1999, 2000)) == "99.9 %"
    assert percent((2000, 2000)) == "100 %"
    assert percent((0, 0)) == "none asked"
    assert percent((1, 3)) == "33.3 %"


@pytest.mark.parametrize(
    ("path", "start", "end", "trodden"),
    [
        (":p", "a", "b", 1),
        ("[ sh:inversePath :p ]", "b", "a", 1),
        ("( :p :q )", "a", "c", 2),
        ("[ sh:alternativePath ( :p :z ) ]", "a", "b", 1),
        ("[ sh:zeroOrMorePath :q ]", "b", "b c d", 2),
        ("[ sh:oneOrMorePath :q ]", "b", "c d", 2),
        ("[ sh:zeroOrOnePath :q ]", "b", "b c", 1),
        ("[ sh:inversePath ( :p :q ) ]", "c", "a", 2),
        ("( [ sh:inversePath :p ] :r )", "b", "e", 2),
        ("[ sh:oneOrMorePath :s ]", "f", "f g", 2),
    ],
)
def test_a_path_marks_what_it_walks_over(path, start, end, trodden):
    data = graph(":a :p :b ; :r :e . :b :q :c . :c :q :d . :f :s :g . :g :s :f .")
    shapes = graph(f":x sh:path {path} .")
    walker = Walker(data, shapes)
    nodes = walker.walk(shapes.value(_node("x"), SH.path), {_node(start)})
    assert {str(n).removeprefix(EX) for n in nodes} == set(end.split())
    assert len(walker.trodden) == trodden


def _node(name):
    return URIRef(EX + name)


def test_the_inner_shapes_of_lists_and_values_are_followed():
    shapes = graph(
        ":S sh:targetNode :a ; sh:or ( [ sh:path :p ; sh:node :T ] [ sh:path :z ] ) ."
        ":T sh:property [ sh:path :q ; sh:lessThan :r ] ."
    )
    found = reach(graph(":a :p :b . :b :q 1 ; :r 2 ; :s 3 ."), shapes, Graph())
    assert [str(p) for _, p, _ in found.unseen] == [f"{EX}s"]


def test_the_badge_is_an_image_that_says_what_it_shows(small):
    image = ET.fromstring(badge(small))  # noqa: S314  # our own text
    label = "coverage: MUST 66.6 % · SHOULD 33.3 % · seen 53.3 %"
    assert image.get("aria-label") == label
    assert image.findtext("{http://www.w3.org/2000/svg}title") == label


def test_text_markdown_and_json_give_the_same_figures(small):
    names = Names()
    assert "MUST       2 of 3" in written.text(small, names)
    assert "| MUST | 2 of 3 | 66.6 % |" in written.markdown(small, names)
    assert json.loads(written.json(small))["levels"]["MUST"] == {"have": 2, "of": 3}
    rows = [
        line.split() for line in written.text(small, names, whole=True).splitlines()
    ]
    assert [f"{EX}Novel", f"{EX}note", "MAY", "0", "of", "2"] in rows


def run(*words):
    done = CliRunner().invoke(main, [str(word) for word in words])
    return done.exit_code, done.output


def test_the_shipped_data_has_all_that_its_shapes_ask_for():
    code, told = run("coverage", "--fail-under", "100", "--format", "json")
    assert code == 0
    found = json.loads(told)
    assert found["levels"]["MUST"]["have"] == found["levels"]["MUST"]["of"] > 1000
    assert found["triples"]["looked_at"] == found["triples"]["of"]
    assert {e["state"] for e in found["emmie"]} == {"reported", "stated as absent"}


def test_a_share_that_is_too_low_ends_with_one(settings, tmp_path):
    text = next(f for f in settings.data_files() if f.name == "vom.ttl").read_text(
        "utf-8"
    )
    file = tmp_path / "vom.ttl"
    file.write_text(
        text.replace("    vom:metric vom:PercentReductionInRate ;\n", "", 1), "utf-8"
    )
    code, told = run("coverage", file, "--fail-under", "100")
    assert code == 1
    assert "(vom:metric)" in told
    assert run("coverage", file, "--fail-under", "99")[0] == 0


@pytest.mark.slow
def test_the_trend_has_a_line_for_each_release(tmp_path):
    folder = tmp_path / "releases"
    assert run("build", "--to", folder)[0] == 0
    code, told = run("coverage", "--trend", folder)
    assert code == 0
    head, line = told.splitlines()
    assert head.split() == ["release", "MUST", "SHOULD", "triples", "looked", "at"]
    assert "of" in line
    assert run("coverage", "--trend", folder, "--all")[0] == 2
    assert run("coverage", "--trend", tmp_path / "none")[0] == 3
