"""Plain words are asked on the command line as they are in Python."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from vomkg.cli import main

pytestmark = pytest.mark.usefixtures("kg")  # the release is built once for all


def run(*words):
    return CliRunner().invoke(main, ["ask", *words])


def test_an_answer_is_a_table_and_a_success():
    result = run("does it still work", "after two years?")
    assert result.exit_code == 0
    assert "We read this as: How does the effect change" in result.stdout
    assert "0.87:1" in result.stdout
    assert "vomkg run effect-at-follow-up" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("how much does it cost", "The reviews do not report this."),
        ("how much does it cost", "the narrative, economic considerations, characters"),
        ("bitcoin price", "Words that mean nothing here: bitcoin."),
        ("long term effects of mediation", "It is not clear what is meant."),
    ],
)
def test_what_is_no_answer_says_so_and_is_no_success(words, said):
    result = run(words)
    assert result.exit_code == 1
    assert said in result.stdout


def test_json_is_the_record_of_the_call(kg):
    result = run("how much does it cost", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == kg.ask("how much does it cost").fields()


def test_values_are_given_so_that_they_can_be_run():
    """The command beside a suggestion works as it is printed."""
    result = run("What supports the claim that the effect fades in Wales?")
    line = next(x for x in result.stdout.splitlines() if "-p proposition=" in x)
    again = CliRunner().invoke(main, line.split()[1:])
    assert again.exit_code == 0


def test_characters_that_steer_a_terminal_are_not_printed():
    assert "\x1b" not in run("bit\x1b[31mcoin price").stdout


@pytest.mark.parametrize("words", ["", " ", "x" * 501])
def test_nothing_and_too_much_are_wrong_usage(words):
    assert run(words).exit_code == 2
