"""What was already written to a store, kept in the cache so that a load can go on."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from vomkg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings


@dataclass(slots=True)
class Journal:
    """The state of one store as far as this machine filled it.

    Attributes:
        path: the file.
        contents: id of what was written last.
        way: how it was written.
        chunk: triples in one request then.
        done: finished requests by graph; a graph is listed before its first one.
        held: triples by graph that the store counted after a finished load.
    """

    path: Path
    contents: str = ""
    way: str = ""
    chunk: int = 0
    done: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)

    def save(self) -> None:
        """Writes it, as a whole or not at all.

        Raises:
            InputError: the cache cannot be written.
        """
        facts = {key: value for key, value in asdict(self).items() if key != "path"}
        draft = self.path.with_suffix(f".{os.getpid()}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(facts, indent=1), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            raise InputError(
                f"the state of the load cannot be written: {error.strerror}",
                path=self.path,
                fix="choose another folder by VOMKG_CACHE",
            ) from error


def open_journal(settings: Settings, url: str) -> Journal:
    """The journal of the store at that address; an empty one if there is none.

    What cannot be read is none: then graphs that hold triples are taken for
    somebody else's, which is the safe side.
    """
    key = hashlib.sha256(url.encode()).hexdigest()[:32]
    path = settings.cache / "loads" / f"{key}.json"
    try:
        return Journal(path=path, **json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Journal(path)
