"""The small scheme whose reviewers and panel declare, and to whose reviewers the organisation may object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.declaring import declare_none
from accreditation_engine.reviews.interests.overriding import answer_override, propose_override
from accreditation_engine.reviews.models import Assignment
from tests.support.small import RUBRIC, WORKFLOW, ask
from tests.support.world import World, changed

REVIEWING = "reviewing: {declare: [reviewer, panel], objection: P5D, rotate: true}"
SHOWN = "shows: {applicant: [answers], coordinator: [answers, trail], reviewer: [answers, own_ratings]}"


def declaring_scheme(world: World, reviewing: str = REVIEWING) -> None:
    """Open it; reviewers see answers in `in_review`."""
    text = changed(
        WORKFLOW,
        ("initial: in_review\n", f"initial: in_review\n{reviewing}\n"),
        ("waits_for: reviewer}", f"waits_for: reviewer, {SHOWN}}}"),
        ("waits_for: panel}", "waits_for: panel, shows: {panel: [answers, votes], coordinator: [trail]}}"),
    )
    world.scheme(text, RUBRIC)


def asked(world: World, number: int = 0, dossier: Dossier | None = None) -> Assignment:
    """A reviewer who was asked to review a file in review, and has declared nothing yet."""
    dossier = dossier or world.dossier("in_review", scheme="mini")
    return ask(world, dossier, world.person("reviewer", number))


def free(assignment: Assignment) -> Assignment:
    """The same once its reviewer has declared to have no interest."""
    declare_none(dossier=assignment.dossier, role="reviewer", by=assignment.reviewer)
    return assignment


def second_coordinator(world: World) -> User:
    return world.new_person("second", "coordinator")


def refused(act: Callable[[], Any]) -> list[str]:
    """The codes of the reasons for which `act` is refused."""
    with pytest.raises(Refused) as found:
        act()
    return codes(found.value)


def codes(refused: Refused) -> list[str]:
    return [each.code for each in refused.reasons]


def allowed_with_a_tie(world: World, dossier: Dossier, person: User) -> None:
    """A coordinator proposes that `person` judges with what is known of them, and an administrator allows it."""
    proposer = world.person("coordinator")
    override = propose_override(dossier=dossier, person=person, reason="لا مراجع غيره", by=proposer)
    answer_override(override=override, allow=True, reason="قرابة بعيدة", by=world.person("administrator"))
