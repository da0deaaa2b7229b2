"""Files that are not what their name says end a command in one clear line."""

from __future__ import annotations

import gzip
import io
import os
import pathlib
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.errors import QuestionFileError
from vomkg.questions.hygiene import read_rule

TURTLE = b"<urn:s> <urn:p> 'caf\xc3\xa9' .\n"
HEADER = "#+ summary: Every speaker has a label\n#+ severity: error\n#+ message: m\n"
QUERY = "SELECT ?s WHERE { ?s ?p ?o }\n"


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A copy of the small project, which is green, as working directory."""
    folder = tmp_path / "project"
    shutil.copytree(Path(__file__).with_name("project"), folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("VOMKG_ROOT", str(folder))
    return folder


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def refused(code, words, *command):
    """One line on stderr, or a report with the place, and no fault of ours."""
    result = run(*command)
    assert result.exit_code == code, result.output
    if result.stdout:
        place, _, message = words.partition(": ")
        assert f" at {place}" in result.stdout
        assert message.partition(";")[0] in result.stdout
        assert "check     syntax" in result.stdout
    else:
        assert words in result.stderr
        assert result.stderr.splitlines()[-1].startswith("error: ")
    assert "a fault in vomkg" not in result.output


def zipped() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("a.ttl", TURTLE)
    return memory.getvalue()


BYTES = {
    "gzip": (gzip.compress(TURTLE), "a.ttl: is a gzip archive, not text; unpack it"),
    "zip": (zipped(), "a.ttl: is a zip archive, not text; unpack it first"),
    "zip bomb": (
        gzip.compress(b" " * 50_000_000),
        "a.ttl: is a gzip archive, not text; unpack it",
    ),
    "UTF-16": (TURTLE.decode().encode("utf-16"), "a.ttl:1: is UTF-16, not UTF-8; save"),
    "UTF-32": (TURTLE.decode().encode("utf-32"), "a.ttl:1: is UTF-32, not UTF-8; save"),
    "UTF-16 without mark": (
        TURTLE.decode().replace("é", "e").encode("utf-16-le"),
        "a.ttl:1:2: holds the character NUL",
    ),
    "Latin-1": (
        b"# \xc3\xa9\n" + TURTLE.decode().encode("latin-1"),
        "a.ttl:2:21: byte 25, 0xE9 ('é' in Latin-1), is not UTF-8; save the file",
    ),
    "NUL": (
        b"<urn:s> <urn:p>\n 'a\x00b' .",
        "a.ttl:2:4: holds the character NUL, which is no text; take it out",
    ),
    "PDF": (b"%PDF-1.7\n", "a.ttl: is a PDF document, not text; export it as text"),
}


@pytest.mark.parametrize("command", ["validate", "fmt"])
@pytest.mark.parametrize(("data", "words"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_turtle_are_named(data, words, command, project):
    (project / "a.ttl").write_bytes(data)
    refused(3, words, command, "a.ttl")


def test_a_device_is_no_file(project):
    """It has no end, so nothing of it is read."""
    (project / "a.ttl").symlink_to("/dev/zero")
    refused(3, "a.ttl: is a device, not a file", "validate", "a.ttl")


@pytest.mark.parametrize("command", ["validate", "fmt"])
def test_a_pipe_is_no_file(command, project):
    """Nobody waits for what another program may never write."""
    os.mkfifo(project / "a.ttl")
    refused(3, "a.ttl: is a pipe, not a file", command, "a.ttl")


def test_a_fault_without_a_line_names_its_file(project):
    (project / "a.rdf").write_text("<a>", encoding="utf-8")
    result = run("validate", "a.rdf")
    assert result.exit_code == 3
    assert "a.rdf: 1 violation" in result.stdout
    assert "in no file" not in result.stdout


@pytest.mark.parametrize("command", ["validate", "fmt"])
def test_a_file_above_the_limit_is_refused_unread(command, project, monkeypatch):
    """By default 200 MB are too much; the limit is a setting."""
    with (project / "a.ttl").open("wb") as file:
        file.truncate(200 << 20)
    whole = pathlib.Path.read_bytes

    def read(path):
        assert path.name != "a.ttl"
        return whole(path)

    monkeypatch.setattr(pathlib.Path, "read_bytes", read)
    words = "a.ttl: the file has 209715200 bytes, at most 104857600 are read; split it"
    refused(4, words, command, "a.ttl")


def test_the_limit_of_size_is_a_setting(project, monkeypatch):
    (project / "a.ttl").write_bytes(TURTLE)
    monkeypatch.setenv("VOMKG_FILE_LIMIT", "10")
    refused(4, "bytes, at most 10 are read", "validate", "a.ttl")


@pytest.mark.parametrize(("start", "end"), ["[]", "()"], ids=["nodes", "lists"])
def test_brackets_of_any_depth_are_read_and_not_formatted(start, end, project):
    """To write them would take as many levels of indentation."""
    inner = "<urn:p> " if start == "[" else ""
    text = f"<urn:s> <urn:p> {f'{start} {inner}' * 2_000} 1 {f'{end} ' * 2_000} ."
    (project / "a.ttl").write_text(text)
    words = "a.ttl: brackets nest deeper than 100 levels; give a node within an IRI"
    refused(4, words, "fmt", "a.ttl")
    assert (project / "a.ttl").read_text() == text
    assert run("validate", "a.ttl").exit_code == 0


def test_brackets_up_to_the_limit_keep_their_form(project, monkeypatch):
    """What was written in normal form before stays as it is."""
    monkeypatch.setenv("VOMKG_NESTING_LIMIT", "12")
    for depth, code in ((12, 0), (13, 4)):
        inner = "[ <urn:p> " * depth
        (project / "a.ttl").write_text(f"<urn:s> <urn:p> {inner} 1 {'] ' * depth} .")
        result = run("fmt", "a.ttl")
        assert (depth, result.exit_code) == (depth, code)
    assert run("fmt", "--check", "data/small.ttl").exit_code == 0


def test_a_long_list_is_formatted(project):
    """Its cells nest in RDF, not on the page."""
    (project / "a.ttl").write_text(f"<urn:s> <urn:p> ( {'1 ' * 5_000} ) .")
    assert run("fmt", "a.ttl").exit_code == 0
    assert run("fmt", "--check", "a.ttl").exit_code == 0


RULES = {
    "alias that contains itself": (
        "#+ summary: &a [*a]\n#+ severity: error\n#+ message: m\n" + QUERY,
        "broken.rq:1: the header uses an alias",
    ),
    "alias that swells": (
        "#+ a: &a [x, x]\n#+ b: &b [*a, *a]\n#+ c: [*b, *b]\n" + QUERY,
        "broken.rq:1: the header uses an alias",
    ),
    "NUL in the header": (
        "#+ summary: a\n#+ message: a\0b\n" + QUERY,
        "broken.rq:2: the header holds the character U+0000",
    ),
    "NUL in the query": (
        HEADER + QUERY.replace("?s ?p", "?s \0 ?p"),
        "broken.rq:4:22: unexpected character '\\x00'",
    ),
    "header that nests": (
        f"#+ summary: {'[' * 3_000}{']' * 3_000}\n" + QUERY,
        "broken.rq:1: the header opens more than 100 brackets",
    ),
    "empty file": ("", "broken.rq:1: no header"),
    "header alone": (HEADER, "broken.rq:3: no query below the header"),
}


@pytest.mark.parametrize(("text", "words"), RULES.values(), ids=RULES)
def test_rules_that_are_broken_are_named(text, words, project):
    file = project / "queries" / "hygiene" / "broken.rq"
    file.write_text(text)
    with pytest.raises(QuestionFileError) as caught:
        read_rule(file)
    assert f"queries/hygiene/{words}" in str(caught.value)


@pytest.mark.parametrize("name", ["alias that contains itself", "NUL in the header"])
def test_questions_that_are_broken_end_the_command(name, project):
    text, words = RULES[name]
    (project / "queries" / "broken.rq").write_text(text)
    refused(3, f"queries/{words}", "questions")


SHAPES = {
    "SERVICE": (
        'sh:sparql [ sh:select "SELECT $this { SERVICE <http://127.0.0.1:9/> '
        '{ $this ?p ?o } }" ] ;',
        "small.ttl:9:27: the query of shape shape:claim says SERVICE, which",
    ),
    "misspelt term": (
        "sh:minCout 1 ;",
        "small.ttl:9:16: shape shape:claim uses sh:minC",
    ),
    "bad value": ("sh:closed 1 ;", "small.ttl:9:15: shape shape:claim has '1' of type"),
}


@pytest.mark.parametrize(("more", "words"), SHAPES.values(), ids=SHAPES)
def test_broken_shapes_are_named_with_their_line(more, words, project):
    file = project / "shapes" / "small.ttl"
    text = file.read_text()
    mark = "shape:claim a sh:NodeShape ;\n"
    file.write_text(text.replace(mark, f"{mark}    {more}\n"))
    words = words.replace("shape:claim", "<https://w3id.org/vomkg/shapes#claim>")
    refused(3, f"shapes/{words}", "validate")


def test_shapes_that_import_others_are_refused(project):
    """Nothing is fetched, not even tried."""
    file = project / "shapes" / "small.ttl"
    file.write_text(
        file.read_text() + "<urn:shapes> owl:imports <http://127.0.0.1:9/shapes> .\n"
    )
    refused(3, "asks by owl:imports for <http://127.0.0.1:9/shapes>", "validate")


def test_an_empty_shapes_file_is_named(project):
    (project / "none.ttl").write_text("")
    refused(3, "no shape stands in none.ttl", "validate", "--shapes", "none.ttl")
