"""More certificates like one that was issued, each of another organisation, without their decisions."""

from __future__ import annotations

from django.db import connection

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.lines import take_up
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.opening import open_subjects
from accreditation_engine.trail.protection import lifted

from .world import SHIPPED, World

KEPT = ("rubric", "outcome", "areas", "issued_on", "valid_until", "decided_seq")


def copies(world: World, certificate: Certificate, count: int) -> list[Certificate]:
    """`count` of them, numbered C-COPY-0000 and so on."""
    organisations = [world.organisation() for _number in range(count)]
    dossiers = open_dossiers(organisations=organisations, scheme=SHIPPED, by=world.applicant)
    values = {name: getattr(certificate, name) for name in KEPT}
    new = [
        Certificate(edition_id=certificate.edition_id, dossier=each, number=f"C-COPY-{place:04d}", **values)
        for place, each in enumerate(dossiers)
    ]
    with lifted(connection):
        open_subjects(new, SYSTEM, role="system")
    take_up(new, {each.pk: each for each in organisations})
    return new
