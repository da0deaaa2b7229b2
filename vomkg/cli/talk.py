"""What a command says to a person while it works."""

from __future__ import annotations

import sys

import click


def say(text: str) -> None:
    """Tell a person at a terminal what takes a moment."""
    if sys.stderr.isatty():
        click.echo(f"{text} …", err=True)
