"""A tie that was declared by mistake is taken back: with a reason, and once another person has confirmed it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import assign
from accreditation_engine.reviews.interests.declaring import declare
from accreditation_engine.reviews.interests.models import Interest, TieWithdrawal
from accreditation_engine.reviews.interests.withdrawing import answer_withdrawal, withdraw_tie
from accreditation_engine.reviews.rules import reviewer_unfit
from accreditation_engine.trail.models import Event
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import World

from .scheme import asked, declaring_scheme, free, refused, second_coordinator


def mistaken(world: World) -> tuple[Dossier, User, Interest]:
    """A reviewer declared a tie, and lost the review by it."""
    declaring_scheme(world)
    assignment = asked(world)
    file, me = assignment.dossier, assignment.reviewer
    declare(dossier=file, role="reviewer", ties={"family": "ابن عمي"}, by=me)
    return file, me, Interest.objects.get()


def kinds(file: Dossier) -> list[str]:
    return list(Event.objects.filter(stream=file.pk).order_by("seq").values_list("kind", flat=True))


def test_the_tie_holds_until_a_coordinator_confirms_the_mistake_and_the_file_opens_only_then(
    world: World,
) -> None:
    file, me, tie = mistaken(world)
    coordinator = world.person("coordinator")
    withdrawal = withdraw_tie(interest=tie, reason="تشابه أسماء", by=me)
    assert [each.code for each in reviewer_unfit(file, me)] == ["has_interest"]
    assert refused(lambda: assign(dossier=file, reviewer=me, by=coordinator)) == ["has_interest"]
    answer_withdrawal(withdrawal=withdrawal, confirm=True, reason="سألته", by=coordinator)
    assert reviewer_unfit(file, me) == []
    assignment = assign(dossier=file, reviewer=me, by=coordinator)
    assert parts_in(me, file).open == frozenset(), "interests are declared anew"
    free(assignment)
    assert parts_in(me, file).open == {"reviewer"}
    assert kinds(file)[-6:-2] == [
        "interest_declared",
        "released",
        "tie_withdrawal_asked",
        "tie_withdrawal_confirmed",
    ]
    assert list(verify_all()) == []


def test_a_tie_that_stands_goes_on_barring_and_can_be_taken_back_again(world: World) -> None:
    file, me, tie = mistaken(world)
    withdrawal = withdraw_tie(interest=tie, reason="خطأ", by=me)
    assert refused(lambda: withdraw_tie(interest=tie, reason="خطأ", by=me)) == ["withdrawal_open"]
    coordinator = world.person("coordinator")
    answer_withdrawal(withdrawal=withdrawal, confirm=False, reason="بل هو قريبه", by=coordinator)
    assert [each.code for each in reviewer_unfit(file, me)] == ["has_interest"]
    again = withdraw_tie(interest=tie, reason="هذه وثيقة النسب", by=me)
    answer_withdrawal(withdrawal=again, confirm=True, reason="صحيح", by=coordinator)
    assert refused(lambda: withdraw_tie(interest=tie, reason="خطأ", by=me)) == ["tie_withdrawn"]


def test_nobody_takes_back_what_others_declared_nor_confirms_their_own_mistake(world: World) -> None:
    file, me, tie = mistaken(world)
    other, coordinator = world.person("reviewer", 1), world.person("coordinator")
    assert refused(lambda: withdraw_tie(interest=tie, reason="خطأ", by=other)) == ["not_your_tie"]
    assert refused(lambda: withdraw_tie(interest=tie, reason=" ", by=me)) == ["comment_missing"]
    declare(dossier=file, role="coordinator", ties={"other": "جار"}, by=coordinator)
    own = withdraw_tie(interest=Interest.objects.get(role="coordinator"), reason="ليس جاري", by=coordinator)
    for person in (coordinator, me, world.applicant):
        assert refused(lambda by=person: answered(own, by)), person
    second = second_coordinator(world)
    answered(own, second)
    assert refused(lambda: answered(own, second)) == ["withdrawal_closed"]
    with pytest.raises(IntegrityError), transaction.atomic():
        TieWithdrawal.objects.filter(pk=own.pk).update(answered_by=own.person)


def answered(withdrawal: TieWithdrawal, by: User) -> None:
    answer_withdrawal(withdrawal=withdrawal, confirm=True, reason="تحققت", by=by)


def test_both_sides_are_told_by_mail(world: World) -> None:
    file, me, tie = mistaken(world)
    nobody_is_written_to()
    withdrawal = withdraw_tie(interest=tie, reason="تشابه أسماء", by=me)
    (mail,) = delivered()
    assert mail.to == [world.person("coordinator").email]
    answered(withdrawal, world.person("coordinator"))
    (mail,) = delivered()
    assert mail.to == [me.email]
    assert file.number in str(mail.body)
