"""The graph that a command asks: the shipped release, or files that are named."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.knowledge import KnowledgeGraph


def open_graph(
    settings: Settings,
    files: Sequence[Path] = (),
    default_graph: str = "union",
) -> KnowledgeGraph:
    """The graph over these files, or the shipped release if there are none.

    Raises:
        InputError: a source cannot be read or is not well-formed.
        ConformanceError: the shipped data breaks its shapes.
    """
    if files:
        from vomkg.cli.files import GraphOfFiles

        plain = default_graph == "plain"
        return GraphOfFiles(settings, files, "plain" if plain else "union")
    from vomkg.knowledge import load

    return load(settings, progress=say)


def say(step: str) -> None:
    """Tell a person at a terminal what takes so long; programs are not told."""
    if sys.stderr.isatty():
        click.echo(f"building the release: {step} …", err=True)
