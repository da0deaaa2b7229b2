"""Whether the text of a typed literal is of its type (XML Schema 1.1 part 2).

SHACL engines and triple stores let many ill-typed literals pass, so vomkg asks
here, before anything else sees them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vomkg.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

_ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_CLOCK = r"\d+H(?:\d+M)?(?:\d+(?:\.\d+)?S)?|\d+M(?:\d+(?:\.\d+)?S)?|\d+(?:\.\d+)?S"
_DOUBLE = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"
_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"

# The pattern of each type, and an example for the message.
_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "string": (r"[\s\S]*", "text"),
    "normalizedString": (r"[^\r\n\t]*", "text in one line"),
    "token": (r"(?:[^\s]+(?: [^\s]+)*)?", "text without outer or double blanks"),
    "boolean": (r"true|false|1|0", "true"),
    "decimal": (r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", "0.54"),
    "double": (_DOUBLE, "5.4E-1"),
    "float": (_DOUBLE, "5.4E-1"),
    "date": (rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", "2015-06-30"),
    "dateTime": (
        rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
        "2015-06-30T12:00:00Z",
    ),
    "dateTimeStamp": (
        rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE.removesuffix('?')}",
        "2015-06-30T12:00:00Z",
    ),
    "time": (rf"{_TIME}{_ZONE}", "12:00:00"),
    "gYear": (rf"{_YEAR}{_ZONE}", "2015"),
    "gYearMonth": (rf"{_YEAR}-{_MONTH}{_ZONE}", "2015-06"),
    "gMonth": (rf"--{_MONTH}{_ZONE}", "--06"),
    "gDay": (rf"---{_DAY}{_ZONE}", "---30"),
    "gMonthDay": (rf"--{_MONTH}-{_DAY}{_ZONE}", "--06-30"),
    "duration": (
        rf"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:{_CLOCK}))?",
        "P6M",
    ),
    "yearMonthDuration": (r"-?P(?:\d+Y(?:\d+M)?|\d+M)", "P6M"),
    "dayTimeDuration": (
        rf"-?P(?:\d+D(?:T(?:{_CLOCK}))?|T(?:{_CLOCK}))",
        "P30D",
    ),
    "anyURI": (r'[^\s<>"{}|\\^`]*', "https://example.org/"),
    "language": (r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", "en"),
    "hexBinary": (r"(?:[0-9A-Fa-f]{2})*", "0FB7"),
    "base64Binary": (_BASE64, "Zm9v"),
}
# Every integer type with its bounds; None is no bound.
_INTEGERS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_PATTERNS: Final = {
    name: re.compile(form[0], re.ASCII) for name, form in _FORMS.items()
}
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DATED: Final = {"date", "dateTime", "dateTimeStamp"}
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def literal_fault(lexical: str, datatype: str) -> str | None:
    """What is wrong with the text of a literal of that datatype, or None.

    Datatypes outside the XSD namespace are not judged; a name in it that XSD
    does not define is itself the fault.
    """
    if not datatype.startswith(XSD):
        return None
    name = datatype.removeprefix(XSD)
    if name in _INTEGERS:
        return _integer_fault(lexical, name)
    if name not in _FORMS:
        return f"xsd:{name} is not a datatype of XML Schema"
    if not _PATTERNS[name].fullmatch(lexical):
        return f"{lexical!r} is not an xsd:{name} such as {_FORMS[name][1]!r}"
    if name in _DATED:
        return _date_fault(lexical, name)
    return None


def _integer_fault(lexical: str, name: str) -> str | None:
    if not _INTEGER.fullmatch(lexical):
        return f"{lexical!r} is not an xsd:{name} such as '15'"
    low, high = _INTEGERS[name]
    digits = lexical.lstrip("+-").lstrip("0") or "0"
    # Python refuses to read numbers of thousands of digits; no bound needs more.
    value = int(digits) if len(digits) <= 40 else 10**40
    value = -value if lexical.startswith("-") else value
    if (low is not None and value < low) or (high is not None and value > high):
        return f"{lexical!r} is outside the range of xsd:{name}"
    return None


def _date_fault(lexical: str, name: str) -> str | None:
    year, month, day = re.findall(r"\d+", lexical)[:3]
    # The last four digits decide, and Python refuses to read thousands of them.
    number = int(year[-4:])
    leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
    last = 28 if month == "02" and not leap else _DAYS[int(month) - 1]
    if int(day) > last:
        return f"{lexical!r} is not an xsd:{name}: the month has {last} days"
    return None
