"""All typed links of the front end as one document: Signposting, level 2.

RFC 9264 has two forms of it: JSON (§4.2) and that of the ``Link`` header (§4.1).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vomkg.web.links import Signpost, linksets, root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vomkg.web.signposts import Signposts

JSON_TYPE = "application/linkset+json"
TEXT_TYPE = "application/linkset"

Anchored = tuple[str, Signpost]


def links(posts: Signposts) -> Iterator[Anchored]:
    """Each link with what it goes out from: the landing page, then the data."""
    home = root()
    common = posts.everywhere(home)
    for post in (*posts.home(), *common):
        yield home, post
    for item in posts.home():
        if item.rel == "item":
            yield from ((item.target, post) for post in posts.of_part(home))
    for post in posts.descriptions(home):
        yield post.target, Signpost(home, "describes", "text/html")
        for other in (*posts.licences(), *linksets(home)):
            yield post.target, other


def as_json(posts: Signposts) -> str:
    """The links in the JSON form."""
    contexts: dict[str, dict[str, list[dict[str, str]]]] = {}
    for anchor, post in links(posts):
        target = {"href": post.target}
        if post.type:
            target["type"] = post.type
        contexts.setdefault(anchor, {}).setdefault(post.rel, []).append(target)
    found = [{"anchor": anchor, **found} for anchor, found in contexts.items()]
    return json.dumps({"linkset": found}, ensure_ascii=False, indent=1) + "\n"


def as_text(posts: Signposts) -> str:
    """The links in the form of the ``Link`` header, one a line."""
    lines = [f'{post.header}; anchor="{anchor}"' for anchor, post in links(posts)]
    return ",\n".join(lines) + "\n"
