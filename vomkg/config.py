"""Settings: every path, address and limit, decided once when a command starts.

The value of a setting is the first that exists of: the flag given, the
environment variable ``VOMKG_<NAME>``, the key in ``vomkg.toml`` in the working
directory, the default written here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vomkg.errors import UsageError
from vomkg.kinds import (
    addresses,
    choice,
    folder_of_graph,
    number,
    seconds,
    switch,
    text,
    web_address,
)
from vomkg.load_settings import LoadSettings, checked_load
from vomkg.store_settings import checked_store

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_PREFIX: Final = "VOMKG_"
SETTINGS_FILE: Final = "vomkg.toml"
_PACKAGE: Final = Path(__file__).parent

# Lowest and highest value of each number; None is no upper end.
_RANGES: Final[Mapping[str, tuple[int, int | None]]] = {
    "port": (0, 65_535),
    "row_limit": (1, None),
    "query_length": (1, None),
    "query_depth": (1, 200),
    "query_operators": (1, 1_000),
    "workers": (1, 64),
    "memory_limit": (16, 1 << 20),
    "byte_limit": (1, None),
    "queue": (0, 1_000),
    "proxies": (0, 10),
    "disk_from": (0, None),
    "blank_limit": (0, None),
    "checked_bytes": (0, None),
    "pinned_open": (1, 16),
}
# The same of those that may be a fraction, in seconds.
_SECONDS: Final[Mapping[str, tuple[float, float]]] = {
    "time_limit": (0.05, 3_600.0),
    "stop_time": (0.0, 7_200.0),
}
SERVERS: Final = ("auto", "granian", "waitress")
# Seconds beyond the time limit that a server which is stopping waits.
_STOP_MARGIN: Final = 2.0


def _cores() -> int:
    """The cores that this process may use, as far as that many workers help."""
    usable = getattr(os, "sched_getaffinity", None)
    return min(len(usable(0)) if usable else os.cpu_count() or 1, 64)


@dataclass(frozen=True, slots=True)
class Settings(LoadSettings):
    """One run's paths, address and limits; never changed after it is made.

    Those of a remote store are described in :class:`StoreSettings`, those of
    filling one in :class:`LoadSettings`.

    Attributes:
        root: folder that holds ontology/, data/, shapes/ and queries/.
        cache: folder where built releases are kept.
        host: address that the front end listens on.
        port: its port; 0 lets the system choose.
        row_limit: most rows or triples an answer may have.
        query_length: most characters a query may have.
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
        server: what speaks HTTP: ``granian``, ``waitress``, or ``auto`` for the
            first of them that runs here.
        stop_time: seconds that a server which is told to stop gives to what it
            is answering; None for a little over the time limit.
        proxies: how many proxies in front are trusted to say who asks, and by
            which address.
        public_url: the address that clients see, if the server cannot know it.
        access_log: file of the access log, ``-`` for standard output, or none.
        log_queries: whether the access log holds the text of queries.
        disk_from: quads from which a published release is served from disk.
        blank_limit: most quads with blank nodes that a published release of
            files may have; all of them are held in memory to be named.
        checked_bytes: bytes of a release up to which opening it compares every
            hash; of a larger one the sizes are compared.
        pinned_open: most releases besides the current one that are kept open
            for those who ask at a permanent address.
    """

    root: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 8077
    row_limit: int = 100_000
    query_length: int = 100_000
    query_depth: int = 64
    query_operators: int = 300
    workers: int = field(default_factory=_cores)
    time_limit: float = 10.0
    memory_limit: int = 1024
    byte_limit: int = 100 << 20
    queue: int = 64
    service_endpoints: tuple[str, ...] = ()
    server: str = "auto"
    stop_time: float | None = None
    proxies: int = 0
    public_url: str = ""
    access_log: str = ""
    log_queries: bool = False

    disk_from: int = 5_000_000
    blank_limit: int = 200_000
    checked_bytes: int = 64 << 20
    pinned_open: int = 2

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


def graph_root() -> Path:
    """The folder of the shipped graph: in the wheel, else beside the package.

    Raises:
        UsageError: neither exists, so the installation is incomplete.
    """
    # The wheel's copy goes first: beside an installed package lie other
    # packages, and one of them may be called "ontology".
    for folder in (_PACKAGE / "_graph", _PACKAGE.parent):
        if (folder / "ontology" / "prefixes.ttl").is_file():
            return folder
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
    checked = {name: _checked(name, values[name], origin[name]) for name in values}
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


def _checked(name: str, value: object, source: str) -> object:
    if name.startswith("store"):
        return checked_store(name, value, source)
    if name.startswith("load"):
        return checked_load(name, value, source)
    if name == "root":
        return folder_of_graph(name, value, source)
    if name == "cache":
        return Path(text(name, value, source)).expanduser()
    if name in {"host", "access_log"}:
        return text(name, value, source)
    if name == "public_url":
        return web_address(name, value, source)
    if name == "service_endpoints":
        return addresses(name, value, source)
    if name == "server":
        return choice(name, value, source, SERVERS)
    if name == "log_queries":
        return switch(name, value, source)
    if name in _SECONDS:
        return seconds(name, value, source, _SECONDS[name])
    return number(name, value, source, _RANGES[name])


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
