"""Questions are listed and answered on the command line as they are in Python."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from vomkg.charts.labelled import labelled_csv
from vomkg.cli import main

pytestmark = pytest.mark.usefixtures("kg")  # the release is built once for all
ID = "moderators-that-reduce-effect"


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_lists_every_question(kg):
    """The JSON list holds each question with its columns and parameters."""
    result = run("questions", "--format", "json")
    assert result.exit_code == 0
    found = {item["id"]: item for item in json.loads(result.stdout)}
    assert set(found) == {question.id for question in kg.questions}
    (parameter,) = found["effect-at-follow-up"]["parameters"]
    assert parameter == {
        "name": "follow_up",
        "type": "decimal",
        "label": "Months after mediation",
        "default": "30",
    }
    columns = [column["name"] for column in found[ID]["columns"]]
    assert columns == [column.name for column in kg.questions[ID].columns]


def test_lists_one_dimension_as_a_table():
    """The table names the questions of that dimension and no other."""
    result = run("questions", "--dimension", "moderator")
    assert ID in result.stdout
    assert "overall-effect" not in result.stdout


def test_refuses_an_unknown_dimension():
    """A misspelt dimension is not an empty list."""
    result = run("questions", "--dimension", "modrator")
    assert result.exit_code == 2
    assert "dimensions: effect, mechanism, moderator" in result.stderr


def test_answers_as_python_does(kg):
    """The CSV of the command is the CSV of the call."""
    result = run("run", ID, "--format", "csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == kg.run(ID).to_csv().encode()


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_writes_the_other_result_formats(kg, name):
    """Each format of rows is the engine's own."""
    from vomkg.formats import by_name

    result = run("run", ID, "--format", name)
    assert result.stdout_bytes == kg.run(ID).to_bytes(by_name(name))


def test_a_table_has_labels_and_is_never_cut(kg):
    """In a pipe each row is one line with the labels in full, and no colour."""
    result = run("run", ID)
    rows = kg.run(ID).rows
    lines = result.stdout.splitlines()
    for row in rows:
        assert any(
            kg.label(row["moderator"].value) in line
            and kg.label(row["claim"].value) in line
            for line in lines
        )
    assert "\x1b" not in result.stdout
    assert result.stderr == f"{len(rows)} rows\n"


def test_a_trail_adds_speaker_section_and_characters(kg):
    """--trail shows the places in the source that Python gives."""
    result = run("run", ID, "--trail")
    trail = kg.run(ID).trail(0)[0]
    place = (
        f"{trail.speaker_label}, {trail.section_label}, "
        f"characters {trail.start}–{trail.end}"
    )
    assert place in result.stdout
    assert place not in run("run", ID).stdout


def test_a_parameter_changes_the_answer():
    """A value reaches the query, by its name."""
    answers = {
        months: list(
            csv.reader(
                io.StringIO(
                    run(
                        "run",
                        "effect-at-follow-up",
                        "-p",
                        f"follow_up={months}",
                        "--format",
                        "csv",
                    ).stdout
                )
            )
        )[1:]
        for months in ("6", "30")
    }
    assert [row[0] for row in answers["6"]] == ["6"]
    assert [row[0] for row in answers["30"]] == ["30"]
    assert answers["6"] != answers["30"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["effect-at-follow-up", "-p", "follow_up=7"], "give one of 6, 30"),
        (["effect-at-follow-up", "-p", "folow_up=6"], "its parameters: follow_up"),
        (["effect-at-follow-up", "-p", "follow_up"], "write -p name=value"),
        (
            ["effect-at-follow-up", "-p", "follow_up=6", "-p", "follow_up=30"],
            "given twice",
        ),
        (["effect-at-folow-up"], "nearest names: effect-at-follow-up"),
        ([ID, "--format", "turtle"], "choose from table, json, xml, csv, tsv"),
        ([ID, "--output", "answer.pdf"], "no format has the extension"),
    ],
)
def test_refuses_a_wrong_question(words, message, tmp_path, monkeypatch):
    """What is wrong is said with what would do; nothing is printed or written."""
    monkeypatch.chdir(tmp_path)
    result = run("run", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.csv", b"moderator,speaker"), ("a.srj", b"{"), ("a.json", b"{"), ("a", b"Wh")],
)
def test_the_name_of_the_file_decides_the_format(tmp_path, name, start):
    """Without --format the extension decides; without one it is a table."""
    path = tmp_path / name
    result = run("run", ID, "--output", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_bytes().startswith(start)
    assert result.stderr == f"wrote {path}\n"


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    """A folder that does not exist is an error with the path, and code 3."""
    path = tmp_path / "nowhere" / "a.csv"
    result = run("run", ID, "--output", str(path))
    assert result.exit_code == 3
    assert str(path) in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["svg", "png", "labelled"])
def test_writes_what_leaves_with_its_caveats(kg, tmp_path, kind):
    """Pictures and labelled rows are the same bytes as in Python."""
    figure = kg.figure("effect-by-follow-up")
    wanted = {
        "svg": figure.svg.encode(),
        "png": figure.png,
        "labelled": labelled_csv(kg, kg.run("effect-by-follow-up")).encode(),
    }[kind]
    told = run("run", "effect-by-follow-up", "--format", kind)
    assert told.exit_code == 0
    assert told.stdout_bytes == wanted
    place = tmp_path / f"it.{kind}"
    assert run("run", "effect-by-follow-up", "--output", str(place)).exit_code == 0
    assert place.read_bytes() == wanted


def test_a_picture_that_must_not_be_is_refused_with_its_reason():
    """Two families of metric never stand on one axis."""
    result = run("run", "effect-estimates", "--format", "svg")
    assert result.exit_code == 2
    assert "families of metric" in result.stderr
    result = run("run", "effect-by-follow-up", "--format", "svg", "--trail")
    assert result.exit_code == 2
