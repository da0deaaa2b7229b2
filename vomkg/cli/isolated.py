"""The engine of a server: in processes of its own, where that can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vomkg.errors import MissingToolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vomkg.config import Settings
    from vomkg.engine.local import Engine
    from vomkg.engine.source import Source
    from vomkg.engine.workers import IsolatedEngine


def isolated(
    source: Source, settings: Settings, on_loss: Callable[[], None] | None
) -> Engine | IsolatedEngine:
    """An engine in processes of its own; in this one, with a warning, without fork."""
    from vomkg.engine.workers import IsolatedEngine

    try:
        return IsolatedEngine(source, settings, on_loss=on_loss)
    except MissingToolError as error:
        click.echo(
            f"warning: {error.message}: queries have NO LIMIT on time and memory; "
            "serve only to people you trust",
            err=True,
        )
        return source.engine(settings)
