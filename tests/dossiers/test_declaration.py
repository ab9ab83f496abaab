"""The declaration that whoever submits a file signs."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.dossiers.declaration import (
    DECLARATION,
    digest_of_words,
    laid_before,
    signed,
    words_of,
)
from accreditation_engine.dossiers.domain import Given, save_answers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Step, compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from tests.support.world import World
from tests.trail.forging import forged


def step_of(dossier: Dossier) -> Step:
    return compiled(dossier.edition_id).steps["submit"]


def signature_of(world: World, dossier: Dossier, **other: str) -> dict[str, Any]:
    before = laid_before(dossier) | other
    return signed(step_of(dossier), before, by=world.applicant, name="applicant", language="ar")


def refusal(world: World, dossier: Dossier, data: dict[str, Any] | None) -> list[str]:
    with pytest.raises(Refused) as refused:
        perform(dossier, "submit", world.applicant, data=data)
    return [each.code for each in refused.value.reasons]


def test_event_binds_what_was_declared_when_a_file_is_submitted(world: World) -> None:
    dossier = world.dossier("returned")
    event = perform(dossier, "submit", world.applicant, data=signature_of(world, dossier))
    said, judged = event.data[DECLARATION], event.data["judged"]
    assert said["text"] == digest_of_words(words_of(step_of(dossier)))
    assert said["language"] == "ar"
    assert (said["answers"], said["evidence"]) == (judged["answers"], judged["evidence"])


def test_file_is_not_submitted_when_nothing_was_signed(world: World) -> None:
    dossier = world.dossier("returned")
    forged = {DECLARATION: {**signature_of(world, dossier)[DECLARATION], "text": "0" * 64}}
    for data in (None, {DECLARATION: "yes"}, forged):
        assert refusal(world, dossier, data) == ["declaration_missing"]


def test_file_is_not_submitted_when_a_colleague_changed_it_since(world: World) -> None:
    dossier = world.dossier("returned")
    data = signature_of(world, dossier)
    changed = {("institutional-commitment", "integrity-1"): Given("2", "Another thought")}
    save_answers(dossier=dossier, answers=changed, by=world.applicant)
    assert refusal(world, dossier, data) == ["declared_over_other"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "signature_missing"), (" \u200f", "signature_missing"), ("x", "signed_with_other_name")],
)
def test_nothing_is_signed_when_the_name_is_another(world: World, typed: str, code: str) -> None:
    dossier = world.dossier()
    with pytest.raises(Refused) as refused:
        signed(step_of(dossier), laid_before(dossier), by=world.applicant, name=typed, language="en")
    assert [each.code for each in refused.value.reasons] == [code]


def test_name_is_known_however_a_hand_writes_it(world: World) -> None:
    person = world.new_person("أحمد عبد الله")
    dossier = world.dossier()
    for typed in ("احمد عبدالله", "  أَحمد  عبد الله "):
        assert signed(step_of(dossier), laid_before(dossier), by=person, name=typed, language="ar")


def test_forged_submission_is_named_when_it_signs_nothing(world: World) -> None:
    dossier = world.dossier("returned")
    step = {"transition": "submit", "source": "returned", "target": "screening", "role": "applicant"}
    event = forged(dossier.pk, actor=world.applicant.acting, edition=dossier.edition_id, **step)
    event.save(force_insert=True)
    found = [each.detail for each in verify_all(stream=dossier.pk) if each.code == "impossible"]
    assert found == ["its declaration has not the words of its edition"]
