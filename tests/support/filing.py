"""Files in evidence of the self-assessment of the shipped scheme."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.dossiers.evidence import file_evidence
from accreditation_engine.dossiers.models import Dossier, Evidence
from tests.support.papers import pdf
from tests.support.world import World


def filed(
    world: World, dossier: Dossier, name: str, content: bytes = b"", *, criterion: str = "integrity-1"
) -> Evidence:
    """Without `content`, a paper on which nothing but its name stands."""
    return file_evidence(
        dossier=dossier,
        rubric="institutional-commitment",
        criterion=criterion,
        upload=SimpleUploadedFile(name, content or pdf(name)),
        by=world.applicant,
    )
