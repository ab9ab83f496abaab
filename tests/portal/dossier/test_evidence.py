"""Evidence goes out to those who see it, to be saved and never to be opened inside the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accreditation_engine.dossiers.evidence import take_back
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, text_of, visitor
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


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    """Content is stored once for all files, and other tests read it."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"%PDF-1.4 another"), "is not the file that was filed"),
        (lambda path: path.unlink(), "is not where it was stored"),
    ],
)
def test_evidence_is_not_given_out_when_another_file_lies_there(
    world: World, own_files: Path, spoil: Callable[[Path], Any], said: str
) -> None:
    dossier = world.dossier("screening")
    filed = dossier.evidence.first()
    spoil(own_files / filed.file.name)
    client = visitor(world.person("coordinator"))
    address = page_of(dossier, "evidence", filed.pk)
    for _time in range(2):
        response = client.get(address)
        assert response.url == page_of(dossier)
        assert said in text_of(client.get(response.url))
    (event,) = Event.objects.filter(stream=dossier.pk, kind="evidence_mismatch")
    assert event.actor is None
    assert event.data["sha256"] == filed.sha256
    assert event.data["found"] != filed.sha256
    trail = text_of(visitor(world.person("coordinator")).get(page_of(dossier, "trail")))
    assert "Evidence was not given out" in trail
