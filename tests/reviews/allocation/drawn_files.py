"""A file in which everything has happened that draws and profiles bring."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.allocation.drawing import draw_reviewers
from accreditation_engine.reviews.allocation.profiles import cancel_leave, change_profile, say_leave
from tests.reviews.queue.waiting_files import waiting
from tests.support.world import World


def drawn(world: World) -> Dossier:
    """A file whose reviewers were drawn, one of whom had said what they take and that they are away, twice, and
    once that they are not."""
    (dossier,) = waiting(world, 1)
    reviewer, coordinator = world.person("reviewer"), world.person("coordinator")
    change_profile(reviewer=reviewer, by=reviewer, languages=["ar"], countries=["EG"])
    change_profile(reviewer=reviewer, by=coordinator, most=9, senior=True)
    days = [timezone.localdate() + timedelta(days=number) for number in (30, 40)]
    leaves = [
        say_leave(reviewer=reviewer, begins_on=days[0], ends_on=days[1], note=note, by=reviewer)
        for note in ("سفر", "حج")
    ]
    cancel_leave(leave=leaves[0], by=reviewer)
    draw_reviewers(dossier=dossier, by=coordinator)
    return dossier
