"""Whoever has only the bundle finds a well-formed event that was put in before it was signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.kinds_known import known
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.bundle import verify_trail
from accreditation_engine.trail.bundle.verify_trail import Report
from tests.support.bundles import checked, files_in, files_of
from tests.support.world import World
from tests.trail.forging import forged

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("keys_of_its_own"),
    pytest.mark.same_on_any_database,  # the verifier reads the zip, and never whence its rows came
]

VOTE = {"transition": "vote", "source": "deciding", "target": "deciding", "role": "panel"}
SALTED = {"ballot": 1, "salt": "00" * 16}


def put(dossier: Dossier, by: User, **said: Any) -> None:
    event = forged(dossier.pk, actor=by.acting, **{"edition": dossier.edition_id, **said})
    event.save(force_insert=True)


def codes(dossier: Dossier) -> set[str]:
    return {each.code for each in checked(files_of([dossier.pk])).problems}


def of_everything(path: Any) -> Report:
    call_command("bundle", "--everything", "--output", str(path / "all.zip"))
    return checked(files_in(path / "all.zip"))


def test_the_verifier_knows_every_kind_that_the_site_writes() -> None:
    assert known == verify_trail.KINDS


def test_a_step_that_could_not_be_taken_is_a_problem(world: World) -> None:
    dossier = world.dossier("screening")
    step = {"transition": "certify", "source": "deciding", "target": "certified", "role": "auditor"}
    put(dossier, world.person("panel"), **step)
    assert codes(dossier) >= {"impossible_step", "impossible_source", "impossible_decision"}


def test_a_second_vote_and_a_decision_that_counts_others_are_problems(world: World) -> None:
    dossier, member = world.dossier("deciding"), world.person("panel")
    for choice in ("certify", "refuse"):
        put(dossier, member, **VOTE, data={"choice": choice, "judged": SALTED})
    assert "impossible_vote" in codes(dossier)
    judged = {"votes": {"refuse": 3}, "cast": []}
    step = {"transition": "refuse", "source": "deciding", "target": "refused", "role": "panel"}
    put(dossier, member, **step, data={"judged": judged})
    assert codes(dossier) >= {"other_votes", "impossible_comment"}


def test_moments_that_go_back_or_are_to_come_are_problems(world: World) -> None:
    dossier, owner = world.dossier("screening"), world.person("applicant")
    put(dossier, owner, kind="noted", at=timezone.now() + timedelta(days=3))
    put(dossier, owner, kind="noted", at=timezone.now() - timedelta(days=300))
    report = checked(files_of([dossier.pk]))
    assert {each.code for each in report.problems} == {"moment_to_come", "moment_back"}
    assert ("kinds_unknown", {"kinds": "noted"}) in report.notes


def test_a_role_that_nobody_was_given_is_a_problem_where_everything_is_here(
    world: World, tmp_path: Any
) -> None:
    dossier = world.dossier("deciding")
    put(dossier, world.person("applicant"), **VOTE, data={"choice": "certify", "judged": SALTED})
    assert "roles_unproved" in [code for code, _ in checked(files_of([dossier.pk])).notes]
    found = [each.code for each in of_everything(tmp_path).problems]
    assert "impossible_role" in found


def test_an_erasure_by_another_or_without_a_reason_is_a_problem(world: World) -> None:
    dossier = world.dossier("screening")
    put(dossier, world.person("panel"), kind="erased", role="panel", data={"what": "note"})
    put(dossier, world.person("administrator"), kind="erased", role="administrator", data={"what": "note"})
    assert codes(dossier) >= {"impossible_erasure", "impossible_comment"}
