"""Shapes held against SHACL's own shapes (SHACL, appendix A), by pySHACL."""

import rdflib
from pyshacl.entrypoints import meta_validate  # noqa: TID251  # its only use beside the engine


def check_form(shapes):
    """Fail where the shapes are not well-formed."""
    normalise = rdflib.NORMALIZE_LITERALS
    try:
        # One fault is enough, and to seek no other is three times as fast.
        right, _, words = meta_validate(shapes, inference=None, abort_on_first=True)
    finally:
        rdflib.NORMALIZE_LITERALS = normalise  # pySHACL leaves it changed
    assert right, words
