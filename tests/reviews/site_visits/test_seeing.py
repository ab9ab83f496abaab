"""Notes and photographs of a visit: whose they are, how long they may be added, and what they do not stand for."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.evidence import Seen, keep_file, take_back
from accreditation_engine.dossiers.queries import own_evidence_of
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.reviews.site_visits.planning import cancel_visit
from accreditation_engine.reviews.site_visits.seeing import file_on_visit, note_on_visit, take_back_seen
from accreditation_engine.trail.models import Event
from tests.reviews.interests.scheme import refused
from tests.support.papers import picture
from tests.support.world import World, signature

from .planned import in_review, planned

A1 = ("mini", "a-1")


def jpeg(text: str = "a") -> SimpleUploadedFile:
    return SimpleUploadedFile("صورة.jpg", picture(shade=ord(text)))


def test_a_photograph_is_evidence_of_its_criterion_once(world: World) -> None:
    dossier, reviewer = in_review(world), world.person("reviewer")
    visit = planned(world, dossier)
    filed = [file_on_visit(visit=visit, criterion=A1, upload=jpeg(), by=reviewer) for _again in range(2)]
    assert filed[0].pk == filed[1].pk
    event = Event.objects.get(stream=dossier.pk, kind="evidence_filed")
    assert (event.role, event.data["visit"]) == ("reviewer", visit.seq)
    assert event.data["seen_on"] == filed[0].seen_on.isoformat()
    assert own_evidence_of(dossier) == {}
    with pytest.raises(Refused):
        take_back(evidence=filed[0], by=world.applicant)
    take_back_seen(visit=visit, evidence=filed[0], by=reviewer)
    filed[0].refresh_from_db()
    assert filed[0].taken_back_at


def test_what_reviewers_saw_does_not_stand_for_evidence_that_is_required(world: World) -> None:
    """A file that was given back for completion once it was visited."""
    dossier = world.dossier("draft")
    world.take_to(dossier, "draft")
    play = world.case(dossier)
    answers = {key: Given(value, "نعم") for key, value in play.ratings.items()}
    save_answers(dossier=dossier, answers=answers, by=world.applicant)
    accept_code(dossier=dossier, by=world.applicant)
    for rubric, criterion in answers:
        keep_file(
            dossier=dossier,
            rubric=rubric,
            criterion=criterion,
            upload=jpeg(),
            sha256="0" * 64,
            by=world.person("reviewer"),
            seen=Seen(1, dossier.opened_at.date()),
        )
    assert refused(
        lambda: perform(dossier, "submit", world.applicant, **signature(dossier, "submit", world.applicant))
    ) == ["evidence_missing"]


def test_only_those_who_go_say_what_they_saw_while_it_is_open(world: World) -> None:
    dossier, coordinator = in_review(world), world.person("coordinator")
    visit = planned(world, dossier)
    sent: dict[str, Any] = {"visit": visit, "criterion": A1}
    for person in (world.person("reviewer", 1), coordinator):
        assert refused(lambda by=person: note_on_visit(**sent, text="أ", by=by)) == ["not_on_this_visit"]
        assert refused(lambda by=person: file_on_visit(**sent, upload=jpeg(), by=by)) == ["not_on_this_visit"]
    reviewer = world.person("reviewer")
    assert refused(lambda: note_on_visit(visit=visit, criterion=("mini", "zz"), text=" ", by=reviewer)) == [
        "unknown_criterion",
        "visit_note_empty",
    ]
    cancel_visit(visit=visit, reason="اعتذر", by=coordinator)
    assert refused(lambda: note_on_visit(**sent, text="أ", by=reviewer)) == ["visit_cancelled"]
    assert refused(lambda: file_on_visit(**sent, upload=jpeg(), by=reviewer)) == ["visit_cancelled"]
