"""The life of a certificate: suspended, reinstated, withdrawn, cancelled, expired."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.status import public_status
from accreditation_engine.definitions.durations import after
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.organisations.models import Engagement, User
from accreditation_engine.trail.models import Event
from tests.certificates.ending import take
from tests.support.small import reviewed, small_scheme
from tests.support.world import World, later


@pytest.fixture
def certificate(world: World) -> Certificate:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    world.perform(file, "grant")
    return Certificate.objects.get(dossier=file)


def state(certificate: Certificate) -> str:
    return Certificate.objects.get(pk=certificate.pk).state


def last_day(certificate: Certificate) -> datetime:
    assert certificate.valid_until is not None
    return timezone.make_aware(datetime.combine(certificate.valid_until, time(12)))


def test_suspended_and_reinstated(world: World, certificate: Certificate) -> None:
    expires = certificate.deadline_at
    world.perform(certificate, "suspend")
    assert certificate.state == "suspended"
    world.perform(certificate, "reinstate")
    assert (certificate.state, certificate.deadline_at) == ("active", expires)
    assert list(verify_all()) == []


def test_a_suspension_that_nobody_resolves_ends_in_withdrawal_after_six_months(
    world: World, certificate: Certificate
) -> None:
    world.perform(certificate, "suspend")
    end = after(certificate.entered_at, "P6M")
    assert certificate.deadline_at == end
    sweep(now=end - timedelta(seconds=1))
    assert state(certificate) == "suspended"
    sweep(now=end)
    assert state(certificate) == "withdrawn"
    event = Event.objects.get(stream=certificate.pk, transition="withdraw_unresolved")
    assert (event.actor, event.role) == (None, "system")


def test_it_is_too_late_to_reinstate_after_six_months_swept_or_not(
    world: World, certificate: Certificate
) -> None:
    world.perform(certificate, "suspend")
    with later(days=190), pytest.raises(Refused) as refused:
        world.perform(certificate, "reinstate")
    assert [each.code for each in refused.value.reasons] == ["deadline_passed"]


def test_it_expires_when_its_last_day_is_over(world: World, certificate: Certificate) -> None:
    sweep(now=last_day(certificate))
    assert state(certificate) == "active"
    sweep(now=last_day(certificate) + timedelta(hours=13))
    assert state(certificate) == "expired"


def test_reinstated_after_its_last_day_it_expires(world: World, certificate: Certificate) -> None:
    with later(days=3 * 365 - 60):
        world.perform(certificate, "suspend")
    with later(days=3 * 365 + 60):
        world.perform(certificate, "reinstate")
        sweep()
    assert state(certificate) == "expired"


@pytest.mark.parametrize("suspended", [False, True])
def test_withdrawn_by_the_panel_and_cancelled_by_the_coordinator(
    world: World, certificate: Certificate, suspended: bool
) -> None:
    if suspended:
        world.perform(certificate, "suspend")
    take(world, certificate, "cancel" if suspended else "withdraw")
    assert certificate.state == ("cancelled" if suspended else "withdrawn")


def test_a_withdrawal_is_final_when_thirty_days_have_passed_and_nobody_has_appealed(
    world: World, certificate: Certificate
) -> None:
    world.perform(certificate, "decide_withdrawal", comment="حسابات مزورة")
    assert (certificate.state, public_status(certificate)) == ("withdrawal_decided", "suspended")
    end = after(certificate.entered_at, "P30D")
    sweep(now=end - timedelta(seconds=1))
    assert state(certificate) == "withdrawal_decided"
    sweep(now=end)
    assert state(certificate) == "withdrawn"
    with later(days=31):
        assert list(verify_all()) == []


@pytest.mark.parametrize(
    ("heard", "comes_to"),
    [("uphold_withdrawal_appeal", "active"), ("dismiss_withdrawal_appeal", "withdrawn")],
)
def test_an_appeal_against_a_withdrawal_is_heard_by_others_than_decided_it(
    world: World, certificate: Certificate, heard: str, comes_to: str
) -> None:
    world.perform(certificate, "decide_withdrawal", comment="حسابات مزورة")
    world.perform(certificate, "appeal_withdrawal", comment="الحسابات صحيحة")
    sweep(now=timezone.now() + timedelta(days=300))
    assert state(certificate) == "withdrawal_appealed", "what waits for the body runs out for nobody"
    decided = world.person("panel")
    grant_role(user=decided, role="appeal_panel", by=world.person("administrator"))
    with pytest.raises(Refused) as refused:
        perform(certificate, heard, decided, comment="x")
    assert [each.code for each in refused.value.reasons] == ["involved"]
    world.perform(certificate, heard, comment="نظرنا في الحسابات")
    assert state(certificate) == comes_to
    assert list(verify_all()) == []


def test_a_suspension_is_appealed_against_once(world: World, certificate: Certificate) -> None:
    """Else each appeal that is dismissed would give the holder its six months anew."""
    for step in ("suspend", "appeal_suspension", "dismiss_appeal"):
        world.perform(certificate, step)
    with pytest.raises(Refused):
        world.perform(certificate, "appeal_suspension")
    assert certificate.deadline_at == after(certificate.entered_at, "P3M")
    world.perform(certificate, "reinstate")
    assert certificate.state == "active"


@pytest.mark.parametrize("end", ["withdraw", "cancel"])
def test_what_has_ended_stays_ended(world: World, certificate: Certificate, end: str) -> None:
    take(world, certificate, end)
    for step in ("suspend", "reinstate", "decide_withdrawal", "appeal_withdrawal", "cancel", "expire"):
        with pytest.raises(Refused) as refused:
            world.perform(certificate, step)
        assert [each.code for each in refused.value.reasons] == ["wrong_state"]
    sweep(now=timezone.now() + timedelta(days=9000))
    assert state(certificate) == {"withdraw": "withdrawn", "cancel": "cancelled"}[end]


@pytest.mark.parametrize("step", ["suspend", "decide_withdrawal", "cancel"])
def test_a_step_against_a_holder_says_why(world: World, certificate: Certificate, step: str) -> None:
    person = world.person("coordinator" if step == "cancel" else "panel")
    with pytest.raises(Refused) as refused:
        perform(certificate, step, person)
    assert [each.code for each in refused.value.reasons] == ["comment_missing"]


@pytest.mark.parametrize("role", ["applicant", "coordinator", "reviewer", "appeal_panel", "auditor"])
def test_only_the_panel_suspends(world: World, certificate: Certificate, role: str) -> None:
    with pytest.raises(Refused) as refused:
        perform(certificate, "suspend", world.person(role), comment="-")
    assert [each.code for each in refused.value.reasons] == ["not_your_role"]


def involved(certificate: Certificate, person: User) -> list[str]:
    with pytest.raises(Refused) as refused:
        perform(certificate, "suspend", person, comment="-")
    (reason,) = refused.value.reasons
    assert reason.code == "involved"
    return list(reason.parameters["roles"])


def test_nobody_suspends_what_they_had_a_hand_in(world: World, certificate: Certificate) -> None:
    reviewer, coach, member = world.person("reviewer"), world.person("coach"), world.stranger
    organisation = certificate.dossier.organisation
    Engagement.objects.create(coach=coach, organisation=organisation, began_on=timezone.localdate())
    join(organisation=organisation, user=member, by=SYSTEM)
    for person in (reviewer, coach, member):
        grant_role(user=person, role="panel", by=SYSTEM)
    assert involved(certificate, reviewer) == ["reviewer"]
    assert involved(certificate, coach) == ["coach"]
    assert involved(certificate, member) == ["applicant"]
    assert state(certificate) == "active"
