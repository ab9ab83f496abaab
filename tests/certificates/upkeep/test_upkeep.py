"""What keeps a certificate alive, on the workflows as they are shipped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.effects import Plan, days
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.engine.days import end_of
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.trail.content import timestamp
from tests.reviews.interests.scheme import refused
from tests.support.world import World, later


def certified(world: World) -> Certificate:
    return Certificate.objects.get(dossier=world.dossier("certified"))


def called(world: World, certificate: Certificate, kind: str = "surveillance") -> Upkeep:
    person = world.person("coordinator")
    return call_upkeep(certificate, kind=kind, actor=person, role="coordinator", reason="زيارة")  # type: ignore[arg-type]


def state_of(subject: Certificate | Upkeep) -> str:
    subject.refresh_from_db()
    return subject.state


def test_what_is_filed_in_time_is_looked_at_and_keeps_the_certificate_active(world: World) -> None:
    certificate = certified(world)
    upkeep = called(world, certificate)
    assert (upkeep.state, Letter.objects.filter(stream=upkeep.pk).count()) == ("called", 1)
    world.perform(upkeep, "file", comment="التقرير السنوي")
    world.perform(upkeep, "satisfy_on_conditions", comment="بشرط")
    world.perform(upkeep, "file", comment="استوفي الشرط")
    world.perform(upkeep, "satisfy", comment="قبل")
    with later(days=200):
        sweep()
    assert (state_of(upkeep), state_of(certificate)) == ("satisfied", "active")
    with later(days=400):
        assert list(verify_all()) == []


def test_whoever_files_early_is_not_due_earlier_when_it_comes_back(world: World) -> None:
    certificate = certified(world)
    upkeep = call_upkeep(
        certificate,
        kind="surveillance",
        actor=world.person("coordinator"),
        role="coordinator",
        reason="زيارة",
        due_on=timezone.localdate() + timedelta(days=200),
    )
    last = end_of(upkeep.due_on)
    for step in ("send_back", "satisfy_on_conditions"):
        world.perform(upkeep, "file", comment="مبكرا")
        event = world.perform(upkeep, step, comment="ناقص")
        assert (upkeep.deadline_at, event.data["deadline"]) == (last, timestamp(last))
    with later(days=150):
        world.perform(upkeep, "file", comment="كامل")
        world.perform(upkeep, "satisfy_on_conditions", comment="شرط آخر")
        assert upkeep.deadline_at is not None
        assert upkeep.deadline_at > last
        assert list(verify_all()) == []


def test_certificate_is_suspended_when_nothing_is_filed_and_the_panel_may_reinstate_it(world: World) -> None:
    certificate = certified(world)
    upkeep = called(world, certificate)
    with later(days=62):
        sweep()
        assert (state_of(upkeep), state_of(certificate)) == ("overdue", "suspended")
        world.perform(upkeep, "file_late", comment="متأخر")
        world.perform(upkeep, "send_back_late", comment="ناقص")
        world.perform(upkeep, "file_late", comment="كامل")
        assert state_of(certificate) == "suspended"
        event = world.perform(upkeep, "accept_late", comment="قبل")
        told = Letter.objects.filter(stream=upkeep.pk, seq=event.seq).values_list("role", flat=True)
        assert set(told) == {"applicant", "panel"}
        world.perform(certificate, "reinstate", comment="استوفي")
    assert (state_of(upkeep), state_of(certificate)) == ("satisfied", "active")


def test_suspension_by_upkeep_is_withdrawn_in_time_and_ends_what_is_asked(world: World) -> None:
    certificate = certified(world)
    upkeep = called(world, certificate, "special_audit")
    world.perform(upkeep, "file", comment="جوابنا")
    world.perform(upkeep, "pass_to_panel", comment="خطير")
    world.perform(upkeep, "find_unsatisfied", comment="لم يستوف")
    other = called(world, certificate, "yearly_filing")
    with later(days=200):
        sweep()
        assert state_of(certificate) == "withdrawn"
        assert (state_of(upkeep), state_of(other)) == ("not_satisfied", "ended")
        assert refused(lambda: called(world, certificate)) == ["certificate_over"]
    with later(days=400):
        assert list(verify_all()) == []


def test_what_is_overdue_ends_with_the_certificate_before_the_site_gets_to_it(world: World) -> None:
    certificate = certified(world)
    upkeep = called(world, certificate)
    with later(days=62):
        world.perform(certificate, "cancel", comment="بطلب المنظمة")
        sweep()
        assert (state_of(upkeep), state_of(certificate)) == ("ended", "cancelled")
        assert list(verify_all()) == []


def test_suspension_by_upkeep_is_lifted_on_appeal(world: World) -> None:
    certificate = certified(world)
    called(world, certificate)
    with later(days=62):
        sweep()
        world.perform(certificate, "appeal_suspension", comment="قدمنا في الموعد")
        world.perform(certificate, "uphold_appeal", comment="صحيح")
    assert state_of(certificate) == "active"


def test_call_is_refused_with_all_that_is_wrong(world: World) -> None:
    certificate, person = certified(world), world.person("coordinator")
    today = timezone.localdate()

    def call(kind: str, reason: str, day: date) -> list[str]:
        return refused(
            lambda: call_upkeep(
                certificate,
                kind=kind,  # type: ignore[arg-type]
                actor=person,
                role="coordinator",
                reason=reason,
                due_on=day,
            )
        )

    missing = ["upkeep_without_kind", "upkeep_without_reason"]
    assert call("party", " ", today - timedelta(days=1)) == [*missing, "upkeep_due_in_the_past"]
    assert call("surveillance", "x", today + timedelta(days=800)) == ["upkeep_due_too_late"]
    assert set(Upkeep.objects.values_list("state", flat=True)) == {"planned"}


def test_what_was_asked_twice_in_a_moment_is_asked_once_and_called_off_by_those_who_asked(
    world: World,
) -> None:
    certificate = certified(world)
    upkeep = called(world, certificate, "special_audit")
    assert called(world, certificate, "special_audit").pk == upkeep.pk
    assert called(world, certificate, "surveillance").pk != upkeep.pk
    panel = world.person("panel")
    with later(days=1):
        assert called(world, certificate, "special_audit").pk != upkeep.pk
        assert refused(lambda: perform(upkeep, "call_off", panel, comment="x")) == ["upkeep_asked_by_others"]
        world.perform(upkeep, "call_off", comment="طُلب خطأ")
    planned = Upkeep.objects.filter(certificate=certificate, state="planned").order_by("due_on")[0]
    with later(days=130):
        sweep()
        coordinator = world.person("coordinator")
        assert state_of(planned) == "called"
        assert "upkeep_asked_by_others" in refused(
            lambda: perform(planned, "call_off", coordinator, comment="x")
        )
    assert state_of(upkeep) == "called_off"


def test_shipped_scheme_plans_filings_and_surveillance_until_the_certificate_ends(world: World) -> None:
    certificate = certified(world)
    planned = list(Upkeep.objects.filter(certificate=certificate).order_by("due_on"))
    issued = certificate.issued_on
    assert [(each.kind, each.due_on) for each in planned] == [
        ("yearly_filing", issued + relativedelta(months=6)),
        ("surveillance", issued + relativedelta(years=1)),
        ("yearly_filing", issued + relativedelta(months=18)),
        ("surveillance", issued + relativedelta(years=2)),
        ("yearly_filing", issued + relativedelta(months=30)),
    ]
    assert certificate.valid_until == issued + relativedelta(years=3)
    assert {each.state for each in planned} == {"planned"}
    with later(days=130):
        sweep()
    assert [state_of(each) for each in planned] == ["called", *["planned"] * 4]
    with later(days=400):
        assert list(verify_all()) == []


def test_days_do_not_drift_and_what_overlaps_is_refused() -> None:
    plan = Plan(kind="surveillance", every="P1M", call="P10D")
    assert [due for _call, due in days(date(2026, 1, 31), date(2026, 4, 30), plan)] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
    ]
    with pytest.raises(ValueError, match="shorter than 'every'"):
        Plan(kind="surveillance", every="P1M", call="P2M")
    with pytest.raises(ValueError, match="no longer than 'first'"):
        Plan(kind="surveillance", first="P1M", every="P1Y", call="P2M")
