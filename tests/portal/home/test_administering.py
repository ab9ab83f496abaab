"""What waits at home for those who administer the site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import grant_role
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

HOME = reverse("home")

pytestmark = pytest.mark.django_db


def test_mail_that_nobody_sends_and_roles_that_end_wait_for_administrators_alone(world: World) -> None:
    person = world.new_person("administers")
    grant_role(user=person, role="administrator", scheme="", by=SYSTEM)
    world.dossier("returned")  # somebody is written to
    helper = world.new_person("helper")
    grant_role(user=helper, role="auditor", by=SYSTEM, until=timezone.now() + timedelta(days=9))
    told = text_of(visitor(person).get(HOME))
    assert "Mail that does not go out" in told
    assert "Nobody sends it: start a worker." in told
    assert "1 role ends within 30 days." in told
    assert queries_for(visitor(person), HOME) <= 15
    others = text_of(visitor(world.person("coordinator")).get(HOME))
    assert "Mail that does not go out" not in others
    assert "ends within 30 days" not in others
