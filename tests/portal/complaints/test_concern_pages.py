"""Concerns on pages: raised by a stranger, read by those whose part it is, never with a name before the
organisation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import override

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Standing, User
from accreditation_engine.portal.auditor.access import Desk
from accreditation_engine.portal.calendar.entries import entries_of
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.post import delivered
from tests.support.world import World

TEXT, NAME, MAIL = "They asked for money.", "Salwa Example", "salwa@example.org"


@pytest.fixture
def certificate(world: World) -> Certificate:
    return Certificate.objects.select_related("dossier").get(dossier=world.dossier("certified"))


def raised(certificate: Certificate, **more: str) -> Any:
    typed = {"text": TEXT, "name": NAME, "mail": MAIL, "about": "", "happened_on": "", **more}
    return visitor().post(reverse("complain", args=[certificate.number]), typed)


def pressed(client: Client, complaint: Complaint, step: str, said: str = "", **more: str) -> Any:
    address = page_of(complaint.dossier, "complaint", complaint.pk)
    typed = {"transition": step, "comment": said, "version": hidden(client.get(address), "version"), **more}
    return client.post(address, typed)


def test_a_stranger_raises_a_concern_and_follows_it(
    world: World, certificate: Certificate, django_capture_on_commit_callbacks: Any
) -> None:
    entry = visitor().get(reverse("register_entry", args=[certificate.number]))
    form = reverse("complain", args=[certificate.number])
    assert form in entry.content.decode()
    assert queries_for(visitor(), form) <= 15
    with django_capture_on_commit_callbacks(execute=True):
        response = raised(certificate)
    assert response.status_code == 302
    receipt = response.url
    assert receipt in mail.outbox[-1].body
    assert mail.outbox[-1].to == [MAIL]
    stranger = visitor()
    assert TEXT in text_of(stranger.get(receipt))
    assert NAME not in text_of(stranger.get(receipt))
    assert queries_for(stranger, receipt) <= 15
    holder = certificate.dossier.organisation
    page = stranger.get(receipt)
    assert holder.name_in("en") in text_of(page)
    assert reverse("register_organisation", args=[holder.pk]) in page.content.decode()
    assert stranger.post(receipt, {"text": "Twice even."}).status_code == 302
    assert "Twice even." in text_of(stranger.get(receipt))
    assert stranger.post(receipt, {"text": ""}).status_code == 409
    complaint = Complaint.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert pressed(visitor(world.person("coordinator")), complaint, "admit").status_code == 302
    assert complaint.number in mail.outbox[-1].subject
    assert "Put to the organisation" in text_of(stranger.get(receipt))


def test_what_is_wrong_is_told_and_what_was_typed_stays(world: World, certificate: Certificate) -> None:
    response = raised(certificate, text="", mail="nobody")
    assert response.status_code == 409
    assert NAME in response.content.decode()
    assert raised(certificate, website="http://buy.example").status_code == 409
    assert not Complaint.objects.exists()
    for _time in range(20):
        assert raised(certificate, mail="").status_code == 302
    assert raised(certificate).status_code == 429


def test_the_organisation_reads_it_once_it_is_put_to_it_and_never_who_raised_it(
    world: World, certificate: Certificate
) -> None:
    raised_at = raised(certificate).url
    complaint = Complaint.objects.select_related("dossier").get()
    address = page_of(complaint.dossier, "complaint", complaint.pk)
    applicant, coordinator, panel = (
        visitor(world.person(role)) for role in ("applicant", "coordinator", "panel")
    )
    for early in (applicant, panel, visitor(world.stranger), visitor(world.person("reviewer"))):
        assert early.get(address).status_code == 404
    assert "Received, for less than a day" in text_of(coordinator.get(reverse("home")))
    assert queries_for(coordinator, reverse("home")) <= 15
    page = text_of(coordinator.get(address))
    assert NAME in page
    assert MAIL in page
    assert queries_for(coordinator, address) <= 15
    assert pressed(coordinator, complaint, "admit").status_code == 302
    assert address in applicant.get(reverse("home")).content.decode()
    due = Complaint.objects.get().deadline_at
    assert due is not None
    assert f"Answer it by {date_format(localdate(due), 'j F Y')}." in text_of(applicant.get(reverse("home")))
    assert queries_for(applicant, reverse("home")) <= 15
    for reads in (applicant, panel):
        page = text_of(reads.get(address))
        assert TEXT in page
        assert NAME not in page
        assert MAIL not in page
    assert pressed(applicant, complaint, "answer", "A fee of the bank.").status_code == 302
    assert address in panel.get(reverse("home")).content.decode()
    assert queries_for(panel, reverse("home")) <= 15
    assert pressed(panel, complaint, "dismiss", "It was.").status_code == 302
    assert "It is over." in text_of(visitor().get(raised_at))
    certificates = applicant.get(page_of(complaint.dossier, "certificate", certificate.pk))
    assert complaint.number in text_of(certificates)
    trail = text_of(coordinator.get(page_of(complaint.dossier, "trail")))
    assert trail


def test_the_panel_calls_for_a_special_audit_and_the_pages_lead_to_each_other(
    world: World, certificate: Certificate, django_capture_on_commit_callbacks: Any
) -> None:
    raised(certificate)
    complaint = Complaint.objects.select_related("dossier").get()
    world.perform(complaint, "admit")
    world.perform(complaint, "answer", comment="A fee of the bank.")
    panel, applicant = visitor(world.person("panel")), visitor(world.applicant)
    address = page_of(complaint.dossier, "complaint", complaint.pk)
    assert "the organisation has 60 days" in text_of(panel.get(address))
    response = pressed(panel, complaint, "uphold_with_audit", "File all fees.", due_on="2020-01-31")
    assert response.status_code == 409
    page = response.content.decode()
    assert 'value="2020-01-31"' in page
    assert "File all fees." in page
    assert "has passed" in text_of(response)
    due = timezone.localdate() + timedelta(days=20)
    with django_capture_on_commit_callbacks(execute=True):
        response = pressed(panel, complaint, "uphold_with_audit", "File all fees.", due_on=due.isoformat())
    assert response.status_code == 302
    audit = Upkeep.objects.get(concern=complaint)
    at = page_of(complaint.dossier, "upkeep", certificate.pk, audit.pk)
    for reads in (panel, applicant):
        assert at in reads.get(address).content.decode()
        assert address in reads.get(at).content.decode()
        assert "File all fees." in text_of(reads.get(at))
        assert queries_for(reads, address) <= 15
        assert queries_for(reads, at) <= 15
    assert at in applicant.get(reverse("home")).content.decode()


def test_the_organisation_is_told_by_letter_what_is_asked_and_by_when(
    world: World, certificate: Certificate
) -> None:
    raised(certificate, mail="")
    complaint = Complaint.objects.select_related("dossier").get()
    world.perform(complaint, "admit")
    world.perform(complaint, "answer", comment="A fee of the bank.")
    User.objects.update(language="en")
    delivered()
    due = timezone.localdate() + timedelta(days=20)
    world.perform(complaint, "uphold_with_audit", comment="File all fees.", data={"due_on": due.isoformat()})
    (letter,) = (each for each in delivered() if each.to == [world.applicant.email])
    body = re.sub("[\u2066-\u2069]", "", str(letter.body))
    assert "The concern about your organisation is upheld" in body
    assert f"Special audit of the certificate, file {complaint.dossier.number}, until " in body
    assert date_format(due, "j F Y") in body


def test_an_auditor_who_acts_for_the_organisation_does_not_find_who_raised_it_on_the_desk(
    world: World, certificate: Certificate
) -> None:
    raised(certificate)
    complaint = Complaint.objects.select_related("dossier__organisation").get()
    auditor = world.person("auditor")
    assert Desk(auditor, None, ()).may_see(complaint.pk)
    assert Desk(auditor, frozenset({complaint.dossier.scheme}), ()).may_see(complaint.pk)
    join(organisation=complaint.dossier.organisation, user=auditor, by=SYSTEM)
    assert not Desk(auditor, None, ()).may_see(complaint.pk)
    assert not Desk(auditor, frozenset({complaint.dossier.scheme}), ()).may_see(complaint.pk)


def test_the_day_by_which_to_answer_stands_in_the_calendar_of_the_organisation(
    world: World, certificate: Certificate
) -> None:
    def titles(person: User = world.applicant) -> list[str]:
        concerns = (each for each in entries_of(person) if each.key.startswith("concern-"))
        return [re.sub("[\u2066-\u2069]", "", each.title) for each in concerns]

    raised(certificate)
    complaint, reader = Complaint.objects.get(), world.new_person("reader")
    join(organisation=complaint.dossier.organisation, user=reader, by=SYSTEM, standing=Standing.READER)
    assert titles() == []
    world.perform(complaint, "admit")
    with override("en"):
        assert titles() == [f"Deadline of concern {complaint.number}"]
        assert titles(reader) == [], "who reads alone answers nothing"
    world.perform(complaint, "answer", comment="A fee of the bank.")
    assert titles() == []
