"""The normal form of Turtle, and the other syntaxes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from vomkg.errors import FormatError, InputError
from vomkg.formats import by_name, offered
from vomkg.graph.read import read
from vomkg.graph.write import canonical, format_file, serialize

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = {
    "e": "http://e/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "unused": "http://unused/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def _read(text: str, folder: Path, name: str = "x.ttl") -> Graph:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read([path])


def _normal(turtle: str, folder: Path) -> str:
    return canonical(_read(HEAD + turtle, folder), PREFIXES)


def _body(text: str) -> str:
    return text.partition("\n\n")[2]


def test_normal_form_is_as_documented(tmp_path: Path):
    """Ontology first, then by name; types first, then by name; values sorted."""
    found = _normal(
        """
        e:b e:q e:z, "x"@en, 1.50 ; a e:T .
        e:a e:p [ e:r 1 ; a e:U ], ( e:one e:two ), () .
        e:o a owl:Ontology .
        [] a e:Free .
        """,
        tmp_path,
    )
    assert found == (
        "@prefix e: <http://e/> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "\n"
        "e:o a owl:Ontology .\n"
        "\n"
        "e:a e:p ( e:one e:two ),\n"
        "        (),\n"
        "        [\n"
        "            a e:U ;\n"
        "            e:r 1\n"
        "        ] .\n"
        "\n"
        "e:b a e:T ;\n"
        '    e:q "x"@en,\n'
        "        1.50,\n"
        "        e:z .\n"
        "\n"
        "[] a e:Free .\n"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("34.0", "34.0"),
        ('"34"^^xsd:decimal', '"34"^^xsd:decimal'),
        ("0.540", "0.540"),
        ('"01"^^xsd:integer', "01"),
        ('"1"^^xsd:boolean', '"1"^^xsd:boolean'),
        ("true", "true"),
        ("1.0E3", "1.0E3"),
        ('"1000"^^xsd:double', '"1000"^^xsd:double'),
        ('"INF"^^xsd:double', '"INF"^^xsd:double'),
        ('"5."^^xsd:decimal', '"5."^^xsd:decimal'),
        ('"15"^^xsd:nonNegativeInteger', '"15"^^xsd:nonNegativeInteger'),
        ('"2015-06-30"^^xsd:date', '"2015-06-30"^^xsd:date'),
        ('"x"^^xsd:string', '"x"'),
    ],
)
def test_literal_keeps_text_and_type(tmp_path: Path, written: str, kept: str):
    """No digit is added or dropped, and the type can be read back."""
    assert _body(_normal(f"e:s e:p {written} .", tmp_path)) == f"e:s e:p {kept} .\n"


def test_only_used_prefixes_are_declared(tmp_path: Path):
    """A prefix that nothing uses is left out; a datatype counts as use."""
    found = _normal('e:s e:p "2015"^^xsd:gYear .', tmp_path)
    assert [line.split()[1] for line in found.splitlines() if "@" in line] == [
        "e:",
        "xsd:",
    ]


def test_empty_graph_is_an_empty_text():
    """Nothing is written for nothing."""
    assert canonical(Graph(), PREFIXES) == ""


def test_blank_node_without_statements_is_a_pair_of_brackets(tmp_path: Path):
    """Nothing is said of it, so nothing stands between the brackets."""
    assert _body(_normal("e:s e:p [] .", tmp_path)) == "e:s e:p [] .\n"


def test_long_list_stands_line_by_line(tmp_path: Path):
    """A list that is too long for one line shows one member a line in a diff."""
    members = [f"e:member-number-{n}" for n in range(9)]
    found = _body(_normal(f"e:s e:p ( {' '.join(members)} ) .", tmp_path))
    gap = "\n        "
    assert found == f"e:s e:p ({gap}{gap.join(members)}\n    ) .\n"


@pytest.mark.parametrize(
    "turtle",
    [
        "_:a e:p _:b . _:b e:p _:a .",
        "_:a e:p _:a .",
        "_:a e:p _:b . _:c e:p _:b . _:b e:q 1 .",
        "_:a e:p _:b . _:b e:p _:a ; e:q [ e:r 1 ] .",
        "e:s e:p [], [] .",
        "e:s e:p _:l . e:t e:p _:l . _:l rdf:first 1 ; rdf:rest () .",
        "e:s e:p [ rdf:first 1 ; rdf:rest () ; e:q 2 ] .",
        "e:s e:p [ rdf:first 1, 2 ; rdf:rest () ] .",
        "e:s e:p ( ( 1 2 ) [ e:q ( 3 ) ] ) .",
        "[] e:p [ e:q [ e:r [] ] ] .",
        "() e:p 1 .",
        "e:s e:p ( 1 2 ) . e:t e:p ( 1 2 ) .",
        "e:s e:p [ rdf:first 1 ; rdf:rest _:t ] . e:t e:p _:t . _:t rdf:first 2 ; rdf:rest () .",
    ],
)
def test_shape_of_blank_nodes_survives(tmp_path: Path, turtle: str):
    """Cycles, sharing, odd lists and nesting are read back as they were."""
    graph = _read(HEAD + turtle, tmp_path)
    text = canonical(graph, PREFIXES)
    again = _read(text, tmp_path)
    assert isomorphic(graph, again)
    assert text == canonical(again, PREFIXES)


NODES = st.one_of(
    st.sampled_from([URIRef(f"http://e/n{n}") for n in range(3)]),
    st.sampled_from([BNode(f"b{n}") for n in range(4)]),
)
LITERALS = st.one_of(
    st.builds(Literal, st.text(max_size=8)),
    st.builds(Literal, st.text(max_size=8), lang=st.sampled_from(["en", "de"])),
    st.builds(
        Literal,
        st.sampled_from(["1", "01", "1.0", "1.00", "-1", "1E0", "true"]),
        datatype=st.sampled_from([rdflib.XSD.string, URIRef("http://e/type")]),
        normalize=st.just(False),
    ),
)
GRAPHS = st.lists(
    st.tuples(
        NODES,
        st.sampled_from([rdflib.RDF.type, URIRef("http://e/p"), URIRef("http://o/q")]),
        NODES | LITERALS,
    ),
    max_size=12,
)


def _graph(triples: list[Any]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


@given(GRAPHS)
def test_normal_form_is_read_back_as_the_same_graph(tmp_path_factory, triples):
    """Whatever the graph, its normal form says the same, and is a fixed point."""
    graph = _graph(triples)
    folder = tmp_path_factory.mktemp("turtle")
    text = canonical(graph, PREFIXES)
    again = _read(text, folder)
    plain = _graph([(s, p, _plain(o)) for s, p, o in triples])
    assert isomorphic(plain, again)
    assert text == canonical(again, PREFIXES)


def _plain(node: object) -> object:
    if isinstance(node, Literal) and node.datatype == rdflib.XSD.string:
        return Literal(str(node))
    return node


@given(GRAPHS, st.randoms())
def test_normal_form_does_not_depend_on_order_or_labels(triples, random):
    """Shuffled triples and renamed blank nodes give the same text."""
    names = {f"b{n}": BNode(f"other{n}") for n in range(4)}
    renamed = [
        tuple(names.get(str(t), t) if isinstance(t, BNode) else t for t in triple)
        for triple in triples
    ]
    random.shuffle(renamed)
    assert canonical(_graph(triples), PREFIXES) == canonical(_graph(renamed), PREFIXES)


@pytest.mark.slow
def test_normal_form_does_not_depend_on_the_hash_seed(settings, tmp_path: Path):
    """Two processes with different hash seeds write the same bytes."""
    code = (
        "import sys; from pathlib import Path; from vomkg.graph.prefixes import load_prefixes;"
        "from vomkg.graph.write import format_file;"
        f"root = Path({str(settings.root)!r}); prefixes = load_prefixes(root);"
        "text = ''.join(format_file(root / 'ontology' / n, prefixes) for n in ('vomkg.ttl', 'stubs.ttl'));"
        "sys.stdout.write(text)"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1


def test_shipped_files_are_in_normal_form(settings, prefixes):
    """Every Turtle file that we ship is what the formatter would write."""
    files = [
        *settings.ontology_files(),
        *settings.data_files(),
        *settings.shapes_files(),
    ]
    assert files
    changed = [
        p.name
        for p in files
        if p.read_text(encoding="utf-8") != format_file(p, prefixes)
    ]
    assert changed == []


def test_head_comment_is_kept(tmp_path: Path):
    """The comment block that opens a file survives formatting."""
    path = tmp_path / "x.ttl"
    path.write_text("# One line.\n# Another.\n\n" + HEAD + "e:s e:p 1 .")
    found = format_file(path, PREFIXES)
    assert found.startswith("# One line.\n# Another.\n\n@prefix e:")
    path.write_text(found)
    assert format_file(path, PREFIXES) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("e:s e:p 1 . # why", (6, 13)),
        ("e:s\n  # inside\n  e:p 1 .", (7, 3)),
        ("e:s e:p 1 .\n# end", (7, 1)),
    ],
)
def test_later_comment_is_refused_not_lost(
    tmp_path: Path, text: str, place: tuple[int, int]
):
    """Formatting never deletes words of a person; the line is named."""
    path = tmp_path / "x.ttl"
    path.write_text(HEAD + text)
    with pytest.raises(InputError, match="comment would be lost") as caught:
        format_file(path, PREFIXES)
    assert place == (caught.value.line, caught.value.column)


def test_hash_inside_strings_and_iris_is_no_comment(tmp_path: Path):
    """What looks like a comment in a string or an IRI is kept as it is."""
    path = tmp_path / "x.ttl"
    path.write_text(HEAD + 'e:s <http://e/#p> "# no comment" .')
    assert '"# no comment"' in format_file(path, PREFIXES)


def test_only_turtle_has_a_normal_form(tmp_path: Path):
    """Other syntaxes are refused, not rewritten."""
    with pytest.raises(FormatError, match="only Turtle"):
        format_file(tmp_path / "x.nt", PREFIXES)


@pytest.mark.parametrize("form", offered("graph"), ids=lambda form: form.name)
def test_every_syntax_is_read_back_as_the_same_graph(tmp_path: Path, form):
    """No syntax changes a text, a number's form, a type or a language."""
    graph = _read(
        HEAD
        + 'e:s e:p 34.0, "34"^^xsd:decimal, "01"^^xsd:integer, "a\\r\\n\\t<&>\\"é"@en, '
        + '"2015"^^xsd:gYear, [ e:q ( 1 2 ) ] ; a e:T .',
        tmp_path,
    )
    path = tmp_path / f"again.{form.extension}"
    path.write_bytes(serialize(graph, form))
    assert isomorphic(graph, read([path]))


def test_carriage_return_survives_any_xml_reader():
    """XML readers turn a bare carriage return into a line feed, so it is escaped."""
    graph = _graph([(URIRef("http://e/s"), URIRef("http://e/p"), Literal("a\r\nb"))])
    again = Graph().parse(data=serialize(graph, by_name("rdfxml")), format="xml")
    assert [str(value) for value in again.objects()] == ["a\r\nb"]


def test_turtle_comes_in_normal_form(tmp_path: Path):
    """What is sent as Turtle is what the formatter would write."""
    graph = _read(HEAD + "e:b e:p 34.0 . e:a e:p 1 .", tmp_path)
    assert serialize(graph, by_name("turtle")).decode() == canonical(graph, PREFIXES)


def test_rows_formats_cannot_hold_a_graph():
    """A graph as CSV is refused."""
    with pytest.raises(FormatError, match="cannot be written as csv"):
        serialize(Graph(), by_name("csv"))


@pytest.mark.parametrize(
    "triple",
    [
        (URIRef("http://e/s"), URIRef("http://e/1"), Literal(1)),
        (URIRef("http://e/s"), URIRef("http://e/"), Literal(1)),
        (URIRef("http://e/s"), URIRef("http://e/p"), Literal("\x01")),
    ],
)
def test_what_xml_cannot_hold_is_refused(triple):
    """RDF/XML that no reader could parse is never sent; other syntaxes take it."""
    graph = _graph([triple])
    with pytest.raises(FormatError, match="choose turtle"):
        serialize(graph, by_name("rdfxml"))
    assert serialize(graph, by_name("ntriples"))
