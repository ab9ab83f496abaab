"""A decision that is taken and not announced is told to nobody outside, nor to whoever is not shown it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

STATES = ["certificate_decided", "refusal_decided"]


def seen_by(world: World, file: Dossier, role: str) -> str:
    """What the file's page and its row in the list say."""
    person = file.assignments.order_by("pk")[0].reviewer if role == "reviewer" else world.person(role)
    client = visitor(person)
    rows = client.get(reverse("files")).context["table"]["rows"]
    return text_of(client.get(page_of(file))) + str(rows)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["applicant", "reviewer"])
def test_nothing_tells_that_it_is_decided(world: World, state: str, role: str) -> None:
    file = world.dossier(state)
    page = seen_by(world, file, role)
    assert "Being decided" in page
    for word in ("not announced", "Refused", "Certificate granted", "Announce the"):
        assert word not in page


@pytest.mark.parametrize("role", ["applicant", "reviewer"])
@pytest.mark.parametrize(("state", "level"), [("certificate_decided", 0.93), ("refusal_decided", 0.2)])
def test_road_facts_and_row_are_the_same_before_a_decision_and_after(
    world: World, role: str, state: str, level: float
) -> None:
    shown = []
    for standing in ("deciding", state):
        file = world.dossier(standing, level=level)
        person = file.assignments.order_by("pk")[0].reviewer if role == "reviewer" else world.person(role)
        client = visitor(person)
        context = client.get(page_of(file)).context
        row = client.get(reverse("files"), {"q": file.number}).context["table"]["rows"][0]["cells"]
        shown.append(
            (
                [(each["title"], each["status"], each.get("tone")) for each in context["road"]],
                [each["term"] for each in context["facts"]],
                [sorted(each.items()) for each in row if {"kind", "url"}.isdisjoint(each)],
            )
        )
    assert shown[0] == shown[1]


@pytest.mark.parametrize("state", STATES)
def test_a_reviewer_finds_such_a_file_where_it_stood_before(world: World, state: str) -> None:
    file = world.dossier(state)
    reviewer = visitor(file.assignments.order_by("pk")[0].reviewer)
    assert file.number not in text_of(reviewer.get(reverse("files"), {"state": state}))
    assert file.number in text_of(reviewer.get(reverse("files"), {"state": "deciding"}))
    coordinator = visitor(world.person("coordinator")).get(reverse("files"), {"state": state})
    assert file.number in text_of(coordinator)


def test_the_certificate_comes_with_the_announcement_and_names_the_decision(world: World) -> None:
    file = world.dossier("certificate_decided")
    assert not Certificate.objects.filter(dossier=file).exists()
    assert not mail.outbox
    world.perform(file, "announce_certificate")
    decision = Event.objects.get(stream=file.pk, transition="certify", kind="transition")
    assert Certificate.objects.get(dossier=file).decided_seq == decision.seq


def test_time_for_an_appeal_begins_with_the_announcement(world: World) -> None:
    file = world.dossier("refusal_decided")
    assert file.deadline_at is None
    event = world.perform(file, "announce_refusal")
    assert file.deadline_at is not None
    assert (file.deadline_at - event.at).days >= 29
