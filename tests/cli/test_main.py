"""The group is quick, lists every command, and words every error in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from vomkg import errors
from vomkg.cli import COMMANDS, LazyGroup, main

HEAVY = ("rdflib", "pyshacl", "owlready2", "owlrl", "flask", "rich", "pyoxigraph")


def run(*words):
    return CliRunner().invoke(main, list(words))


def failing(fault):
    """A group like ours whose one command raises."""

    @click.command("fail")
    def fail():
        raise fault

    return LazyGroup("vomkg", commands={"fail": fail})


def test_help_lists_every_command():
    """A command that is there is found."""
    result = run("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    """Help says what a command does and shows one line that works."""
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Example: vomkg {name}" in result.stdout


def test_help_loads_no_heavy_library():
    """Help appears at once because no graph library is loaded for it."""
    code = (
        "import sys\n"
        "from vomkg.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines()[-1] == "[]"


def test_runs_as_a_module():
    """``python -m vomkg`` is the same command line."""
    found = subprocess.run(
        [sys.executable, "-m", "vomkg", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith("vomkg, version ")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["serv"], "error: no such command 'serv'"),
        (["run"], "error: missing argument 'ID'; see 'vomkg run --help'"),
        (["run", "x", "--format", "pdf"], "error: invalid value for '--format'"),
        (["--nope"], "error: no such option"),
        (["serve", "--port", "70000"], "error: invalid value for '--port'"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(words, line):
    """A slip on the command line costs one line, not a page."""
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.FormatError, 2),
        (errors.TurtleError, 3),
        (errors.QuestionFileError, 3),
        (errors.QueryRefusedError, 3),
        (errors.ConformanceError, 1),
        (errors.LimitError, 4),
        (errors.VomkgError, 70),
    ],
)
def test_an_error_of_ours_gives_its_code_and_mend(kind, code):
    """Place, message and next step are on one line, and the code tells the kind."""
    fault = kind("it is broken", path="some.ttl", line=3, column=4, fix="mend it")
    result = CliRunner().invoke(failing(fault), ["fail"])
    assert result.exit_code == code
    assert result.stderr == "error: some.ttl:3:4: it is broken; mend it\n"


def test_an_unexpected_error_is_ours_and_says_so():
    """What nobody foresaw is code 70 in one line, without a traceback."""
    result = CliRunner().invoke(failing(ZeroDivisionError("a\nb")), ["fail"])
    assert result.exit_code == 70
    assert result.stderr.startswith("error: a fault in vomkg itself: ZeroDivisionError")
    assert "--debug" in result.stderr
    assert result.stderr.count("\n") == 1


def test_debug_shows_the_traceback():
    """With --debug the error goes through, to be read by its maker."""
    fault = errors.UsageError("it is broken")

    @click.group(cls=LazyGroup)
    @click.option("--debug", is_flag=True)
    def group(debug):
        pass

    @group.command("fail")
    def fail():
        raise fault

    result = CliRunner().invoke(group, ["--debug", "fail"])
    assert result.exception is fault
    assert CliRunner().invoke(group, ["fail"]).exit_code == 2


def test_without_a_command_help_is_shown():
    """The bare name is a question for help, and wrong usage."""
    result = run()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_output_that_finds_no_room_is_no_fault_of_ours():
    if not Path("/dev/full").exists():
        pytest.skip("NOT TESTED: this system has no device that is always full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vomkg", "questions"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert "error: the output cannot be written: No space left" in done.stderr
