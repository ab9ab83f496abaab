"""Files with concerns on pages: sent without a script, and read by whoever reads the text that they came with."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.complaints.models import Complaint, ComplaintFile
from accreditation_engine.portal.complaints import public_views
from tests.complaints.test_files_of_concerns import paper, photograph
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.papers import pdf
from tests.support.world import World

TEXT = "They asked for money."


@pytest.fixture
def certificate(world: World) -> Certificate:
    return Certificate.objects.select_related("dossier").get(dossier=world.dossier("certified"))


def raised(certificate: Certificate, *files: SimpleUploadedFile) -> Any:
    return visitor().post(reverse("complain", args=[certificate.number]), {"text": TEXT, "files": files})


def address_of(filed: ComplaintFile) -> str:
    return page_of(filed.complaint.dossier, "complaint_file", filed.complaint_id, filed.pk)


def saved(client: Client, filed: ComplaintFile) -> Any:
    response = client.get(address_of(filed))
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_whoever_raises_a_concern_sends_files_and_reads_that_they_came(
    world: World, certificate: Certificate
) -> None:
    form = text_of(visitor().get(reverse("complain", args=[certificate.number])))
    assert "From photographs we remove where, when" in form
    address = reverse("complain", args=[certificate.number])
    again = [visitor().post(address, {"mail": "x", "files": each}) for each in ([], [paper()])]
    assert ["Choose the files again" in text_of(each) for each in again] == [False, True]
    response = raised(certificate, photograph(), paper())
    assert response.status_code == 302
    complaint = Complaint.objects.get()
    page = visitor().get(response.url)
    assert f"{complaint.number}-1.jpg" in text_of(page)
    for filed in ComplaintFile.objects.all():
        assert str(filed.pk) not in page.content.decode()
    more = visitor().post(response.url, {"text": "One more.", "files": [paper("b.pdf")]})
    assert more.status_code == 302
    assert f"{complaint.number}-3.pdf" in text_of(visitor().get(response.url))
    assert queries_for(visitor(), response.url) <= 15


def test_files_are_read_by_whoever_reads_the_text_and_only_as_attachments(
    world: World, certificate: Certificate
) -> None:
    raised(certificate, photograph())
    filed = ComplaintFile.objects.select_related("complaint__dossier").get()
    coordinator, applicant = visitor(world.person("coordinator")), visitor(world.applicant)
    response = coordinator.get(address_of(filed))
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{filed.name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"Salwa" not in b"".join(response.streaming_content)
    for early in (applicant, visitor(world.person("panel")), visitor(world.person("reviewer"))):
        assert early.get(address_of(filed)).status_code == 404
    assert visitor().get(address_of(filed)).status_code == 302  # to the page for signing in
    world.perform(filed.complaint, "admit")
    page = applicant.get(page_of(filed.complaint.dossier, "complaint", filed.complaint_id))
    assert address_of(filed) in page.content.decode()
    assert saved(applicant, filed)


def test_the_organisation_answers_with_files(world: World, certificate: Certificate) -> None:
    raised(certificate)
    complaint = Complaint.objects.select_related("dossier").get()
    world.perform(complaint, "admit")
    applicant, address = visitor(world.applicant), page_of(complaint.dossier, "complaint", complaint.pk)
    typed = {
        "transition": "answer",
        "comment": "A fee.",
        "version": hidden(applicant.get(address), "version"),
    }
    bad = applicant.post(address, {**typed, "files": [SimpleUploadedFile("a.pdf", b"no")]})
    assert bad.status_code == 409
    assert "is called pdf, but what it holds is something else" in text_of(bad)
    assert "A fee." in bad.content.decode()
    assert applicant.post(address, {**typed, "files": [paper("receipts.pdf")]}).status_code == 302
    filed = ComplaintFile.objects.select_related("complaint__dossier").get()
    panel = visitor(world.person("panel"))
    assert "receipts.pdf" in text_of(panel.get(address))
    assert saved(panel, filed) == pdf("receipts.pdf")
    assert queries_for(panel, address) <= 15


def test_files_that_are_not_taken_lose_nothing_typed_and_many_shut_the_door(
    world: World, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = raised(certificate, SimpleUploadedFile("a.pdf", b"no"))
    assert bad.status_code == 409
    assert TEXT in bad.content.decode()
    assert "Choose the files again" in text_of(bad)
    assert not Complaint.objects.exists()
    few = public_views.Door("files of concerns", 2, 2, window=public_views.DAY)
    monkeypatch.setattr(public_views, "OF_FILES", few)
    assert raised(certificate, paper(), paper("b.pdf")).status_code == 302
    assert raised(certificate, paper("c.pdf")).status_code == 429
    assert raised(certificate).status_code == 302


def test_a_file_is_looked_at_as_a_picture_by_those_alone_who_read_the_text(
    world: World, certificate: Certificate
) -> None:
    raised(certificate, photograph())
    filed = ComplaintFile.objects.select_related("complaint__dossier").get()
    coordinator, applicant = visitor(world.person("coordinator")), visitor(world.applicant)
    where = (filed.complaint.dossier, "complaint_file_preview", filed.complaint_id, filed.pk)
    page = coordinator.get(page_of(*where))
    assert filed.name in text_of(page)
    picture = page_of(where[0], "complaint_file_page", filed.complaint_id, filed.pk, 1)
    assert picture in page.content.decode()
    assert coordinator.get(picture)["Content-Type"] == "image/webp"
    assert applicant.get(page_of(*where)).status_code == 404
    assert applicant.get(picture).status_code == 404
