"""The watch judges on each save, survives what editors do, and says what changed."""

import os
import signal
import subprocess
import sys

import pytest

from vomkg.cli.judging import Judging
from vomkg.cli.watch import Watch
from vomkg.config import load_settings
from vomkg.curate.report.comparison import Told
from vomkg.curate.report.fingerprint import fingerprint
from vomkg.graph.parse import read_text
from vomkg.workbench.reading import Reading


@pytest.fixture
def watch(project, settings):
    """A watch over the small project; nothing was judged yet."""
    return Watch(Judging(load_settings({}, root=project, cache=settings.cache)))


def renamed_over(path, text):
    """Save as most editors do: another file takes the place of the old one."""
    draft = path.with_name("draft.tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def screens(watch, capsys, *steps):
    """What is printed at first, and after each step."""
    shown = []

    def told():
        for step in steps:
            shown.append(capsys.readouterr().out)
            step()
            yield set()
        shown.append(capsys.readouterr().out)

    watch.run(told())
    return shown


def test_each_save_is_told_with_what_is_new_and_gone(watch, data, capsys):
    whole = data.read_text("utf-8")
    faulty = whole.replace("    vom:reportedBy id:source ;\n", "")
    first, second, third = screens(
        watch,
        capsys,
        lambda: renamed_over(data, faulty),
        lambda: renamed_over(data, whole),
    )
    assert first.startswith("0 violations, 0 warnings, 0 infos in 3 files\njudged in")
    assert "new  violation on the estimate (id:estimate): a claim has exactly" in second
    assert "    8 | id:estimate a vom:EffectEstimate ;" in second
    assert "gone violation on the estimate (id:estimate): a claim has exactly" in third


def test_a_file_that_becomes_a_folder_is_told_as_one(project, settings, data, capsys):
    known = load_settings({}, root=project, cache=settings.cache)
    watch = Watch(Judging(known, (data,)))
    _, gone, changed = screens(watch, capsys, data.unlink, data.mkdir)
    assert "no such file" in gone
    assert "is a folder" in changed


def test_nothing_is_judged_again_without_a_change(watch, data, capsys):
    _, touched, same = screens(
        watch,
        capsys,
        lambda: os.utime(data),
        lambda: renamed_over(data, data.read_text()),
    )
    assert (touched, same) == ("", "")


def test_half_saved_files_are_told_and_forgotten(watch, data, capsys):
    whole = data.read_text("utf-8")
    _, cut, missing, again = screens(
        watch,
        capsys,
        lambda: data.write_text(whole[:200], encoding="utf-8"),
        data.unlink,
        lambda: data.write_text(whole, encoding="utf-8"),
    )
    assert "check     syntax" in cut
    assert "nothing else is judged until this can be read" in cut
    assert "gone" not in cut
    assert "violation" in missing
    assert "0 violations, 0 warnings, 0 infos in 3 files\n" in again


def test_broken_shapes_are_an_error_until_they_are_mended(watch, project, capsys):
    shapes = project / "shapes" / "small.ttl"
    whole = shapes.read_text("utf-8")
    _, broken, mended = screens(
        watch,
        capsys,
        lambda: shapes.write_text(whole.replace("sh:minCount", "sh:minCout")),
        lambda: shapes.write_text(whole),
    )
    assert broken.startswith("error: shape")
    assert "sh:minCout" in broken
    assert "0 violations" in mended
    assert "nothing new, nothing gone" in mended


def test_a_file_that_comes_later_is_judged_too(watch, project, data, capsys):
    later = project / "data" / "later.ttl"
    _, more = screens(watch, capsys, lambda: later.write_text("<id:x> a <id:Y> ."))
    assert "data/later.ttl: 1 violation" in more
    assert "in 4 files" in more


def test_unchanged_files_are_not_read_again(watch, data, capsys, monkeypatch):
    read = []

    def noted(path, *, most=None):
        read.append(path.name)
        return read_text(path, most=most)

    monkeypatch.setattr("vomkg.workbench.reading.read_text", noted)
    screens(
        watch,
        capsys,
        lambda: data.write_text(data.read_text("utf-8") + "\n", encoding="utf-8"),
    )
    assert sorted(read) == [
        "prefixes.ttl",
        "small.ttl",
        "small.ttl",
        "small.ttl",
        "small.ttl",
    ]


def test_known_faults_are_no_news(project, data, settings, capsys):
    whole = data.read_text("utf-8")
    data.write_text(whole.replace("    vom:reportedBy id:source ;\n", ""))

    judging = Judging(load_settings({}, root=project, cache=settings.cache))
    report = judging.report(judging.workspace(Reading(), quiet=True))
    known = [Told(fingerprint(r), "violation", "", "", "") for r in report.results]
    (first,) = screens(Watch(judging, known), capsys)
    assert "0 infos in 3 files; 1 known and 0 gone since the baseline\n" in first


@pytest.mark.slow
def test_watch_ends_well_by_ctrl_c(project, data, settings):
    """A running watch sees a save by rename and leaves with 0, as `serve` does."""
    watched = subprocess.Popen(
        [sys.executable, "-u", "-m", "vomkg", "validate", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "VOMKG_ROOT": str(project),
            "VOMKG_CACHE": str(settings.cache),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        # A shell that starts the tests in the background makes children deaf to it.
        preexec_fn=_hear,  # noqa: PLW1509  # no thread is running
    )
    try:
        assert "0 violations" in _until(watched, "judged in")
        whole = data.read_text("utf-8")
        renamed_over(data, whole.replace("    vom:reportedBy id:source ;\n", ""))
        assert "new  violation on the estimate" in _until(watched, "judged in")
        watched.send_signal(signal.SIGINT)
        _, errors = watched.communicate(timeout=60)
        assert (watched.returncode, errors.strip()) == (0, "")
    finally:
        if watched.poll() is None:
            watched.kill()
        watched.communicate()


def _hear():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until(process, words):
    """The lines up to the first with these words."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError("".join(lines) + process.stderr.read())
