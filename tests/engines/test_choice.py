"""Which engine judges, what is said where one is missing, and how reports are joined."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from tests.engines.cases import PREFIXES
from vomkg.cli import main as cli
from vomkg.curate.engines import choice, pyshacl, shacl
from vomkg.curate.engines.choice import doubts, report_of
from vomkg.curate.engines.judged import Judged
from vomkg.curate.validate import validate
from vomkg.errors import MissingToolError, ShapesError
from vomkg.release import contents

MIN = PREFIXES + (
    "e:S a sh:NodeShape ; sh:targetClass e:T ; sh:property e:P . "
    'e:P sh:path e:p ; sh:minCount 1 ; sh:message "m"@en .'
)
WITHOUT_MESSAGE = MIN.replace(' ; sh:message "m"@en', "")
BAD = PREFIXES + "e:a a e:T . e:b a e:T ; e:p 1 . e:c a e:T ."


@pytest.fixture
def absent(monkeypatch):
    """The fast engine as if it were not installed."""
    monkeypatch.setattr(shacl, "find_spec", lambda _: None)


@pytest.fixture
def asked(monkeypatch):
    """The shapes that pySHACL is run on, one graph a run."""
    runs: list[Graph] = []
    run = pyshacl.report_of

    def spy(data, shapes):
        runs.append(shapes)
        return run(data, shapes)

    monkeypatch.setattr(pyshacl, "report_of", spy)
    return runs


def test_without_the_fast_engine_auto_is_pyshacl(absent, asked, exactly):
    report = validate(exactly(BAD), exactly(MIN), Graph())
    assert len(report.results) == 2
    assert len(asked) == 1


def test_the_fast_engine_asked_for_and_missing_is_told_with_the_way_to_it(absent):
    with pytest.raises(MissingToolError, match="pip install 'vomkg") as caught:
        validate(Graph(), Graph(), Graph(), engine="shacl")
    assert caught.value.exit_code == 2


def test_command_tells_it_too(absent, capsys):
    done = CliRunner().invoke(cli, ["validate", "--engine", "shacl"])
    assert done.exit_code == 2


def test_shapes_with_messages_need_no_pyshacl(asked, exactly):
    report = validate(exactly(BAD), exactly(MIN), Graph())
    assert [result.message for result in report.results] == ["m", "m"]
    assert not asked


def test_wording_is_taken_from_pyshacl_run_on_what_is_concerned(asked, exactly):
    """On the shape without message and its two faulty nodes, and on no other shape."""
    more = 'e:Q a sh:NodeShape ; sh:targetClass e:T ; sh:not e:S ; sh:message "n" .'
    shapes = exactly(WITHOUT_MESSAGE + more)
    report = validate(exactly(BAD), shapes, Graph())
    (narrowed,) = asked
    e = "https://example.org/"
    assert set(narrowed.objects(None, SH.targetNode)) == {
        URIRef(f"{e}a"),
        URIRef(f"{e}c"),
    }
    assert (None, SH.targetClass, None) not in narrowed
    whole = validate(exactly(BAD), shapes, Graph(), engine="pyshacl")
    assert report.results == whole.results
    assert {r.message for r in report.results} >= {"n"}


def test_a_shared_part_is_looked_at_only_where_its_owner_has_the_node(exactly):
    """A property shape of two classes, broken by a node of one."""
    shapes = (
        WITHOUT_MESSAGE + "e:U a sh:NodeShape ; sh:targetClass e:V ; sh:property e:P ."
    )
    data = exactly(BAD + "e:v a e:V .")
    both = [
        validate(data, exactly(shapes), Graph(), engine=e) for e in ("auto", "pyshacl")
    ]
    assert both[0].results == both[1].results
    assert len(both[0].results) == 3


def test_a_disagreement_makes_the_report_pyshacls(monkeypatch, asked, exactly):
    """Where the fast engine invents a fault, the part run shows it."""
    run = shacl.report_of

    def lying(data, shapes):
        found = run(data, shapes)
        if (None, SH.targetClass, None) in shapes:
            report = next(found.subjects(RDF.type, SH.ValidationReport))
            node = BNode()
            found.add((report, SH.result, node))
            found.add((node, SH.focusNode, URIRef("https://example.org/b")))
            found.add((node, SH.sourceShape, URIRef("https://example.org/P")))
            found.add((node, SH.resultSeverity, SH.Violation))
            part = SH.MinCountConstraintComponent
            found.add((node, SH.sourceConstraintComponent, part))
        return found

    monkeypatch.setattr(shacl, "report_of", lying)
    report = validate(exactly(BAD), exactly(WITHOUT_MESSAGE), Graph())
    assert {result.focus[-1] for result in report.results} == {"a", "c"}
    assert len(asked) == 2  # on the part, and then on the whole


@pytest.mark.parametrize("engine", ["auto", "pyshacl", "shacl"])
def test_recursive_shapes_are_refused_by_each(engine, exactly):
    shapes = exactly(PREFIXES + "e:S sh:targetClass e:T ; sh:node e:S .")
    with pytest.raises(ShapesError, match=r"refers to itself"):
        validate(exactly(BAD), shapes, Graph(), engine=engine)


@pytest.mark.parametrize(
    ("said", "word"),
    {
        "component": ("e:S e:own 1 . e:C sh:parameter [ sh:path e:own ] .", "parameter"),
        "flags": ('e:P sh:pattern "a" ; sh:flags "i" .', "flags"),
        "look ahead": ('e:P sh:pattern "^(?!x)a" .', "pattern"),
        "subselect": ('e:S sh:sparql [ sh:select "SELECT $this { { SELECT ?a { ?a ?b ?c } } }" ] .', "another in it"),
        "aggregate": ('e:S sh:sparql [ sh:select "SELECT $this { $this ?p ?o } GROUP BY $this" ] .', "GROUP"),
        "shapes": ('e:S sh:sparql [ sh:select "SELECT $this { GRAPH $shapesGraph { $this ?p ?o } }" ] .', "shapes"),
        "blank": ("e:P sh:class [] .", "blank node"),
        "range on a node": ("e:S sh:minInclusive 1 .", "path"),
    }.values(),
)  # fmt: skip
def test_what_was_not_compared_is_left_to_pyshacl(said, word, exactly):
    found = doubts(Judged(exactly(BAD)), exactly(MIN + said))
    assert any(word in reason for reason in found), found


def test_report_graph_says_whether_data_conform(exactly):
    """Warnings too are results (SHACL §3.6.1.1)."""
    mild = MIN.replace("sh:minCount 1", "sh:minCount 1 ; sh:severity sh:Warning")
    for shapes in (mild, mild.replace(' ; sh:message "m"@en', "")):
        report = report_of(Judged(exactly(BAD)), exactly(shapes), "auto")
        assert list(report.objects(None, SH.conforms)) == [Literal(False)]
    good = report_of(Judged(exactly(PREFIXES)), exactly(mild), "auto")
    assert list(good.objects(None, SH.conforms)) == [Literal(True)]


def test_a_release_is_always_judged_by_pyshacl(monkeypatch, settings):
    """Whatever engine is quicker: what is published has the verdict of record."""
    engines = []

    def stop(*_args, engine, **_more):
        engines.append(engine)
        raise KeyboardInterrupt

    monkeypatch.setattr(contents, "validate", stop)
    with pytest.raises(KeyboardInterrupt):
        contents.lines(settings, lambda _: None, lambda _: None)
    assert engines == ["pyshacl"]


def test_every_engine_is_offered():
    assert choice.ENGINES == ("auto", "pyshacl", "shacl")
