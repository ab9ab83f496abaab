"""Evidence goes out to those who see it, to be saved and never to be opened inside the site."""

from __future__ import annotations

from accreditation_engine.dossiers.evidence import take_back
from accreditation_engine.dossiers.models import Evidence
from tests.portal.visitor import page_of, visitor
from tests.support.world import World


def test_evidence_is_saved_as_it_was_filed_when_it_is_asked_for(world: World) -> None:
    dossier = world.dossier("screening")
    filed = dossier.evidence.first()
    response = visitor(world.person("coordinator")).get(page_of(dossier, "evidence", filed.pk))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{filed.name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_evidence_does_not_exist_when_the_state_hides_it(world: World) -> None:
    dossier = world.dossier("screening")
    filed = dossier.evidence.first()
    address = page_of(dossier, "evidence", filed.pk)
    assert visitor(world.person("panel")).get(address).status_code == 404
    assert visitor(world.stranger).get(address).status_code == 404


def test_evidence_of_another_file_does_not_exist_when_its_number_is_guessed(world: World) -> None:
    dossier, other = world.dossier("screening"), world.dossier("screening")
    address = page_of(dossier, "evidence", other.evidence.first().pk)
    assert visitor(world.person("coordinator")).get(address).status_code == 404


def test_evidence_does_not_exist_when_it_was_taken_back(world: World) -> None:
    dossier = world.dossier("returned")
    filed: Evidence = dossier.evidence.first()
    take_back(evidence=filed, by=world.applicant)
    assert visitor(world.applicant).get(page_of(dossier, "evidence", filed.pk)).status_code == 404
