"""Mail to applicants calls states what their pages call them."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from tests.support.world import World


def test_mail_bears_the_outer_title_when_it_goes_to_the_applicant(
    world: World, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    dossier = world.dossier("correcting")
    with django_capture_on_commit_callbacks(execute=True):
        perform(dossier, "end_correction", SYSTEM)
    by_reader = {mail.to[0]: mail.body for mail in mailoutbox}
    applicant, panel = by_reader[world.applicant.email], by_reader[world.person("panel").email]
    assert "«قيد البت»" in applicant
    assert "أمام لجنة الاعتماد" not in applicant
    assert "«أمام لجنة الاعتماد»" in panel


@pytest.mark.parametrize("language", ["ar", "en"])
def test_address_stays_whole_when_it_is_sent(
    world: World, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any, language: str
) -> None:
    dossier = world.dossier("correcting")
    world.applicant.language = language
    world.applicant.save()
    with django_capture_on_commit_callbacks(execute=True):
        perform(dossier, "end_correction", SYSTEM)
    body = next(mail.body for mail in mailoutbox if mail.to == [world.applicant.email])
    assert f"/files/{dossier.pk}/" in body.splitlines()[-1]
    assert body.splitlines()[-1].startswith("http")
