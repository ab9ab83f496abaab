"""A certificate of the small scheme, and a database and keys of its own."""

from __future__ import annotations

import pytest

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.registering import change_organisation
from tests.support.small import reviewed, small_scheme
from tests.support.world import World


@pytest.fixture(autouse=True)
def _keys(keys_of_its_own: None, in_english: None) -> None:
    """No test signs with another's key."""


@pytest.fixture
def certificate(world: World) -> Certificate:
    """Of the small scheme, with an area that does not apply."""
    small_scheme(world)
    file = reviewed(world, ("4", "4", "not_applicable"))
    change_organisation(
        organisation=file.organisation,
        name_ar="جمعية نور النيل",
        name_en="Nour El-Nil Association",
        registration_number="ق ١٢٣/٢٠١٥",
        by=SYSTEM,
    )
    world.perform(file, "grant")
    return Certificate.objects.get(dossier=file)
