"""``vomkg mutate`` and what it reads."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.errors import InputError, UnknownNameError
from vomkg.mutation.acceptance import read_acceptances
from vomkg.mutation.examples import read_examples
from vomkg.mutation.operators import OPERATORS

NAMES = {operator.name for operator in OPERATORS}
ENTRY = """
[[acceptance]]
name = "a"
kind = "{}"
reason = "because"
operators = ["{}"]
properties = ["*"]
"""


def run(*words):
    """The result of a command line."""
    return CliRunner().invoke(main, ["mutate", *words], standalone_mode=False)


def test_list_names_every_operator():
    """What --operator takes can be looked up."""
    lines = run("--list").output.splitlines()
    assert [line.split(":")[0] for line in lines] == [op.name for op in OPERATORS]


@pytest.mark.slow
def test_report_counts_one_operator():
    """JSON carries the counts and exits with 0 where all is caught."""
    result = run("--operator", "swap-bounds", "--format", "json", "--jobs", "1")
    told = json.loads(result.stdout)
    assert told["data"]["mutants"] == told["operators"]["swap-bounds"]["shapes"] > 50


@pytest.mark.slow
def test_unknown_operator_is_refused():
    """A misspelt name does not silently try nothing."""
    with pytest.raises(UnknownNameError, match="there is no operator 'swapp'"):
        raise run("--operator", "swapp").exception


def test_folder_without_examples_is_refused(tmp_path, settings):
    """A package has no tests; the command says where they are."""
    with pytest.raises(InputError, match="no folder of examples") as fault:
        read_examples(tmp_path, settings.shapes_files())
    assert "tests/shapes" in str(fault.value.fix)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[acceptance", "not TOML"),
        (ENTRY.format("perhaps", "cut-text"), "kind equivalent or reader"),
        (ENTRY.format("reader", "cut-txt"), "names no operator by cut-txt"),
    ],
)
def test_faulty_acceptances_are_refused(tmp_path, text, told):
    """An acceptance that cannot be understood accepts nothing in silence."""
    path = tmp_path / "acceptances.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_acceptances(path, {}, NAMES)


@pytest.mark.slow
def test_page_is_of_the_operators_and_acceptances_that_there_are(
    settings, made, prefixes
):
    """The page was written for this data, these operators and these acceptances."""
    page = (settings.root / "docs" / "mutation.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)`: [^|]+\| \d+ \|", page, re.M)
    # A page of a sample may lack an operator with few mutants, but knows no other.
    assert set(rows) <= NAMES
    assert len(rows) > 0.8 * len(NAMES)
    assert f"mutants of the data: {len(made)}," in page
    path = settings.root / "shapes" / "acceptances.toml"
    for acceptance in read_acceptances(path, prefixes, NAMES):
        assert f"| `{acceptance.name}` | {acceptance.kind} |" in page
        assert acceptance.reason in page
