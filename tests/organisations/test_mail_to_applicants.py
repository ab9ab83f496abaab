"""Mail to applicants calls states what their pages call them."""

from __future__ import annotations

import pytest

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import World


def test_mail_bears_the_outer_title_when_it_goes_to_the_applicant(world: World) -> None:
    dossier = world.dossier("correcting")
    nobody_is_written_to()
    perform(dossier, "end_correction", SYSTEM)
    by_reader = {mail.to[0]: mail.body for mail in delivered()}
    applicant, panel = by_reader[world.applicant.email], by_reader[world.person("panel").email]
    assert "«قيد البت»" in applicant
    assert "أمام لجنة الاعتماد" not in applicant
    assert "«أمام لجنة الاعتماد»" in panel


@pytest.mark.parametrize("language", ["ar", "en"])
def test_address_stays_whole_when_it_is_sent(world: World, language: str) -> None:
    dossier = world.dossier("correcting")
    nobody_is_written_to()
    world.applicant.language = language
    world.applicant.save()
    perform(dossier, "end_correction", SYSTEM)
    body = next(mail.body for mail in delivered() if mail.to == [world.applicant.email])
    (address,) = [line for line in body.splitlines() if f"/files/{dossier.pk}/" in line]
    assert address.startswith("http")
    assert address.endswith("/")
