"""The documentation as a test subject: links lead somewhere, snippets run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import rdflib

from vomkg.config import graph_root

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph

ROOT = graph_root()
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _snippets(language: str) -> list[tuple[str, str]]:
    return [
        (f"{_name(page)}#{number}", found.group(2))
        for page in PAGES
        for number, found in enumerate(FENCE.finditer(page.read_text("utf-8")))
        if found.group(1) == language
    ]


def _each(language: str) -> pytest.MarkDecorator:
    found = _snippets(language)
    return pytest.mark.parametrize(
        "snippet", [text for _, text in found], ids=[name for name, _ in found]
    )


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_relative_links_lead_to_a_file_and_a_heading(page: Path):
    """No link of the documentation is dead."""
    broken = []
    for target in LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert broken == []


def _run(command: str, settings: Settings) -> str:
    """What a documented command prints, run as a user would from the checkout."""
    words = shlex.split(command)
    assert words[0] == "vomkg", f"only vomkg is run from the docs, found {command!r}"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={
            **os.environ,
            "VOMKG_CACHE": str(settings.cache),
            "COLUMNS": "88",
            "NO_COLOR": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@_each("console")
def test_documented_commands_print_what_the_page_shows(
    snippet: str, settings: Settings
):
    """A console block holds commands after ``$`` and their real output."""
    blocks = re.split(r"^\$ ", snippet, flags=re.MULTILINE)[1:]
    assert blocks, "a console block needs a line that begins with $"
    for block in blocks:
        command, _, shown = block.partition("\n")
        if command.startswith("make "):
            continue  # run by .ci/run itself
        printed = _run(command, settings)
        if shown.strip():
            assert [line.rstrip() for line in shown.strip().splitlines()] == [
                line.rstrip() for line in printed.strip().splitlines()
            ]


@_each("python")
def test_documented_python_runs(
    snippet: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """A Python block runs as it stands."""
    monkeypatch.setenv("VOMKG_CACHE", str(settings.cache))
    exec(compile(snippet, "docs", "exec"), {"__name__": "docs"})  # noqa: S102  # our own page


@_each("sparql")
def test_documented_queries_give_rows(snippet: str, kg: KnowledgeGraph):
    """A SPARQL block is a query with an answer."""
    assert kg.query(snippet)


@_each("turtle")
def test_documented_turtle_is_well_formed(snippet: str):
    """A Turtle block parses once the project's prefixes are declared."""
    from vomkg.graph.prefixes import load_prefixes

    head = "".join(f"@prefix {p}: <{n}> .\n" for p, n in load_prefixes(ROOT).items())
    assert len(rdflib.Graph().parse(data=head + snippet, format="turtle")) > 0


def test_generated_pages_are_up_to_date(settings: Settings):
    """coverage.md, questions.md and commands.md say what the graph and code say."""
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "VOMKG_CACHE": str(settings.cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_page_is_reached_from_the_index():
    """docs/index.md links each page of the folder, directly or by decisions/."""
    text = (ROOT / "docs" / "index.md").read_text("utf-8")
    text += (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    missing = [
        page.name
        for page in (ROOT / "docs").rglob("*.md")
        if page.name not in {"index.md"} and page.name not in text
    ]
    assert missing == []
