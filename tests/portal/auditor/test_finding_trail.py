"""The trail of a finding, for those who read the trail of the file."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.reviews.amending import amend_text
from accreditation_engine.reviews.findings import Found, file_correction, name_owner, raise_finding
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.papers import pdf
from tests.support.world import World

KEY = ("institutional-commitment", "integrity-1")


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("reviewed")


@pytest.fixture
def finding(world: World, file: Dossier) -> Finding:
    """One with everything that can happen to it."""
    reviewer = Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer
    evidence = Evidence.objects.filter(dossier=file, criterion=KEY[1])
    found = Found(KEY, "major", "لا يوجد سجل", list(evidence), owner=world.applicant)
    finding = raise_finding(dossier=file, found=found, by=reviewer)
    amend_text(finding=finding, text="السجل لم يحدث", reason="قدم السجل", seen=1, by=reviewer)
    world.perform(file, "request_correction")
    upload = SimpleUploadedFile("register.pdf", pdf("register"))
    file_correction(finding=finding, upload=upload, by=world.applicant)
    name_owner(finding=finding, owner=None, by=world.applicant)
    world.perform(finding, "answer", comment="حدثنا السجل")
    return finding


def test_every_event_is_told_in_words(world: World, file: Dossier, finding: Finding) -> None:
    page = text_of(visitor(world.person("auditor")).get(page_of(file, "finding_trail", finding.pk)))
    for words in (
        "The finding was raised",
        "لا يوجد سجل",
        "Severity major nonconformity",
        "Who sees to it applicant",
        "Why the text is amended",
        "The text was amended; what it said before lies beside event 1",
        "A file that shows the correction was added",
        "Nobody in particular sees to it any more",
        "Report corrective action Open to Awaiting verification",
        "حدثنا السجل",
    ):
        assert words in page
    kinds = set(Event.objects.filter(stream=finding.pk).values_list("kind", flat=True))
    assert not [kind for kind in kinds if "_" in kind and f" {kind} " in page]


def test_trail_is_arabic_when_its_reader_is(world: World, file: Dossier, finding: Finding) -> None:
    page = text_of(visitor(world.person("auditor"), "ar").get(page_of(file, "finding_trail", finding.pk)))
    for words in ("سجلت الملاحظة", "سبب تعديل النص", "عدل النص", "عدم مطابقة جوهري"):
        assert words in page


def test_way_leads_from_the_file_and_its_trail_to_the_findings_trail(
    world: World, file: Dossier, finding: Finding
) -> None:
    address = page_of(file, "finding_trail", finding.pk)
    client = visitor(world.person("coordinator"))
    assert address in client.get(page_of(file)).content.decode()
    assert address in client.get(page_of(file, "trail")).content.decode()


def test_finding_of_a_rule_says_so(world: World) -> None:
    file = world.dossier("correcting", level=0.0)
    raised = Finding.objects.filter(dossier=file, rating="0.00")[0]
    page = text_of(visitor(world.person("auditor")).get(page_of(file, "finding_trail", raised.pk)))
    assert "The finding was raised by a rule" in page
    assert "Rating that raised it 0.00" in page


def test_nobody_reads_it_who_does_not_read_the_trail(world: World, file: Dossier, finding: Finding) -> None:
    address = page_of(file, "finding_trail", finding.pk)
    reviewer = Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer
    for person in (world.applicant, reviewer, world.person("panel"), world.stranger):
        assert visitor(person).get(address).status_code == 404
        assert visitor(person).post(address).status_code == 404
    other = world.dossier("reviewed")
    assert (
        visitor(world.person("auditor")).get(page_of(other, "finding_trail", finding.pk)).status_code == 404
    )


def test_verification_finds_a_forged_event(world: World, file: Dossier, finding: Finding) -> None:
    address = page_of(file, "finding_trail", finding.pk)
    client = visitor(world.person("auditor"))
    assert "Verified: 6 events stand as they were written" in text_of(client.post(address, follow=True))
    event = Event.objects.get(stream=finding.pk, seq=2)
    with lifted(connection):
        Event.objects.filter(pk=event.pk).update(body=bytes(event.body).replace(b"explained", b"exploited"))
    assert "An event was changed after it was written (event 2)" in text_of(client.post(address, follow=True))


def test_page_costs_the_same_however_much_has_happened(world: World, file: Dossier, finding: Finding) -> None:
    client = visitor(world.person("auditor"))
    before = queries_for(client, page_of(file, "finding_trail", finding.pk))
    world.perform(finding, "send_back")
    world.perform(finding, "answer")
    assert queries_for(client, page_of(file, "finding_trail", finding.pk)) == before <= 15
