"""A certificate with its paper, and keys of its own."""

from __future__ import annotations

import pytest

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.models import Certificate, Paper
from tests.support.small import reviewed, small_scheme
from tests.support.world import World


@pytest.fixture(autouse=True)
def _keys(keys_of_its_own: None) -> None:
    """No test signs with another's key."""


@pytest.fixture
def certificate(world: World) -> Certificate:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    world.perform(file, "grant")
    return Certificate.objects.select_related("dossier__organisation").get(dossier=file)


@pytest.fixture
def paper(certificate: Certificate) -> Paper:
    return finish(certificate)
