"""Findings on pages: raised by hand, what they rest on, who sees to them, and files that show the correction."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.reviews.models import Assignment, Correction, Finding
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

CRITERION = "institutional-commitment:integrity-1"
TEXT = "لا يوجد سجل لتعارض المصالح"


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("reviewed")


def reviewer(file: Dossier) -> Client:
    return visitor(Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer)


def send(client: Client, file: Dossier, **typed: Any) -> HttpResponse:
    evidence = Evidence.objects.get(dossier=file, criterion="integrity-1")
    usual = {"criterion": CRITERION, "severity": "major", "text": TEXT, "evidence": [str(evidence.pk)]}
    return client.post(page_of(file, "new_finding"), usual | typed)


def corrected(world: World, file: Dossier) -> Finding:
    """A finding raised by hand that waits for the organisation."""
    assert send(reviewer(file), file).status_code == 302
    world.perform(file, "request_correction")
    return Finding.objects.get(dossier=file)


def test_reviewer_raises_a_finding_and_its_text_and_evidence_are_shown(world: World, file: Dossier) -> None:
    client = reviewer(file)
    assert "Raise a finding" in text_of(client.get(page_of(file)))
    assert "integrity-1.pdf" in text_of(client.get(page_of(file, "new_finding")))
    corrected(world, file)
    page = text_of(visitor(world.applicant).get(page_of(file)))
    assert TEXT in page
    assert "integrity-1.pdf" in page


def test_major_without_evidence_comes_back_with_what_was_typed(file: Dossier) -> None:
    response = send(reviewer(file), file, evidence=[])
    assert response.status_code == 409
    assert "must rest on evidence" in text_of(response)
    assert TEXT in text_of(response)
    assert not Finding.objects.exists()


def test_evidence_of_another_file_is_not_taken(world: World, file: Dossier) -> None:
    elsewhere = Evidence.objects.get(dossier=world.dossier("screening"), criterion="integrity-1")
    assert send(reviewer(file), file, evidence=[str(elsewhere.pk)]).status_code == 409


@pytest.mark.parametrize("typed", [{"severity": "grave"}, {"due_on": "2026-02-31"}])
def test_nonsense_is_a_bad_request(file: Dossier, typed: dict[str, str]) -> None:
    assert send(reviewer(file), file, **typed).status_code == 400


def test_form_exists_for_reviewers_while_reviews_are_fresh(world: World, file: Dossier) -> None:
    for person in (world.applicant, world.person("coordinator"), world.person("panel"), world.stranger):
        assert visitor(person).get(page_of(file, "new_finding")).status_code == 404
    later = world.dossier("deciding")
    assert reviewer(later).get(page_of(later, "new_finding")).status_code == 404


def test_organisation_names_who_sees_to_it_and_adds_a_file(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    client = visitor(world.applicant)
    client.post(page_of(file, "finding_owner", finding.pk), {"owner": world.applicant.email})
    upload = SimpleUploadedFile("register.pdf", b"%PDF-1.7\nregister\n")
    client.post(page_of(file, "finding_file", finding.pk), {"file": upload})
    assert Correction.objects.get().finding == finding
    page = text_of(client.get(page_of(file)))
    assert "applicant sees to it." in page
    assert "register.pdf" in page
    assert "register.pdf" in text_of(reviewer(file).get(page_of(file)))


def test_person_outside_the_organisation_is_not_found(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    response = visitor(world.applicant).post(
        page_of(file, "finding_owner", finding.pk), {"owner": world.stranger.email}
    )
    assert response.status_code == 404


def test_file_that_is_not_taken_is_said_and_not_kept(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    upload = SimpleUploadedFile("virus.exe", b"MZ")
    response = visitor(world.applicant).post(
        page_of(file, "finding_file", finding.pk), {"file": upload}, follow=True
    )
    assert "not a file of a kind" in text_of(response)
    assert not Correction.objects.exists()


def test_finding_that_is_not_seen_takes_nothing(world: World, file: Dossier) -> None:
    send(reviewer(file), file)
    finding = Finding.objects.get(dossier=file)
    client = visitor(world.applicant)  # the organisation is shown findings when correction is asked for
    assert client.post(page_of(file, "finding_owner", finding.pk), {"owner": ""}).status_code == 404
    assert client.post(page_of(file, "finding_file", finding.pk)).status_code == 404


def test_page_says_what_was_looked_for_when_nothing_was_filed(world: World) -> None:
    file = world.dossier("correcting", level=0.0)
    page = text_of(visitor(world.applicant).get(page_of(file)))
    assert "Nothing lay in evidence for this criterion." in page
    assert "What was looked for:" in page
    assert "Raised by the rubric for the rating" not in page
    inside = text_of(visitor(world.person("coordinator")).get(page_of(file)))
    assert "Raised by the rubric for the rating 0.00." in inside
