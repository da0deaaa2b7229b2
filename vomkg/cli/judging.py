"""What ``vomkg validate`` was asked, and one run of it."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from vomkg.cli.output import write_whole
from vomkg.cli.talk import say

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.curate.engines.choice import Engine
    from vomkg.curate.report import GroupBy
    from vomkg.curate.report.comparison import Told
    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Severity
    from vomkg.workbench.reading import Reading
    from vomkg.workbench.workspace import Workspace

UNREADABLE = 3
_COLOURS: dict[str, dict[str, Any]] = {
    "violation": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "blue", "bold": True},
    "mark": {"fg": "red"},
    "place": {"bold": True},
    "head": {"bold": True, "underline": True},
}


@dataclass(frozen=True, slots=True)
class Judging:
    """Which files are judged by what, and how it is told.

    Attributes:
        settings: where the shipped files are, and how much is told.
        files: files in place of the shipped data, or in addition to it.
        shapes: shapes in place of the shipped ones.
        ontology: ontology in place of the shipped one.
        with_data: whether the files come in addition to the shipped data.
        inferred: whether the data is also judged with what follows from it.
        rules: whether the hygiene rules are asked too.
        engine: which SHACL engine judges.
        of_store: whether the data of the store of the settings are judged.
        fix: whether safe changes are made in the files first.
        group_by: what faults stand together by.
        fail_on: the mildest severity that fails.
    """

    settings: Settings
    files: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    ontology: tuple[Path, ...] = ()
    with_data: bool = False
    inferred: bool = False
    rules: bool = False
    engine: Engine = "auto"
    of_store: bool = False
    fix: bool = False
    group_by: GroupBy = "file"
    fail_on: Severity = "violation"

    @property
    def only(self) -> tuple[Path, ...]:
        """The files that are judged; none stands for data and ontology."""
        return () if self.with_data else self.files

    def workspace(self, reading: Reading, *, quiet: bool = False) -> Workspace:
        """The files as they are now, read as far as they have changed."""
        from vomkg.workbench.draft import Draft
        from vomkg.workbench.workspace import Workspace

        if self.of_store:
            return self._of_store(reading)
        data = self.files
        if self.with_data or not self.files:
            data = (*self.settings.data_files(), *self.files)
        return (Draft if self.rules else Workspace)(
            self.settings,
            data=data,
            ontology=self.ontology,
            shapes=self.shapes,
            engine=self.engine,
            tell=_unsaid if quiet else say,
            reading=reading,
        )

    def _of_store(self, reading: Reading) -> Workspace:
        from vomkg.workbench.stored import StoredWorkspace

        return StoredWorkspace(
            self.settings,
            ontology=self.ontology,
            shapes=self.shapes,
            engine=self.engine,
            tell=say,
            reading=reading,
        )

    def report(self, work: Workspace) -> Report:
        """All that is wrong with the files."""
        from vomkg.workbench.examine import examine

        return examine(work, inferred=self.inferred, only=self.only)

    def context(self, work: Workspace, report: Report) -> Context:
        """What the report is told with."""
        from vomkg.workbench.telling import context_of

        return replace(
            context_of(work, report, self.only),
            group_by=self.group_by,
            fail_on=self.fail_on,
            shown=self.settings.faults_shown,
        )


def judge(
    judging: Judging,
    format_name: str,
    output: Path | None,
    baseline: list[Told] | None,
    write_baseline: Path | None,
) -> int:
    """Judge the files once and write the report; gives the exit code.

    Raises:
        InputError: a file cannot be read or written, or the shapes are broken.
    """
    from vomkg.curate.report import written
    from vomkg.curate.report.comparison import compared, told_of
    from vomkg.curate.report.saved import baseline as as_baseline
    from vomkg.curate.report.words import summary
    from vomkg.workbench.examine import is_unreadable
    from vomkg.workbench.reading import Reading

    reading = Reading(judging.settings.file_limit)
    work = judging.workspace(reading)
    report = judging.report(work)
    if judging.fix and _mended(judging, work, report):
        work = judging.workspace(reading)
        report = judging.report(work)
    unreadable = is_unreadable(report)
    if write_baseline is not None and not unreadable:
        write_whole(write_baseline, as_baseline(report).encode())
        click.echo(f"wrote {write_baseline}", err=True)
        if baseline is None:
            baseline = [told_of(result) for result in report.results]
    context = judging.context(work, report)
    if baseline is not None:
        context = replace(context, comparison=compared(report, baseline))
    if output is None and format_name == "text":
        context = replace(context, paint=painted)
    text = written(report, format_name, context)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode())
        click.echo(f"wrote {output}", err=True)
    if output is not None or format_name != "text":
        click.echo(summary(report, context), err=True)
    return UNREADABLE if unreadable else int(bool(context.failing(report)))


def _mended(judging: Judging, work: Workspace, report: Report) -> bool:
    """Make the safe changes in the files and tell them; whether there were any."""
    from vomkg.workbench.examine import examine
    from vomkg.workbench.fix import fixed
    from vomkg.workbench.workspace import shown

    def again(changed: Workspace) -> Report:
        only = changed.data_files if judging.only else ()
        return examine(changed, inferred=judging.inferred, only=only)

    done = fixed(work, report, again)
    for path in (*work.data_files, *work.ontology_files):
        text = done.texts.get(shown(path))
        if text is not None:
            mark = BOM_UTF8 if path.read_bytes().startswith(BOM_UTF8) else b""
            write_whole(path, mark + text.encode())
    for patch in done.applied:
        click.echo(f"changed {patch.at}: {_in_a_line(patch.text)}", err=True)
    for refusal in done.refused:
        click.echo(f"not changed {refusal.patch.at}: {refusal.reason}", err=True)
    return bool(done.texts)


def _in_a_line(text: str) -> str:
    from vomkg.graph.text import printable

    return printable(" ".join(text.split())) or "taken out"


def compare(
    judging: Judging, old: list[Told], new: list[Told] | None, format_name: str
) -> int:
    """Say what became of earlier faults; gives 1 if new ones fail, else 0.

    Args:
        judging: what is judged now, if no later report is given.
        old: the faults of the earlier report.
        new: those of the later one.
        format_name: ``text`` or ``json``.
    """
    from vomkg.curate.names import Names
    from vomkg.curate.report.comparison import as_json, in_words, matched, sums, told_of
    from vomkg.curate.result import SEVERITIES
    from vomkg.graph.prefixes import load_prefixes
    from vomkg.workbench.examine import is_unreadable
    from vomkg.workbench.reading import Reading

    unreadable = False
    if new is None:
        work = judging.workspace(Reading(judging.settings.file_limit))
        report = judging.report(work)
        unreadable = is_unreadable(report)
        names = judging.context(work, report).names
        new = [told_of(result) for result in report.results]
    else:
        names = Names({}, load_prefixes(judging.settings.root))
    found = matched(new, old)
    if format_name == "json":
        click.echo(as_json(found), nl=False)
        click.echo(sums(found), err=True)
    else:
        click.echo(in_words(found, names), nl=False)
    if unreadable:
        return UNREADABLE
    bad = SEVERITIES[: SEVERITIES.index(judging.fail_on) + 1]
    return int(any(told.severity in bad for told in found.new))


def painted(text: str, kind: str) -> str:
    """The text in colour; click takes the colour away where no terminal is."""
    import os

    style = _COLOURS.get(kind, {})
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)


def _unsaid(words: str) -> None:
    """Says nothing: the screen is for what was found."""
