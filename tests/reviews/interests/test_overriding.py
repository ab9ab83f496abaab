"""With an interest one judges only where two people have allowed it, each with a reason."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import engage, join, leave
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import Membership, User
from accreditation_engine.reviews.interests.declaring import declare, declare_none
from accreditation_engine.reviews.interests.models import Override
from accreditation_engine.reviews.interests.naming import name_tie
from accreditation_engine.reviews.interests.overriding import answer_override, propose_override
from accreditation_engine.reviews.rules import reviewer_unfit
from accreditation_engine.trail.models import Event
from tests.support.small import ask, fill
from tests.support.world import World, at_once

from .scheme import asked, declaring_scheme, refused, second_coordinator


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    declaring_scheme(world)


@pytest.fixture
def file(world: World) -> Dossier:
    """One of whose organisation the first reviewer was a member once."""
    dossier = world.dossier("in_review", scheme="mini")
    leave(
        membership=join(organisation=dossier.organisation, user=world.person("reviewer"), by=SYSTEM),
        by=SYSTEM,
    )
    return dossier


def proposed(
    world: World, file: Dossier, person: User | None = None, reason: str = "لا مراجع غيره"
) -> Override:
    return propose_override(
        dossier=file, person=person or world.person("reviewer"), reason=reason, by=world.person("coordinator")
    )


def answered(world: World, override: Override, allow: bool = True, by: User | None = None) -> None:
    answer_override(
        override=override,
        allow=allow,
        reason="ترك العمل بها منذ سنين",
        by=by or world.person("administrator"),
    )


def test_two_people_make_somebody_fit(world: World, file: Dossier) -> None:
    reviewer = world.person("reviewer")
    assert [each.code for each in reviewer_unfit(file, reviewer)] == ["has_interest"]
    override = proposed(world, file)
    assert [each.code for each in reviewer_unfit(file, reviewer)] == ["has_interest"]
    answered(world, override)
    assert reviewer_unfit(file, reviewer) == []
    assignment = ask(world, file, reviewer)
    declare_none(dossier=file, role="reviewer", by=reviewer)
    fill(assignment, "4", "4", "4")
    perform(file, "send_review", reviewer)
    assert list(verify_all()) == []


def test_it_holds_for_this_file_alone(world: World, file: Dossier) -> None:
    answered(world, proposed(world, file))
    other = Dossier.objects.get(pk=world.dossier("in_review", scheme="mini").pk)
    membership = Membership.objects.get(user=world.person("reviewer"))
    membership.pk, membership.organisation = None, other.organisation
    membership.save()
    assert [each.code for each in reviewer_unfit(other, world.person("reviewer"))] == ["has_interest"]


def test_steps_that_bar_former_members_let_them_pass(world: World) -> None:
    """`not_involved: {as: [applicant]}` of the shipped scheme."""
    file = world.dossier("deciding")
    member = world.person("panel")
    leave(membership=join(organisation=file.organisation, user=member, by=SYSTEM), by=SYSTEM)
    assert refused(lambda: perform(file, "vote", member, data={"choice": "certify"})) == ["involved"]
    answered(world, proposed(world, file, member))
    perform(file, "vote", member, data={"choice": "certify"})
    assert list(verify_all()) == []


def test_events_say_who_for_whom_and_what_is_known(world: World, file: Dossier) -> None:
    answered(world, proposed(world, file))
    first, second = Event.objects.filter(stream=file.pk, kind__startswith="override").order_by("seq")
    reviewer = world.person("reviewer")
    assert first.data == {
        "person": str(reviewer.pk),
        "name_digest": reviewer.name_digest,
        "interests": ["former_member"],
    }
    assert second.data == {**first.data, "proposed": first.seq}
    assert (first.role, second.role) == ("coordinator", "administrator")


def test_everybody_who_may_be_the_second_person_is_told(world: World, file: Dossier) -> None:
    other = second_coordinator(world)
    proposed(world, file)
    told = {each.person for each in Letter.objects.filter(kind="override_proposed")}
    assert told == {other, world.person("administrator")}


def test_same_person_twice_is_refused(world: World, file: Dossier) -> None:
    override, coordinator = proposed(world, file), world.person("coordinator")
    assert refused(lambda: answered(world, override, by=coordinator)) == ["second_person"]
    assert refused(lambda: answered(world, override, allow=False, by=coordinator)) == ["second_person"]
    assert Override.objects.get().answered_at is None


def test_database_refuses_the_same_person_twice(world: World, file: Dossier) -> None:
    override = proposed(world, file)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=override.pk).update(answered_by=override.proposed_by, allowed=True)


def test_nobody_allows_themselves(world: World, file: Dossier) -> None:
    reviewer = world.new_person("both", "reviewer", "administrator")
    leave(membership=join(organisation=file.organisation, user=reviewer, by=SYSTEM), by=SYSTEM)
    override = proposed(world, file, reviewer)
    assert refused(lambda: answered(world, override, by=reviewer)) == ["own_override", "interest_bars"]
    coordinator = world.person("coordinator")
    assert refused(lambda: proposed(world, file, coordinator)) == ["own_override", "no_interest_known"]


def test_second_person_has_no_interest_either(world: World, file: Dossier) -> None:
    override, administrator = proposed(world, file), world.person("administrator")
    join(organisation=file.organisation, user=administrator, by=SYSTEM)
    assert refused(lambda: answered(world, override)) == ["interest_bars"]
    join(organisation=file.organisation, user=world.person("coordinator"), by=SYSTEM)
    assert refused(lambda: proposed(world, file)) == ["interest_bars"]
    assert administrator.pk


def test_others_neither_propose_nor_answer(world: World, file: Dossier) -> None:
    for role in ("reviewer", "panel", "auditor", "applicant"):
        person = world.person(role, 1) if role == "reviewer" else world.person(role)
        assert refused(
            lambda person=person: propose_override(
                dossier=file, person=world.person("reviewer"), reason="x", by=person
            )
        ) in (["not_your_role"], ["declare_first"])
    override = proposed(world, file)
    assert refused(lambda: answered(world, override, by=world.person("auditor"))) == ["not_your_role"]


def test_what_was_refused_stays_refused_and_can_be_proposed_again(world: World, file: Dossier) -> None:
    answered(world, proposed(world, file), allow=False)
    assert [each.code for each in reviewer_unfit(file, world.person("reviewer"))] == ["has_interest"]
    answered(world, proposed(world, file))
    assert reviewer_unfit(file, world.person("reviewer")) == []
    assert list(verify_all()) == []


def test_one_proposal_waits_at_a_time(world: World, file: Dossier) -> None:
    override = proposed(world, file)
    assert refused(lambda: proposed(world, file)) == ["override_open"]
    answered(world, override)
    assert refused(lambda: answered(world, override)) == ["override_closed"]
    assert refused(lambda: proposed(world, file)) == ["no_interest_known"]


@pytest.mark.parametrize("tie", ["member", "coach"])
def test_nobody_allows_members_or_coaches(world: World, file: Dossier, tie: str) -> None:
    person = world.person("reviewer", 1)
    if tie == "member":
        join(organisation=file.organisation, user=person, by=SYSTEM)
    else:
        engage(coach=person, organisation=file.organisation, began_on=file.opened_at.date(), by=SYSTEM)
    assert refused(lambda: proposed(world, file, person)) == ["interest_final"]


def test_reason_is_asked_for_twice(world: World, file: Dossier) -> None:
    assert refused(lambda: proposed(world, file, reason=" ")) == ["comment_missing"]
    override = proposed(world, file)
    with pytest.raises(Refused):
        answer_override(override=override, allow=True, reason="", by=world.person("administrator"))
    assert Override.objects.get().answered_at is None


def test_interest_that_comes_up_later_is_not_covered(world: World, file: Dossier) -> None:
    answered(world, proposed(world, file))
    assignment = ask(world, file, world.person("reviewer"))
    assert parts_in(assignment.reviewer, file).undeclared == {"reviewer"}
    name_tie(
        dossier=file,
        name=assignment.reviewer.name,
        kind="family",
        reason="زوج أمينة الصندوق",
        by=world.applicant,
    )
    assert parts_in(assignment.reviewer, file).barred == {"reviewer"}
    assert reviewer_unfit(file, assignment.reviewer)[1].parameters["interests"] == ["former_member", "family"]
    answered(world, proposed(world, file))
    assert parts_in(assignment.reviewer, file).barred == set()


def test_who_declares_after_all_is_barred_again(world: World, file: Dossier) -> None:
    answered(world, proposed(world, file))
    assignment = ask(world, file, world.person("reviewer"))
    declare(dossier=file, role="reviewer", ties={"family": "x"}, by=assignment.reviewer)
    assert [each.code for each in reviewer_unfit(file, assignment.reviewer)] == ["has_interest"]


@pytest.mark.django_db(transaction=True)
def test_answered_once_when_two_answer_at_once(world: World, file: Dossier) -> None:
    override, other = proposed(world, file), second_coordinator(world)
    outcomes = at_once(
        lambda: answered(world, override), lambda: answered(world, override, allow=False, by=other)
    )
    assert [type(each) for each in outcomes].count(Refused) == 1
    assert list(verify_all()) == []


def test_asked_reviewer_is_not_barred_by_what_was_allowed(world: World, file: Dossier) -> None:
    answered(world, proposed(world, file))
    assignment = asked(world, 0, file)
    assert parts_in(assignment.reviewer, file).known == {"reviewer"}
