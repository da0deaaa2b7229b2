"""``vomkg info``: what is installed and loaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from vomkg.cli.graph import say, store_option

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
@store_option
def info_command(format_name: str, store: str | None) -> None:
    """Show versions, the release, its graphs, its sources and the optional tools.

    With a store, its graphs in place of the release.

    Example: vomkg info --format json
    """
    from vomkg.config import settings_from_environment

    settings = settings_from_environment(store=store)
    facts: dict[str, dict[str, object]] = {
        "versions": _versions(),
        **(_store(settings) if settings.store else _release(settings)),
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


def _release(settings: Settings) -> dict[str, dict[str, object]]:
    from vomkg.release import open_release

    release = open_release(settings, say)
    return {
        "release": {"id": release.id, "path": str(release.path)},
        "triples": dict(release.counts),
    }


def _store(settings: Settings) -> dict[str, dict[str, object]]:
    """The store's address and graphs; nothing of who asks."""
    from vomkg.engine.remote.discovery import discovered
    from vomkg.settings.store import shown_address

    graphs = discovered(settings)
    return {
        "store": {
            "address": shown_address(settings),
            "default graph": list(graphs.default),
            "named graphs": list(graphs.named),
            "seconds an answer is kept": settings.store_cache,
        }
    }


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
