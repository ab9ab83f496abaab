"""Erasing texts of a file: who may, what goes, what stays, and what can still be explained."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.dossiers.domain import Given, save_answers
from accreditation_engine.dossiers.erasable import remove_what_stayed, still_there
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.evidence import file_evidence
from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.dossiers.models import Answer, Dossier, Evidence
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.erasures import erased_in, explained, pieces_in_file
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import join, leave
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Rating
from accreditation_engine.trail.models import Event, Text
from tests.support.papers import pdf
from tests.support.world import World

KEY = ("institutional-commitment", "integrity-1")
PDF = pdf("about Mona Adel")


def narrative_of(dossier: Dossier) -> Answer:
    return dossier.answers.get(rubric=KEY[0], criterion=KEY[1])


def told_about_somebody(world: World) -> Dossier:
    """A file with a name in an answer."""
    dossier = world.dossier()
    answer = Given("3", "Mona Adel is our treasurer.")
    save_answers(dossier=dossier, answers={KEY: answer}, by=world.applicant)
    return dossier


def erase(world: World, dossier: Dossier, *whats: str, by: User | None = None, **more: Any) -> list[Event]:
    keys = [each.key for each in pieces_in_file(dossier.pk) if not whats or each.what in whats]
    given = {"keys": keys, "reason": "She asked for it.", "basis": "Law 151 of 2020, article 2", **more}
    return erase_in_file(dossier=dossier, by=by or world.person("administrator"), **given)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


def test_narrative_goes_and_its_row_stays_when_it_is_erased(world: World) -> None:
    dossier = told_about_somebody(world)
    (event,) = erase(world, dossier, "narrative")
    answer = narrative_of(dossier)
    assert (answer.rating, answer.narrative, answer.narrative_salt) == ("3", "", "")
    assert answer.narrative_erased_at is not None
    assert event.kind == "erased"
    assert event.role == "administrator"
    assert event.actor == world.person("administrator").pk
    assert {name: event.data[name] for name in ("what", "rubric", "criterion")} == {
        "what": "narrative",
        "rubric": KEY[0],
        "criterion": KEY[1],
    }
    said = Text.objects.get(stream=dossier.pk, seq=event.seq).text
    assert said == "She asked for it.\n\nLaw 151 of 2020, article 2"


def answers_digest(dossier: Dossier) -> str:
    return digest_of(dossier.answers.values("rubric", "criterion", "rating", "narrative"))


def test_digest_that_was_judged_is_explained_when_narratives_were_erased(world: World) -> None:
    dossier = world.dossier("screening")
    submitted = Event.objects.get(stream=dossier.pk, transition="submit")
    judged = submitted.data["judged"]["answers"]
    assert explained("answers", judged, answers_digest(dossier), erased_in(dossier.pk)) == []
    count = Answer.objects.filter(dossier=dossier).exclude(narrative="").count()
    erase(world, dossier)
    erased = explained("answers", judged, answers_digest(dossier), erased_in(dossier.pk))
    assert erased is not None
    assert len(erased) == count > 0
    Answer.objects.filter(pk=dossier.answers.first().pk).update(rating="0")
    assert explained("answers", judged, answers_digest(dossier), erased_in(dossier.pk)) is None


def filed(world: World, dossier: Dossier, name: str = "Mona Adel.pdf") -> Evidence:
    upload = SimpleUploadedFile(name, PDF)
    return file_evidence(dossier=dossier, rubric=KEY[0], criterion=KEY[1], upload=upload, by=world.applicant)


def test_name_of_a_file_goes_and_its_content_stays_when_only_the_name_is_erased(world: World) -> None:
    evidence = filed(world, world.dossier())
    erase(world, evidence.dossier, "file_name")
    evidence.refresh_from_db()
    assert (evidence.name, evidence.name_salt, evidence.content_erased_at) == ("", "", None)
    assert default_storage.exists(evidence.file.name)


@pytest.mark.django_db(transaction=True)
def test_content_goes_when_nothing_else_needs_it(world: World) -> None:
    first, second = filed(world, world.dossier()), filed(world, world.dossier())
    assert first.file.name == second.file.name
    erase(world, first.dossier, "file")
    assert default_storage.exists(first.file.name)
    erase(world, second.dossier, "file")
    assert not default_storage.exists(first.file.name)
    assert list(still_there()) == []
    first.refresh_from_db()
    assert first.sha256
    assert first.content_erased_at is not None


def test_everything_in_a_file_can_be_erased_and_the_trail_verifies(world: World) -> None:
    dossier = world.dossier("refused")
    kinds = {each.what for each in pieces_in_file(dossier.pk)}
    erase(world, dossier)
    left = pieces_in_file(dossier.pk)
    assert {each.text for each in left} == {"She asked for it.\n\nLaw 151 of 2020, article 2"}
    assert "comment" in kinds
    assert list(verify_all()) == []


def test_note_of_a_reviewer_goes_when_it_is_erased(world: World) -> None:
    dossier = world.dossier("reviewed")
    rating = Rating.objects.filter(assignment__dossier=dossier).first()
    assert rating is not None
    Rating.objects.filter(assignment__dossier=dossier).update(note="")
    Rating.objects.filter(pk=rating.pk).update(note="Mona Adel told me.", note_salt="00")
    (event,) = erase(world, dossier, "note")
    rating.refresh_from_db()
    assert (rating.note, rating.note_salt) == ("", "")
    assert rating.note_erased_at is not None
    assert event.data["reviewer"] == str(rating.assignment.reviewer_id)


def test_nothing_is_erased_when_somebody_is_no_administrator(world: World) -> None:
    dossier = told_about_somebody(world)
    for role in ("applicant", "coordinator", "auditor"):
        with pytest.raises(Refused) as refused:
            erase(world, dossier, by=world.person(role))
        assert codes(refused) == ["not_your_role"]
    assert narrative_of(dossier).narrative


@pytest.mark.parametrize("still", [True, False])
def test_nothing_is_erased_by_whoever_acts_or_acted_for_the_organisation(world: World, still: bool) -> None:
    dossier, administrator = told_about_somebody(world), world.person("administrator")
    membership = join(organisation=dossier.organisation, user=administrator, by=SYSTEM)
    if not still:
        leave(membership=membership, by=SYSTEM)
    with pytest.raises(Refused) as refused:
        erase(world, dossier)
    assert codes(refused) == ["involved"]
    assert narrative_of(dossier).narrative


def test_all_that_is_missing_is_said_at_once_when_grounds_are_missing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        erase(world, told_about_somebody(world), reason=" ", basis="\0")
    assert codes(refused) == ["erasure_without_reason", "erasure_without_basis"]
    with pytest.raises(Refused) as refused:
        erase(world, told_about_somebody(world), reason="\u200b\u2800", basis="x" * 20_001)
    assert codes(refused) == ["erasure_without_reason", "text_too_long"]


def test_nothing_is_erased_when_one_of_the_texts_went_meanwhile(world: World) -> None:
    dossier = told_about_somebody(world)
    keys = [each.key for each in pieces_in_file(dossier.pk)]
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        erase(world, dossier, keys=[*keys, "comment:nowhere:1"])
    assert codes(refused) == ["erased_meanwhile"]
    with pytest.raises(Refused) as refused:
        erase(world, dossier, keys=[])
    assert codes(refused) == ["nothing_to_erase"]
    assert Event.objects.count() == events
    assert narrative_of(dossier).narrative


def test_content_that_stayed_is_removed_by_the_worker(world: World) -> None:
    evidence = filed(world, world.dossier())
    erase(world, evidence.dossier, "file")  # the test's transaction never commits
    assert list(still_there()) == [evidence.file.name]
    remove_what_stayed()
    assert not default_storage.exists(evidence.file.name)
    assert list(still_there()) == []


def test_answer_is_named_when_its_text_came_back_or_went_without_an_event(world: World) -> None:
    dossier = told_about_somebody(world)
    Answer.objects.filter(dossier=dossier).update(narrative="", narrative_salt="")
    assert [each.code for each in verify_all()] == ["answer"]
    Answer.objects.filter(dossier=dossier).update(narrative="again", narrative_salt="00")
    (event,) = erase(world, dossier, "narrative")
    assert list(verify_all()) == []
    Answer.objects.filter(dossier=dossier).update(narrative="again", narrative_salt="00")
    (problem,) = verify_all()
    assert (problem.stream, problem.seq, problem.code) == (dossier.pk, event.seq, "answer")


def test_who_may_not_erase_and_tries_is_in_the_trail(world: World) -> None:
    dossier = told_about_somebody(world)
    auditor = world.person("auditor")
    with pytest.raises(Refused):
        erase_in_file(dossier=dossier, keys=["x"], reason="because", basis="law", by=auditor)
    tried = Event.objects.get(stream=dossier.pk, kind="refused")
    assert (tried.actor, tried.data["act"]) == (auditor.pk, "erase")
    assert tried.data["reasons"] == [{"code": "not_your_role", "roles": ["administrator"]}]
    assert not list(verify_all(stream=dossier.pk))


def test_nothing_goes_and_no_event_has_the_words_when_the_reason_repeats_them(world: World) -> None:
    dossier = told_about_somebody(world)
    with pytest.raises(Refused) as refused:
        erase(world, dossier, "narrative", reason="Mona Adel is our treasurer")
    assert codes(refused) == ["erasure_repeats"]
    assert "Mona" in narrative_of(dossier).narrative
    assert not Event.objects.filter(stream=dossier.pk, kind__in=["erased", "refused"]).exists()
