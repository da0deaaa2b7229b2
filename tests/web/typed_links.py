"""Link headers read by RFC 8288 §3, apart from the code that writes them."""

from __future__ import annotations

import re

_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w-]+="[^"]*")*)\s*(?:,|$)')
_PARAMETER = re.compile(r';\s*([\w-]+)="([^"]*)"')


def read(text):
    """The links of a header or of a linkset: target and parameters of each."""
    found = [
        (target, dict(_PARAMETER.findall(parameters)))
        for target, parameters in _LINK.findall(text)
    ]
    assert text.count("<") == len(found), f"cannot be read: {text}"
    return found


def of(response):
    """The links of all Link headers of a response."""
    return [link for text in response.headers.getlist("Link") for link in read(text)]


def targets(response, rel):
    """The targets of the links of that relation."""
    return [target for target, found in of(response) if found["rel"] == rel]
