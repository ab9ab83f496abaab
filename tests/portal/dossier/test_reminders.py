"""The page of a file says when mail will remind its reader."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.letters.reminder_times import PATIENCE
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.models import Assignment
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

pytestmark = pytest.mark.django_db


def seen(dossier: Dossier, person: User) -> str:
    return text_of(visitor(person).get(page_of(dossier)))


def said(moment: datetime | None, before: int) -> str:
    assert moment
    with translation.override("en"):
        return day_in_words(timezone.localdate(moment - timedelta(days=before)))


def test_the_organisation_reads_when_it_is_reminded(world: World) -> None:
    dossier = world.dossier("draft")
    words = (
        f"We will remind you on {said(dossier.deadline_at, 30)}, and again on {said(dossier.deadline_at, 7)}."
    )
    assert words in seen(dossier, world.applicant)
    assert dossier.deadline_at
    with time_machine.travel(dossier.deadline_at - timedelta(days=20)):
        assert f"We will remind you on {said(dossier.deadline_at, 7)}." in seen(dossier, world.applicant)
    with time_machine.travel(dossier.deadline_at - timedelta(days=2)):
        assert "remind you" not in seen(dossier, world.applicant)


def test_others_read_nothing_of_it(world: World) -> None:
    dossier = world.dossier("draft")
    assert "remind you" not in seen(dossier, world.person("coordinator"))


def test_a_reviewer_reads_when_they_are_reminded_of_their_review(world: World) -> None:
    dossier = world.dossier("in_review")
    assignment = Assignment.objects.filter(dossier=dossier).order_by("pk")[0]
    first, later = said(assignment.due_at, 5), said(assignment.due_at + PATIENCE, 0)
    words = f"We will remind you on {first}, and again on {later}."
    assert words in seen(dossier, assignment.reviewer)
    Assignment.objects.filter(pk=assignment.pk).update(sent_at=timezone.now())
    assert "remind you" not in seen(dossier, assignment.reviewer)


def test_it_is_said_in_arabic_to_who_reads_arabic(world: World) -> None:
    dossier = world.dossier("draft")
    assert "سنذكرك في" in text_of(visitor(world.applicant, "ar").get(page_of(dossier)))
