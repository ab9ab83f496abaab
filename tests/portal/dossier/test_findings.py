"""Findings on the page of their dossier: their own steps, for those who see them."""

from __future__ import annotations

from django.test import Client

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.portal.dossier.acts import version_of
from accreditation_engine.reviews.models import Finding
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World


def answer(
    client: Client, dossier: Dossier, finding: Finding, step: str = "answer", comment: str = "We mended it."
):
    version = version_of(finding, finding.entered_seq)
    return client.post(
        page_of(dossier, "finding", finding.pk), {"transition": step, "comment": comment, "version": version}
    )


def test_corrective_action_is_told_and_verified_when_both_sides_act(world: World) -> None:
    dossier = world.dossier("correcting")
    finding = dossier.findings.first()
    response = answer(visitor(world.applicant), dossier, finding)
    assert response.url.endswith(f"#finding-{finding.pk}")
    finding.refresh_from_db()
    assert finding.state == "answered"
    reviewer = visitor(world.person("reviewer"))
    assert "We mended it." in text_of(reviewer.get(page_of(dossier)))
    assert answer(reviewer, dossier, finding, "verify", "Seen on site.").status_code == 302
    findings = visitor(world.applicant).get(page_of(dossier)).content.decode().partition('id="findings"')[2]
    assert "Seen on site." in findings
    assert world.person("reviewer").name not in findings


def test_typed_answer_stays_at_its_finding_when_it_is_refused(world: World) -> None:
    dossier = world.dossier("correcting")
    finding = dossier.findings.first()
    answer(visitor(world.applicant), dossier, finding)
    response = answer(visitor(world.applicant), dossier, finding, "answer", "A second answer")
    assert response.status_code == 409
    assert "This was not done" in text_of(response)


def test_finding_does_not_exist_for_the_applicant_when_the_file_does_not_show_it(world: World) -> None:
    dossier = world.dossier("reviewed", level=0.2)
    finding = dossier.findings.first()
    assert answer(visitor(world.applicant), dossier, finding).status_code == 404
    assert "Findings" not in text_of(visitor(world.applicant).get(page_of(dossier)))


def test_finding_of_another_file_does_not_exist_when_its_address_is_guessed(world: World) -> None:
    dossier, other = world.dossier("correcting"), world.dossier("correcting")
    assert answer(visitor(world.applicant), dossier, other.findings.first()).status_code == 404
