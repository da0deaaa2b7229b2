"""Values given for the blanks of a question, as terms that a query is bound to."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.errors import ParameterError, UnknownNameError
from vomkg.graph.prefixes import expand
from vomkg.namespaces import THINGS, XSD
from vomkg.questions.question import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vomkg.engine.results import Term
    from vomkg.questions.question import Parameter, Question

    Value = pyoxigraph.NamedNode | pyoxigraph.Literal

_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS: Final = frozenset({XSD + "integer", XSD + "decimal"})
_EXAMPLES: Final = {
    "integer": "a whole number such as 6",
    "decimal": "a number such as 6 or 0.5",
    "date": "a date such as 2025-07-27",
    "iri": "a name such as review-one, a prefixed name or a full IRI",
    "string": "a text",
}


def bind(
    question: Question,
    values: Mapping[str, object],
    choices: Mapping[str, tuple[Choice, ...]] | None = None,
) -> dict[str, Value]:
    """Every parameter of the question with the term that it stands for.

    Args:
        question: whose parameters are to be filled.
        values: what was given, by parameter; an empty text counts as not given.
        choices: the allowed values of parameters whose choices come from the
            graph; such a parameter is not checked against them if left out.

    Raises:
        ParameterError: a name that the question does not have, a value missing
            and without default, of the wrong type, or not among the choices.
    """
    names = [parameter.name for parameter in question.parameters]
    for name in values:
        if name not in names:
            known = ", ".join(names) or "none"
            raise ParameterError(
                f"{question.id!r} has no parameter {name!r}",
                fix=f"its parameters: {known}",
            )
    bound: dict[str, Value] = {}
    for parameter in question.parameters:
        given = str(values.get(parameter.name, "")).strip() or parameter.default
        allowed = parameter.choices or (choices or {}).get(parameter.name, ())
        if given is None:
            raise ParameterError(
                f"parameter {parameter.name!r} is missing",
                fix=f"give {_wanted(parameter, allowed)}",
            )
        term = _term(parameter, given, question.prefixes, allowed)
        terms = [_term(parameter, c.value, question.prefixes) for c in allowed]
        if terms and _key(term) not in map(_key, terms):
            raise ParameterError(
                f"parameter {parameter.name!r} cannot be {given!r}",
                fix=f"give {_wanted(parameter, allowed)}",
            )
        bound[parameter.name] = term
    return bound


def choices_of(rows: Iterable[Mapping[str, Term | None]]) -> tuple[Choice, ...]:
    """The choices in the answer to a parameter's ``choices_query``.

    Args:
        rows: bindings of ?value and, if there is one, ?label.
    """
    found = []
    for row in rows:
        if (value := row.get("value")) is not None:
            label = row.get("label") or value
            found.append(Choice(value.value, label.value))
    return tuple(found)


def _term(
    parameter: Parameter,
    given: str,
    prefixes: Mapping[str, str],
    allowed: Iterable[Choice] = (),
) -> Value:
    """The term of one value; its type decides, not its look."""
    if parameter.type == "string":
        return pyoxigraph.Literal(given)
    if parameter.type == "iri":
        return _iri(parameter, given, prefixes, allowed)
    good = {"integer": _is_integer, "decimal": _is_decimal, "date": _is_date}
    if not good[parameter.type](given):
        raise _ill_typed(parameter, given, allowed)
    datatype = pyoxigraph.NamedNode(XSD + parameter.type)
    return pyoxigraph.Literal(given, datatype=datatype)


def _key(term: Value) -> Decimal | Value:
    """What makes two values the same: 6 and 6.0 are one number."""
    if isinstance(term, pyoxigraph.Literal) and term.datatype.value in _NUMBERS:
        return Decimal(term.value)
    return term


def _iri(
    parameter: Parameter,
    given: str,
    prefixes: Mapping[str, str],
    allowed: Iterable[Choice],
) -> pyoxigraph.NamedNode:
    if _SLUG.fullmatch(given):
        return pyoxigraph.NamedNode(THINGS + given)
    try:
        return pyoxigraph.NamedNode(expand(given, prefixes))
    except (UnknownNameError, ValueError) as fault:
        raise _ill_typed(parameter, given, allowed) from fault


def _is_integer(given: str) -> bool:
    return _INTEGER.fullmatch(given) is not None


def _is_decimal(given: str) -> bool:
    return _DECIMAL.fullmatch(given) is not None


def _is_date(given: str) -> bool:
    if not _DATE.fullmatch(given):
        return False
    try:
        date.fromisoformat(given)
    except ValueError:
        return False
    return True


def _ill_typed(
    parameter: Parameter, given: str, allowed: Iterable[Choice]
) -> ParameterError:
    return ParameterError(
        f"parameter {parameter.name!r} cannot be {given!r}",
        fix=f"give {_wanted(parameter, allowed)}",
    )


def _wanted(parameter: Parameter, allowed: Iterable[Choice]) -> str:
    values = [choice.value.removeprefix(THINGS) for choice in allowed]
    return f"one of {', '.join(values)}" if values else _EXAMPLES[parameter.type]
