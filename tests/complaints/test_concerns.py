"""A concern is raised by nobody whom the site knows, put to the organisation, and decided by a panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.complaints.auditing import AUDIT_CALLED
from accreditation_engine.complaints.domain import MOST_ADDED, Concern, Raised, add_to_concern, raise_concern
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import Contact, complaint_by_secret, story_of, waiting_for
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from tests.certificates.ending import take
from tests.support.renewing import running_out
from tests.support.world import World, later, overdue

TEXT, MAIL = "They asked for money that no price list names.", "salwa@example.org"


def raised(world: World, **more: Any) -> Raised:
    concern = Concern(TEXT, **{"name": "Salwa", "mail": MAIL, **more})
    return raise_concern(dossier=world.dossier("certified"), concern=concern)


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [each.code for each in refused.value.reasons]


def test_a_concern_is_put_to_the_organisation_answered_and_decided(world: World) -> None:
    first = raised(world)
    complaint, coordinator = first.complaint, world.person("coordinator")
    assert complaint_by_secret(first.secret) == complaint
    assert complaint_by_secret(complaint.receipt) is None
    add_to_concern(complaint=complaint, text="It happened twice.")
    story = story_of(complaint)
    assert [each.comment for each in story.said] == [TEXT, "It happened twice."]
    assert story.contact == Contact("Salwa", MAIL, "ar")
    assert list(waiting_for(coordinator.pk, "coordinator")) == [complaint]
    assert list(waiting_for(world.applicant.pk, "applicant")) == []
    world.perform(complaint, "admit")
    assert list(waiting_for(world.applicant.pk, "applicant")) == [complaint]
    world.perform(complaint, "answer", comment="It was a fee of the bank.")
    world.perform(complaint, "uphold", comment="The fee was the association's own.")
    assert complaint.state == "upheld"
    assert refused(lambda: add_to_concern(complaint=complaint, text="Thanks.")) == ["complaint_over"]
    assert list(verify_all()) == []


def test_an_organisation_that_does_not_answer_is_decided_on_without(world: World) -> None:
    complaint = raised(world).complaint
    assert refused(lambda: perform(complaint, "reject", world.person("coordinator"))) == ["comment_missing"]
    world.perform(complaint, "admit")
    sweep(now=timezone.now() + timedelta(days=22))
    assert Complaint.objects.get(pk=complaint.pk).state == "deciding"


def test_what_cannot_be_read_or_happened_is_refused_and_so_is_a_flood(world: World) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    dossier = world.dossier("certified")
    typed = {"about": "no-such", "happened_on": tomorrow, "mail": "nobody"}
    assert set(refused(lambda: raise_concern(dossier=dossier, concern=Concern(" ", **typed)))) == {
        "complaint_without_text",
        "unknown_criterion",
        "complaint_of_tomorrow",
        "complaint_bad_mail",
    }
    assert not Complaint.objects.exists()
    complaint = raise_concern(dossier=dossier, concern=Concern(TEXT)).complaint
    assert story_of(complaint).contact == Contact()
    for _time in range(MOST_ADDED):
        add_to_concern(complaint=complaint, text="And again.")
    assert refused(lambda: add_to_concern(complaint=complaint, text="And again.")) == ["complaint_full"]


def test_who_raised_it_can_be_erased_by_law(world: World) -> None:
    complaint = raised(world).complaint
    keys = [each.key for each in pieces_in_file(complaint.dossier_id) if MAIL in each.text]
    erase_in_file(
        dossier=complaint.dossier,
        keys=keys,
        reason="لطلب صاحبته",
        basis="قانون حماية البيانات",
        by=world.person("administrator"),
    )
    assert story_of(complaint).contact == Contact()
    assert story_of(complaint).said[0].comment == TEXT
    assert list(verify_all()) == []


def put_to_the_panel(world: World, dossier: Dossier | None = None) -> Complaint:
    concern = Concern(TEXT, name="Salwa", mail=MAIL)
    complaint = raise_concern(dossier=dossier or world.dossier("certified"), concern=concern).complaint
    world.perform(complaint, "admit")
    world.perform(complaint, "answer", comment="It was a fee of the bank.")
    return complaint


def test_an_upheld_concern_can_call_for_a_special_audit_in_the_same_step(world: World) -> None:
    complaint, due = put_to_the_panel(world), timezone.localdate() + timedelta(days=20)
    panel = world.perform(
        complaint, "uphold_with_audit", comment="File all fees of 2026.", data={"due_on": due.isoformat()}
    ).actor
    audit = Complaint.objects.get(pk=complaint.pk).audit
    assert audit is not None
    assert (audit.kind, audit.state, audit.due_on) == ("special_audit", "called", due)
    opened = told(Event.objects.filter(stream=audit.pk, seq=1))[0]
    assert opened.comment == "File all fees of 2026."
    assert opened.event.data["complaint"] == str(complaint.pk)
    assert (opened.event.actor, opened.event.role) == (panel, "panel")
    called = Event.objects.get(stream=complaint.pk, kind=AUDIT_CALLED)
    assert called.data["upkeep"] == str(audit.pk)
    assert list(verify_all()) == []
    Complaint.objects.filter(pk=complaint.pk).update(audit=None)
    assert [each.code for each in verify_all()] == ["complaint"]


def test_without_a_day_the_workflow_says_how_long_the_organisation_has(world: World) -> None:
    complaint = put_to_the_panel(world)
    world.perform(complaint, "uphold_with_audit", comment="File all fees of 2026.")
    audit = Upkeep.objects.get(concern=complaint)
    assert audit.due_on == timezone.localdate() + timedelta(days=60)


def test_an_audit_by_an_impossible_day_or_of_no_certificate_is_refused_and_upholding_is_not(
    world: World,
) -> None:
    complaint, panel = put_to_the_panel(world), world.person("panel")
    act = partial(perform, complaint, "uphold_with_audit", panel, comment="File all fees of 2026.")
    assert refused(lambda: act(data={"due_on": "soon"})) == ["upkeep_no_day"]
    assert refused(lambda: act(data={"due_on": "2020-01-01"})) == ["upkeep_due_in_the_past"]
    take(world, complaint.dossier.certificates.get(), "withdraw", comment="It asked for it.")
    assert refused(act) == ["nothing_to_audit"]
    assert not Upkeep.objects.filter(kind="special_audit").exists()
    world.perform(complaint, "uphold", comment="The certificate is withdrawn already.")
    assert complaint.state == "upheld"


def test_an_audit_is_possible_as_long_as_something_can_be_asked_of_a_suspended_certificate(
    world: World,
) -> None:
    """Its suspension may end before its last day, or outlast it."""

    def against(complaint: Complaint) -> list[str]:
        offered = {each.name: each for each in options(complaint, world.person("panel"))}
        return [each.code for each in offered["uphold_with_audit"].reasons]

    complaint = put_to_the_panel(world)
    certificate = complaint.dossier.certificates.get()
    world.perform(certificate, "suspend")
    with overdue(certificate):
        assert certificate.valid_until > timezone.localdate()
        assert against(complaint) == ["nothing_to_audit"]
    with running_out(world) as certificate:
        complaint = put_to_the_panel(world, certificate.dossier)
        world.perform(certificate, "suspend")
        with later(days=60):
            assert certificate.valid_until is not None
            assert certificate.valid_until < timezone.localdate()
            assert against(complaint) == []
            world.perform(complaint, "uphold_with_audit", comment="File all fees of 2026.")
    assert Upkeep.objects.filter(concern=complaint).exists()
