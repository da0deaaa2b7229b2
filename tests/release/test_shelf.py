"""A folder of releases: which is current, going back, what is damaged, what goes."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from vomkg.cli import main
from vomkg.errors import InputError, UnknownNameError
from vomkg.release.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.release.manifest import Published


def vomkg(*words: object):
    return CliRunner().invoke(main, [str(word) for word in words])


def told(*words):
    found = vomkg(*words)
    assert found.exit_code == 0, found.exception
    return found.output


def dated(three: list[Published]) -> None:
    """Give each release the time of a day of its own, in their order."""
    for day, found in enumerate(three):
        os.utime(found.path, (day * 86_400, day * 86_400))


def test_build_publishes_and_switches(shelf: Shelf, files: list[Path]):
    """The folder that is printed is the current release; --keep removes others."""
    output = [
        told("build", "--to", shelf.path, "--data", path, "--keep", 2) for path in files
    ][-1]
    assert output.splitlines()[-1] == str(shelf.path / str(shelf.current()))
    assert "removed release" in output
    assert len(shelf.names()) == 2
    assert {shelf.current(), shelf.previous()} == set(shelf.names())


def test_releases_are_listed_newest_first(three: list[Published], shelf: Shelf):
    """One line a release, with its mark, day, size and kind."""
    dated(three)
    shelf.switch(three[2])
    lines = told("releases", shelf.path, "--verify").splitlines()
    assert [line.split()[0] for line in lines] == [f.path.name for f in three[::-1]]
    assert [line.split()[1] for line in lines] == ["current", "1970-01-02", "previous"]
    assert "3 triples, memory, 1 MiB, verified" in lines[0]


def test_going_back_and_forth(three: list[Published], shelf: Shelf):
    """The previous release comes back, and then the other again."""
    one, two, _ = (found.path.name for found in three)
    told("switch", shelf.path, two)
    assert (shelf.current(), shelf.previous()) == (two, one)
    told("switch", shelf.path, "--previous")
    assert (shelf.current(), shelf.previous()) == (one, two)
    told("switch", shelf.path, three[1].id[:12])
    assert shelf.current() == two


def test_damaged_release_is_refused(three: list[Published], shelf: Shelf):
    """One bit more or less, and the current release stays."""
    path = three[1].path / "dataset.trig.gz"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    found = vomkg("switch", shelf.path, three[1].path.name)
    assert found.exit_code == InputError.exit_code
    assert "dataset.trig.gz is not as it was written" in found.output
    assert shelf.current() == three[0].path.name
    found = vomkg("releases", shelf.path, "--verify")
    assert found.exit_code == 1
    assert "1 release is damaged" in found.output


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts | {"id": "0" * 64},
        lambda facts: facts | {"layout": 99},
        lambda facts: {},
        lambda facts: [],
    ],
)
def test_manifest_of_something_else_is_refused(
    change, three: list[Published], shelf: Shelf
):
    """A manifest is believed only if it is of this release."""
    path = three[1].path / "manifest.json"
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(InputError):
        shelf.find(three[1].id)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["switch", "DIR"], "either an ID or --previous"),
        (["switch", "DIR", "--previous"], "no release was current before"),
        (["switch", "DIR", "abcdefabcdef"], "no release 'abcdefabcdef'"),
        (["switch", "DIR", "abc"], "12 to 64"),
        (["switch", "DIR", "../../etc/passwd"], "12 to 64"),
        (["releases", "DIR/none"], "cannot be read"),
        (["build", "--to", "DIR", "elsewhere"], "two places"),
        (["build", "--keep", "2"], "go with --to"),
        (["build", "--to", "DIR", "--default-graph", "plain"], "goes with --data"),
        (["serve", "--release", "DIR", "--data", "a.ttl"], "without --data"),
        (["serve", "--release", "DIR/none", "--port", "0"], "no release is current"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: list[str], message: str, three: list[Published], shelf: Shelf
):
    """Each with the reason, and nothing changes."""
    found = vomkg(*(word.replace("DIR", str(shelf.path)) for word in words))
    assert found.exit_code in {2, 3}
    assert message in found.output
    assert shelf.current() == three[0].path.name


def test_id_is_found_by_its_beginning(three: list[Published], shelf: Shelf):
    """12 to 64 digits; wrong ones behind the first 16 are noticed."""
    whole = three[1].id
    for length in (12, 16, 17, 64):
        assert shelf.find(whole[:length]).id == whole
    wrong = whole[:-1] + ("0" if whole[-1] != "0" else "1")
    for start in (wrong, whole[:11], whole + "0", whole[:12].upper() + "G"):
        with pytest.raises(UnknownNameError):
            shelf.find(start)
    (shelf.path / f"{whole[:12]}0000").mkdir()
    with pytest.raises(UnknownNameError, match="several"):
        shelf.find(whole[:12])


def test_only_the_oldest_go(three: list[Published], shelf: Shelf):
    """The current and the previous release stay, however old."""
    dated(three)
    assert shelf.prune(3) == []
    shelf.switch(three[1])
    assert shelf.prune(1) == [three[2].path.name]
    assert set(shelf.names()) == {three[0].path.name, three[1].path.name}


def test_link_to_elsewhere_is_no_release(three: list[Published], shelf: Shelf):
    """What somebody else has put there by hand is not followed."""
    (shelf.path / "current").unlink()
    (shelf.path / "current").symlink_to("/etc")
    assert shelf.current() is None
    with pytest.raises(InputError, match="no release is current"):
        shelf.opened()


def test_release_can_be_copied_elsewhere(
    three: list[Published], shelf: Shelf, tmp_path: Path
):
    """It names no place of the machine that built it, and no time."""
    for path in three[0].path.rglob("*"):
        if path.is_file():
            assert str(tmp_path).encode() not in path.read_bytes(), path
    shelf.path.rename(tmp_path / "moved")
    moved = Shelf(tmp_path / "moved").opened()
    moved.check(whole=True)
    assert moved.id == three[0].id
