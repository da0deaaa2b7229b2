"""A template says beforehand whatever the shapes will say of the thing."""

import pytest
from click.testing import CliRunner
from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef

from vomkg.cli import main
from vomkg.curate.kinds import kind as find
from vomkg.curate.kinds import kinds
from vomkg.curate.template import BLANK, template
from vomkg.curate.validate import validate
from vomkg.errors import TurtleError, UnknownNameError
from vomkg.graph.parse import parse
from vomkg.graph.read import read

NEW = URIRef("https://w3id.org/vomkg/id/new-thing")
STATEMENT = URIRef("https://w3id.org/vomkg/ontology#statement")
VALUES = {
    XSD.integer: Literal(3),
    XSD.positiveInteger: Literal("3", datatype=XSD.positiveInteger),
    XSD.nonNegativeInteger: Literal("3", datatype=XSD.nonNegativeInteger),
    XSD.decimal: Literal("0.5", datatype=XSD.decimal),
    XSD.boolean: Literal(True),
    XSD.string: Literal("text"),
    XSD.anyURI: Literal("https://example.org/", datatype=XSD.anyURI),
    XSD.date: Literal("2020-01-01", datatype=XSD.date),
}


@pytest.fixture(scope="module")
def parts(settings):
    """Shapes, ontology and data, each read once."""
    return (
        read(settings.shapes_files()),
        read(settings.ontology_files()),
        read(settings.data_files()),
    )


def some_value(need, known):
    """A value of the property: one in use, or any of its kind."""
    for value in sorted(known.objects(None, need.path)):
        if isinstance(value, (Literal, URIRef)):
            return value
    return VALUES.get(need.datatype, Literal("Some text.", lang="en"))


def filled(kind, ontology, data, instance=None):
    """A thing of the kind with what the template asks for."""
    known = ontology + data
    thing = Graph()
    thing.add((NEW, RDF.type, kind.iri))
    for need in kind.needs:
        values = [] if instance is None else list(data.objects(instance, need.path))
        if need.path == SKOS.prefLabel:
            values = [Literal(f"{kind.name} of its own", lang="en")]
        elif need.path == STATEMENT:
            values = [Literal(f"This {kind.name} says its own.", lang="en")]
        elif need.least and not values:
            values = [some_value(need, known)]
        for value in values:
            thing.add((NEW, need.path, value))
    return thing


def instances(iri, data):
    return sorted(thing for thing in data.subjects(RDF.type, iri))


@pytest.mark.slow
def test_what_the_shapes_say_of_a_filled_template_stands_in_its_notes(parts, prefixes):
    shapes, ontology, data = parts
    every = [find(name, shapes, ontology) for name in kinds(shapes, ontology)]
    together, told = Graph(), {}
    for number, kind in enumerate(every):
        node = URIRef(f"{NEW}-{number}")
        notes = template(kind, ontology + data, prefixes)
        told[str(node)] = " ".join(notes.replace("#", " ").split())
        for _, p, o in filled(kind, ontology, data):
            together.add((node, p, o))
    report = validate(data + together, shapes, ontology)
    about = [r for r in report.results if r.focus in told]
    assert about, "things that lack their company cannot all conform"
    silent = [
        (r.shape, r.message)
        for r in about
        if r.message.replace("#", " ") not in told[r.focus]
    ]
    assert silent == []


@pytest.mark.slow
def test_a_template_filled_like_a_thing_that_conforms_conforms(parts):
    shapes, ontology, data = parts
    nodes, extra = {}, Graph()
    for name, iri in kinds(shapes, ontology).items():
        there = instances(iri, data)
        # Every place is in the one narrative: a second would split them all.
        # And a second review would need findings of its own.
        if not there or name in {"source-narrative", "systematic-review"}:
            continue
        kind = find(name, shapes, ontology)
        node = URIRef(f"{NEW}-{name}")
        nodes[str(node)] = str(there[0])
        for _, p, o in filled(kind, ontology, data, there[0]):
            extra.add((node, p, o))
        # What points at a thing is not in its template: the notes speak of it.
        for s, p in data.subject_predicates(there[0]):
            extra.add((s, p, node))
    assert len(nodes) > 30
    report = validate(data + extra, shapes, ontology)
    found = {(r.focus, r.shape) for r in report.results}
    # Where the doubled links are too many for both, the template is not at fault.
    bad = [
        (node, shape)
        for node, shape in found
        if node in nodes and (nodes[node], shape) not in found
    ]
    assert bad == []


def test_every_property_in_use_is_offered(parts):
    shapes, ontology, data = parts
    for name, iri in kinds(shapes, ontology).items():
        offered = {need.path for need in find(name, shapes, ontology).needs}
        used = {p for thing in instances(iri, data) for p in data.predicates(thing)}
        assert used - offered <= {RDF.type}, name


@pytest.mark.parametrize("whole", [False, True])
def test_a_template_that_was_not_filled_in_is_found_at_its_place(
    parts, prefixes, tmp_path, whole
):
    shapes, ontology, data = parts
    for name in kinds(shapes, ontology):
        kind = find(name, shapes, ontology)
        text = template(kind, ontology + data, prefixes, slug="new", whole=whole)
        file = tmp_path / "new.ttl"
        file.write_text(text, encoding="utf-8")
        if BLANK not in text.split("\n\n", 1)[1]:
            parse(file)
            continue
        with pytest.raises(TurtleError) as caught:
            parse(file)
        lines = text.splitlines()
        first = next(n for n, x in enumerate(lines, 1) if BLANK in x and x[0] != "#")
        assert caught.value.line == first, name


def test_the_end_of_a_name_is_enough_if_only_one_ends_so(parts):
    shapes, ontology, _ = parts
    assert find("finding", shapes, ontology).name == "moderator-finding"
    assert find("study", shapes, ontology).name == "primary-study"
    assert find("Review", shapes, ontology).name == "review"
    with pytest.raises(UnknownNameError, match="more than one kind") as caught:
        find("claim", shapes, ontology)
    assert "mechanism-claim" in str(caught.value)
    with pytest.raises(UnknownNameError, match="no kind"):
        find("unicorn", shapes, ontology)


def run(*words):
    done = CliRunner().invoke(main, [str(word) for word in words])
    return done.exit_code, done.output


def test_the_kinds_are_listed():
    code, told = run("new")
    assert code == 0
    assert "moderator-finding          moderator finding\n" in told


def test_a_slug_in_use_or_in_another_form_is_refused():
    assert run("new", "review", "--id", "review-one")[0] == 2
    assert run("new", "review", "--id", "Review 3")[0] == 2


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    file = tmp_path / "new.ttl"
    assert run("new", "review", "--id", "review-three", "-o", file)[0] == 0
    written = file.read_text("utf-8")
    assert "id:review-three a vom:Review" in written
    assert run("new", "grant", "-o", file)[0] == 3
    assert file.read_text("utf-8") == written
