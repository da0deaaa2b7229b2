"""A page as a list of its elements, read with the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    """One element: its tag, its attributes, and all text within it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """The elements of a page, in order; closing tags must match."""

    html: str
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()
        assert not self.open, f"never closed: {self.open[-1].tag}"

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"attribute twice: {tag} {attrs}"
        parents = tuple(element.tag for element in self.open)
        element = Element(tag, {k: v or "" for k, v in attrs}, parents)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open, f"closes nothing: {tag}"
        assert self.open[-1].tag == tag, f"{tag} closes {self.open[-1].tag}"
        self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def all(self, tag):
        """Every element of that tag."""
        return [element for element in self.elements if element.tag == tag]

    def texts(self, tag):
        """The text of each, its blanks made single."""
        return [" ".join(element.text.split()) for element in self.all(tag)]

    def rows(self):
        """The cells of each row of every table body, as text."""
        found: list[list[str]] = []
        for element in self.elements:
            if "tbody" not in element.parents:
                continue
            if element.tag == "tr":
                found.append([])
            elif element.tag in {"td", "th"}:
                found[-1].append(" ".join(element.text.split()))
        return found
