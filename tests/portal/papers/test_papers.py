"""How far the papers are, as coordinators and administrators see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.finished.standing import PATIENCE
from accreditation_engine.certificates.keys.files import key_file
from accreditation_engine.certificates.keys.keeping import current
from accreditation_engine.certificates.keys.models import PAPER
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.periodic import jobs, run_due
from accreditation_engine.organisations.domain import grant_role
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.small import reviewed, small_scheme
from tests.support.world import SHIPPED, World

PAPERS = reverse("papers")


@pytest.fixture(autouse=True)
def _keys(keys_of_its_own: None) -> None:
    """No test signs with another's key."""


def issued(world: World, count: int) -> list[Certificate]:
    small_scheme(world)
    for _number in range(count):
        world.perform(reviewed(world, ("4", "4", "4")), "grant")
    return list(Certificate.objects.order_by("number"))


def test_who_coordinates_sees_how_many_papers_are_made_and_which_wait(world: World) -> None:
    first, second = issued(world, 2)
    client = visitor(world.person("coordinator"))
    assert "0 of 2" in text_of(client.get(PAPERS))
    finish(first)
    page = client.get(PAPERS)
    assert "1 of 2" in text_of(page)
    assert second.number in text_of(page)
    assert first.number not in text_of(page)
    assert queries_for(client, PAPERS) <= 15
    finish(second)
    assert "Every certificate has its paper." in text_of(client.get(PAPERS))
    assert "لكل شهادة ورقتها." in text_of(visitor(world.person("coordinator"), "ar").get(PAPERS))
    assert PAPERS in client.get(reverse("season")).content.decode()


def test_a_paper_that_is_not_made_is_told_to_administrators_at_home(world: World) -> None:
    issued(world, 1)
    client, home = visitor(world.person("administrator")), reverse("home")
    assert "Certificates without their paper" not in text_of(client.get(home))
    with time_machine.travel(timezone.now() + PATIENCE + timedelta(minutes=1), tick=False):
        assert "1 certificate waits" in text_of(client.get(home))
        assert "manage.py finish_certificates" in text_of(client.get(PAPERS))


def test_nobody_else_sees_the_papers_nor_those_of_other_schemes(world: World) -> None:
    (certificate,) = issued(world, 1)
    for role in ("reviewer", "auditor", "applicant"):
        assert visitor(world.person(role)).get(PAPERS).status_code == 404
    local = world.new_person("local")
    grant_role(user=local, role="administrator", scheme=SHIPPED, by=SYSTEM)
    page = text_of(visitor(local).get(PAPERS))
    assert certificate.number not in page
    assert "Every certificate has its paper." in page


def test_what_stood_in_the_way_is_told_in_the_language_of_the_reader(world: World) -> None:
    issued(world, 1)
    key_file(current(PAPER)).unlink()
    PeriodicRun.objects.create(pk="papers", due_at=timezone.now())
    ran = dict(run_due(without=[each.name for each in jobs() if each.name != "papers"]))
    assert "KeyUnusable" not in ran["papers"]
    with time_machine.travel(timezone.now() + PATIENCE + timedelta(minutes=1), tick=False):
        page = text_of(visitor(world.person("administrator")).get(PAPERS))
        assert "put it back from the backup" in page
        page = text_of(visitor(world.person("administrator"), "ar").get(PAPERS))
        assert "put it back" not in page
        assert "يعاد من النسخة الاحتياطية" in page
