"""The lexical forms of XML Schema's datatypes (XML Schema 1.1 part 2 §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_MOMENT = rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}"
_SECONDS = r"[0-9]+(?:\.[0-9]+)?S"
_CLOCK = rf"[0-9]+H(?:[0-9]+M)?(?:{_SECONDS})?|[0-9]+M(?:{_SECONDS})?|{_SECONDS}"
_DOUBLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_DIGIT = "[A-Za-z0-9+/] ?"
_BASE64 = (
    rf"(?:(?:(?:{_DIGIT}){{4}})*"
    rf"(?:(?:{_DIGIT}){{3}}[A-Za-z0-9+/]|(?:{_DIGIT}){{2}}[AEIMQUYcgkosw048] ?="
    rf"|{_DIGIT}[AQgw] ?= ?=))?"
)
# Names of XML 1.1 and Namespaces in XML, which XML Schema refers to.
_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF"
    r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
_PART = _START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_NCNAME = rf"[{_START}][{_PART}]*"
_NMTOKEN = rf"[:{_PART}]+"


@dataclass(frozen=True, slots=True)
class Form:
    """What the text of a datatype looks like.

    Attributes:
        pattern: the whole text, as a regular expression.
        words: the form in words, for messages.
        example: a text of that form.
    """

    pattern: re.Pattern[str]
    words: str
    example: str


def _form(pattern: str, words: str, example: str) -> Form:
    return Form(re.compile(pattern), words, example)


_NAME: Final = _form(
    _NCNAME, "a name of letters, digits, '-', '.' and '_', without colon", "review-one"
)
_NAMES: Final = _form(
    rf"{_NCNAME}(?: {_NCNAME})*", "such names, parted by one blank", "a b"
)

FORMS: Final[Mapping[str, Form]] = {
    "string": _form(r"[\s\S]*", "text", "text"),
    "normalizedString": _form(
        r"[^\r\n\t]*", "text without line breaks and tabs", "text in one line"
    ),
    "token": _form(
        r"(?:[^ \r\n\t]+(?: [^ \r\n\t]+)*)?",
        "text without outer or double blanks",
        "one two",
    ),
    "boolean": _form(r"true|false|1|0", "true or false", "true"),
    "decimal": _form(
        r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
        "digits with a decimal point, without exponent",
        "0.54",
    ),
    "double": _form(
        _DOUBLE, "a number, with an exponent or without, INF or NaN", "5.4E-1"
    ),
    "float": _form(
        _DOUBLE, "a number, with an exponent or without, INF or NaN", "5.4E-1"
    ),
    "date": _form(rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", "year-month-day", "2015-06-30"),
    "dateTime": _form(
        _MOMENT + _ZONE,
        "year-month-dayThour:minute:second, a time zone at most 14:00 from Z",
        "2015-06-30T12:00:00Z",
    ),
    "dateTimeStamp": _form(
        _MOMENT + _ZONE.removesuffix("?"),
        "year-month-dayThour:minute:second and a time zone",
        "2015-06-30T12:00:00Z",
    ),
    "time": _form(_TIME + _ZONE, "hour:minute:second", "12:00:00"),
    "gYear": _form(_YEAR + _ZONE, "a year of at least four digits", "2015"),
    "gYearMonth": _form(rf"{_YEAR}-{_MONTH}{_ZONE}", "year-month", "2015-06"),
    "gMonth": _form(rf"--{_MONTH}{_ZONE}", "--month", "--06"),
    "gDay": _form(rf"---{_DAY}{_ZONE}", "---day", "---30"),
    "gMonthDay": _form(rf"--{_MONTH}-{_DAY}{_ZONE}", "--month-day", "--06-30"),
    "duration": _form(
        rf"-?P(?=[0-9]|T[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?:{_CLOCK}))?",
        "P, then years Y, months M, days D, and behind T hours H, minutes M, seconds S",
        "P1Y6M",
    ),
    "yearMonthDuration": _form(
        r"-?P(?:[0-9]+Y(?:[0-9]+M)?|[0-9]+M)", "P, then years Y and months M", "P6M"
    ),
    "dayTimeDuration": _form(
        rf"-?P(?:[0-9]+D(?:T(?:{_CLOCK}))?|T(?:{_CLOCK}))",
        "P, then days D, and behind T hours H, minutes M, seconds S",
        "P30D",
    ),
    "language": _form(
        r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
        "parts of at most eight letters or digits, parted by '-'",
        "en-GB",
    ),
    "hexBinary": _form(r"(?:[0-9A-Fa-f]{2})*", "pairs of the digits 0 to F", "0FB7"),
    "base64Binary": _form(_BASE64, "Base64 in groups of four characters", "Zm9v"),
    "Name": _form(
        rf"[:{_START}][:{_PART}]*", "a name of XML, which may have colons", "vom:Review"
    ),
    "NCName": _NAME,
    "ID": _NAME,
    "IDREF": _NAME,
    "IDREFS": _NAMES,
    "ENTITY": _NAME,
    "ENTITIES": _NAMES,
    "QName": _form(
        rf"(?:{_NCNAME}:)?{_NCNAME}", "a name with one prefix at most", "vom:Review"
    ),
    "NOTATION": _form(
        rf"(?:{_NCNAME}:)?{_NCNAME}", "a name with one prefix at most", "vom:Review"
    ),
    "NMTOKEN": _form(
        _NMTOKEN, "letters, digits, '-', '.', '_' and ':' without blank", "2015-a"
    ),
    "NMTOKENS": _form(
        rf"{_NMTOKEN}(?: {_NMTOKEN})*", "tokens, parted by one blank", "a b"
    ),
}
# Every integer type with its bounds; None is no bound.
INTEGERS: Final[Mapping[str, tuple[int | None, int | None]]] = {
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
