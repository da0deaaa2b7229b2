"""The files a curator works on, each read once and only when it is needed."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rdflib import Graph

    from vomkg.config import Settings
    from vomkg.curate.engines.choice import Engine
    from vomkg.curate.names import Names
    from vomkg.curate.result import Report
    from vomkg.graph.triples import Triples
    from vomkg.reason import Reasoning
    from vomkg.workbench.reading import Reading

_ONLY_INFERRED = "found only together with the inferred triples"


class Workspace:
    """Data, ontology and shapes: the shipped files, or others in their place.

    Args:
        settings: where the shipped files and the cache are.
        data: the data files, if not the shipped ones.
        ontology: the ontology files, if not the shipped ones.
        shapes: the shapes files, if not the shipped ones.
        engine: which SHACL engine judges.
        tell: is told in a few words what takes a moment.
        reading: reads the files leniently, so that literals outside their type are
            faults like others; without one they are errors.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        data: Sequence[Path] = (),
        ontology: Sequence[Path] = (),
        shapes: Sequence[Path] = (),
        engine: Engine = "auto",
        tell: Callable[[str], None] = lambda words: None,
        reading: Reading | None = None,
    ) -> None:
        self.settings = settings
        self.engine = engine
        self.reading = reading
        self.tell = tell
        self.data_files = distinct(data or settings.data_files())
        self.ontology_files = distinct(ontology or settings.ontology_files())
        self.shapes_files = distinct(shapes or settings.shapes_files())

    @cached_property
    def triples(self) -> Triples:
        """What the data files assert, as it was read."""
        from vomkg.graph.triples import Triples

        if self.reading is not None:
            return self.reading.triples(self.data_files)
        return Triples.read(self.data_files, most=self.settings.file_limit)

    @property
    def data(self) -> Graph:
        """What the data files assert."""
        return self.triples.graph

    @cached_property
    def ontology(self) -> Graph:
        """What the ontology files assert."""
        return self._read(self.ontology_files)

    @cached_property
    def shapes(self) -> Graph:
        """The shapes.

        Raises:
            ShapesError: the files hold none, so nothing would be checked.
        """
        from rdflib import SH

        from vomkg.errors import ShapesError

        shapes = self._read(self.shapes_files)
        used = {str(p) for p in shapes.predicates()}
        if self.shapes_files and not any(p.startswith(str(SH)) for p in used):
            names = ", ".join(shown(path) for path in self.shapes_files)
            raise ShapesError(f"no shape stands in {names}", fix="name a shapes file")
        return shapes

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefix list."""
        from vomkg.graph.prefixes import load_prefixes

        return load_prefixes(self.settings.root)

    @cached_property
    def names(self) -> Names:
        """Labels and short forms for messages."""
        from vomkg.curate.names import Names

        return Names.of(self.ontology, self.prefixes, self.data)

    @cached_property
    def reasoning(self) -> Reasoning:
        """What owlrl makes of data and ontology."""
        from vomkg.reason import reason

        self.tell("inferring what follows from the data")
        return reason(self.data + self.ontology, "owlrl")

    @cached_property
    def inferred(self) -> Graph:
        """The new triples of owlrl.

        Raises:
            ConformanceError: the data contradicts itself.
        """
        from vomkg.errors import ConformanceError

        verdict = self.reasoning.verdict
        if not verdict.consistent:
            raise ConformanceError(
                "the data contradicts itself, so nothing can be inferred: "
                + self.names.in_words(verdict.detail)
            )
        return self.reasoning.inferred

    @cached_property
    def asserted_report(self) -> Report:
        """What the shapes find wrong with the data as it is written."""
        self.tell("checking the data against its shapes")
        return self._validated()

    @cached_property
    def full_report(self) -> Report:
        """The same, and what they find only when inferred triples are added."""
        inferred = self.inferred
        self.tell("checking the data with what follows from it")
        later = self._validated(inferred)
        return self.asserted_report.joined(later, _ONLY_INFERRED)

    def _validated(self, inferred: Graph | None = None) -> Report:
        from vomkg.curate.lint.placing import placed_error
        from vomkg.curate.validate import validate
        from vomkg.errors import ShapesError

        try:
            return validate(
                self.triples,
                self.shapes,
                self.ontology,
                inferred=inferred,
                engine=self.engine,
            )
        except ShapesError as fault:
            raise placed_error(fault, self.texts(self.shapes_files)) from fault

    def located(self, report: Report, files: Sequence[Path]) -> Report:
        """The report with file, line and column of each fault and of its shape."""
        from vomkg.curate.places import located

        if not report.results:
            return replace(report, files=tuple(shown(path) for path in files))
        return located(report, self.texts(files), self.texts(self.shapes_files))

    @property
    def files(self) -> list[Path]:
        """All Turtle files: ontology, data and shapes."""
        return [*self.ontology_files, *self.data_files, *self.shapes_files]

    def texts(self, files: Sequence[Path]) -> dict[str, str]:
        """The text of each file, by the name under which people know it."""
        from vomkg.graph.files import read_text

        limit, known = self.settings.file_limit, {*self.files}
        return {
            shown(path): self.reading.file(path).text
            if self.reading is not None and path in known
            else read_text(path, most=limit)
            for path in files
        }

    def _read(self, paths: Sequence[Path]) -> Graph:
        from vomkg.graph.read import read

        if self.reading is not None:
            return self.reading.triples(paths).graph
        return read(paths, most=self.settings.file_limit)


def shown(path: Path) -> str:
    """The path as short as the working directory allows."""
    from pathlib import Path

    here = Path.cwd()
    absolute = path.absolute()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def distinct(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files, each once, however it is spelt or linked; the first spelling stays."""
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(os.path.realpath(path), path)
    return tuple(found.values())
