"""What is not as it was when it was judged."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation_engine.decisions.models import Vote
from accreditation_engine.decisions.since import Since, since_decision, since_decisions
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.compiled import Step
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.findings import file_correction
from accreditation_engine.reviews.models import Assignment, Finding, Rating
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Tally
from tests.support.papers import pdf
from tests.support.world import BADLY, World, later, overdue

pytestmark = pytest.mark.django_db


def since(dossier: Dossier, *, contents: bool = False) -> Since:
    found = since_decision(Dossier.objects.get(pk=dossier.pk), contents=contents)
    assert found is not None
    return found


def changed(dossier: Dossier, *, contents: bool = False) -> set[str]:
    return {each.what for each in since(dossier, contents=contents).changes}


def judged_problems(dossier: Dossier) -> list[str]:
    found = verify_all(stream=dossier.pk)
    return [each.detail for each in found if each.code == "judged"]


# What nobody may change


def another_rating(dossier: Dossier) -> None:
    rating = Rating.objects.filter(assignment__dossier=dossier).exclude(value="2").order_by("pk")[0]
    Rating.objects.filter(pk=rating.pk).update(value="2")


def a_rating_of_nothing(dossier: Dossier) -> None:
    rating = Rating.objects.filter(assignment__dossier=dossier).order_by("pk")[0]
    Rating.objects.filter(pk=rating.pk).update(value="banana")


def a_review_gone(dossier: Dossier) -> None:
    task = Assignment.objects.filter(dossier=dossier).order_by("pk")[0]
    Assignment.objects.filter(pk=task.pk).update(released_at=timezone.now())


def a_file_gone(dossier: Dossier) -> None:
    Evidence.objects.filter(pk=Evidence.objects.filter(dossier=dossier)[0].pk).delete()


def a_file_taken_back(dossier: Dossier) -> None:
    piece = Evidence.objects.filter(dossier=dossier)[0]
    Evidence.objects.filter(pk=piece.pk).update(taken_back_at=timezone.now())


def a_file_replaced(dossier: Dossier) -> None:
    piece = Evidence.objects.filter(dossier=dossier)[0]
    Evidence.objects.filter(pk=piece.pk).update(sha256="0" * 64)


def a_file_slipped_in(dossier: Dossier) -> None:
    piece = Evidence.objects.filter(dossier=dossier)[0]
    piece.pk, piece.sha256 = None, "1" * 64
    piece.save(force_insert=True)


def path_of(piece: Evidence) -> str:
    return str(piece.file.name)


def bytes_of(piece: Evidence) -> bytes:
    with default_storage.open(path_of(piece)) as stored:
        content: bytes = stored.read()
    return content


def overwrite(piece: Evidence, content: bytes) -> None:
    with open(default_storage.path(path_of(piece)), "wb") as stored:
        stored.write(content)


@pytest.fixture
def own_files(settings: Any, tmp_path: Any) -> None:
    """Content is stored once for all files, and other tests read it."""
    settings.MEDIA_ROOT = tmp_path


def longer_content(dossier: Dossier) -> None:
    piece = Evidence.objects.filter(dossier=dossier)[0]
    overwrite(piece, bytes_of(piece) + b"more")


def no_content(dossier: Dossier) -> None:
    default_storage.delete(path_of(Evidence.objects.filter(dossier=dossier)[0]))


SILENT: dict[str, Callable[[Dossier], None]] = {
    "rating": another_rating,
    "sheet": a_rating_of_nothing,
    "review_gone": a_review_gone,
    "evidence_gone": a_file_gone,
    "evidence_gone ": a_file_taken_back,
    "evidence_replaced": a_file_replaced,
    "evidence_added": a_file_slipped_in,
    "file_changed": longer_content,
    "file_gone": no_content,
}


@pytest.mark.parametrize("state", ["certified", "refused", "appealing"])
def test_what_is_changed_in_silence_is_named(world: World, own_files: None, state: str) -> None:
    dossier = world.dossier(state)
    piece = Evidence.objects.filter(dossier=dossier)[0]
    content = bytes_of(piece)
    for what, change in SILENT.items():
        assert changed(dossier) == set(), f"before {what}"
        with transaction.atomic():
            change(dossier)
            assert what.strip() in changed(dossier)
            assert judged_problems(dossier), what
            transaction.set_rollback(True)
        overwrite(piece, content)


def test_a_rating_is_named_with_what_it_was_and_is(world: World) -> None:
    dossier = world.dossier("certified")
    rating = Rating.objects.filter(assignment__dossier=dossier).exclude(value="1").order_by("pk")[0]
    another = Rating.objects.filter(pk=rating.pk)
    another.update(value="1")
    (found,) = [each for each in since(dossier).changes if each.what == "rating"]
    assert found.about == {
        "rubric": rating.rubric,
        "criterion": rating.criterion,
        "reviewer": str(rating.assignment.reviewer_id),
        "before": rating.value,
        "after": "1",
    }


def test_content_of_the_same_length_is_found_where_it_is_read(world: World, own_files: None) -> None:
    dossier = world.dossier("certified")
    piece = Evidence.objects.filter(dossier=dossier)[0]
    content = bytes_of(piece)
    overwrite(piece, content[:-1] + bytes([content[-1] ^ 1]))
    assert changed(dossier) == set()
    assert changed(dossier, contents=True) == {"file_changed"}
    assert not list(verify_all(stream=dossier.pk))
    tally = Tally()
    found = list(verify_all(stream=dossier.pk, contents=True, tally=tally))
    assert {each.code for each in found} == {"evidence"}
    assert tally.files == Evidence.objects.filter(dossier=dossier).values("file").distinct().count()


@contextmanager
def triggers_lifted(table: str) -> Any:
    """As whoever owns the database may."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        made = cursor.fetchall()
        for name, _sql in made:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield cursor
        for _name, sql in made:
            cursor.execute(sql)


def test_another_vote_is_named(world: World) -> None:
    dossier = world.dossier("certified")
    vote = Vote.objects.filter(ballot__dossier=dossier).order_by("seq")[0]
    with triggers_lifted("decisions_vote"):
        Vote.objects.filter(pk=vote.pk).update(choice="refuse")
    assert [(each.what, each.about) for each in since(dossier).changes] == [("vote", {"seq": vote.seq})]


def test_a_finding_put_back_is_named(world: World) -> None:
    dossier = world.dossier("refused")
    finding = Finding.objects.filter(dossier=dossier)[0]
    with triggers_lifted("reviews_finding"):
        Finding.objects.filter(pk=finding.pk).update(state="closed")
    assert changed(dossier) == {"finding"}


# What may happen after a decision


def answered(world: World, dossier: Dossier) -> Finding:
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    file_correction(
        finding=finding, upload=SimpleUploadedFile("minutes.pdf", pdf("minutes")), by=world.applicant
    )
    world.perform(finding, "answer")
    return finding


@pytest.mark.parametrize("state", ["certified", "refused", "appealing", "refusal_final"])
def test_nothing_has_changed_when_it_was_just_decided(world: World, state: str) -> None:
    dossier = world.dossier(state)
    assert since(dossier).changes == ()
    assert not list(verify_all(stream=dossier.pk, contents=True))


@pytest.mark.parametrize("state", ["draft", "in_review", "reviewed", "correcting", "deciding", "withdrawn"])
def test_there_is_nothing_to_compare_before_a_decision(world: World, state: str) -> None:
    assert since_decision(world.dossier(state)) is None


def test_findings_are_corrected_and_closed_after_a_decision(world: World) -> None:
    dossier = world.dossier("refused")
    finding = answered(world, dossier)
    world.perform(finding, "verify")
    assert since(dossier).changes == ()
    with later(days=90):
        world.perform(finding, "check_effectiveness")
    assert since(dossier).changes == ()
    assert not judged_problems(dossier)


def test_a_finding_that_was_closed_and_is_reopened_is_told_and_no_problem(world: World) -> None:
    dossier = world.dossier("correcting", level=BADLY)
    finding = answered(world, dossier)
    world.perform(finding, "verify")
    world.perform(dossier, "refer")
    for number in range(3):
        perform(dossier, "vote", world.person("panel", number), data={"choice": "refuse"})
    world.perform(dossier, "refuse")
    assert since(dossier).changes == ()
    world.perform(finding, "reopen")
    assert changed(dossier) == {"finding_reopened"}
    assert since(dossier).serious == ()
    assert not judged_problems(dossier)


def upheld(world: World) -> Dossier:
    dossier = world.dossier("appealing")
    for number in range(2):
        person = world.person("appeal_panel", number)
        perform(dossier, "vote_on_appeal", person, data={"choice": "uphold"})
    world.perform(dossier, "uphold")
    return dossier


def test_an_appeal_upheld_and_decided_again_counts_by_its_last_decision(world: World) -> None:
    dossier = upheld(world)
    assert since(dossier).again
    assert since(dossier).changes == ()
    for number in range(3):
        perform(dossier, "vote", world.person("panel", number), data={"choice": "refuse"})
    assert since(dossier).changes == ()
    world.perform(dossier, "refuse")
    found = since(dossier)
    assert found.changes == ()
    assert not found.again
    assert found.decision == Event.objects.filter(stream=dossier.pk, transition="refuse").latest("seq")
    assert not judged_problems(dossier)


def test_what_is_changed_in_silence_while_it_is_decided_again_is_named(world: World) -> None:
    dossier = upheld(world)
    another_rating(dossier)
    assert "rating" in changed(dossier)


def test_time_alone_changes_nothing(world: World) -> None:
    dossier = world.dossier("refused")
    with overdue(dossier):
        world.perform(dossier, "end_appeal_time")
        assert since(dossier).changes == ()


def test_what_is_filed_for_a_correction_is_no_change_and_what_is_slipped_in_beside_it_is(
    world: World,
) -> None:
    dossier = world.dossier("refused")
    answered(world, dossier)
    assert changed(dossier) == set()
    a_file_slipped_in(dossier)
    assert changed(dossier) == {"evidence_added"}


def test_content_that_was_erased_by_law_is_not_looked_for(world: World, own_files: None) -> None:
    dossier = world.dossier("certified")
    keys = [
        each.key for each in pieces_in_file(dossier.pk) if each.what in ("file", "file_name", "narrative")
    ]
    erase_in_file(
        dossier=dossier, keys=keys, reason="بأمر محكمة", basis="قانون", by=world.person("administrator")
    )
    Evidence.objects.filter(dossier=dossier)[0].file.delete(save=False)
    assert changed(dossier, contents=True) == set()


# Events from before pieces were kept


def earlier_decision(world: World, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """As it was written down before: by guards alone."""
    with monkeypatch.context() as before:
        before.setattr(Step, "keeps", ())
        return world.dossier("certified")


def test_an_older_decision_shows_what_its_digests_can_tell(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = earlier_decision(world, monkeypatch)
    assert not list(verify_all(stream=dossier.pk))
    assert changed(dossier) == set()
    another_rating(dossier)
    a_file_slipped_in(dossier)
    assert {"ratings", "sheet", "evidence"} <= changed(dossier)
    assert judged_problems(dossier)


# Cost


def test_it_costs_two_queries_or_one_with_events_at_hand_and_one_more_where_something_differs(
    world: World,
) -> None:
    dossier = world.dossier("certified")
    moved = list(Event.objects.filter(stream=dossier.pk).order_by("seq"))

    def costs() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as alone:
            since_decision(dossier)
        with CaptureQueriesContext(connection) as beside:
            since_decision(dossier, moved)
        return len(alone), len(beside)

    assert costs() == (2, 1)
    another_rating(dossier)
    assert costs() == (3, 2)


def test_a_decision_that_cannot_be_read_is_named_by_others_and_stops_nothing(world: World) -> None:
    broken, sound = world.dossier("certified"), world.dossier("certified")
    event = Event.objects.get(stream=broken.pk, transition="certify", kind="transition")
    with triggers_lifted("trail_event"):
        Event.objects.filter(pk=event.pk).update(body=b"{}")
    another_rating(sound)
    found = list(verify_all())
    assert [each for each in found if each.stream == broken.pk and each.seq == event.seq]
    assert [each for each in found if each.stream == sound.pk and each.code == "judged"]


def test_many_are_looked_at_with_as_many_queries_as_one(world: World) -> None:
    dossiers = [world.dossier(state).pk for state in ("certified", "refused", "refused", "draft")]

    def cost(some: list[UUID]) -> int:
        with CaptureQueriesContext(connection) as captured:
            found = dict(since_decisions(some))
        assert set(found) == set(some) - {dossiers[3]}
        return len(captured)

    assert cost(dossiers[:1]) == cost(dossiers)
