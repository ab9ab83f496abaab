"""What tests of webhooks share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accreditation_engine.organisations.models import User
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
