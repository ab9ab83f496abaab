"""What a self-assessment must have before it can be submitted."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import rfc8785
from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.dossiers.models import Answer, Dossier, Evidence
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.models import Event
from tests.support.papers import pdf
from tests.support.world import World, signature

COMMITMENT, CODE = "institutional-commitment", "code-of-conduct"


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier()


def every_criterion(file: Dossier) -> list[tuple[str, str]]:
    rubrics = compiled(file.edition_id).rubrics
    return [(rubric.id, each.id) for rubric in rubrics.values() for each in rubric.every_criterion()]


def demanding(file: Dossier) -> list[tuple[str, str]]:
    rubrics = compiled(file.edition_id).rubrics
    return [
        (rubric.id, each.id)
        for rubric in rubrics.values()
        for each in rubric.every_criterion()
        if each.evidence == "required"
    ]


def answer(world: World, file: Dossier, changes: dict[str, Given] | None = None) -> None:
    """Every criterion answered with 2, but for `changes` by criterion."""
    answers = {key: (changes or {}).get(key[1], Given("2")) for key in every_criterion(file)}
    save_answers(dossier=file, answers=answers, by=world.applicant)


def support(world: World, file: Dossier) -> None:
    for number, (rubric, criterion) in enumerate(demanding(file)):
        upload = SimpleUploadedFile("x.pdf", pdf(str(number)))
        file_evidence(dossier=file, rubric=rubric, criterion=criterion, upload=upload, by=world.applicant)


def reasons(world: World, file: Dossier) -> dict[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        perform(file, "submit", world.applicant, **signature(file, "submit", world.applicant))
    return {each.code: dict(each.parameters) for each in refused.value.reasons}


def test_an_empty_file_hears_everything_at_once(world: World, file: Dossier) -> None:
    found = reasons(world, file)
    assert set(found) == {"answers_missing", "code_not_accepted"}
    assert found["answers_missing"]["count"] == len(every_criterion(file))
    assert len(found["answers_missing"]["criteria"]) == 5


def test_a_complete_file_is_submitted(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    support(world, file)
    perform(file, "submit", world.applicant, **signature(file, "submit", world.applicant))
    assert file.state == "screening"


def test_one_open_criterion_is_named(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file, {"equality-1": Given("", "لم نتفق بعد")})
    support(world, file)
    assert reasons(world, file) == {"answers_missing": {"count": 1, "criteria": ["equality-1"]}}


def test_the_code_of_conduct_counts_as_well(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file, {"duty-2": Given("")})
    support(world, file)
    assert reasons(world, file)["answers_missing"]["criteria"] == ["duty-2"]


def test_evidence_is_missing_where_it_is_required(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    missing = reasons(world, file)["evidence_missing"]
    assert (missing["count"], missing["criteria"]) == (
        len(demanding(file)),
        [criterion for _, criterion in demanding(file)][:5],
    )


def test_evidence_that_was_taken_back_is_missing(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    support(world, file)
    take_back(evidence=Evidence.objects.get(dossier=file, criterion="integrity-1"), by=world.applicant)
    assert reasons(world, file) == {"evidence_missing": {"count": 1, "criteria": ["integrity-1"]}}


def test_evidence_for_another_criterion_does_not_count(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    support(world, file)
    Evidence.objects.filter(criterion="integrity-1").update(criterion="integrity-2")
    assert reasons(world, file)["evidence_missing"]["criteria"] == ["integrity-1"]


def test_not_applicable_must_be_explained(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(
        world,
        file,
        {"integrity-1": Given("not_applicable", "  "), "equality-1": Given("not_applicable", "-")},
    )
    support(world, file)
    assert reasons(world, file) == {"not_applicable_unexplained": {"count": 1, "criteria": ["integrity-1"]}}


def test_what_does_not_apply_needs_no_evidence(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file, {"integrity-1": Given("not_applicable", "لا مجلس إدارة لدينا")})
    support(world, file)
    Evidence.objects.filter(criterion="integrity-1").delete()
    perform(file, "submit", world.applicant, **signature(file, "submit", world.applicant))
    assert file.state == "screening"


def test_an_answer_that_went_bad_in_the_database_is_found(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    support(world, file)
    Answer.objects.filter(criterion="equality-1").update(rating="7")
    assert reasons(world, file)["bad_rating"]["criterion"] == "equality-1"


def test_the_event_keeps_digests_of_what_was_submitted(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    support(world, file)
    perform(file, "submit", world.applicant, **signature(file, "submit", world.applicant))
    judged = Event.objects.get(stream=file.pk, transition="submit", kind="transition").data["judged"]
    answers = [
        {"rubric": rubric, "criterion": criterion, "rating": "2", "narrative": ""}
        for rubric, criterion in every_criterion(file)
    ]
    evidence = list(Evidence.objects.filter(dossier=file).values("rubric", "criterion", "sha256"))
    assert judged == {
        "answers": digest(answers),
        "evidence": digest(evidence),
        "evidence_count": len(demanding(file)),
    }


def digest(rows: list[dict[str, str]]) -> str:
    """As anybody can recompute it: the rows in the order of their own canonical form."""
    ordered = sorted(rows, key=rfc8785.dumps)
    return hashlib.sha256(rfc8785.dumps(ordered)).hexdigest()


@pytest.mark.parametrize("change", ["a narrative", "a rating", "a file"])
def test_the_digest_changes_with_what_is_submitted(world: World, file: Dossier, change: str) -> None:
    accept_code(dossier=file, by=world.applicant)
    answer(world, file)
    support(world, file)
    perform(file, "submit", world.applicant, **signature(file, "submit", world.applicant))
    first = Event.objects.filter(stream=file.pk, transition="submit").latest("seq").data["judged"]
    world.perform(file, "return_for_completion")
    if change == "a file":
        rubric, criterion = demanding(file)[0]
        upload = SimpleUploadedFile("x.pdf", pdf("another"))
        file_evidence(dossier=file, rubric=rubric, criterion=criterion, upload=upload, by=world.applicant)
    else:
        given = Given("2", "أضفنا شرحا") if change == "a narrative" else Given("3")
        answer(world, file, {"equality-1": given})
    perform(file, "submit", world.applicant, **signature(file, "submit", world.applicant))
    second = Event.objects.filter(stream=file.pk, transition="submit").latest("seq").data["judged"]
    changed = {"a file": {"evidence", "evidence_count"}}.get(change, {"answers"})
    assert {key for key in first if first[key] != second[key]} == changed
