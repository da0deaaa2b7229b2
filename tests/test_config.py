"""Settings: which source wins, and what is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from vomkg import config
from vomkg.config import Settings, graph_root, load_settings, settings_from_environment
from vomkg.errors import UsageError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, so that no settings file is near."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults_are_the_documented_ones():
    """Without any setting the front end listens on this machine only."""
    found = load_settings({"HOME": "/home/ann"})
    assert (found.host, found.port, found.row_limit) == ("127.0.0.1", 8077, 100_000)
    assert found.cache == Path("/home/ann/.cache/vomkg")
    assert found.root == graph_root()


def test_cache_follows_the_xdg_convention():
    """XDG_CACHE_HOME moves the cache, as for every other tool."""
    found = load_settings({"HOME": "/home/ann", "XDG_CACHE_HOME": "/var/x"})
    assert found.cache == Path("/var/x/vomkg")


def test_file_beats_default(elsewhere: Path):
    """A key in vomkg.toml replaces the default."""
    (elsewhere / "vomkg.toml").write_text("port = 9000\n")
    assert load_settings({}).port == 9000


def test_environment_beats_file(elsewhere: Path):
    """VOMKG_PORT wins over the file."""
    (elsewhere / "vomkg.toml").write_text("port = 9000\n")
    assert load_settings({"VOMKG_PORT": "9001"}).port == 9001


def test_flag_beats_environment(elsewhere: Path):
    """An option on the command line wins over all."""
    (elsewhere / "vomkg.toml").write_text("port = 9000\n")
    assert load_settings({"VOMKG_PORT": "9001"}, port=9002).port == 9002


def test_flag_that_was_not_given_changes_nothing():
    """None is how a command line says that an option is absent."""
    assert load_settings({"VOMKG_PORT": "9001"}, port=None).port == 9001


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", 0),
        ("port", 65535),
        ("row_limit", 1),
        ("query_operators", 1000),
        ("workers", 64),
        ("queue", 0),
        ("time_limit", 0.05),
        ("time_limit", 3600),
    ],
)
def test_ends_of_a_range_are_allowed(name: str, value: float):
    """The lowest and the highest value of a range are in it."""
    assert value == getattr(load_settings({}, **{name: value}), name)


def test_time_may_be_a_fraction():
    """The time limit alone need not be a whole number."""
    assert load_settings({"VOMKG_TIME_LIMIT": "1.5"}).time_limit == 1.5


def test_one_worker_for_each_core():
    """By default there are as many workers as cores, within their range."""
    assert 1 <= load_settings({}).workers <= 64


def test_other_variables_are_not_ours():
    """A variable without our prefix is no setting."""
    assert load_settings({"PORT": "1", "MYVOMKG_PORT": "2"}).port == 8077


@pytest.mark.parametrize(
    ("environ", "flags", "part"),
    [
        ({"VOMKG_PROT": "1"}, {}, "VOMKG_PROT"),
        ({}, {"colour": "red"}, "colour"),
        ({"VOMKG_PORT": "eighty"}, {}, "'eighty'"),
        ({"VOMKG_PORT": "65536"}, {}, "from 0 to 65535"),
        ({"VOMKG_PORT": "-1"}, {}, "from 0 to 65535"),
        ({"VOMKG_PORT": "8077.5"}, {}, "whole number"),
        ({}, {"port": True}, "whole number"),
        ({"VOMKG_ROW_LIMIT": "0"}, {}, "at least 1"),
        ({"VOMKG_QUERY_OPERATORS": "1001"}, {}, "from 1 to 1000"),
        ({"VOMKG_QUERY_DEPTH": "5000"}, {}, "from 1 to 200"),
        ({"VOMKG_WORKERS": "0"}, {}, "from 1 to 64"),
        ({"VOMKG_MEMORY_LIMIT": "15"}, {}, "from 16"),
        ({"VOMKG_BYTE_LIMIT": "0"}, {}, "at least 1"),
        ({"VOMKG_QUEUE": "1001"}, {}, "from 0 to 1000"),
        ({"VOMKG_TIME_LIMIT": "nan"}, {}, "seconds from 0.05 to 3600"),
        ({"VOMKG_TIME_LIMIT": "inf"}, {}, "seconds from 0.05 to 3600"),
        ({"VOMKG_TIME_LIMIT": "soon"}, {}, "found 'soon'"),
        ({}, {"time_limit": True}, "seconds from"),
        ({"VOMKG_HOST": "  "}, {}, "host must be text"),
        ({"VOMKG_CACHE": ""}, {}, "cache must be text"),
        ({"VOMKG_ROOT": "/nowhere"}, {}, "holds no ontology/prefixes.ttl"),
        ({"VOMKG_SERVICE_ENDPOINTS": "http://e/ e:x"}, {}, "found 'e:x'"),
        ({"VOMKG_SERVICE_ENDPOINTS": "file:///etc"}, {}, "found 'file:///etc'"),
        ({"VOMKG_SERVICE_ENDPOINTS": "<http://e/>"}, {}, "found '<http://e/>'"),
        ({}, {"service_endpoints": 7}, "found 7"),
        ({}, {"service_endpoints": ["http://e/", 7]}, "found 7"),
    ],
)
def test_wrong_setting_is_refused_by_name(
    environ: dict[str, str], flags: dict[str, object], part: str
):
    """A misspelt name or an impossible value is an error, never ignored."""
    with pytest.raises(UsageError) as caught:
        load_settings(environ, **flags)
    assert part in str(caught.value)


def test_unknown_name_lists_the_known_ones():
    """The message helps to find the right name."""
    with pytest.raises(UsageError, match="row_limit"):
        load_settings({"VOMKG_ROWLIMIT": "1"})


def test_key_in_file_is_checked(elsewhere: Path):
    """The file is held to the same rules, and named."""
    (elsewhere / "vomkg.toml").write_text("prot = 1\n")
    with pytest.raises(UsageError, match=r"vomkg\.toml: unknown setting 'prot'"):
        load_settings({})


def test_file_that_is_not_toml_is_refused(elsewhere: Path):
    """A broken settings file is an error that names it."""
    (elsewhere / "vomkg.toml").write_text("port: 1\n")
    with pytest.raises(UsageError, match=r"vomkg\.toml: settings are not TOML"):
        load_settings({})


def test_file_that_cannot_be_read_is_refused(elsewhere: Path):
    """A folder in the place of the settings file is an error."""
    (elsewhere / "vomkg.toml").mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings({})


def test_root_may_be_chosen(elsewhere: Path):
    """Another graph in the same layout can be served."""
    (elsewhere / "ontology").mkdir()
    (elsewhere / "ontology" / "prefixes.ttl").touch()
    assert load_settings({}, root=elsewhere).root == elsewhere


def test_tilde_means_home(monkeypatch: pytest.MonkeyPatch):
    """Paths may be written as in a shell."""
    monkeypatch.setenv("HOME", "/home/ann")
    assert load_settings({"VOMKG_CACHE": "~/c"}).cache == Path("/home/ann/c")


def test_process_environment_is_read_once_asked(monkeypatch: pytest.MonkeyPatch):
    """The short way reads the environment of the process, flags on top."""
    monkeypatch.setenv("VOMKG_PORT", "9001")
    assert settings_from_environment(host="::1").port == 9001
    assert settings_from_environment(port=9).port == 9


def test_settings_cannot_change(settings: Settings):
    """What was decided at the start stays decided."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_files_are_sorted_and_of_their_kind(elsewhere: Path):
    """Only files of the kind are listed, in one order on every file system."""
    folder = elsewhere / "queries" / "hygiene"
    folder.mkdir(parents=True)
    for name in ("b.rq", "a.rq", "notes.txt"):
        (elsewhere / "queries" / name).touch()
    (folder / "rule.rq").touch()
    found = Settings(root=elsewhere, cache=elsewhere)
    assert [path.name for path in found.question_files()] == ["a.rq", "b.rq"]
    assert [path.name for path in found.hygiene_files()] == ["rule.rq"]
    assert found.data_files() == found.shapes_files() == found.ontology_files() == []


def test_shipped_graph_has_files_of_every_kind(settings: Settings):
    """The folders that the package ships are found."""
    assert "prefixes.ttl" in {path.name for path in settings.ontology_files()}
    assert "vom.ttl" in {path.name for path in settings.data_files()}
    assert settings.question_files()


def test_wheel_carries_its_own_graph(elsewhere: Path, monkeypatch: pytest.MonkeyPatch):
    """In a wheel the graph lies inside the package, and wins over a neighbour."""
    package = elsewhere / "site" / "vomkg"
    for folder in (package / "_graph", elsewhere / "site"):
        (folder / "ontology").mkdir(parents=True)
        (folder / "ontology" / "prefixes.ttl").touch()
    monkeypatch.setattr(config, "_PACKAGE", package)
    assert graph_root() == package / "_graph"


def test_missing_graph_says_how_to_get_it(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
):
    """An installation without its graph names the next step."""
    monkeypatch.setattr(config, "_PACKAGE", elsewhere / "vomkg")
    with pytest.raises(UsageError, match="reinstall vomkg"):
        graph_root()


def test_endpoints_are_a_list_in_the_file_and_words_in_the_environment(
    elsewhere: Path,
):
    """Each is kept once, in order; without any there are none."""
    assert load_settings({}).service_endpoints == ()
    both = ("http://e/sparql", "https://f/q?x=1")
    (elsewhere / "vomkg.toml").write_text(f"service_endpoints = {list(both)}\n")
    assert load_settings({}).service_endpoints == both
    words = f" {both[1]}\n{both[0]} {both[1]} "
    environ = {"VOMKG_SERVICE_ENDPOINTS": words}
    assert load_settings(environ).service_endpoints == (both[1], both[0])
    assert load_settings({"VOMKG_SERVICE_ENDPOINTS": ""}).service_endpoints == ()
