"""``vomkg info``: what is installed and loaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from vomkg.cli.graph import say

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings

_LIBRARIES: Final = (
    "click",
    "flask",
    "owlready2",
    "owlrl",
    "pyoxigraph",
    "pyshacl",
    "rdflib",
    "rich",
    "waitress",
)


@click.command("info", short_help="Show what is installed and loaded.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
def info_command(format_name: str) -> None:
    """Show versions, the release, its graphs, its sources and the optional tools.

    Example: vomkg info --format json
    """
    from vomkg.config import settings_from_environment
    from vomkg.release import open_release

    settings = settings_from_environment()
    release = open_release(settings, say)
    facts: dict[str, dict[str, object]] = {
        "versions": _versions(),
        "release": {"id": release.id, "path": str(release.path)},
        "triples": dict(release.counts),
        "sources": _sources(settings),
        "limits of serve": _limits(settings),
        "optional tools": _tools(),
    }
    if format_name == "json":
        click.echo(json.dumps(facts, indent=2))
        return
    for title, found in facts.items():
        click.echo(title)
        width = max(len(name) for name in found)
        for name, value in found.items():
            shown = ", ".join(value) if isinstance(value, list) else value
            click.echo(f"  {name:{width}}  {shown}")


def _versions() -> dict[str, object]:
    from importlib.metadata import version
    from platform import python_version

    libraries = {name: version(name) for name in _LIBRARIES}
    return {"vomkg": version("vomkg"), "python": python_version(), **libraries}


def _sources(settings: Settings) -> dict[str, object]:
    def names(paths: list[Path]) -> list[str]:
        return [path.name for path in paths]

    return {
        "root": str(settings.root),
        "ontology": names(settings.ontology_files()),
        "data": names(settings.data_files()),
        "shapes": names(settings.shapes_files()),
        "questions": f"{len(settings.question_files())} files",
        "hygiene rules": f"{len(settings.hygiene_files())} files",
    }


def _limits(settings: Settings) -> dict[str, object]:
    return {
        "workers": settings.workers,
        "waiting": settings.queue,
        "seconds": settings.time_limit,
        "memory, MiB": settings.memory_limit,
        "bytes": settings.byte_limit,
        "rows": settings.row_limit,
    }


def _tools() -> dict[str, object]:
    from importlib.util import find_spec
    from shutil import which

    java = which("java")
    return {
        "java": java
        or "not found: needed by 'infer --reasoner hermit' "
        "(Debian package default-jre-headless)",
        "pandas": "found"
        if find_spec("pandas")
        else "not found: needed by .df() (install vomkg[analysis])",
    }
