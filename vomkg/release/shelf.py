"""A folder of published releases, and which of them is the current one.

Each release is a directory named by the first 16 digits of its id. Two symbolic
links, ``current`` and ``previous``, say what is served and what was before; each
is replaced by a rename, so a reader sees the old or the new, never neither.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vomkg.errors import InputError, UnknownNameError, UsageError
from vomkg.release import MANIFEST
from vomkg.release.locks import locked
from vomkg.release.manifest import NAME_LENGTH, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.release.manifest import Published

CURRENT: Final = "current"
PREVIOUS: Final = "previous"
_DRAFT: Final = ".draft-"
_LOCK: Final = ".lock"
_DRAFTS: Final = ".drafts.lock"
_ID: Final = re.compile(r"[0-9a-f]{12,64}")
_NAME: Final = re.compile(rf"[0-9a-f]{{{NAME_LENGTH}}}")


class Shelf:
    """The releases in one folder.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        """The directories of releases, the one made last first."""
        try:
            found = [path for path in self.path.iterdir() if _NAME.fullmatch(path.name)]
            dated = [(path.stat().st_mtime_ns, path.name) for path in found]
        except OSError as error:
            raise InputError(
                f"cannot be read: {error.strerror}",
                path=self.path,
                fix="build a release into it by 'vomkg build --to'",
            ) from error
        return [name for _, name in sorted(dated, reverse=True)]

    def current(self) -> str | None:
        """The directory of the current release; None before the first."""
        return self._pointed(CURRENT)

    def previous(self) -> str | None:
        """The directory of the release that was current before."""
        return self._pointed(PREVIOUS)

    def find(self, start: str) -> Published:
        """The one release whose id begins so.

        Args:
            start: 12 to 64 hexadecimal digits.

        Raises:
            UnknownNameError: no release begins so, or several do.
            InputError: its manifest is damaged.
        """
        if not _ID.fullmatch(start):
            raise UnknownNameError(
                f"{start[:80]!r} is no id of a release",
                fix="give 12 to 64 of its hexadecimal digits",
            )
        near = [name for name in self.names() if name.startswith(start[:NAME_LENGTH])]
        if len(near) > 1:
            raise UnknownNameError(
                f"several releases begin with {start!r}", fix="give more digits"
            )
        if near:
            found = read_manifest(self.path / near[0])
            if found.id.startswith(start):
                return found
        raise UnknownNameError(
            f"there is no release {start!r}",
            fix=f"held are {', '.join(self.names()) or 'none'}",
        )

    def opened(self) -> Published:
        """The current release.

        Raises:
            InputError: there is none, or its manifest is damaged.
        """
        name = self.current()
        if name is None:
            raise InputError(
                "no release is current",
                path=self.path,
                fix="build one by 'vomkg build --to', or choose by 'vomkg switch'",
            )
        return read_manifest(self.path / name)

    def switch(self, found: Published) -> None:
        """Make that release the current one, unless it is.

        Raises:
            InputError: the folder cannot be written.
        """
        name = found.path.name
        with self.changing():
            old = self.current()
            if old == name:
                return
            if old is not None:
                self._point(PREVIOUS, old)
            self._point(CURRENT, name)

    def prune(self, keep: int) -> list[str]:
        """The releases removed so that no more than ``keep`` are left.

        The oldest go first; the current and the previous one never.
        """
        with self.changing():
            spared = {self.current(), self.previous()}
            names = self.names()
            room = keep - sum(name in spared for name in names)
            gone = [name for name in names if name not in spared][max(room, 0) :]
            for name in gone:
                # Out of sight first, so that nobody opens what is half gone.
                with self.draft() as draft:
                    (self.path / name).rename(draft / name)
        return gone

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let no other process change the folder during the body."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with locked(self.path / _LOCK):
                yield
        except OSError as error:
            raise InputError(
                f"cannot be changed: {error.strerror}", path=self.path
            ) from error

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """An empty directory beside the releases, gone at the end of the body.

        What others left there by being killed is removed first.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            with locked(self.path / _DRAFTS):
                self._sweep()
                draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.path))
                held.callback(shutil.rmtree, draft, ignore_errors=True)
                held.enter_context(locked(draft / _LOCK))
            yield draft

    def install(self, draft: Path, name: str) -> None:
        """Move a finished release to its place, unless a twin stands there.

        Damaged rests make way.

        Raises:
            OSError: the folder cannot be written.
        """
        _write_through(draft)
        target = self.path / name
        with self.changing():
            if _is_sound(target):
                return
            if target.is_dir():
                with self.draft() as aside:
                    target.rename(aside / name)
            draft.rename(target)
            _sync(self.path)

    def _sweep(self) -> None:
        """Remove drafts whose maker has ended without doing so."""
        for left in self.path.glob(f"{_DRAFT}*"):
            with suppress(OSError), locked(left / _LOCK, wait=False) as is_free:
                if is_free:
                    shutil.rmtree(left, ignore_errors=True)

    def _pointed(self, link: str) -> str | None:
        try:
            name = os.readlink(self.path / link).rstrip("/")  # noqa: PTH115  no Path
        except OSError:
            return None
        return name if _NAME.fullmatch(name) else None

    def _point(self, link: str, name: str) -> None:
        if not (self.path / name / MANIFEST).is_file():
            raise UsageError(f"there is no release {name!r}")
        with self.draft() as draft:
            (draft / link).symlink_to(name)
            (draft / link).replace(self.path / link)
        _sync(self.path)


def _is_sound(path: Path) -> bool:
    try:
        read_manifest(path).check(whole=True)
    except InputError:
        return False
    return True


def _write_through(draft: Path) -> None:
    """Let every file of the directory reach the disk before it gets its name."""
    for folder, _, names in os.walk(draft):
        for name in names:
            _sync_at(os.path.join(folder, name))  # noqa: PTH118  as os.walk gives it
        _sync_at(folder)


def _sync(path: Path) -> None:
    _sync_at(str(path))


def _sync_at(path: str) -> None:
    try:
        number = os.open(path, os.O_RDONLY)
    except (PermissionError, IsADirectoryError):
        return  # Windows opens no folder
    try:
        os.fsync(number)
    finally:
        os.close(number)
