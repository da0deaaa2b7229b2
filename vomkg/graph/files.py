"""The bytes of a file as text, refused in words where they are none."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from vomkg.errors import InputError, LimitError
from vomkg.graph.tokens import place

if TYPE_CHECKING:
    from pathlib import Path

# First bytes of what people hand in by mistake, and how it is undone.
_PACKED: Final = {
    b"\x1f\x8b": "a gzip archive",
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "an empty zip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"%PDF-": "a PDF document",
}
_WIDE: Final = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_AS_UTF8: Final = "save the file as UTF-8"


def read_text(path: Path, *, most: int | None = None) -> str:
    """The file's text; a byte order mark is dropped.

    Args:
        path: the file.
        most: bytes up to which it is read at all; None for any number.

    Raises:
        InputError: it is missing, is a folder, a device or a pipe, cannot be read, is
            packed, is not UTF-8 or holds a NUL.
        LimitError: it is larger than that.
    """
    try:
        _check_kind(path, most)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("no such file", path=path) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    return _decoded(path, data)


def wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32, if a byte order mark tells it; else an empty string."""
    return next((kind for start, kind in _WIDE.items() if data.startswith(start)), "")


def folder_fault(path: Path) -> InputError:
    """The error for a folder in place of a file."""
    return InputError("is a folder, not a file", path=path, fix="name the files in it")


def _check_kind(path: Path, most: int | None) -> None:
    if path.is_dir():
        raise folder_fault(path)
    if not path.exists():
        return  # to read it says so
    facts = path.stat()
    if stat.S_ISCHR(facts.st_mode) or stat.S_ISBLK(facts.st_mode):
        raise InputError("is a device, not a file", path=path, fix="name a file")
    if stat.S_ISFIFO(facts.st_mode):  # to read it would wait for whoever writes
        raise InputError("is a pipe, not a file", path=path, fix="name a file")
    if most is not None and facts.st_size > most:
        raise LimitError(
            f"the file has {facts.st_size} bytes, at most {most} are read",
            path=path,
            fix="split it, or raise file_limit",
        )


def _decoded(path: Path, data: bytes) -> str:
    for start, kind in _PACKED.items():
        if data.startswith(start):
            fix = "export it as text" if "PDF" in kind else "unpack it first"
            raise InputError(f"is {kind}, not text", path=path, fix=fix)
    if kind := wide_encoding(data):
        fix = f"{_AS_UTF8}, or run: iconv -f {kind} -t UTF-8 OLD > NEW"
        raise InputError(f"is {kind}, not UTF-8", path=path, line=1, fix=fix)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error.start) from error
    if (offset := text.find("\0")) >= 0:
        line, column = place(text, offset)
        raise InputError(
            "holds the character NUL, which is no text",
            path=path,
            line=line,
            column=column,
            fix=f"take it out; if the file is UTF-16, {_AS_UTF8}",
        )
    return text


def _not_utf8(path: Path, data: bytes, at: int) -> InputError:
    """The first byte that is not UTF-8, and what it would be in Latin-1."""
    line_start = data.rfind(b"\n", 0, at) + 1
    char = data[at : at + 1].decode("latin-1")
    guess = f" ({char!r} in Latin-1)" if char.isprintable() else ""
    return InputError(
        f"byte {at}, 0x{data[at]:02X}{guess}, is not UTF-8",
        path=path,
        line=data.count(b"\n", 0, at) + 1,
        column=len(data[line_start:at].decode("utf-8", "replace")) + 1,
        fix=_AS_UTF8,
    )
