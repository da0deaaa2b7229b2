"""The things of a synthetic evidence graph, as lines of N-Triples or N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from harness.draw import Draw

if TYPE_CHECKING:
    from collections.abc import Iterator

THINGS = "https://example.org/synthetic/"
GRAPH = f"<{THINGS}graph>"
VOM = "https://w3id.org/vomkg/ontology#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"
MODERATORS, OUTCOMES, POPULATIONS, SECTIONS, PROPOSITIONS = 12, 8, 6, 7, 20
LEVELS = 3
DIRECTIONS = (
    "ReducesEffect",
    "IncreasesEffect",
    "NoSignificantDifference",
    "EffectDirectionNotReported",
)
ABSENCES = ("NotReported", "NotConducted", "NotConsidered", "NotStatedInSource")
METRICS = ("OddsRatio", "RiskRatio", "RatioUnspecified", "PercentReductionInRate")
FAMILIES = (
    "OddsRatioFamily",
    "RiskRatioFamily",
    "UnspecifiedRatioFamily",
    "RateRatioFamily",
)
TOPICS = ("costs", "savings", "ages", "settings", "training", "consent")
STATEMENT_WORDS: Final = 12


class Graph:
    """Lines of N-Triples or N-Quads, made thing by thing."""

    def __init__(self, seed: int, *, quads: bool = False) -> None:
        self._draw = Draw(seed)
        self._end = f" {GRAPH} .\n" if quads else " .\n"
        self._lines: list[str] = []
        self._counts = {"estimate": 0, "finding": 0, "study": 0, "place": 0}

    def parts(self) -> Iterator[list[str]]:
        """Lines of the fixed things, then of one review after the other, for ever."""
        self._fixed()
        yield self._taken()
        intervention = review = -1
        while True:
            intervention += 1
            self._intervention(intervention)
            for _ in range(1 + self._draw.skewed(8)):
                review += 1
                self._review(review, intervention)
                yield self._taken()

    def _taken(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines

    def _fixed(self) -> None:
        for number in range(MODERATORS):
            self._thing("moderator", number, "Moderator")
            for level in range(LEVELS):
                self._thing("level", number * LEVELS + level, "ModeratorLevel")
                self._say(
                    _id("level", number * LEVELS + level),
                    levelOf=_id("moderator", number),
                )
        for number in range(OUTCOMES):
            self._thing("outcome", number, "Outcome")
        for number in range(POPULATIONS):
            self._thing("population", number, "Population")
        for number in range(PROPOSITIONS):
            self._thing("proposition", number, "Proposition")
        for number in range(SECTIONS):
            self._thing("section", number, "Section")
            self._say(_id("section", number), sectionNumber=_integer(number))
        for metric, family in zip(METRICS, FAMILIES, strict=True):
            self._say(_vom(metric), metricFamily=_vom(family))

    def _intervention(self, number: int) -> None:
        self._thing("intervention", number, "Intervention")
        mine = _id("intervention", number)
        if number:
            self._say(mine, relatedIntervention=_id("intervention", number - 1))
            self._say(mine, relatedIntervention=_id("intervention", number // 2))

    def _review(self, number: int, intervention: int) -> None:
        draw = self._draw
        kind = "SystematicReview" if draw.below(3) else "MetaAnalysis"
        self._thing("review", number, kind)
        review = _id("review", number)
        studies = 2 + draw.skewed(20)
        self._say(
            review,
            evaluatesIntervention=_id("intervention", intervention),
            numberOfStudies=_integer(studies),
            studiesOutcome=_id("outcome", draw.skewed(OUTCOMES)),
            studiesPopulation=_id("population", draw.skewed(POPULATIONS)),
        )
        for _ in range(studies):
            study = self._next("study", "PrimaryStudy")
            self._say(review, includesStudy=study)
            for _ in range(1 + draw.skewed(6)):
                self._estimate(review, study, intervention)
        for _ in range(1 + draw.skewed(8)):
            self._finding(review, intervention)
        if draw.below(10) < 6:
            self._absence(number, review)

    def _estimate(self, review: str, study: str, intervention: int) -> None:
        draw = self._draw
        level = draw.skewed(MODERATORS) * LEVELS + draw.below(LEVELS)
        is_subgroup = draw.below(3) == 0
        mine = self._next(
            "estimate", "SubgroupEstimate" if is_subgroup else "EffectEstimate"
        )
        if is_subgroup:
            self._say(mine, forLevel=_id("level", level))
        hundredths = 20 + draw.below(60) + draw.below(60)
        half = 5 + draw.below(30)
        self._claim(mine, review, "EffectDimension")
        self._say(
            mine,
            aboutIntervention=_id("intervention", intervention),
            concernsStudy=study,
            concernsOutcome=_id("outcome", draw.skewed(OUTCOMES)),
            inPopulation=_id("population", draw.skewed(POPULATIONS)),
            metric=_vom(METRICS[draw.skewed(len(METRICS))]),
            polarity=_vom("TreatedOverControl"),
            ratioValue=_decimal(hundredths),
            ciLower=_decimal(max(hundredths - half, 1)),
            ciUpper=_decimal(hundredths + half),
            reportedForm=f'"{hundredths / 100:.2f}"',
            reportedValue=_decimal(hundredths),
            followUpMonths=f'"{3 * (1 + draw.skewed(20))}.0"^^<{XSD}decimal>',
        )

    def _finding(self, review: str, intervention: int) -> None:
        draw = self._draw
        mine = self._next("finding", "ModeratorFinding")
        moderator = draw.skewed(MODERATORS)
        self._claim(mine, review, "ModeratorDimension")
        self._say(
            mine,
            aboutIntervention=_id("intervention", intervention),
            concernsModerator=_id("moderator", moderator),
            comparisonLevel=_id("level", moderator * LEVELS),
            referenceLevel=_id("level", moderator * LEVELS + 1),
            concernsOutcome=_id("outcome", draw.skewed(OUTCOMES)),
            effectDirection=_vom(DIRECTIONS[draw.below(len(DIRECTIONS))]),
            significance=_vom("Significant" if draw.below(2) else "NotSignificant"),
        )

    def _absence(self, number: int, review: str) -> None:
        self._thing("absence", number, "AbsenceStatement")
        self._say(
            _id("absence", number),
            absenceKind=_vom(ABSENCES[self._draw.below(len(ABSENCES))]),
            absentFrom=review,
            aboutTopic=_id(f"topic-{TOPICS[self._draw.skewed(len(TOPICS))]}"),
            reportedBy=_id("narrative"),
        )

    def _claim(self, claim: str, speaker: str, dimension: str) -> None:
        draw = self._draw
        said = " ".join([draw.word() for _ in range(STATEMENT_WORDS)])
        stance = ("supports", "supports", "challenges", "inconclusiveFor")
        self._say(
            claim,
            attribution=_vom("AttributionNamed"),
            inDimension=_vom(dimension),
            reportedBy=speaker,
            statement=f'"Synthetic: {said}."@en',
            locatedIn=self._place(),
        )
        topic = _id("proposition", draw.skewed(PROPOSITIONS))
        self._say(claim, **{stance[draw.below(len(stance))]: topic})

    def _place(self) -> str:
        number = self._counts["place"]
        self._counts["place"] += 1
        place, selector = _id("place", number), _id("selector", number)
        start = self._draw.below(10_000)
        end = start + 40 + self._draw.below(160)
        self._line(place, TYPE, f"<{OA}SpecificResource>")
        self._line(place, f"<{OA}hasSource>", _id("narrative"))
        self._line(place, f"<{OA}hasSelector>", selector)
        self._say(place, inSection=_id("section", self._draw.skewed(SECTIONS)))
        self._line(selector, TYPE, f"<{OA}TextPositionSelector>")
        for name, offset in (("start", start), ("end", end)):
            value = f'"{offset}"^^<{XSD}nonNegativeInteger>'
            self._line(selector, f"<{OA}{name}>", value)
        return place

    def _next(self, kind: str, type_name: str) -> str:
        number = self._counts[kind]
        self._counts[kind] += 1
        self._thing(kind, number, type_name)
        return _id(kind, number)

    def _thing(self, kind: str, number: int, type_name: str) -> None:
        thing = _id(kind, number)
        self._line(thing, TYPE, _vom(type_name))
        self._line(thing, LABEL, f'"synthetic {kind} {number}"@en')

    def _say(self, subject: str, **facts: str) -> None:
        for name, value in facts.items():
            self._line(subject, _vom(name), value)

    def _line(self, subject: str, predicate: str, value: str) -> None:
        self._lines.append(f"{subject} {predicate} {value}{self._end}")


def _id(kind: str, number: int | None = None) -> str:
    return f"<{THINGS}{kind}>" if number is None else f"<{THINGS}{kind}-{number}>"


def _vom(name: str) -> str:
    return f"<{VOM}{name}>"


def _integer(number: int) -> str:
    return f'"{number}"^^<{XSD}integer>'


def _decimal(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f'"{whole}.{rest:02}"^^<{XSD}decimal>'
