"""The small scheme, in whose reviews the organisation is asked questions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.questions.asking import Asked, ask_question
from accreditation_engine.reviews.questions.models import Question
from tests.support.small import RUBRIC, WORKFLOW, ask
from tests.support.world import World, changed

SEEN = (
    "shows: {applicant: [answers, evidence, questions], coordinator: [answers, evidence, questions, trail],"
    " reviewer: [answers, evidence, questions, own_ratings], auditor: [trail]}"
)


def asking_scheme(world: World, *more: tuple[str, str]) -> None:
    world.scheme(changed(WORKFLOW, ("waits_for: reviewer}", f"waits_for: reviewer, {SEEN}}}"), *more), RUBRIC)


def in_review(world: World) -> tuple[Dossier, User]:
    """A file, and its reviewer."""
    dossier, reviewer = world.dossier("in_review", scheme="mini"), world.person("reviewer")
    ask(world, dossier, reviewer)
    return dossier, reviewer


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def question(dossier: Dossier, by: User, text: str = "أين محضر الجمعية؟", **more: Any) -> Question:
    """About a-1, due in a week, where `more` does not say otherwise."""
    typed: dict[str, Any] = {"due_on": in_days(7), "criterion": ("mini", "a-1"), **more}
    return ask_question(dossier=dossier, asked=Asked(text, **typed), by=by)
