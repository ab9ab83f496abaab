"""The world that other tests stand on."""

from __future__ import annotations

import pytest

from accreditation_engine.trail.verification import verify
from tests.support.world import TINY, World, shipped

STATES = list(shipped().workflows["institutional-commitment"].states)


@pytest.mark.parametrize("state", STATES)
def test_a_dossier_comes_to_every_state(world: World, state: str) -> None:
    dossier = world.dossier(state)
    assert dossier.state == state
    assert list(verify(stream=dossier.pk)) == []


def test_a_scheme_of_a_test_is_open_at_once(world: World) -> None:
    edition = world.scheme(TINY)
    assert world.dossier("checking", scheme="tiny").edition_id == edition
