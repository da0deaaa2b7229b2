"""The knowledge graph as one object: what the package, the CLI and the pages use."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING

from vomkg.config import settings_from_environment
from vomkg.engine.local import Engine
from vomkg.graph.prefixes import shorten
from vomkg.questions.catalogue import Catalogue, bind, choices_of
from vomkg.release import open_release

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vomkg.ask.asker import Asker
    from vomkg.ask.reply import Reply
    from vomkg.charts.figure import Figure
    from vomkg.config import Settings
    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Term
    from vomkg.engine.stable import StableEngine
    from vomkg.engine.workers import IsolatedEngine
    from vomkg.engine.writing import Forms, Written
    from vomkg.questions.catalogue import Choice, Question
    from vomkg.release import Release
    from vomkg.search.hits import Hits
    from vomkg.search.searcher import Searcher

_LABELS = """
SELECT ?thing (SAMPLE(?text) AS ?label)
WHERE {
  ?thing skos:prefLabel|rdfs:label ?text .
  FILTER(isIRI(?thing))
}
GROUP BY ?thing
ORDER BY ?thing
"""
_LABELS_PAGE = 10_000


class KnowledgeGraph:
    """One release of the graph with its questions, ready to be asked.

    Attributes:
        settings: paths and limits.
        release: what is asked.
        engine: what answers.
        prefixes: prefix to namespace, as the graph declares them.
        knows_labels: whether :meth:`label` needs no query for each thing.
    """

    knows_labels = True

    def __init__(
        self,
        settings: Settings,
        release: Release,
        engine: Engine | IsolatedEngine | StableEngine | None = None,
    ) -> None:
        """The graph of that release.

        Args:
            settings: paths and limits.
            release: what is asked.
            engine: what answers; None loads the release into this process.

        Raises:
            InputError: the release cannot be read.
        """
        self.settings = settings
        self.release = release
        self.engine = engine or Engine.from_nquads(
            release.dataset, settings, release=release.id
        )
        self.prefixes: Mapping[str, str] = self.engine.prefixes

    @cached_property
    def questions(self) -> Catalogue:
        """The questions that have a name, read from queries/.

        Raises:
            QuestionFileError: a question file is faulty.
        """
        return Catalogue.load(self.settings.question_files(), self.prefixes)

    def query(self, text: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """The complete answer of a SPARQL query; see :meth:`Engine.query`."""
        return self.engine.query(text, bindings=bindings)

    def written(self, text: str, forms: Forms) -> Written:
        """The bytes of a query's complete answer; see :meth:`Engine.written`."""
        return self.engine.written(text, forms)

    def run(self, name: str, /, **parameters: object) -> Answer:
        """The answer of the question of that name.

        Args:
            name: the question, such as ``moderators-that-reduce-effect``.
            **parameters: values by parameter; the defaults fill the rest.

        Raises:
            UnknownNameError: there is no such question.
            ParameterError: a parameter is unknown, missing or not of its type.
        """
        question = self.questions[name]
        values = bind(question, parameters, self.choices(question))
        answer = self.engine.query(question.sparql, bindings=values)
        return replace(answer, limits=partial(self._caveats, answer))

    def ask(self, text: str, /) -> Reply:
        """What the graph answers to a question in plain words.

        Args:
            text: such as ``does it still work after two years?``.

        Returns:
            An answer under the question that the words were read as; or three
            questions that may be meant; or what the sources do not report; or a
            refusal that names the words that mean nothing here.

        Raises:
            ParameterError: nothing is asked, or more than ``ask_length`` characters.
        """
        return self._asker.ask(text)

    def figure(self, name: str, /, **parameters: object) -> Figure:
        """The picture of a question's answer, with ``svg``, ``png`` and its words.

        Args:
            name: the question, such as ``effect-by-follow-up``.
            **parameters: values by parameter; the defaults fill the rest.

        Raises:
            UnknownNameError: there is no such question.
            ParameterError: a parameter is unknown, missing or not of its type.
            NoPictureError: no picture fits, the answer holds nothing to draw, or
                its numbers may not be compared.
        """
        from vomkg.charts import drawn  # most commands never draw

        return drawn(self, name, self.run(name, **parameters))

    def search(
        self, text: str, kind: str | None = None, limit: int = 20, start: int = 0
    ) -> Hits:
        """The things whose names or texts hold the words, the best first.

        The first call reads the names and texts of the graph.

        Args:
            text: such as ``apology``; words may be inflected or mistyped.
            kind: a class that they must be of, such as ``Claim``; None for any.
            limit: how many hits come back.
            start: how many better ones are passed over.

        Raises:
            ParameterError: nothing is searched for, or more than ``search_length``
                characters.
            UnknownNameError: nothing that can be found is of that class.
            LimitError: the graph has more names and texts than are indexed.
        """
        return self._searcher.search(text, kind, limit, start)

    def choices(self, question: Question) -> dict[str, tuple[Choice, ...]]:
        """The allowed values, by parameter, of those that the graph restricts."""
        return {
            parameter.name: choices_of(self.engine.query(parameter.choices_query).rows)
            for parameter in question.parameters
            if parameter.choices_query
        }

    def label(self, iri: str) -> str:
        """The name of a thing; its short IRI where the graph gives none."""
        return self._labels.get(iri) or shorten(iri, self.prefixes)

    def _caveats(self, answer: Answer) -> tuple[str, ...]:
        from vomkg.claims import caveats  # few ask for them

        return tuple(
            f"{said.label}: {said.text}" for said in caveats(self, answer.rows)
        )

    @cached_property
    def _asker(self) -> Asker:
        from vomkg.ask.asker import Asker  # most commands never ask

        return Asker(self)

    @cached_property
    def _searcher(self) -> Searcher:
        from vomkg.search.searcher import Searcher  # most commands never search

        return Searcher(self)

    @cached_property
    def _labels(self) -> dict[str, str]:
        found: dict[str, str] = {}
        # Page by page: the limit on rows is for those who ask, not for names.
        size = min(self.settings.row_limit, _LABELS_PAGE)
        for start in count(0, size):
            rows = self.engine.query(f"{_LABELS} LIMIT {size} OFFSET {start}").rows
            for row in rows:
                thing, label = row["thing"], row["label"]
                if thing is not None and label is not None:
                    found[thing.value] = label.value
            if len(rows) < size:
                break
        return found


def load(
    settings: Settings | None = None, *, progress: Callable[[str], None] | None = None
) -> KnowledgeGraph:
    """The knowledge graph; the first call builds its release, later ones open it.

    Args:
        settings: paths and limits; None takes them from the environment.
        progress: called with a few words before each step of a build.

    Raises:
        UsageError: a setting is wrong.
        InputError: a source cannot be read.
        ConformanceError: the data breaks its shapes.
    """
    settings = settings or settings_from_environment()
    return KnowledgeGraph(settings, open_release(settings, progress))
