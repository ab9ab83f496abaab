"""How the mail stands, and what an administrator does about what went wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.organisations.letters.models import Letter, Mail
from accreditation_engine.portal.letters.sending import send_letters
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

pytestmark = pytest.mark.django_db
PAGE = reverse("letters")
State = Mail.State


@pytest.fixture
def troubled(world: World) -> Mail:
    """A mail to the applicant of which nobody knows whether it was sent."""
    dossier = world.dossier("screening")
    Letter.objects.all().delete()
    world.perform(dossier, "return_for_completion")
    Letter.objects.update(ripe_at=timezone.now())
    send_letters()
    mail.outbox.clear()
    Mail.objects.update(state=State.UNKNOWN, error="TimeoutError: timed out")
    return Mail.objects.get()


def a_worker_runs() -> None:
    now = timezone.now()
    PeriodicRun.objects.create(name="letters", due_at=now + timedelta(minutes=1), finished_at=now)


def test_only_administrators_see_the_page(world: World) -> None:
    assert visitor(world.person("administrator")).get(PAGE).status_code == 200
    for role in ("coordinator", "auditor", "applicant"):
        assert visitor(world.person(role)).get(PAGE).status_code == 404


def test_the_page_says_that_nobody_sends_when_no_worker_runs(world: World) -> None:
    dossier = world.dossier("screening")
    Letter.objects.all().delete()
    world.perform(dossier, "return_for_completion")
    client = visitor(world.person("administrator"))
    assert "1 letter waits, and nobody sends it" in text_of(client.get(PAGE))
    a_worker_runs()
    assert "nobody sends" not in text_of(client.get(PAGE))


def test_the_page_says_what_stood_in_the_way(world: World) -> None:
    a_worker_runs()
    PeriodicRun.objects.update(error="ConnectionRefusedError: no mail server")
    assert "no mail server" in text_of(visitor(world.person("administrator")).get(PAGE))


def test_a_mail_in_doubt_is_listed_and_sent_again_when_an_administrator_says_so(
    world: World, troubled: Mail
) -> None:
    client = visitor(world.person("administrator"))
    page = text_of(client.get(PAGE))
    assert world.applicant.email in page
    assert "In doubt" in page
    assert "TimeoutError: timed out" in page
    client.post(reverse("decide_mail", args=[troubled.pk]), {"act": "again"})
    send_letters()
    assert [each.to for each in mail.outbox] == [[world.applicant.email]]
    assert "No mail waits for your word" in text_of(client.get(PAGE))


def test_a_mail_in_doubt_is_left_when_an_administrator_says_so(world: World, troubled: Mail) -> None:
    client = visitor(world.person("administrator"))
    client.post(reverse("decide_mail", args=[troubled.pk]), {"act": "leave"})
    send_letters()
    assert mail.outbox == []
    assert Mail.objects.get().state == State.LEFT


def test_a_second_decision_changes_nothing(world: World, troubled: Mail) -> None:
    client = visitor(world.person("administrator"))
    address = reverse("decide_mail", args=[troubled.pk])
    client.post(address, {"act": "leave"})
    response = client.post(address, {"act": "again"}, follow=True)
    assert "Somebody has decided about this mail already." in text_of(response)
    assert Mail.objects.get().state == State.LEFT


def test_nobody_else_decides(world: World, troubled: Mail) -> None:
    response = visitor(world.person("coordinator")).post(
        reverse("decide_mail", args=[troubled.pk]), {"act": "again"}
    )
    assert response.status_code == 404
    assert Mail.objects.get().state == State.UNKNOWN


def test_the_page_costs_the_same_whatever_it_lists(world: World, troubled: Mail) -> None:
    client = visitor(world.person("administrator"))
    few = queries_for(client, PAGE)
    for _ in range(30):
        Mail.objects.create(person=world.applicant, state=State.GIVEN_UP)
    assert queries_for(client, PAGE) == few <= 10
