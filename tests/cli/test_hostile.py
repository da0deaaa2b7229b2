"""What a hostile or careless user found once, and must not find again."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.cli.output import write_whole
from vomkg.errors import InputError

if TYPE_CHECKING:
    from click.testing import Result


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_device_is_written_into_and_not_replaced(tmp_path: Path):
    """Output to a pipe, or to /dev/null as root, leaves it what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"whole")
        assert os.read(reader, 100) == b"whole"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed_and_permissions_are_kept(tmp_path: Path):
    """The file behind the link gets the text; it stays as private as it was."""
    file, link = tmp_path / "file.csv", tmp_path / "link.csv"
    file.write_text("old")
    file.chmod(0o600)
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o600)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 1" + ",1" * 40_000 + " }",
        "ASK { " + "?s ?p ?o . " * 9_000 + "}",
        "SELECT " + " ".join(f"(1 AS ?x{n})" for n in range(5_000)) + " {}",
        "ASK { ?s ?p (" + " 1" * 40_000 + " ) }",
        "ASK { ?s ?p ?o " + "; ?p ?o " * 9_000 + "}",
    ],
    ids=["objects", "statements", "columns", "collection", "predicates"],
)
def test_flat_lists_beyond_the_engine_are_refused(query: str):
    """They would end the process, since the engine's parser is recursive."""
    done = run("query", query)
    assert done.exit_code == 3
    assert "more than" in done.stderr


def test_long_lists_that_the_engine_survives_are_answered():
    """VALUES, IN and calls take thousands of members."""
    values = " ".join(f"({n} {n})" for n in range(5_000))
    members = ", ".join(map(str, range(5_000)))
    query = f"ASK {{ VALUES (?a ?b) {{ {values} }} FILTER (?a IN ({members})) }}"
    assert run("query", query).exit_code == 0


def test_a_folder_is_named_as_one(tmp_path: Path):
    """A folder where a file is wanted is unreadable input."""
    done = run("validate", tmp_path)
    assert done.exit_code == 3
    assert "folder" in done.stderr


def test_shapes_without_a_shape_are_refused(tmp_path: Path):
    """An empty file of shapes would find nothing wrong with anything."""
    empty = tmp_path / "shapes.ttl"
    empty.write_text("")
    done = run("validate", "--shapes", empty)
    assert done.exit_code == 3
    assert "no shape stands in" in done.stderr


def test_a_year_of_thousands_of_digits_is_no_fault_of_ours(tmp_path: Path):
    """XML Schema allows it; Python does not read it."""
    file = tmp_path / "x.ttl"
    file.write_text(
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        f'<urn:a> <urn:b> "{"9" * 5000}-02-30"^^xsd:date .\n'
    )
    done = run("validate", file)
    assert done.exit_code == 1
    assert "the month has 28 days" in done.stdout


def test_a_refused_query_file_is_named(tmp_path: Path):
    """The message leads to the file, not only to a line of it."""
    file = tmp_path / "q.rq"
    file.write_text("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }")
    done = run("query", file)
    assert done.exit_code == 3
    assert "q.rq:1:12" in done.stderr


def test_a_small_row_limit_does_not_take_the_names_away(
    monkeypatch: pytest.MonkeyPatch,
):
    """The limit is on answers; labels are looked up whatever it is."""
    monkeypatch.setenv("VOMKG_ROW_LIMIT", "50")
    done = run("run", "effect-by-follow-up")
    assert done.exit_code == 0, done.stderr
    assert "ratio of unnamed metric" in done.stdout


def test_a_date_beyond_python_makes_no_noise(tmp_path: Path):
    """The year 0 is a year to XML Schema; no traceback is shown for it."""
    file = tmp_path / "x.ttl"
    file.write_text(
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<urn:a> <urn:b> "0000-01-01"^^xsd:date .\n'
    )
    done = subprocess.run(
        [sys.executable, "-m", "vomkg", "validate", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "null-moderators", "--trail", "--format", "csv"], "no place for"),
        (["query", "ASK {}", "--default-graph", "plain"], "goes with --data"),
    ],
)
def test_an_option_without_effect_is_refused(words: list[str], told: str):
    """What was asked for is done or refused, never left out without a word."""
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_the_root_of_the_file_system_is_no_file():
    with pytest.raises(InputError, match="cannot be written: is a directory"):
        write_whole(Path("/"), b"x")
