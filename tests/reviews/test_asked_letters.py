"""Mail to a reviewer whom others gave a review."""

from __future__ import annotations

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import assign, release
from accreditation_engine.reviews.queue.claiming import claim
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "كلفت بمراجعة هذا الملف في موعد غايته"), ("en", "You are asked to review this file by")],
)
def test_whoever_is_given_a_review_is_told_by_when(world: World, language: str, words: str) -> None:
    file, reviewer = world.dossier("screening"), world.person("reviewer")
    User.objects.filter(pk=reviewer.pk).update(language=language)
    nobody_is_written_to()
    task = assign(dossier=file, reviewer=reviewer, by=world.person("coordinator"))
    told = {address: mail for mail in delivered() for address in mail.to}
    assert set(told) == {reviewer.email, world.applicant.email}
    mail = told[reviewer.email]
    body = str(mail.body)
    assert words in body
    assert file.number in body
    assert task.due_at is not None
    assert date_format(localtime(task.due_at), "Y") in body


def test_nobody_is_told_of_a_review_that_is_gone_again(world: World) -> None:
    file, reviewer, coordinator = (
        world.dossier("screening"),
        world.person("reviewer"),
        world.person("coordinator"),
    )
    nobody_is_written_to()
    task = assign(dossier=file, reviewer=reviewer, by=coordinator)
    release(assignment=task, by=coordinator, reason="-")
    assert delivered() == []


def test_whoever_takes_a_review_is_not_told_so(world: World) -> None:
    (file,), (reviewer,) = waiting(world, 1), reviewers(world, 1)
    nobody_is_written_to()
    claim(dossier=file, by=reviewer)
    assert delivered() == []
