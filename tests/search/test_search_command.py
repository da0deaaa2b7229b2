"""``vomkg search`` says on a command line what kg.search finds."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from vomkg.cli import main


def run(*words):
    return CliRunner().invoke(main, ["search", *words])


def test_hits_are_a_table_and_the_code_is_0():
    result = run("apolgy")
    assert result.exit_code == 0
    assert "id:component-apology" in result.stdout
    assert "read apolgy as apology" in result.stderr


def test_no_hit_is_the_code_1():
    result = run("xylophone")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "nothing here says xylophone" in result.stderr


def test_json_and_csv_have_the_same_hits(kg):
    hits = [hit.iri for hit in kg.search("offenders", "Claim", limit=5)]
    flags = ("offenders", "--class", "Claim", "--limit", "5", "--format")
    as_json = json.loads(run(*flags, "json").stdout)
    assert [one["iri"] for one in as_json["hits"]] == hits
    rows = list(csv.DictReader(io.StringIO(run(*flags, "csv").stdout)))
    assert [row["thing"] for row in rows] == hits


def test_files_are_searched(tmp_path):
    path = tmp_path / "some.ttl"
    path.write_text(
        '<http://x.example/a> <http://www.w3.org/2000/01/rdf-schema#label> "plum" .'
    )
    result = run("plums", "--data", str(path))
    assert result.exit_code == 0
    assert "http://x.example/a" in result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("?",), "no word to search for"),
        (("a" * 300,), "300 characters"),
        (("plum", "--class", "Clam"), "did you mean Claim"),
    ],
)
def test_what_cannot_be_searched_for_is_wrong_usage(words, says):
    result = CliRunner().invoke(main, ["search", *words])
    assert says in str(result.exception) + result.output
