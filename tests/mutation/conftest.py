"""The shipped graph as the operators see it, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vomkg.mutation.making import mutants
from vomkg.mutation.world import World
from vomkg.workbench.workspace import Workspace

if TYPE_CHECKING:
    from vomkg.config import Settings
    from vomkg.mutation.mutant import Mutant


@pytest.fixture(scope="session")
def work(settings: Settings) -> Workspace:
    """The shipped files; never change their graphs."""
    return Workspace(settings)


@pytest.fixture(scope="session")
def world(work: Workspace) -> World:
    """What the operators know of the shipped data."""
    return World(work.data, work.ontology, work.shapes, seed=1)


@pytest.fixture(scope="session")
def made(world: World) -> list[Mutant]:
    """Every mutant of the shipped data."""
    return mutants(world)
