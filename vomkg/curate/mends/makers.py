"""Which mends belong to which kind of fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.curate.mends import (
    checks,
    choice,
    counts,
    kinds,
    numbers,
    texts,
)
from vomkg.curate.mends.joined import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vomkg.curate.mend import Mend
    from vomkg.curate.mends.case import Case

    Maker = Callable[[Case], Iterator[Mend]]

_OF_COMPONENT: Final[dict[str, Maker]] = {
    "MinCount": counts.too_few,
    "MaxCount": counts.too_many,
    "UniqueLang": counts.one_language,
    "Class": kinds.not_of_class,
    "Datatype": kinds.not_of_datatype,
    "NodeKind": kinds.not_of_kind,
    "Pattern": texts.not_the_pattern,
    "MinLength": texts.too_short,
    "MaxLength": texts.too_long,
    "LanguageIn": texts.not_the_language,
    "MinInclusive": numbers.out_of_range,
    "MinExclusive": numbers.out_of_range,
    "MaxInclusive": numbers.out_of_range,
    "MaxExclusive": numbers.out_of_range,
    "LessThan": numbers.not_smaller,
    "LessThanOrEquals": numbers.not_smaller,
    "Equals": numbers.not_equal,
    "Disjoint": numbers.not_different,
    "In": choice.not_in_list,
    "HasValue": choice.not_the_value,
    "Closed": choice.not_allowed,
    "Not": checks.must_not,
}
_OF_CHECK: Final[dict[str, Maker]] = {
    "literal": checks.of_literal,
    "syntax": checks.of_syntax,
}


def made(case: Case) -> tuple[Mend, ...]:
    """The mends of a fault that stands alone, the likeliest first.

    A constraint of SHACL-SPARQL or of one's own, a rule and the lint give the
    advice that stands in their message.
    """
    own = _OF_CHECK.get(case.result.check)
    maker = own or _OF_COMPONENT.get(kind_of(case), checks.by_message)
    found = tuple(maker(case))
    return found if found or case.result.mends else tuple(checks.by_message(case))
