"""What the list of reviewers shows: how much each has to do, what they take, and when they are away."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.models import ReviewerProfile
from accreditation_engine.reviews.allocation.pool import leaves_of, loads_of, profile_with
from accreditation_engine.reviews.allocation.profiles import TAKES, reviewers_under, schemes_granted
from accreditation_engine.reviews.allocation.words import codes_in_words

from .rows import person_row

Context = dict[str, Any]


def reviewers_page(person: User) -> Context:
    """The context of portal/reviewers_list.html. The same number of queries for 2 reviewers as for 200."""
    people = list(reviewers_under(schemes_granted(person, "coordinator")))
    leaves, loads = leaves_of(people), loads_of(people)
    return {
        "head": {
            "title": _("Reviewers"),
            "actions": [{"title": _("Draw for many files"), "url": reverse("draw_many")}],
        },
        "table": {
            "caption": _("Reviewers"),
            "hide_caption": True,
            "columns": [
                {"title": _("Reviewer")},
                {"title": _("Reviews now")},
                {"title": _("Takes")},
                {"title": _("Leave")},
            ],
            "rows": [
                {"cells": _cells(each, loads.get(each.pk, 0), leaves.get(each.pk, []))} for each in people
            ],
            "empty": {
                "sentence": _("Nobody reviews under your schemes yet. An administrator grants the role.")
            },
        },
    }


def _cells(person: User, load: int, leaves: list[Any]) -> list[Context]:
    profile = profile_with(person)
    row = person_row(person, profile, load, leaves[0] if leaves else None)
    return [
        {
            "value": row["name"],
            "url": row["url"],
            "note": _("experienced") if profile.senior else "",
        },
        {"value": row["load"]},
        {"value": takes_in_words(profile)},
        {"value": row["leave"]},
    ]


def takes_in_words(profile: ReviewerProfile) -> str:
    """What a profile lists, or that it takes everything."""
    found = [word for name in TAKES for word in codes_in_words(name, getattr(profile, name))]
    return str(_(", ")).join(map(isolate, found)) or _("everything")
