"""Checks of what is built beside this: each mark fails as soon as it is not needed."""

from __future__ import annotations

import pytest


def _waits(reason):
    return pytest.mark.xfail(strict=True, reason=reason)


RDF_OF_THE_ONTOLOGY = _waits("/ontology gives RDF when the module `things` is there")
DOCUMENTS = _waits("/id and /doc come with the module `things`")
DESCRIPTIONS = _waits("/.well-known/void and /dcat come with `descriptions`")
SCHEMA_ORG = _waits("JSON-LD in the landing page comes with `schema_org`")
DUMPS = _waits("/data comes with the distributions")
