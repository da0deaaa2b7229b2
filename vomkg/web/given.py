"""The parameters of a question, as they stand in the address that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import request

from vomkg.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.config import Settings

# Of a wrong name no more comes back.
_NAME: Final = 80


def values_given(settings: Settings) -> dict[str, str]:
    """Each parameter in the address with its value.

    Args:
        settings: whose ``ask_length`` bounds the characters of name and value.

    Raises:
        ParameterError: one is given twice, or is too long.
    """
    longest = settings.ask_length
    found = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise ParameterError(
                f"parameter {name[:_NAME]!r} is given {len(values)} times",
                fix="keep one",
            )
        if max(len(name), len(values[0])) > longest:
            raise ParameterError(
                f"parameter {name[:_NAME]!r} has more than {longest} characters",
                fix="shorten it",
            )
        found[name] = values[0]
    return found


def with_values(address: str, values: Mapping[str, str]) -> str:
    """The address with the values of a question's parameters in it.

    They are no arguments of ``url_for``: a parameter may be called like one of its own.
    """
    return f"{address}?{urlencode(values)}" if values else address
