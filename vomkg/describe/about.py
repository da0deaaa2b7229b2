"""What a release is, in plain values, for the descriptions that name a host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vomkg.namespaces import DATASET_IRI, RELEASES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Dump(Protocol):
    """One file of a release that can be downloaded."""

    @property
    def name(self) -> str:
        """Its name, the last part of its address."""

    @property
    def graph(self) -> str:
        """What it holds: the name of a graph, ``union`` or ``all``."""

    @property
    def media_type(self) -> str:
        """The media type of its syntax."""

    @property
    def compression(self) -> str:
        """``gzip``, ``zstd`` or nothing."""

    @property
    def bytes(self) -> int:
        """Its length as it is sent."""

    @property
    def sha256(self) -> str:
        """SHA-256 of those bytes, in hex."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made the dataset: an IRI and a name."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class About:
    """One release of the dataset.

    Attributes:
        version: the first digits of its id; empty where what is served has none.
        title: of the dataset.
        description: of the dataset.
        licence: IRI, or empty where the graph says none.
        makers: who made it.
        conforms_to: IRIs of what it conforms to.
        previous: version that was served before, or empty.
        made_by: version by name of the software that made it.
    """

    version: str
    title: str
    description: str
    licence: str
    makers: Sequence[Maker]
    conforms_to: Sequence[str]
    previous: str
    made_by: Mapping[str, str]

    @property
    def iri(self) -> str:
        """The IRI of this release; that of the dataset where there is none."""
        return RELEASES + self.version if self.version else DATASET_IRI
