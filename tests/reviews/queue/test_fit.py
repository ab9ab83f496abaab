"""Who is offered a file is who may claim it: the rule in SQL over many files, and the one that a claim is judged
by, say the same of everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.domain import engage, join
from accreditation_engine.organisations.models import Membership, User
from accreditation_engine.reviews.interests.models import Interest, Objection, Override
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.asked_often import may_take
from accreditation_engine.reviews.queue.waiting import offered_to
from accreditation_engine.reviews.rules import reviewer_unfit
from tests.support.world import World

from .waiting_files import QUEUED, ask_for, reviewers, waiting

pytestmark = pytest.mark.django_db

Tie = Callable[[Dossier, User], object]


def acts_for(file: Dossier, person: User) -> None:
    join(organisation=file.organisation, user=person, by=SYSTEM)


def acted_for(file: Dossier, person: User) -> None:
    acts_for(file, person)
    Membership.objects.filter(user=person).update(ended_at=timezone.now())


def coaches(file: Dossier, person: User) -> None:
    engage(coach=person, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)


def shares_an_employer(file: Dossier, person: User) -> None:
    person.employer, person.employer_folded = file.organisation.name_en, file.organisation.name_en.lower()
    person.save()


def decided(file: Dossier, person: User) -> None:
    record(file.pk, "looked", person, role="panel")


def declared(file: Dossier, person: User) -> None:
    Interest.objects.create(
        dossier=file, person=person, kind="family", role="reviewer", seq=1, declared_at=timezone.now()
    )


def objected(file: Dossier, person: User) -> None:
    assignment = ask_for(file, person)
    Assignment.objects.filter(pk=assignment.pk).update(released_at=timezone.now())
    Objection.objects.create(
        dossier=file,
        assignment=assignment,
        reviewer=person,
        seq=1,
        made_at=timezone.now(),
        answered_at=timezone.now(),
        upheld=True,
    )


TIES: list[Tie] = [acts_for, acted_for, coaches, shares_an_employer, decided, declared, objected]


@pytest.mark.parametrize("tie", TIES, ids=lambda tie: tie.__name__)
def test_whoever_has_an_interest_is_offered_nothing(world: World, tie: Tie) -> None:
    (file, another), (me,) = waiting(world, 2), reviewers(world, 1)
    tie(file, me)
    assert [each.code for each in reviewer_unfit(file, me)] == ["has_interest"]
    assert list(offered_to(me)) == [another]
    assert (may_take(file, me), may_take(another, me)) == (False, True)


@pytest.mark.parametrize("tie", [acted_for, shares_an_employer, declared], ids=lambda tie: tie.__name__)
def test_whoever_two_people_allow_is_offered_it_all_the_same(world: World, tie: Tie) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    tie(file, me)
    allow(world, file, me)
    assert reviewer_unfit(file, me) == []
    assert list(offered_to(me)) == [file]
    assert may_take(file, me)


def test_reviewers_rotate_where_the_workflow_says_so(world: World) -> None:
    text = QUEUED.replace("due: P21D", "due: P21D, rotate: true")
    (earlier,), (me, other) = waiting(world, 1, text=text), reviewers(world, 2)
    Assignment.objects.filter(pk=ask_for(earlier, me).pk).update(sent_at=timezone.now())
    Dossier.objects.filter(pk=earlier.pk).update(opened_at=timezone.now() - timedelta(days=400))
    file = again(world, earlier)
    assert [each.code for each in reviewer_unfit(file, me)] == ["has_interest"]
    assert file not in offered_to(me)
    assert file in offered_to(other)
    assert (may_take(file, me), may_take(file, other)) == (False, True)
    allow(world, file, me)
    assert reviewer_unfit(file, me) == []
    assert file in offered_to(me)


def again(world: World, earlier: Dossier) -> Dossier:
    (file,) = open_dossiers(organisations=[earlier.organisation], scheme="queued", by=SYSTEM, role="system")
    return file


def allow(world: World, file: Dossier, person: User) -> None:
    Override.objects.create(
        dossier=file,
        person=person,
        interests=[],
        proposed_by=world.person("coordinator"),
        seq=1,
        proposed_at=timezone.now(),
        answered_by=world.person("administrator"),
        answered_seq=2,
        answered_at=timezone.now(),
        allowed=True,
    )
