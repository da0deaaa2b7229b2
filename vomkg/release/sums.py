"""Lists of SHA-256 sums, as ``sha256sum`` writes and reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vomkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUMS: Final = "SHA256SUMS"
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)")


def sums(found: Mapping[str, str]) -> str:
    """The list of sums, by name of file, in the order of the names."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(found.items()))


def read_sums(folder: Path) -> dict[str, str]:
    """The sums by name that stand in the list of a folder.

    Raises:
        InputError: there is no list, or a line is none of ours.
    """
    path = folder / SUMS
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{SUMS} cannot be read", path=path, fix="write it by 'vomkg dump'"
        ) from error
    found = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise InputError(
                "this is not a sum and a name of a file", path=path, line=number
            )
        found[match[2]] = match[1]
    return found
