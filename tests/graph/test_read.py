"""Reading RDF files: what comes in, and what is refused at which place."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import pytest
import rdflib

from vomkg.errors import FormatError, InputError, TurtleError
from vomkg.graph.read import lexical_faults, read, read_text

if TYPE_CHECKING:
    from pathlib import Path

XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix e: <http://e/> .\n"
SAME = {
    "a.ttl": "<http://e/s> <http://e/p> <http://e/o> .",
    "a.nt": "<http://e/s> <http://e/p> <http://e/o> .",
    "a.nq": "<http://e/s> <http://e/p> <http://e/o> <http://e/g> .",
    "a.trig": "<http://e/g> { <http://e/s> <http://e/p> <http://e/o> }",
    "a.jsonld": '{"@id": "http://e/s", "http://e/p": {"@id": "http://e/o"}}',
    "a.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:e="http://e/"><rdf:Description rdf:about="http://e/s">'
        '<e:p rdf:resource="http://e/o"/></rdf:Description></rdf:RDF>'
    ),
}


def _file(folder: Path, text: str, name: str = "a.ttl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("name", sorted(SAME))
def test_every_syntax_gives_the_same_graph(tmp_path: Path, name: str):
    """The extension chooses the syntax; named graphs are merged."""
    found = read([_file(tmp_path, SAME[name], name)])
    assert [tuple(map(str, t)) for t in found] == [
        ("http://e/s", "http://e/p", "http://e/o")
    ]


def test_files_are_merged_and_prefixes_kept(tmp_path: Path):
    """One graph comes of several files, with the prefixes that they declare."""
    one = _file(tmp_path, XSD + "e:a e:p 1 .", "one.ttl")
    two = _file(tmp_path, XSD + "e:b e:p 2 .", "two.ttl")
    found = read([one, two])
    assert len(found) == 2
    assert dict(found.namespaces())["e"] == rdflib.URIRef("http://e/")


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path):
    """The same label in two files names two nodes."""
    text = XSD + "_:x e:p {} ."
    paths = [_file(tmp_path, text.replace("{}", str(n)), f"{n}.ttl") for n in (1, 2)]
    assert len(set(read(paths).subjects())) == 2


@pytest.mark.parametrize(
    "number", ["34.0", "0.540", '"01"^^xsd:integer', "+1", "1.0E3"]
)
def test_numbers_keep_their_written_form(tmp_path: Path, number: str):
    """The precision that a source printed is evidence, so no digit is dropped."""
    found = read([_file(tmp_path, f"{XSD}e:s e:p {number} .")])
    assert number.partition("^^")[0].strip('"') == str(next(found.objects()))


def test_plain_and_xsd_string_are_one_literal(tmp_path: Path):
    """RDF 1.1 has one kind of plain literal."""
    found = read([_file(tmp_path, XSD + 'e:s e:p "x", "x"^^xsd:string .')])
    assert list(found.objects()) == [rdflib.Literal("x")]


def test_language_is_kept(tmp_path: Path):
    """A text keeps its language."""
    found = read([_file(tmp_path, XSD + 'e:s e:p "x"@en .')])
    assert list(found.objects()) == [rdflib.Literal("x", lang="en")]


@pytest.mark.parametrize("text", ["", "  \n", "# nothing here\n"])
@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.jsonld"])
def test_empty_file_is_an_empty_graph(tmp_path: Path, name: str, text: str):
    """Nothing in, nothing out; no error."""
    if name == "a.jsonld" and "#" in text:
        text = "{}"
    assert len(read([_file(tmp_path, text, name)])) == 0


def test_byte_order_mark_is_dropped(tmp_path: Path):
    """A file from an editor that writes a BOM is read like any other."""
    assert len(read([_file(tmp_path, "\ufeff" + SAME["a.ttl"])])) == 1


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("e:a e:b e:c .", (3, 1), "prefix"),
        ("<http://e/s> <http://e/p>\n  <http://e/o>\n<http://e/s> .", None, "dot"),
        ("<s> <http://e/p> 1 .", (3, 1), "scheme"),
        ("<http://e/s> <http://e/a b> 1 .", (3, 14), "IRI"),
        ('<http://e/s> <http://e/p> "open .', (3, 27), "end of file"),
        ("<http://e/s> <http://e/p> .", None, "not a valid RDF object"),
        ('<http://e/s> <http://e/p> "x"@toolonglanguage .', (3, 31), "subtag"),
        ("<http://e/s> <http://e/p> 1", (3, 28), "unexpected end, after '1'"),
    ],
)
def test_syntax_error_has_place_and_mend(
    tmp_path: Path, text: str, place: tuple[int, int] | None, part: str
):
    """The message says where the parser stopped, what it saw and what to do."""
    path = _file(tmp_path, "# one\n# two\n" + text)
    with pytest.raises(TurtleError) as caught:
        read([path])
    error = caught.value
    assert part in error.message
    assert error.fix
    assert error.path == str(path)
    assert error.line is not None
    assert error.message[0] == error.message[0].lower()
    if place:
        assert place == (error.line, error.column)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", '{"@id": '),
        ("a.jsonld", '{"@context": "http://e/context", "@id": "http://e/s"}'),
        ("a.rdf", "<rdf:RDF"),
        ("a.nt", "<http://e/s> <http://e/p> ."),
    ],
)
def test_other_syntaxes_are_refused_too(tmp_path: Path, name: str, text: str):
    """Bad JSON-LD, RDF/XML and N-Triples are errors of the same kind; no fetching."""
    with pytest.raises(TurtleError) as caught:
        read([_file(tmp_path, text, name)])
    assert name in str(caught.value)


def test_triple_as_a_term_is_refused(tmp_path: Path):
    """What RDF 1.1 does not have is not read half."""
    text = XSD + "e:s e:p <<( e:a e:b e:c )>> ."
    with pytest.raises(TurtleError, match="triple used as a term"):
        read([_file(tmp_path, text)])


@pytest.mark.parametrize(
    ("turtle", "place"),
    [
        ('e:s e:p "half"^^xsd:decimal .', (3, 9)),
        ('e:s e:p 1 ;\n  e:q "x"^^xsd:string, "30.6.15"^^xsd:date .', (4, 24)),
        ('e:s e:p """1\n2"""^^<http://www.w3.org/2001/XMLSchema#integer> .', (3, 9)),
        ('# "half"^^xsd:decimal\ne:s e:p "half", "half"^^xsd:decimal .', (4, 17)),
        (r'e:s e:p "h\u0061lf"^^xsd:decimal .', (3, 9)),
        ('e:s e:p "1"^^xsd:interger .', (3, 9)),
    ],
)
def test_ill_typed_literal_is_refused_at_its_place(
    tmp_path: Path, turtle: str, place: tuple[int, int]
):
    """A literal that is not of its type is an error at its own line and column."""
    with pytest.raises(TurtleError) as caught:
        read([_file(tmp_path, XSD + turtle)])
    assert place == (caught.value.line, caught.value.column)
    assert "xsd:" in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (
            "a.jsonld",
            '{"@id": "http://e/s",\n "http://e/p": {"@value": "half",\n'
            '  "@type": "http://www.w3.org/2001/XMLSchema#decimal"}}',
            2,
        ),
        (
            "a.nq",
            '<http://e/s> <http://e/p> "half"'
            "^^<http://www.w3.org/2001/XMLSchema#decimal> <http://e/g> .",
            1,
        ),
    ],
)
def test_ill_typed_literal_is_found_in_other_syntaxes(
    tmp_path: Path, name: str, text: str, line: int
):
    """The check does not depend on the syntax of the file."""
    with pytest.raises(TurtleError) as caught:
        read([_file(tmp_path, text, name)])
    assert line == caught.value.line


def test_all_faults_are_listed_in_order(tmp_path: Path):
    """A curator can mend all literals in one go."""
    path = _file(
        tmp_path,
        XSD + 'e:s e:p "a"^^xsd:integer ;\n e:q 1, "b"^^xsd:boolean, "c"^^xsd:string .',
    )
    found = [(fault.line, fault.column) for fault in lexical_faults(path)]
    assert found == [(3, 9), (4, 9)]
    assert {fault.path for fault in lexical_faults(path)} == {path}


def test_faults_of_other_syntaxes_are_listed_too(tmp_path: Path):
    """JSON-LD is searched for the text; an escaped one has no place, but is listed."""
    value = '{"@value": "%s", "@type": "http://www.w3.org/2001/XMLSchema#gYear"}'
    values = ",\n".join(value % year for year in ("half", r"h\u00e4lf", "2015"))
    text = f'{{"@id": "http://e/s",\n"http://e/p": [{values}, "plain"]}}'
    found = [
        (fault.line, fault.message.partition(" ")[0])
        for fault in lexical_faults(_file(tmp_path, text, "a.jsonld"))
    ]
    assert found == [(None, "'hälf'"), (2, "'half'")]


def test_datatype_relative_to_the_base_is_checked(tmp_path: Path):
    """However the datatype is written, the literal is judged."""
    text = "@base <http://www.w3.org/2001/XMLSchema> .\n"
    text += '<http://e/s> <http://e/p> "half"^^<#decimal> .'
    with pytest.raises(TurtleError, match="xsd:decimal") as caught:
        read([_file(tmp_path, text)])
    assert caught.value.line == 2


def test_good_file_has_no_faults(settings, tmp_path: Path):
    """The shipped files have no literal outside its type."""
    files = [
        *settings.ontology_files(),
        *settings.data_files(),
        *settings.shapes_files(),
    ]
    assert [fault for path in files for fault in lexical_faults(path)] == []


def test_missing_file_is_named(tmp_path: Path):
    """The name that was given stands in the message."""
    with pytest.raises(InputError, match=r"gone\.ttl: no such file"):
        read([tmp_path / "gone.ttl"])


def test_folder_is_not_a_file(tmp_path: Path):
    """A folder is refused with the next step."""
    folder = tmp_path / "d.ttl"
    folder.mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read([folder])


def test_locked_file_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file without read permission is named with the system's reason."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(pathlib.Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read([tmp_path / "a.ttl"])


@pytest.mark.parametrize("data", [b"ok\n\xe9\n", "x\ny".encode("utf-16")])
def test_wrong_encoding_is_named_with_its_line(tmp_path: Path, data: bytes):
    """Text in another encoding is refused, not garbled."""
    path = tmp_path / "a.ttl"
    path.write_bytes(data)
    with pytest.raises(InputError, match="not UTF-8; save the file as UTF-8") as caught:
        read_text(path)
    assert caught.value.line == (2 if data.startswith(b"ok") else 1)


@pytest.mark.parametrize("name", ["a.txt", "a", "a.csv", "a.srj"])
def test_extension_that_is_not_of_rdf_is_refused(tmp_path: Path, name: str):
    """The extension decides the syntax, so an unknown one cannot be read."""
    with pytest.raises(FormatError, match="not an extension of RDF") as caught:
        read([_file(tmp_path, "", name)])
    assert ".ttl" in str(caught.value)
