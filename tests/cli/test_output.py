"""What is written is whole, and cannot steer the terminal."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from vomkg.cli.output import print_table, write_whole
from vomkg.errors import InputError


def printed(headers, rows, **options):
    @click.command()
    def show():
        print_table(headers, rows, **options)

    return CliRunner().invoke(show).stdout


def test_replaces_a_file_as_a_whole(tmp_path):
    """After a write the file is new and nothing else lies beside it."""
    path = tmp_path / "answer.csv"
    path.write_text("old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    """If the rename fails, what was there is still there, and no draft."""
    path = tmp_path / "answer.csv"
    path.write_text("old")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(InputError, match="cannot be written: permission denied"):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_refuses_to_replace_a_folder(tmp_path):
    """A folder is not overwritten."""
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path, b"new")


def test_a_long_cell_is_not_cut_in_a_pipe():
    """A program that reads the table gets each value in full on its line."""
    value = "word " * 100
    assert value.strip() in printed(["a"], [[value.strip()]])


def test_markup_in_a_value_is_text():
    """Square brackets are brackets, not styles."""
    assert "[red]stop[/red]" in printed(["a"], [["[red]stop[/red]"]])


def test_control_characters_are_spelt_out():
    """A value cannot clear the screen or turn the text round."""
    shown = printed(["a"], [["a\x1b[2Jb\u202ec"]])
    assert "a\\x1b[2Jb\\u202ec" in shown
    assert "\x1b" not in shown


def test_a_title_heads_the_table():
    """The question stands above its answer."""
    assert printed(["a"], [["1"]], title="What is it?").startswith("What is it?\n")
