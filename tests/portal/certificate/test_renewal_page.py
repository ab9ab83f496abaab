"""A certificate that runs out is renewed on pages, and reviewers see what changed since."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.renewing import renew
from accreditation_engine.dossiers.carrying import confirm_answers
from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.queries import assignments_of
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.renewing import running_out
from tests.support.world import World

RUBRIC = "institutional-commitment"


@pytest.fixture
def certificate(world: World) -> Iterator[Certificate]:
    with running_out(world) as found:
        yield found


def area_of(dossier: Dossier, name: str = "self_assessment_area") -> str:
    return page_of(dossier, name, RUBRIC, "integrity")


def test_an_organisation_renews_and_confirms_on_pages(world: World, certificate: Certificate) -> None:
    client = visitor(world.applicant)
    address = page_of(certificate.dossier, "renew_certificate", certificate.pk)
    assert address in client.get(reverse("home")).content.decode()
    assert address in client.get(page_of(certificate.dossier, "certificate", certificate.pk)).content.decode()
    assert "Open the file and carry over" in text_of(client.get(address))
    assert queries_for(client, address) <= 15
    assert queries_for(client, reverse("home")) <= 15
    for outsider in (world.stranger, world.person("coordinator")):
        assert visitor(outsider).get(address).status_code == 404
        assert visitor(outsider).post(address).status_code == 404
    assert client.post(address).status_code == 302
    dossier = Dossier.objects.get(renews=certificate.dossier)
    again = client.post(address)
    assert again.status_code == 409
    assert dossier.number in text_of(again), "the file that is open already is named"

    area = area_of(dossier)
    before = text_of(client.get(area))
    assert "Carried over from" in before
    assert certificate.number in before
    assert queries_for(client, area) <= 15
    assert client.post(area, {"confirm": "integrity-1"}).url.endswith("#integrity-1")
    assert text_of(client.get(area)).count("Carried over from") == before.count("Carried over from") - 1
    assert client.post(area, {"confirm": ""}).status_code == 302
    assert "Carried over from" not in text_of(client.get(area))
    assert not dossier.answers.filter(criterion__startswith="integrity-", carried=True).exists()
    assert dossier.answers.filter(carried=True).exists(), "other areas are confirmed on their own pages"


def test_reviewers_see_what_changed_and_nothing_of_the_reviews_of_then(
    world: World, certificate: Certificate
) -> None:
    dossier = renew(certificate=certificate, by=world.applicant).dossier
    accept_code(dossier=dossier, by=world.applicant)
    then = dossier.answers.get(criterion="integrity-1")
    then.narrative += " the new deputy"
    changed = {(RUBRIC, "integrity-1"): Given(then.rating, then.narrative)}
    save_answers(dossier=dossier, answers=changed, by=world.applicant)
    rest = [(each.rubric, each.criterion) for each in dossier.answers.filter(carried=True)]
    confirm_answers(dossier=dossier, criteria=rest, by=world.applicant)
    world.perform(dossier, "submit")
    world.take_to(dossier, "in_review")
    reviewer = assignments_of(dossier.pk).filter(sent_at=None).first()
    assert reviewer is not None
    client = visitor(reviewer.reviewer)
    page = client.get(area_of(dossier, "review_area"))
    words = text_of(page)
    assert "Changed since the last file" in words
    assert "As in the last file" in words
    assert "the new deputy" in page.content.decode().split("<ins>")[1].split("</ins>")[0]
    assert certificate.number not in words
    assert queries_for(client, area_of(dossier, "review_area")) <= 15
    only = text_of(client.get(area_of(dossier, "review_area") + "?only=changed"))
    assert "Changed since the last file" in only
    assert "As in the last file" not in only
    coordinator = visitor(world.person("coordinator"))
    assert "Changed since the last file" in text_of(coordinator.get(page_of(dossier, "answers")))
    assert queries_for(coordinator, page_of(dossier, "answers")) <= 15
