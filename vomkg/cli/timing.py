"""The option for the time that judging files may take."""

from __future__ import annotations

import click

time_option = click.option(
    "--time-limit",
    metavar="SECONDS",
    type=float,
    help="Seconds that judging may take.  [default: 600]",
)
