"""``vomkg validate --watch``: judged again on each save, and told what changed."""

from __future__ import annotations

import sys
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import click

from vomkg.cli.bounded import alarmed
from vomkg.errors import VomkgError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vomkg.cli.judging import Judging
    from vomkg.curate.report.comparison import Told
    from vomkg.curate.result import Report
    from vomkg.workbench.workspace import Workspace

_END = "press Ctrl-C to end"


class Watch:
    """Judges the same files again and again; unchanged ones are not read again.

    Args:
        judging: which files, and how.
        known: faults that do not count.
    """

    def __init__(self, judging: Judging, known: list[Told] | None = None) -> None:
        from vomkg.workbench.reading import Reading

        self.judging = judging
        self._known = known
        self._reading = Reading(judging.settings.file_limit)
        self._before: list[Told] | None = None
        self._state: tuple[object, ...] = ()

    def run(self, changes: Iterable[object]) -> None:
        """Judge once, and then after each change of a file, until there are no more.

        Args:
            changes: something each time that a file may have changed.
        """
        self.look()
        for _ in changes:
            self.look()

    def look(self) -> None:
        """Judge the files and print a screen, if any of them changed."""
        from vomkg.workbench.reading import state

        work = self.judging.workspace(self._reading, quiet=True)
        files = (*work.data_files, *work.ontology_files, *work.shapes_files)
        now = (files, state(files))
        if now == self._state:
            return
        self._state = now
        start = perf_counter()
        try:
            with alarmed(self.judging.settings.validate_time):
                report = self.judging.report(work)
                lines = list(self._screen(work, report))
        except VomkgError as fault:  # a file half saved, or shapes half written
            lines = [f"error: {fault}"]
        self._clear()
        for line in lines:
            click.echo(line)
        click.echo(f"judged in {perf_counter() - start:.2f} s; {_END}")

    def folders(self) -> list[Path]:
        """The folders of all files, also of those that are still to come."""
        work = self.judging.workspace(self._reading, quiet=True)
        files = (*work.data_files, *work.ontology_files, *work.shapes_files)
        return sorted({path.absolute().parent for path in files})

    def _screen(self, work: Workspace, report: Report) -> Iterator[str]:
        from vomkg.cli.judging import painted
        from vomkg.curate.report.comparison import compared, matched, told_of
        from vomkg.curate.report.plain import write
        from vomkg.workbench.examine import is_unreadable

        comparison = None if self._known is None else compared(report, self._known)
        context = replace(
            self.judging.context(work, report), comparison=comparison, paint=painted
        )
        yield write(report, context).rstrip("\n")
        if is_unreadable(report):  # what was wrong before is not gone, but unseen
            yield "nothing else is judged until this can be read"
            return
        now = [told_of(result) for result in context.counted(report)]
        if self._before is not None:
            found = matched(now, self._before)
            for sign, faults in (("new ", found.new), ("gone", found.gone)):
                yield from (f"{sign} {told.in_words(context.names)}" for told in faults)
            if not found.new and not found.gone:
                yield "nothing new, nothing gone"
        self._before = now

    def _clear(self) -> None:
        if sys.stdout.isatty():
            click.clear()


def watch(judging: Judging, known: list[Told] | None) -> int:
    """Watch the files until Ctrl-C; gives the exit code, which is 0.

    Folders are watched and not files, because editors save by putting another file
    in the place of the old one.
    """
    import watchfiles

    session = Watch(judging, known)
    settings = judging.settings
    changes = watchfiles.watch(
        *session.folders(),
        watch_filter=None,
        step=round(settings.watch_pause * 1000),
        rust_timeout=round(settings.watch_look * 1000),
        # Some file systems tell of no change, so the files are looked at too.
        yield_on_timeout=True,
        recursive=False,
    )
    try:
        session.run(changes)
    except KeyboardInterrupt:  # the way to end it
        click.echo(err=True)
    return 0
