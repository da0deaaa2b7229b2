"""Settings: every path, address and limit, decided once when a command starts.

The value of a setting is the first that exists of: the flag given, the
environment variable ``VOMKG_<NAME>``, the key in ``vomkg.toml`` in the working
directory, the default written here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vomkg.errors import UsageError
from vomkg.settings import check, load, mends, reading, release, search, server, store
from vomkg.settings.kinds import (
    Check,
    addresses,
    folder,
    folder_of_graph,
    number,
    seconds,
)
from vomkg.settings.machine import cores

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_PREFIX: Final = "VOMKG_"
SETTINGS_FILE: Final = "vomkg.toml"
_PACKAGE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Settings(
    server.ServerSettings,
    release.ReleaseSettings,
    load.LoadSettings,
    check.CheckSettings,
    store.StoreSettings,
    mends.MendSettings,
    reading.ReadingSettings,
    search.SearchSettings,
):
    """One run's paths, addresses and limits; never changed after it is made.

    Those of the server, of published releases, of a remote store, of filling one,
    of a curator's files and of searching are described in the classes it is made of.

    Attributes:
        root: folder that holds ontology/, data/, shapes/ and queries/.
        cache: folder where built releases are kept.
        row_limit: most rows or triples an answer may have.
        query_length: most characters a query may have.
        ask_length: most characters a question in plain words may have, or a value
            of a parameter in an address.
        picture_height: most pixels that a picture may be high; 720 is its width.
        query_depth: deepest nesting of brackets in a query.
        query_operators: most operators and groups in a query; the engine's
            parser is recursive and ends the process on chains of thousands.
        workers: processes that answer queries of the front end, each with the
            limits below; by default one for each core.
        time_limit: seconds that such a query may take.
        memory_limit: MiB of address space that such a query may need.
        byte_limit: most bytes of such an answer.
        queue: most queries that may wait for a worker.
        service_endpoints: addresses that SERVICE in a query may name, and no other.
    """

    root: Path
    cache: Path
    row_limit: int = 100_000
    query_length: int = 100_000
    ask_length: int = 500
    picture_height: int = 6_000
    query_depth: int = 64
    query_operators: int = 300
    workers: int = field(default_factory=partial(cores, 64))
    time_limit: float = 10.0
    memory_limit: int = 1024
    byte_limit: int = 100 << 20
    queue: int = 64
    service_endpoints: tuple[str, ...] = ()

    @property
    def grace(self) -> float:
        """Seconds from the order to stop to the end of what is still answered."""
        chosen = self.stop_time
        return self.time_limit + _STOP_MARGIN if chosen is None else chosen

    def ontology_files(self) -> list[Path]:
        """The ontology's Turtle files, sorted by name."""
        return _files(self.root / "ontology", "*.ttl")

    def data_files(self) -> list[Path]:
        """The data's Turtle files, sorted by name."""
        return _files(self.root / "data", "*.ttl")

    def shapes_files(self) -> list[Path]:
        """The shapes' Turtle files, sorted by name."""
        return _files(self.root / "shapes", "*.ttl")

    def question_files(self) -> list[Path]:
        """The question files, sorted by name; hygiene rules are not among them."""
        return _files(self.root / "queries", "*.rq")

    def hygiene_files(self) -> list[Path]:
        """The hygiene rules, one a file, sorted by name."""
        return _files(self.root / "queries" / "hygiene", "*.rq")


_CHECKS: Final[Mapping[str, Check]] = {
    **server.CHECKS,
    **release.CHECKS,
    **load.CHECKS,
    **check.CHECKS,
    **store.CHECKS,
    **mends.CHECKS,
    **reading.CHECKS,
    **search.CHECKS,
    "root": folder_of_graph,
    "cache": folder,
    "row_limit": partial(number, limits=(1, None)),
    "query_length": partial(number, limits=(1, None)),
    "ask_length": partial(number, limits=(1, 10_000)),
    "picture_height": partial(number, limits=(1, 30_000)),
    "query_depth": partial(number, limits=(1, 200)),
    "query_operators": partial(number, limits=(1, 1_000)),
    "workers": partial(number, limits=(1, 64)),
    "time_limit": partial(seconds, limits=(0.05, 3_600.0)),
    "memory_limit": partial(number, limits=(16, 1 << 20)),
    "byte_limit": partial(number, limits=(1, None)),
    "queue": partial(number, limits=(0, 1_000)),
    "service_endpoints": addresses,
}
# Seconds beyond the time limit that a server which is stopping waits.
_STOP_MARGIN: Final = 2.0


def graph_root() -> Path:
    """The folder of the shipped graph: in the wheel, else beside the package.

    Raises:
        UsageError: neither exists, so the installation is incomplete.
    """
    # The wheel's copy goes first: beside an installed package lie other
    # packages, and one of them may be called "ontology".
    for place in (_PACKAGE / "_graph", _PACKAGE.parent):
        if (place / "ontology" / "prefixes.ttl").is_file():
            return place
    raise UsageError(
        "the shipped graph was not found beside the package",
        fix="reinstall vomkg, or set VOMKG_ROOT to the folder that holds ontology/",
    )


def load_settings(environ: Mapping[str, str], **flags: object) -> Settings:
    """The settings of this run.

    Args:
        environ: the environment, passed in so that nothing else reads it.
        **flags: settings by name; None means that the flag was not given.

    Raises:
        UsageError: a name is unknown, or a value is not of its kind.
    """
    names = {field.name for field in fields(Settings)}
    values: dict[str, object] = {}
    origin: dict[str, str] = {}
    for source, found in (
        (SETTINGS_FILE, _from_file(Path(SETTINGS_FILE))),
        ("environment", _from_environment(environ)),
        ("option", {key: value for key, value in flags.items() if value is not None}),
    ):
        for name, value in found.items():
            if name not in names:
                raise _unknown(name, source, sorted(names))
            values[name] = value
            origin[name] = source
    checked = {
        name: _CHECKS[name](name, value, origin[name]) for name, value in values.items()
    }
    root = checked.pop("root", None) or graph_root()
    cache = checked.pop("cache", None) or _default_cache(environ)
    return Settings(root=root, cache=cache, **checked)  # type: ignore[arg-type]


def settings_from_environment(**flags: object) -> Settings:
    """The settings of this process: :func:`load_settings` on its environment."""
    return load_settings(os.environ, **flags)


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    return {
        key.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for key, value in environ.items()
        if key.startswith(ENVIRONMENT_PREFIX)
    }


def _from_file(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"settings cannot be read: {error}", path=path) from error
    import tomllib  # a rare file: most starts save the time

    try:
        return dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"settings are not TOML: {error}", path=path) from error


def _unknown(name: str, source: str, names: list[str]) -> UsageError:
    shown = ENVIRONMENT_PREFIX + name.upper() if source == "environment" else name
    return UsageError(
        f"{source}: unknown setting {shown!r}", fix=f"known are {', '.join(names)}"
    )


def _default_cache(environ: Mapping[str, str]) -> Path:
    """The user's cache folder, by the XDG base directory convention."""
    if base := environ.get("XDG_CACHE_HOME"):
        return Path(base) / "vomkg"
    home = environ.get("HOME") or environ.get("USERPROFILE")
    return (Path(home) if home else Path.home()) / ".cache" / "vomkg"


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file())
