"""A file of the small scheme with two reviewers, and visits of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.planning import Meeting, plan_visit
from accreditation_engine.reviews.visits import draw_sample
from tests.support.small import RUBRIC, WORKFLOW, ask
from tests.support.world import World, changed

SHOWN = """shows: {
      applicant: [answers], coordinator: [answers, evidence, trail, ratings],
      reviewer: [answers, evidence, own_ratings], auditor: [trail]}"""
PLACE, AGENDA = "١٢ شارع النيل، المنيا", "سجلات الاجتماعات والعهدة"
BRANCHES = ("المنيا", "أسيوط", "قنا")


def in_review(world: World) -> Dossier:
    """Its branches are drawn."""
    text = changed(WORKFLOW, ("waits_for: reviewer}", f"waits_for: reviewer, {SHOWN}}}"))
    world.scheme(text, RUBRIC)
    dossier = world.dossier("in_review", scheme="mini")
    for number in (0, 1):
        ask(world, dossier, world.person("reviewer", number))
    return dossier


def drawn_unit(world: World, dossier: Dossier) -> str:
    coordinator = world.person("coordinator")
    sample = draw_sample(dossier=dossier, units=BRANCHES, audit="initial", chosen={}, by=coordinator)
    return sample.units[0]


def meeting(world: World, *, days: float = 7, hours: float = 3, **other: Any) -> Meeting:
    """In a week from ten to one, with the first reviewer."""
    begins = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    usual = {
        "begins_at": begins,
        "ends_at": begins + timedelta(hours=hours),
        "zone": "Africa/Cairo",
        "place": PLACE,
        "people": [world.person("reviewer")],
    }
    return Meeting(**{**usual, **other})


def planned(world: World, dossier: Dossier, *, unit: str = "", agenda: str = "", **other: Any) -> Visit:
    """By the coordinator."""
    return plan_visit(
        dossier=dossier,
        kind="on_site",
        unit=unit,
        meeting=meeting(world, **other),
        agenda=agenda,
        by=world.person("coordinator"),
    )


def now(visit: Visit) -> Visit:
    """The same visit as it stands now."""
    return Visit.objects.select_related("dossier").get(pk=visit.pk)
