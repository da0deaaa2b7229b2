"""Any query runs on the command line, over the shipped graph or over files."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from click.testing import CliRunner

from vomkg.cli import main

PEOPLE = """\
<urn:ann> <urn:knows> <urn:bob> <urn:g1> .
<urn:bob> <urn:knows> <urn:cy> <urn:g2> .
"""
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def run(*words, **options):
    return CliRunner().invoke(main, ["query", *words], **options)


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.nq"
    path.write_text(PEOPLE)
    return str(path)


def rows(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["results"]["bindings"]


@pytest.mark.usefixtures("kg")
def test_asks_the_shipped_graph():
    """Without --data the shipped graph answers, its prefixes undeclared."""
    result = run("SELECT ?r { ?r a vom:SystematicReview }", "--format", "json")
    assert len(rows(result)) == 2


def test_reads_the_query_from_text_file_and_standard_input(people, tmp_path):
    """The three ways to give a query are one."""
    path = tmp_path / "count.rq"
    path.write_text(COUNT)
    answers = [
        run(COUNT, "--data", people, "--format", "csv").stdout,
        run(str(path), "--data", people, "--format", "csv").stdout,
        run("-", "--data", people, "--format", "csv", input=COUNT).stdout,
    ]
    assert answers == ["n\n2\n"] * 3 or answers == ["n\r\n2\r\n"] * 3


@pytest.mark.parametrize(("default_graph", "count"), [("union", "2"), ("plain", "0")])
def test_the_default_graph_is_the_union_or_plain(people, default_graph, count):
    """--default-graph decides whether named graphs are asked without GRAPH."""
    words = ["--data", people, "--default-graph", default_graph, "--format", "json"]
    assert rows(run(COUNT, *words))[0]["n"]["value"] == count


def test_several_files_are_one_graph(people, tmp_path):
    """--data may be repeated."""
    more = tmp_path / "more.ttl"
    more.write_text("<urn:cy> <urn:knows> <urn:di> .")
    words = ["--data", people, "--data", str(more), "--format", "json"]
    assert rows(run(COUNT, *words))[0]["n"]["value"] == "3"


def test_a_graph_answer_is_turtle_by_default(people):
    """CONSTRUCT gives RDF, unless a table is asked for."""
    query = "CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s <urn:knows> ?o }"
    result = run(query, "--data", people)
    triples = pyoxigraph.parse(result.stdout_bytes, format=pyoxigraph.RdfFormat.TURTLE)
    assert len(list(triples)) == 2
    table = run(query, "--data", people, "--format", "table")
    assert "subject" in table.stdout


@pytest.mark.parametrize(
    ("query", "word", "code"),
    [("ASK { ?s <urn:knows> ?o }", "yes", 0), ("ASK { ?s <urn:hates> ?o }", "no", 1)],
)
def test_ask_answers_in_a_word_and_by_its_code(people, query, word, code):
    """A script can branch on the exit code of ASK."""
    result = run(query, "--data", people)
    assert (result.stdout, result.exit_code) == (f"{word}\n", code)


def test_ask_keeps_its_code_in_other_formats(people):
    """The code does not depend on how the answer is written."""
    result = run("ASK { ?s <urn:hates> ?o }", "--data", people, "--format", "json")
    assert json.loads(result.stdout)["boolean"] is False
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["SELECT ?s { ?s ?p "], 3, "query:1:"),
        (["CLEAR ALL"], 3, "read-only"),
        (["ASK { SERVICE <http://x/> { ?s ?p ?o } }"], 3, "SERVICE"),
        (["missing.rq"], 3, "missing.rq: cannot be read"),
        ([COUNT, "--data", "missing.ttl"], 3, "missing.ttl"),
        ([COUNT, "--data", "people.doc"], 2, "extension"),
        ([COUNT, "--format", "turtle"], 2, "choose from table, json"),
        (["CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "csv"], 2, "turtle"),
    ],
)
@pytest.mark.usefixtures("kg")
def test_refuses_bad_input_in_one_line(words, code, message, tmp_path, monkeypatch):
    """Each fault has its code and names what is wrong; nothing is printed."""
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_fault_in_a_query_file_names_the_file(people, tmp_path):
    """File, line and column lead to the fault."""
    path = tmp_path / "bad.rq"
    path.write_text("SELECT ?s\nWHERE { ?s § }")
    result = run(str(path), "--data", people)
    assert f"{path}:2:12" in result.stderr


def test_refuses_a_query_file_that_is_not_utf8(tmp_path):
    """A wrong encoding is named, not guessed."""
    path = tmp_path / "bad.rq"
    path.write_bytes(b"# caf\xe9")
    result = run(str(path))
    assert result.exit_code == 3
    assert "not UTF-8" in result.stderr


def test_refuses_data_that_is_not_well_formed(tmp_path):
    """The fault in a data file has its place."""
    path = tmp_path / "bad.ttl"
    path.write_text("<urn:a> <urn:b> .\n")
    result = run(COUNT, "--data", str(path))
    assert result.exit_code == 3
    assert str(path) in result.stderr


def test_a_limit_has_its_code(people, monkeypatch):
    """An answer beyond the limit is no answer."""
    monkeypatch.setenv("VOMKG_ROW_LIMIT", "1")
    result = run("SELECT ?s { ?s ?p ?o }", "--data", people)
    assert (result.exit_code, result.stdout) == (4, "")


def test_things_in_files_have_their_labels(tmp_path):
    """A table over files shows the labels that the files give."""
    path = tmp_path / "named.ttl"
    path.write_text(
        "<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> 'Ann' ; <urn:p> <urn:b> ."
    )
    result = run("SELECT ?s ?o { ?s <urn:p> ?o }", "--data", str(path))
    assert "Ann" in result.stdout
    assert "urn:b" in result.stdout
