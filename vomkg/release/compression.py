"""Compressed copies of files, the same bytes each time."""

from __future__ import annotations

import gzip
import shutil
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from vomkg.errors import MissingToolError

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.release.distribution import Compression

_GZIP_LEVEL: Final = 6
# Nearly the size of the highest levels, at many times their speed.
_ZSTD_LEVEL: Final = 12
_CHUNK: Final = 1 << 20
_GZIP_MARK: Final = b"\x1f\x8b"
_ZSTD_MARK: Final = b"\x28\xb5\x2f\xfd"


def compressions() -> tuple[Compression, ...]:
    """The compressions that can be written here, none first."""
    return ("", "gzip") if _zstd() is None else ("", "gzip", "zstd")


def compress(path: Path, target: Path, compression: Compression) -> None:
    """Write a compressed copy of a file, without name and time in it.

    Raises:
        MissingToolError: it is zstd, and its package is not installed.
        OSError: a file cannot be read or written.
    """
    with path.open("rb") as plain, target.open("wb") as file:
        if compression == "gzip":
            with gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0) as packed:
                shutil.copyfileobj(plain, packed, _CHUNK)
        else:
            size = path.stat().st_size
            packer = _needed().ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
            packer.copy_stream(plain, file, size=size)


def unpack(path: Path, target: Path) -> bool:
    """Write the file as it was before compression; whether it was compressed.

    What it is compressed by is told by its first bytes, not by its name.

    Raises:
        MissingToolError: it is zstd, and its package is not installed.
        OSError: a file cannot be read or written, or the compressed one is damaged.
    """
    with path.open("rb") as file:
        mark = file.read(len(_ZSTD_MARK))
        file.seek(0)
        if mark.startswith(_GZIP_MARK):
            with gzip.open(file) as plain, target.open("wb") as out:
                _copy(plain, out)
            return True
        if mark == _ZSTD_MARK:
            zstd = _needed()
            with target.open("wb") as out:
                try:
                    zstd.ZstdDecompressor().copy_stream(file, out)
                except zstd.ZstdError as error:
                    raise OSError(str(error)) from error
            return True
    return False


def _copy(plain: Any, out: Any) -> None:  # noqa: ANN401  two open files
    try:
        shutil.copyfileobj(plain, out, _CHUNK)
    except EOFError as error:
        raise OSError("the compressed file ends too early") from error


def _zstd() -> Any:  # noqa: ANN401  a module that need not be there
    try:
        return import_module("zstandard")
    except ModuleNotFoundError:
        return None


def _needed() -> Any:  # noqa: ANN401
    found = _zstd()
    if found is None:
        raise MissingToolError(
            "zstd needs the package zstandard", fix="run 'pip install zstandard'"
        )
    return found
