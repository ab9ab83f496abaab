"""Files that wait for reviewers, under a scheme that is quickly opened."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.registering import register_organisations
from accreditation_engine.reviews.models import Assignment, Origin
from accreditation_engine.reviews.queue.claiming import claim
from tests.support.small import RUBRIC
from tests.support.world import World

QUEUED = """\
workflow: queued
edition: "1"
title: {ar: في الانتظار, en: Queued}
rubrics: [mini]
subject: dossier
initial: in_review
reviewing: {places: 2, claim: true, due: P21D}
states:
  in_review:
    title: {ar: قيد المراجعة, en: In review}
    waits_for: reviewer
    shows: {reviewer: [answers, own_ratings], coordinator: [answers, ratings, trail]}
  paused: {title: {ar: متوقف, en: Paused}, waits_for: coordinator, shows: {coordinator: [trail]}}
  done: {title: {ar: تم, en: Done}, final: true, shows: {coordinator: [trail]}}
transitions:
  send_review:
    title: {ar: تسليم المراجعة, en: Send the review}
    from: [in_review]
    to: in_review
    by: [reviewer]
    requires: [own_review_complete]
    then: [close_own_review]
  pause: {title: {ar: إيقاف, en: Pause}, from: [in_review], to: paused, by: [coordinator]}
  resume: {title: {ar: استئناف, en: Resume}, from: [paused], to: in_review, by: [coordinator]}
  close:
    title: {ar: إغلاق, en: Close}
    from: [in_review]
    to: done
    by: [coordinator]
    requires: [{reviews_complete: 1}]
"""


def waiting(world: World, count: int, *, places: int = 2, text: str = QUEUED) -> list[Dossier]:
    """New files of `count` new organisations, each with so many places that are all open."""
    world.scheme(text.replace("places: 2", f"places: {places}"), RUBRIC)
    first = Organisation.objects.count()
    new = [
        Organisation(
            name_ar=f"جمعية {number}",
            name_en=f"Association {number}",
            registration_number=f"QUEUE-{number:05d}",
        )
        for number in range(first, first + count)
    ]
    organisations = register_organisations(new, by=SYSTEM)
    return open_dossiers(organisations=organisations, scheme="queued", by=SYSTEM, role="system")


def reviewers(world: World, count: int) -> list[User]:
    """So many new people who may review under every scheme."""
    return [world.new_person(f"reader{number}", "reviewer") for number in range(count)]


def claim_by(dossier: Dossier, *people: User) -> list[Assignment]:
    return [claim(dossier=dossier, by=each) for each in people]


def ask_for(dossier: Dossier, reviewer: User, due_in_days: int | None = 21) -> Assignment:
    """A row alone, for tests of what is read: no event stands behind it."""
    now = timezone.now()
    return Assignment.objects.create(
        dossier=dossier,
        reviewer=reviewer,
        origin=Origin.ASSIGNED,
        assigned_at=now,
        due_at=None if due_in_days is None else now + timedelta(days=due_in_days),
    )
