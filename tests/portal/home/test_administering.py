"""What waits at home for those who administer the site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.jobs.models import PeriodicRun
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
    assert queries_for(visitor(person), HOME) <= 16
    others = text_of(visitor(world.person("coordinator")).get(HOME))
    assert "Mail that does not go out" not in others
    assert "ends within 30 days" not in others


def test_status_lists_that_nobody_can_sign_are_told_to_those_who_administer_everything(world: World) -> None:
    person, helper = world.new_person("administers"), world.new_person("helper")
    grant_role(user=person, role="administrator", scheme="", by=SYSTEM)
    grant_role(user=helper, role="administrator", scheme=world.dossier("draft").scheme, by=SYSTEM)
    PeriodicRun.objects.create(name="status lists", due_at=timezone.now(), error="the token is not there")
    assert "Status lists that are not signed" in text_of(visitor(person).get(HOME))
    assert "the token is not there" in text_of(visitor(person).get(reverse("papers")))
    assert "Status lists" not in text_of(visitor(helper).get(HOME))
    assert "the token" not in text_of(visitor(helper).get(reverse("papers")))
