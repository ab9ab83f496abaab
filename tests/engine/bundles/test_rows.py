"""Rows that were edited in the database, past the trail, before the bundle was made."""

# ruff: noqa: S608 - the SQL is of our own making
from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.bundles import registry
from accreditation_engine.engine.bundles.parts import write_files, write_rows
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.trail.bundle.verify_trail import SUBJECTS, TABLES
from accreditation_engine.trail.bundle.writing import Writer
from accreditation_engine.trail.protection import lifted
from tests.engine.replay.busy import busy
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.bundles import Files, checked, edited, files_in, files_of, objects
from tests.support.world import World
from tests.trail.forging import execute

pytestmark = pytest.mark.django_db

LATER = "'2030-01-01 00:00:00Z'"
STATEMENTS = [
    "UPDATE dossiers_evidence SET name = 'forged.pdf'",
    "UPDATE dossiers_evidence SET media_type = 'text/html', size = 5",
    "UPDATE dossiers_evidence SET filed_by_id = (SELECT reviewer_id FROM reviews_assignment ORDER BY id LIMIT 1)",
    f"UPDATE dossiers_evidence SET taken_back_at = {LATER} WHERE taken_back_at IS NULL",
    f"UPDATE dossiers_evidence SET content_erased_at = {LATER}",
    "UPDATE dossiers_answer SET narrative_salt = '' WHERE narrative <> ''",
    f"UPDATE dossiers_answer SET updated_at = {LATER}",
    f"UPDATE dossiers_dossier SET deadline_at = {LATER} WHERE deadline_at IS NULL",
    "UPDATE dossiers_dossier SET deadline_at = NULL WHERE deadline_at IS NOT NULL",
    f"UPDATE dossiers_dossier SET opened_at = {LATER}",
    f"UPDATE certificates_certificate SET deadline_at = {LATER}",
    "UPDATE certificates_certificate SET valid_until = '2039-11-26'",
    "UPDATE certificates_certificate SET holder_ar = 'منظمة أخرى', holder_number = 'X999'",
    "UPDATE certificates_certificate SET areas = '[]'",
    "UPDATE reviews_finding SET due_on = '2036-01-01'",
    "UPDATE reviews_finding SET owner_id = (SELECT reviewer_id FROM reviews_assignment ORDER BY id LIMIT 1)",
    f"UPDATE reviews_finding SET deadline_at = {LATER}",
    "UPDATE reviews_rating SET note = 'forged'",
    f"UPDATE reviews_rating SET note_erased_at = {LATER}",
    f"UPDATE reviews_assignment SET sent_at = {LATER}",
    f"UPDATE reviews_assignment SET due_at = {LATER}",
    "UPDATE reviews_assignment SET origin = 'claimed'",
    "UPDATE reviews_proposal SET value = '1'",
    "UPDATE reviews_proposal SET proposed_by_id = (SELECT member_id FROM decisions_vote ORDER BY id LIMIT 1)",
    "DELETE FROM reviews_consent",
    "UPDATE reviews_agreed SET value = '1'",
    "DELETE FROM reviews_correction",
    "UPDATE decisions_ballot SET number = number + 7",
    f"UPDATE decisions_ballot SET opened_at = {LATER}",
    "UPDATE decisions_vote SET choice = 'refuse'",
    "DELETE FROM decisions_closing",
    f"UPDATE decisions_closing SET closed_at = {LATER}",
    "DELETE FROM decisions_dissent",
    f"UPDATE decisions_recusal SET recused_at = {LATER}",
    "UPDATE decisions_minute SET seq = seq + 7",
    "UPDATE reviews_interest SET kind = 'other'",
    "DELETE FROM reviews_declaration",
    "UPDATE dossiers_evidence SET seen_on = '2026-01-01' WHERE visit IS NOT NULL",
    "UPDATE reviews_visit SET zone = 'Asia/Baghdad' WHERE held_at IS NOT NULL",
    "UPDATE reviews_objection SET upheld = NOT upheld",
    "UPDATE reviews_override SET allowed = NOT allowed",
    "UPDATE reviews_tiewithdrawal SET asked_at = answered_at",
    "UPDATE reviews_question SET due_on = '2036-01-01'",
    "DELETE FROM reviews_questionfile",
    "UPDATE reviews_contest SET accepted = NOT accepted",
    "DELETE FROM reviews_contestfile",
]


def with_rows_of_now(whole: Files, dossiers: Collection[UUID]) -> Files:
    """`whole` with the rows that lie in the database now, as a bundle that is made anew would have them."""
    file = io.BytesIO()
    with Writer(file) as writer:
        write_rows(writer, dossiers)
        write_files(writer, dossiers, with_content=False)
    return edited(whole, lambda files: files.update(files_in(file)))


@pytest.mark.same_on_any_database  # the verifier reads the zip, and never whence its rows came
def test_every_row_that_was_edited_is_found(world: World, settings: Any, tmp_path: Path) -> None:
    """One world for all, because it takes a while to make: each edit is taken back before the next. Events do not
    change, so their part of the bundle is made once."""
    settings.KEYS_DIR = tmp_path / "keys"
    busy(world)
    dossiers = set(Dossier.objects.values_list("pk", flat=True))
    whole = files_of(dossiers)
    assert with_rows_of_now(whole, dossiers) == edited(whole, lambda files: None)
    assert checked(whole).ok
    missed = []
    for statement in STATEMENTS:
        with transaction.atomic():
            with lifted(connection):
                assert execute(statement), statement
            missed += [statement] if checked(with_rows_of_now(whole, dossiers)).ok else []
            transaction.set_rollback(True)
    assert missed == []


def test_reviews_that_were_claimed_and_handed_over_are_as_events_tell(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    (dossier,) = waiting(world, 1)
    first, second = reviewers(world, 2)
    mine = claim(dossier=dossier, by=first)
    rate(assignment=mine, ratings={("mini", "a-1"): Rated("3", "رأيت المحضر")}, by=first)
    hand_over(assignment=mine, to=second, reason="مسافرة شهرا", by=first)
    hand_over(assignment=dossier.assignments.get(released_at=None), to=first, reason="عادت", by=second)
    files = files_of([dossier.pk])
    assert [each.line("en") for each in checked(files).problems] == []
    came = {
        (each["which"], str(each["handed_over_from"])) for each in objects(files, "rows/assignments.jsonl")
    }
    assert came == {(1, "None"), (1, f"['{first.pk}', 1]"), (2, f"['{second.pk}', 1]")}


def test_what_a_bundle_has_is_what_the_verifier_looks_for() -> None:
    assert registry.tables.keys() == TABLES.keys()
    assert registry.subjects.keys() == SUBJECTS.keys()
