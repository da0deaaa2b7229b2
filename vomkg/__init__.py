"""The evidence on victim-offender mediation as a graph that can be asked.

>>> import vomkg
>>> kg = vomkg.load()  # doctest: +SKIP
>>> kg.run("moderators-that-reduce-effect").df()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vomkg.engine.answer import Answer
    from vomkg.errors import VomkgError
    from vomkg.knowledge import KnowledgeGraph, load

    __version__: str

__all__ = ["Answer", "KnowledgeGraph", "VomkgError", "__version__", "load"]

_HOMES = {
    "Answer": "vomkg.engine.answer",
    "KnowledgeGraph": "vomkg.knowledge",
    "VomkgError": "vomkg.errors",
    "load": "vomkg.knowledge",
}


def __getattr__(name: str) -> object:
    """The public name, imported when it is first used: importing vomkg is free."""
    if name == "__version__":
        from importlib.metadata import version

        return version("vomkg")
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
