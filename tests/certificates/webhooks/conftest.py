"""What tests of webhooks share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accreditation_engine.certificates.models import Endpoint
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.organisations.models import Organisation, User
from tests.support.world import World

from .other_site import Site


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.WEBHOOKS_ANYWHERE = True
    with Site() as found:
        yield found


@pytest.fixture
def administrator(world: World) -> User:
    return world.person("administrator")


@pytest.fixture
def organisation(world: World) -> Organisation:
    return world.organisation()


@pytest.fixture
def endpoint(world: World, site: Site, organisation: Organisation) -> Endpoint:
    """Of the organisation, told of everything."""
    return add_endpoint(url=site.url, types=TYPES, by=world.applicant, organisation=organisation)
