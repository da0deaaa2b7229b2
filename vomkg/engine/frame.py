"""An answer as a pandas DataFrame whose columns have types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.engine.values import kind_of, python_value, shown
from vomkg.errors import MissingToolError

if TYPE_CHECKING:
    import pandas as pd

    from vomkg.engine.answer import Answer
    from vomkg.engine.results import Term
    from vomkg.engine.values import Value

# Nullable types: an unbound cell stays missing and never turns 15 into 15.0.
_TYPES: Final = {
    "integer": "Int64",
    "decimal": "Float64",
    "double": "Float64",
    "boolean": "boolean",
    "text": "string",
    "iri": "string",
}
# Beyond 64 bits an integer stays what Python makes of it.
_LARGEST: Final = 2**63 - 1


def frame(answer: Answer) -> pd.DataFrame:
    """The rows with one typed column per variable; dates are datetime64.

    A column that mixes kinds, or holds integers beyond 64 bits, keeps Python
    values (dtype object); integers and decimals together are Float64. ASK gives one column, ``answer``.

    Raises:
        MissingToolError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingToolError(
            "pandas is not installed", fix="pip install 'vomkg[analysis]'"
        ) from error
    if answer.boolean is not None:
        data = pd.DataFrame({"answer": pd.array([answer.boolean], dtype="boolean")})
    else:
        data = pd.DataFrame(
            {name: _column(answer, name, pd.Series) for name in answer.columns},
            columns=list(answer.columns),
        )
    data.attrs.update(query=answer.query, release=answer.release)
    if answer.limits is not None:
        data.attrs["caveats"] = answer.limits()
    return data


def _column(answer: Answer, name: str, series: type[pd.Series]) -> pd.Series:
    terms = [row[name] for row in answer.rows]
    kind = _kind(terms)
    if kind in {"text", "iri"}:
        cells = [
            None if term is None else shown(term, answer.prefixes) for term in terms
        ]
        return series(cells, dtype="string")
    values = [python_value(term) for term in terms]
    if kind in {"date", "dateTime"}:
        return _dates(values, series)
    if kind == "integer" and any(
        isinstance(value, int) and abs(value) > _LARGEST for value in values
    ):
        return series(values, dtype="object")
    if kind in {"decimal", "double"}:
        values = [None if value is None else float(str(value)) for value in values]
    return series(values, dtype=_TYPES.get(kind, "object"))


def _kind(terms: list[Term | None]) -> str:
    """The one kind of all bound cells; ``mixed`` if there are several."""
    kinds = {kind_of(term) for term in terms} - {"none"}
    if not kinds:
        return "text"
    if len(kinds) == 1:
        return kinds.pop()
    if kinds <= {"integer", "decimal", "double"}:
        return "decimal"
    return "text" if kinds <= {"text", "iri"} else "mixed"


def _dates(values: list[Value], series: type[pd.Series]) -> pd.Series:
    """datetime64 where Python could read every value with one kind of zone."""
    zones = {getattr(value, "tzinfo", None) is None for value in values if value}
    if len(zones) > 1 or any(isinstance(value, str) for value in values):
        return series(values, dtype="object")
    utc = zones == {False}
    return series(values, dtype="datetime64[us, UTC]" if utc else "datetime64[us]")
